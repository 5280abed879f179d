#include "base/utf8.h"

#include <string.h>

#include "base/str.h"

int32_t lp_utf8_decode(const char *s, size_t n, size_t *used)
{
    const unsigned char *p = (const unsigned char *)s;
    *used = 1;
    if (n == 0)
        return -1;
    if (p[0] < 0x80)
        return p[0];
    size_t more = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : 1;
    if (p[0] < 0xc2 || p[0] > 0xf4 || more >= n)
        return -1;
    int32_t c = p[0] & (0x3f >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (p[i] & 0x3f);
    }
    static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return -1;
    *used = more + 1;
    return c;
}

/* Bytes of ASCII that s[0..n) begins with. */
static size_t ascii_run(const char *s, size_t n)
{
    size_t i = 0;
    for (uint64_t v; n - i >= sizeof(v); i += sizeof(v)) {
        memcpy(&v, s + i, sizeof(v));
        if (v & 0x8080808080808080u)
            break;
    }
    while (i < n && !(s[i] & 0x80))
        i++;
    return i;
}

int lp_utf8_is_valid(const char *s, size_t n)
{
    for (size_t i = 0, used; i < n; i += used)
        if (!(used = ascii_run(s + i, n - i)) && lp_utf8_decode(s + i, n - i, &used) < 0)
            return 0;
    return 1;
}

size_t lp_utf8_count(const char *s, size_t n)
{
    size_t used, count = 0;
    for (size_t i = 0; i < n; i += used) {
        size_t run = used = ascii_run(s + i, n - i);
        if (!run)
            (void)lp_utf8_decode(s + i, n - i, &used);
        count += run ? run : 1;
    }
    return count;
}

void lp_utf8_append(lp_buf *out, uint32_t c)
{
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        c = 0xfffd;
    char b[4];
    if (c < 0x80) {
        lp_buf_char(out, (char)c);
        return;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        b[i] = (char)(0x80 | (c & 0x3f));
    b[0] = (char)((0xf00 >> n) & 0xf0) | (char)c;
    lp_buf_bytes(out, b, n);
}

static const uint16_t cp1252[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

static void from_utf16(lp_buf *out, const unsigned char *p, size_t n, int is_be)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint32_t u = is_be ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (u >= 0xd800 && u < 0xdc00 && i + 3 < n) {
            uint32_t v = is_be ? (uint32_t)p[i + 2] << 8 | p[i + 3]
                               : (uint32_t)p[i + 3] << 8 | p[i + 2];
            if (v >= 0xdc00 && v < 0xe000) {
                u = 0x10000 + ((u - 0xd800) << 10) + (v - 0xdc00);
                i += 2;
            }
        }
        lp_utf8_append(out, u);
    }
}

/* UTF-16 of mostly Latin text has a zero in every second byte: 1 = zeros second (LE), 2 = first (BE). */
static int utf16_by_zeros(const unsigned char *p, size_t n)
{
    size_t zeros[2] = { 0, 0 }, look = n < 4096 ? n & ~(size_t)1 : 4096;
    if (look < 4 || !memchr(p, 0, look))
        return 0;
    for (size_t i = 0; i < look; i++)
        zeros[i % 2] += p[i] == 0;
    if (zeros[1] > look / 8 && zeros[0] < zeros[1] / 4)
        return 1;
    return zeros[0] > look / 8 && zeros[1] < zeros[0] / 4 ? 2 : 0;
}

/* What a text, or a line of it, has beyond ASCII. */
struct beyond {
    size_t n_good;              /* characters of UTF-8 */
    size_t n_bad;               /* runs of bytes that are none */
    size_t good_lines, bad_lines; /* with such characters alone; with such a run */
    int is_latin;               /* the characters are Latin, or signs */
};

static size_t line_len(const char *s, size_t n)
{
    size_t i = lp_str_before(s, n, '\n', '\r');
    return i + (i < n);
}

static void look_at_line(const char *s, size_t n, struct beyond *b)
{
    int was_bad = 0;
    *b = (struct beyond){ .is_latin = 1 };
    for (size_t i = 0, used; i < n; i += used) {
        int32_t c = (used = ascii_run(s + i, n - i)) ? 0 : lp_utf8_decode(s + i, n - i, &used);
        b->n_bad += c < 0 && !was_bad;
        b->n_good += c >= 0x80;
        b->is_latin &= c < 0x250 || (c >= 0x1e00 && c < 0x2c00);
        was_bad = c < 0;
    }
    b->bad_lines = b->n_bad > 0;
    b->good_lines = !b->n_bad && b->n_good;
}

static void look_at_text(const char *s, size_t n, struct beyond *all)
{
    struct beyond b;
    *all = (struct beyond){ 0 };
    for (size_t i = ascii_run(s, n) == n ? n : 0, len; i < n; i += len) {
        len = line_len(s + i, n - i);
        look_at_line(s + i, len, &b);
        all->n_good += b.n_good;
        all->n_bad += b.n_bad;
        all->good_lines += b.good_lines;
        all->bad_lines += b.bad_lines;
    }
}

static uint32_t of_cp1252(unsigned char c)
{
    return c >= 0x80 && c < 0xa0 ? cp1252[c - 0x80] : c;
}

/* A line that is not wholly UTF-8. Where most of it is, it was damaged; but one byte alone among Latin letters, and all
 * such bytes of other lines, were pasted from windows-1252. */
static void from_bad_line(lp_buf *out, const char *s, size_t n, const struct beyond *b)
{
    for (size_t i = 0, used, run; i < n; i += run) {
        run = 1;
        if ((used = ascii_run(s + i, n - i)) || lp_utf8_decode(s + i, n - i, &used) >= 0) {
            lp_buf_bytes(out, s + i, used);
            run = used;
            continue;
        }
        while (i + run < n && (unsigned char)s[i + run] >= 0x80 && lp_utf8_decode(s + i + run, n - i - run, &used) < 0)
            run++;
        int is_damage = b->n_good && b->n_good >= 2 * b->n_bad && (run > 1 || !b->is_latin);
        for (size_t k = 0; k < run; k++) {
            uint32_t c = of_cp1252((unsigned char)s[i + k]);
            lp_utf8_append(out, is_damage || (c >= 0x80 && c < 0xa0) ? 0xfffd : c);
        }
    }
}

/* n_bad: runs in it that are not UTF-8. */
static const char *from_utf8(lp_buf *out, const char *s, size_t n, size_t n_bad)
{
    size_t from = 0; /* what is sound from here to i is copied in one piece */
    int is_damaged = 0;
    for (size_t i = n_bad ? 0 : n, len; i < n; i += len) {
        struct beyond b;
        len = line_len(s + i, n - i);
        look_at_line(s + i, len, &b);
        if (!b.n_bad)
            continue;
        lp_buf_bytes(out, s + from, i - from);
        from_bad_line(out, s + i, len, &b);
        from = i + len;
        is_damaged = 1;
    }
    lp_buf_bytes(out, s + from, n - from); /* nothing is a text too */
    return is_damaged ? "utf-8 with errors" : "utf-8";
}

size_t lp_utf8_bad_lines(const void *bytes, size_t n, size_t *lines, size_t max)
{
    const char *s = bytes;
    size_t n_bad = 0, n_line = 0;
    for (size_t i = 0, len; i < n; i += len) {
        struct beyond b;
        len = line_len(s + i, n - i);
        look_at_line(s + i, len, &b);
        if (i == 0 || s[i] != '\n' || s[i - 1] != '\r') /* the second half of CR LF is no line */
            n_line++;
        if (b.n_bad && n_bad < max)
            lines[n_bad] = n_line;
        n_bad += b.n_bad > 0;
    }
    return n_bad;
}

const char *lp_utf8_from_bytes(lp_buf *out, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    struct beyond b;
    if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
        look_at_text((const char *)p + 3, n - 3, &b);
        return from_utf8(out, (const char *)p + 3, n - 3, b.n_bad);
    }
    if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))) {
        from_utf16(out, p + 2, n - 2, p[0] == 0xfe);
        return p[0] == 0xfe ? "utf-16be" : "utf-16le";
    }
    int by_zeros = utf16_by_zeros(p, n);
    if (by_zeros) {
        from_utf16(out, p, n, by_zeros == 2);
        return by_zeros == 2 ? "utf-16be" : "utf-16le";
    }
    /* in windows-1252 two letters that happen to be UTF-8 are rare: where two of three are, or many lines have no
     * others, it is UTF-8 with lines of another kind */
    look_at_text((const char *)p, n, &b);
    if (b.n_good >= 2 * b.n_bad || (b.good_lines && b.good_lines >= b.bad_lines) ||
        (b.good_lines >= 3 && b.good_lines >= b.bad_lines / 4))
        return from_utf8(out, (const char *)p, n, b.n_bad);
    for (size_t i = 0; i < n; i++) {
        size_t run = ascii_run((const char *)p + i, n - i);
        lp_buf_bytes(out, p + i, run);
        i += run;
        if (i < n)
            lp_utf8_append(out, of_cp1252(p[i]));
    }
    return "windows-1252";
}

static int is_unwanted(int32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* Whether the eight bytes are ASCII without control characters. */
static int is_plain(const char *s)
{
    uint64_t v;
    memcpy(&v, s, sizeof(v));
    return !((v | (v - 0x2020202020202020u) | (v + 0x0101010101010101u)) & 0x8080808080808080u);
}

size_t lp_utf8_clean_run(const char *s, size_t n)
{
    size_t i = 0, used;
    for (; i < n; i += used) {
        if (n - i >= 8 && is_plain(s + i)) {
            used = 8;
            continue;
        }
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        if (c < 0 || is_unwanted(c))
            break;
    }
    return i;
}

size_t lp_utf8_terminal_order(const char *s, size_t n)
{
    size_t i = 2;
    if (n < 3 || s[0] != '\x1b')
        return 0;
    if (s[1] == '(')
        return s[2] == 'B' ? 3 : 0;
    while (s[1] == '[' && i < n && s[i] >= 0x30 && s[i] <= 0x3f)
        i++;
    while (s[1] == '[' && i < n && s[i] >= 0x20 && s[i] <= 0x2f)
        i++;
    return s[1] == '[' && i < n && s[i] >= 0x40 && s[i] <= 0x7e ? i + 1 : 0;
}

void lp_utf8_clean(lp_buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t run = lp_utf8_clean_run(s + i, n - i), used = 0;
        if (run)
            lp_buf_bytes(out, s + i, run);
        i += run;
        size_t order = lp_utf8_terminal_order(s + i, n - i);
        i += order;
        if (order)
            continue;
        if (i < n && lp_utf8_decode(s + i, n - i, &used) < 0)
            lp_utf8_append(out, 0xfffd);
        i += used;
    }
}

void lp_utf8_clean_line(lp_buf *out, const char *s, size_t n)
{
    size_t from = out->len;
    lp_utf8_clean(out, s, n);
    for (; from < out->len; from++)
        if (out->data[from] == '\n' || out->data[from] == '\t')
            out->data[from] = ' ';
}
