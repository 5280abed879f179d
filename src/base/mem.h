/* Allocation with a switch for tests: the n-th call from now fails, once.
 * The only place that calls malloc and its kin; everything else comes here. */
#ifndef LP_BASE_MEM_H
#define LP_BASE_MEM_H

#include <stddef.h>

void *lp_calloc(size_t count, size_t size);
void *lp_realloc_array(void *p, size_t count, size_t size);
char *lp_strdup(const char *s);
void lp_free(void *p);
void lp_mem_fail_at(long n); /* 1 = the next call; 0 = never */

/* Makes room for one more element of `size` bytes in *items (n used, *cap there).
 * Returns 0, or -1 with everything unchanged when memory is out or `max` elements are reached. */
int lp_grow(void **items, size_t n, size_t *cap, size_t size, size_t max);

#endif
