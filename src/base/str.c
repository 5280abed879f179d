#include "base/str.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

int lp_str_eq(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether one of the eight bytes in v is the one that `eight` repeats. */
static int has_byte(uint64_t v, uint64_t eight)
{
    uint64_t x = v ^ eight;
    return ((x - 0x0101010101010101u) & ~x & 0x8080808080808080u) != 0;
}

size_t lp_str_before(const char *s, size_t n, char a, char b)
{
    const uint64_t ones = 0x0101010101010101u, all_a = ones * (unsigned char)a, all_b = ones * (unsigned char)b;
    size_t i = 0;
    for (uint64_t v; n - i >= sizeof(v); i += sizeof(v)) {
        memcpy(&v, s + i, sizeof(v));
        if (has_byte(v, all_a) | has_byte(v, all_b))
            break;
    }
    while (i < n && s[i] != a && s[i] != b)
        i++;
    return i;
}

int lp_str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

int lp_str_ieq(const char *a, const char *b)
{
    for (; *a && lower(*a) == lower(*b); a++, b++)
        ;
    return lower(*a) == lower(*b);
}

int lp_str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && lp_str_ieq(s + n - m, suffix);
}

int lp_str_int(const char *s, int64_t max, int64_t *out)
{
    int64_t v = 0;
    if (!*s)
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || *s - '0' > max || v > (max - (*s - '0')) / 10)
            return -1;
        v = 10 * v + (*s - '0');
    }
    *out = v;
    return 0;
}
