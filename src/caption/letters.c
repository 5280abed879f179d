#include "caption/letters.h"

#include <string.h>

#include "base/utf8.h"

typedef struct range {
    int32_t first, last;
} range;

static const range wide[] = {
    { 0x1100, 0x115f },   { 0x231a, 0x231b },   { 0x2329, 0x232a },   { 0x23e9, 0x23ec },
    { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },   { 0x4e00, 0x9fff },
    { 0xa000, 0xa4cf },   { 0xa960, 0xa97c },   { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },
    { 0xfe10, 0xfe19 },   { 0xfe30, 0xfe6f },   { 0xff01, 0xff60 },   { 0xffe0, 0xffe6 },
    { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

static const range no_width[] = {
    { 0x0000, 0x001f }, { 0x007f, 0x009f },   { 0x00ad, 0x00ad }, { 0x0300, 0x036f },
    { 0x0483, 0x0489 }, { 0x0591, 0x05bd },   { 0x05bf, 0x05bf }, { 0x05c1, 0x05c2 },
    { 0x05c4, 0x05c5 }, { 0x05c7, 0x05c7 },   { 0x0610, 0x061a }, { 0x061c, 0x061c },
    { 0x064b, 0x065f }, { 0x0670, 0x0670 },   { 0x06d6, 0x06dc }, { 0x06df, 0x06e4 },
    { 0x06e7, 0x06e8 }, { 0x06ea, 0x06ed },   { 0x0900, 0x0902 }, { 0x093a, 0x093a },
    { 0x093c, 0x093c }, { 0x0941, 0x0948 },   { 0x094d, 0x094d }, { 0x0951, 0x0957 },
    { 0x0962, 0x0963 }, { 0x0e31, 0x0e31 },   { 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e },
    { 0x0eb1, 0x0eb1 }, { 0x0eb4, 0x0ebc },   { 0x0ec8, 0x0ecd }, { 0x102d, 0x1030 },
    { 0x1032, 0x1037 }, { 0x1039, 0x103a },   { 0x17b4, 0x17b5 }, { 0x17b7, 0x17bd },
    { 0x17c6, 0x17c6 }, { 0x17c9, 0x17d3 },   { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
    { 0x200b, 0x200f }, { 0x202a, 0x202e },   { 0x2060, 0x206f }, { 0x20d0, 0x20f0 },
    { 0x302a, 0x302d }, { 0x3099, 0x309a },   { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
    { 0xfeff, 0xfeff }, { 0xe0001, 0xe01ef },
};

static const range cjk[] = {
    { 0x2e80, 0x303e }, { 0x3041, 0x312f }, { 0x31a0, 0x4dbf }, { 0x4e00, 0x9fff },
    { 0xf900, 0xfaff }, { 0xfe30, 0xfe4f }, { 0xff01, 0xff60 }, { 0x20000, 0x3fffd },
};

static const range other_unspaced[] = {
    { 0x0e01, 0x0e3a }, { 0x0e40, 0x0e4e }, { 0x0e81, 0x0ece },
    { 0x1000, 0x109f }, { 0x1780, 0x17d3 },
};

static const range digits[] = {
    { '0', '9' }, { 0x660, 0x669 }, { 0x6f0, 0x6f9 }, { 0x966, 0x96f }, { 0xff10, 0xff19 },
};

/* What is not ASCII and still no part of a word. */
static const range marks[] = {
    { 0x80, 0xa1 },     { 0xa6, 0xa9 },     { 0xab, 0xaf },     { 0xb4, 0xb4 },
    { 0xb6, 0xb8 },     { 0xbb, 0xbb },     { 0xbf, 0xbf },     { 0x55a, 0x55f },
    { 0x589, 0x58a },   { 0x5be, 0x5be },   { 0x5f3, 0x5f4 },   { 0x60c, 0x60d },
    { 0x61b, 0x61f },   { 0x66a, 0x66d },   { 0x6d4, 0x6d4 },   { 0x964, 0x965 },
    { 0x2000, 0x206f }, { 0x2190, 0x21ff }, { 0x2500, 0x25ff }, { 0x3000, 0x3004 },
    { 0x3008, 0x3020 }, { 0x3030, 0x3030 }, { 0x30fb, 0x30fb }, { 0xfe10, 0xfe19 },
    { 0xfe30, 0xfe6f }, { 0xff01, 0xff0f }, { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 },
    { 0xff5b, 0xff65 },
};

static int is_in(const range *r, size_t n, int32_t c)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c > r[mid].last)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && c >= r[lo].first;
}
#define IS_IN(table, c) is_in(table, sizeof(table) / sizeof(table[0]), c)

int lp_letter_columns(int32_t c)
{
    if (c < 0x300)
        return c >= 0x20 && (c < 0x7f || c >= 0xa0) && c != 0xad;
    return IS_IN(no_width, c) ? 0 : IS_IN(wide, c) ? 2 : 1;
}

int lp_letter_is_cjk(int32_t c)
{
    return c >= 0x2e80 && IS_IN(cjk, c);
}

int lp_letter_is_unspaced(int32_t c)
{
    return lp_letter_is_cjk(c) || (c >= 0xe01 && IS_IN(other_unspaced, c));
}

int lp_letter_is_digit(int32_t c)
{
    return IS_IN(digits, c);
}

int lp_letter_is_word(int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c > 0 && strchr("%$#&+=@", (int)c));
    return !IS_IN(marks, c);
}

int32_t lp_letter_lower(int32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3ab && c != 0x3a2) ||
        (c >= 0x410 && c <= 0x42f) || (c >= 0xff21 && c <= 0xff3a))
        return c + 32;
    if (c == 0x130)
        return 'i';
    if (c == 0x178)
        return 0xff;
    if (c >= 0x139 && c <= 0x148) /* here the capitals are odd */
        return c % 2 ? c + 1 : c;
    if (c >= 0x179 && c <= 0x17e)
        return c % 2 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) ||
        (c >= 0x1de && c <= 0x21f && c != 0x1f0) || (c >= 0x460 && c <= 0x481) ||
        (c >= 0x48a && c <= 0x4bf) ||
        (c >= 0x1e00 && c <= 0x1eff && !(c >= 0x1e96 && c <= 0x1e9f)))
        return c == 0x131 ? c : c | 1;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    if (c >= 0x531 && c <= 0x556)
        return c + 48;
    return c == 0x386 ? 0x3ac : c >= 0x388 && c <= 0x38a ? c + 37 : c == 0x38c ? 0x3cc : c;
}

/* Every pair above lies at one of these distances. */
int32_t lp_letter_upper(int32_t c)
{
    static const int32_t back[] = { 32, 1, 80, 48, 37, 38, 64 };
    if (c == 0xff)
        return 0x178;
    if (c == 'i')
        return 'I';
    for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++)
        if (c > back[i] && lp_letter_lower(c - back[i]) == c)
            return c - back[i];
    return c;
}

int lp_letter_is_stop(int32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203d || c == 0x3002 ||
           c == 0xff0e || c == 0xff01 || c == 0xff1f || c == 0xff61 || c == 0x61f ||
           c == 0x6d4 || c == 0x964 || c == 0x965 || c == 0x589;
}

int lp_letter_is_clause(int32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == 0x2013 || c == 0x2014 || c == 0x3001 ||
           c == 0xff0c || c == 0xff1b || c == 0xff1a || c == 0x60c || c == 0x61b || c == 0xff64;
}

int lp_letter_is_closing(int32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x2019 ||
           c == 0x201d || c == 0xbb || c == 0x3009 || c == 0x300b || c == 0x300d ||
           c == 0x300f || c == 0x3011 || c == 0xff09;
}

int lp_letter_is_opening(int32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' || c == 0x2018 ||
           c == 0x201c || c == 0x201e || c == 0xab || c == 0xbf || c == 0xa1 || c == 0x3008 ||
           c == 0x300a || c == 0x300c || c == 0x300e || c == 0x3010 || c == 0xff08;
}

lp_text_size lp_text_measure(const char *s, size_t n)
{
    lp_text_size z = { 0, 0 };
    size_t used;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        int columns = c < 0 ? 1 : lp_letter_columns(c);
        z.n_narrow += columns == 1;
        z.n_wide += columns == 2;
    }
    return z;
}

size_t lp_text_columns(lp_text_size s)
{
    return s.n_narrow + 2 * s.n_wide;
}

void lp_text_fold(lp_buf *out, const char *s, size_t n)
{
    size_t used;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        if (c > 0 && lp_letter_is_word(c) && lp_letter_columns(c) > 0)
            lp_utf8_append(out, (uint32_t)lp_letter_lower(c));
    }
}

int32_t lp_text_first(const char *s, size_t n)
{
    size_t used;
    return n ? lp_utf8_decode(s, n, &used) : 0;
}

int32_t lp_text_last(const char *s, size_t n)
{
    size_t used, at = n;
    if (n == 0)
        return 0;
    do
        at--;
    while (at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80);
    return lp_utf8_decode(s + at, n - at, &used);
}

int lp_text_has_blank_between(int32_t before, int32_t after)
{
    if (before == LP_LETTER_WORD_GOES_ON || lp_letter_is_cjk(before) || lp_letter_is_cjk(after))
        return 0;
    return !(lp_letter_is_unspaced(before) && lp_letter_is_unspaced(after));
}

/* Bytes of a line without the sign at its end that its last word goes on. */
static size_t without_sign(const char *s, size_t n)
{
    static const char sign[] = LP_WORD_GOES_ON;
    size_t len = sizeof(sign) - 1;
    return n >= len && memcmp(s + n - len, sign, len) == 0 ? n - len : n;
}

void lp_text_join(lp_buf *out, const char *s)
{
    for (size_t n, kept; *s; s += n) {
        n = strcspn(s, "\n");
        kept = without_sign(s, n);
        lp_buf_bytes(out, s, kept);
        if (s[n] == '\n' && kept == n)
            lp_buf_char(out, '\n');
        n += s[n] == '\n';
    }
}

void lp_text_unwrap(lp_buf *out, const char *s)
{
    for (size_t n; *s; s += n) {
        n = strcspn(s, "\n");
        lp_buf_bytes(out, s, without_sign(s, n));
        if (s[n] != '\n')
            continue;
        if (lp_text_has_blank_between(lp_text_last(s, n),
                                      lp_text_first(s + n + 1, strlen(s + n + 1))))
            lp_buf_char(out, ' ');
        n++;
    }
}
