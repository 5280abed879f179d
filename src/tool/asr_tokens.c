#include "tool/asr_tokens.h"

#include <string.h>

#include "base/utf8.h"

enum { BYTES = 0x10ff00 }; /* the last private characters there are */

/* The length of a number that JSON has no word for; 0 where there is none. */
static size_t no_number(const char *s, size_t n)
{
    static const char *const names[] = { "-nan(ind)", "-nan",     "nan",  "NaN",
                                         "-Infinity", "Infinity", "-inf", "inf" };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strlen(names[i]) <= n && memcmp(s, names[i], strlen(names[i])) == 0)
            return strlen(names[i]);
    return 0;
}

void lp_asr_json_mend(const char *text, size_t n, lp_buf *out)
{
    int is_string = 0, is_escaped = 0;
    size_t i = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, used;
    for (; i < n; i += used) {
        int32_t c = lp_utf8_decode(text + i, n - i, &used);
        size_t none = is_string ? 0 : no_number(text + i, n - i);
        size_t order = lp_utf8_terminal_order(text + i, n - i);
        if (order) { /* colours, also around all of it */
            used = order;
            continue;
        }
        if (none) {
            lp_buf_str(out, "null");
            used = none;
        } else if (c < 0) {
            lp_utf8_append(out, BYTES + (uint32_t)(unsigned char)text[i]);
        } else if (c < 0x20) {
            lp_buf_char(out, ' ');
        } else {
            lp_buf_bytes(out, text + i, used);
        }
        is_string ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
    }
}

void lp_asr_bytes_of(const char *text, lp_buf *out)
{
    size_t n = strlen(text), used;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(text + i, n - i, &used);
        if (c >= BYTES)
            lp_buf_char(out, (char)(unsigned char)(c - BYTES));
        else
            lp_buf_bytes(out, text + i, used);
    }
}

/* Chinese, and Japanese; Korean has blanks. Thai has none, but its marks must not be parted
 * from their letters. */
static int is_unspaced(int32_t c)
{
    return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

/* Commas, stops and closing brackets, of one width or two; small kana and the long sound go
 * with what is before them too. */
static int is_tail(int32_t c)
{
    static const int32_t others[] = { 0x3001, 0x3002, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011,
                                      0x2019, 0x201d, 0x2026, 0xff01, 0xff09, 0xff0c, 0xff0e,
                                      0xff1a, 0xff1b, 0xff1f, 0x30fc, 0x3063, 0x30c3, 0x3083,
                                      0x3085, 0x3087, 0x30e3, 0x30e5, 0x30e7 };
    if (c < 0x80)
        return c > 0 && strchr("!),.:;?]}%'\"", (int)c) != NULL;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (c == others[i])
            return 1;
    return 0;
}

int lp_asr_is_seam(const char *said, size_t n, const char *next, size_t n_next)
{
    size_t used, at = n;
    while (at > 0 && n - at < 4 && ((unsigned char)said[--at] & 0xc0) == 0x80)
        ;
    int32_t last = n ? lp_utf8_decode(said + at, n - at, &used) : -1;
    if (last < 0 || at + used != n)
        return 0;
    int32_t first = lp_utf8_decode(next, n_next, &used);
    int starts = n_next > 0 && ((unsigned char)next[0] & 0xc0) != 0x80;
    if (!starts || is_tail(first))
        return 0;
    return is_unspaced(last) || is_unspaced(first);
}
