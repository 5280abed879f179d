/* Small things with strings that the C library leaves out. ASCII rules, whatever the locale. */
#ifndef LP_BASE_STR_H
#define LP_BASE_STR_H

#include <stddef.h>
#include <stdint.h>

int lp_str_eq(const char *a, const char *b); /* NULL equals only NULL */
int lp_str_starts(const char *s, const char *prefix);
int lp_str_ends(const char *s, const char *suffix); /* ASCII case does not count */
int lp_str_ieq(const char *a, const char *b);       /* ASCII case does not count */
/* Bytes of s[0..n) before the first a or b; n where there is none. */
size_t lp_str_before(const char *s, size_t n, char a, char b);
/* "[0-9]+" as a whole, at most `max`; returns 0, or -1 with *out unchanged. */
int lp_str_int(const char *s, int64_t max, int64_t *out);

#endif
