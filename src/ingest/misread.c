#include "ingest/misread.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { LEAST = 3, LEAST_TWICE = 2, LONG_RUN = 4 };

struct count {
    size_t n_runs;      /* of four characters or more that are beyond ASCII */
    size_t n_signs;     /* between letters */
    size_t n_twice;     /* two characters that are one of UTF-8 */
    size_t n_of[0x100]; /* each character */
};

static int is_letter(int32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7);
}

static int is_one_of(int32_t c, const int32_t *list)
{
    while (*list && *list != c)
        list++;
    return *list != 0;
}

/* The second byte of a character, read as windows-1252; not what may well follow a letter: a no-break space, quotes. */
static int is_second_half(int32_t c)
{
    static const int32_t signs[] = { 0x20ac, 0x201a, 0x192,  0x201e, 0x2020, 0x2021, 0x2c6,
                                     0x2030, 0x160,  0x2039, 0x152,  0x17d,  0x2022, 0x2dc,
                                     0x2122, 0x161,  0x203a, 0x153,  0x17e,  0x178,  0 };
    return (c >= 0x80 && c <= 0xbf && c != 0xa0 && c != 0xab && c != 0xbb) || is_one_of(c, signs);
}

static void count(const char *s, size_t n, struct count *k)
{
    /* Polish in windows-1250: a-ogonek, l-stroke, z-dot and z-acute are signs in windows-1252 */
    static const int32_t signs[] = { 0xb9, 0xb3, 0xbf, 0xbc, 0xa5, 0xa3, 0 };
    int32_t last = 0, before = 0;
    size_t run = 0;
    *k = (struct count){ 0 };
    for (size_t i = 0, used; i < n; i += used) {
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        run = c > 0xa0 && c <= 0xff ? run + 1 : 0;
        k->n_runs += run == LONG_RUN;
        k->n_of[c > 0 && c < 0x100 ? c : 0]++;
        k->n_signs += is_letter(c) && is_one_of(last, signs) && is_letter(before);
        int is_first = last == 0xc3 || last == 0xd0 || last == 0xd1;
        k->n_twice += (is_first && is_second_half(c)) || (last == 0xe2 && c == 0x20ac);
        before = last;
        last = c;
    }
}

const char *lp_text_misread(const char *s, size_t n, const char *encoding)
{
    struct count k;
    count(s, n, &k);
    if (!lp_str_eq(encoding, "windows-1252"))
        return k.n_twice >= LEAST_TWICE ? "UTF-8 that was read as windows-1252 once and saved so" : NULL;
    if (k.n_runs >= LEAST)
        return "another coding, such as of Cyrillic, Greek, Arabic, Hebrew or Chinese";
    /* r and e with carons; what Turkish has as Icelandic, and c-cedilla, which that has not */
    int is_czech = k.n_of[0xf8] >= LEAST && k.n_of[0xec] >= LEAST;
    int is_turkish = k.n_of[0xe7] >= LEAST && k.n_of[0xfd] >= LEAST && k.n_of[0xfe] >= LEAST;
    if (k.n_signs >= LEAST || is_czech)
        return "another coding, of Central Europe (windows-1250)";
    return is_turkish ? "another coding, of Turkish (windows-1254)" : NULL;
}
