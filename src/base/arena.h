/* An arena: many small allocations, freed together. One per recording holds its session,
 * timeline, cues and plan. Not for use from two threads at a time.
 *
 *     lp_arena a = { 0 };  char *s = lp_arena_strdup(&a, "x");  lp_arena_clear(&a); */
#ifndef LP_BASE_ARENA_H
#define LP_BASE_ARENA_H

#include <stddef.h>

#include "base/diag.h"

struct lp_arena_block;
typedef struct lp_arena {
    struct lp_arena_block *blocks;
} lp_arena;

/* Zeroed memory, aligned for any type, until lp_arena_clear(); NULL when memory is out. */
void *lp_arena_alloc(lp_arena *a, size_t count, size_t size);
char *lp_arena_strdup(lp_arena *a, const char *s); /* NULL gives NULL */
char *lp_arena_strndup(lp_arena *a, const char *s, size_t n);
char *lp_arena_printf(lp_arena *a, const char *fmt, ...) LP_PRINTF(2, 3);
void lp_arena_clear(lp_arena *a); /* frees all; the arena can be used again */

/* Moves everything of `from` into `a`; `from` is empty then. */
void lp_arena_adopt(lp_arena *a, lp_arena *from);

/* Makes room for one more element in an array that lives in the arena, as lp_grow() does. */
int lp_arena_grow(lp_arena *a, void **items, size_t n, size_t *cap, size_t size, size_t max);

#endif
