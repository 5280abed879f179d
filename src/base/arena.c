#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* The first block is small: many arenas hold a page of text or nothing. Each is twice the one before. */
enum { FIRST_BYTES = 1024, BLOCK_BYTES = 16384 };

struct lp_arena_block {
    struct lp_arena_block *next;
    size_t used, cap;
    max_align_t data[];
};

void *lp_arena_alloc(lp_arena *a, size_t count, size_t size)
{
    const size_t align = sizeof(max_align_t);
    if (size && count > (SIZE_MAX / 2) / size)
        return NULL;
    size_t bytes = (count * size + align - 1) / align * align;
    if (bytes == 0)
        bytes = align;
    struct lp_arena_block *b = a->blocks;
    if (!b || b->cap - b->used < bytes) {
        size_t cap = !b ? FIRST_BYTES : b->cap < BLOCK_BYTES / 2 ? 2 * b->cap : BLOCK_BYTES;
        if (cap < bytes)
            cap = bytes;
        b = lp_calloc(1, sizeof(*b) + cap);
        if (!b)
            return NULL;
        b->cap = cap;
        b->next = a->blocks;
        a->blocks = b;
    }
    void *p = (char *)b->data + b->used;
    b->used += bytes;
    return p;
}

char *lp_arena_strndup(lp_arena *a, const char *s, size_t n)
{
    char *p = lp_arena_alloc(a, n + 1, 1);
    if (p)
        memcpy(p, s, n);
    return p;
}

char *lp_arena_strdup(lp_arena *a, const char *s)
{
    return s ? lp_arena_strndup(a, s, strlen(s)) : NULL;
}

char *lp_arena_printf(lp_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        return NULL;
    char *p = lp_arena_alloc(a, (size_t)n + 1, 1);
    if (p) {
        va_start(ap, fmt);
        vsnprintf(p, (size_t)n + 1, fmt, ap);
        va_end(ap);
    }
    return p;
}

int lp_arena_grow(lp_arena *a, void **items, size_t n, size_t *cap, size_t size, size_t max)
{
    if (n < *cap)
        return 0;
    if (n >= max)
        return -1;
    size_t more = *cap ? 2 * *cap : 16;
    if (more > max)
        more = max;
    void *p = lp_arena_alloc(a, more, size);
    if (!p)
        return -1;
    if (n)
        memcpy(p, *items, n * size);
    *items = p;
    *cap = more;
    return 0;
}

void lp_arena_clear(lp_arena *a)
{
    while (a->blocks) {
        struct lp_arena_block *next = a->blocks->next;
        lp_free(a->blocks);
        a->blocks = next;
    }
}

void lp_arena_adopt(lp_arena *a, lp_arena *from)
{
    struct lp_arena_block **last = &from->blocks;
    while (*last)
        last = &(*last)->next;
    *last = a->blocks; /* the receiver's current block may have room left: it is kept, behind the others */
    a->blocks = from->blocks;
    from->blocks = NULL;
}
