#include "base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_long fail_at;

static int must_fail(void)
{
    return atomic_load_explicit(&fail_at, memory_order_relaxed) > 0 &&
           atomic_fetch_sub(&fail_at, 1) == 1;
}

void lp_mem_fail_at(long n)
{
    atomic_store(&fail_at, n);
}

void *lp_calloc(size_t count, size_t size)
{
    return must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *lp_realloc_array(void *p, size_t count, size_t size)
{
    if (must_fail() || (size && count > SIZE_MAX / size))
        return NULL;
    size_t bytes = count * size;
    return realloc(p, bytes ? bytes : 1);
}

char *lp_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *copy = lp_calloc(n, 1);
    return copy ? memcpy(copy, s, n) : NULL;
}

void lp_free(void *p)
{
    free(p);
}

int lp_grow(void **items, size_t n, size_t *cap, size_t size, size_t max)
{
    if (n < *cap)
        return 0;
    if (n >= max)
        return -1;
    size_t more = *cap ? *cap + *cap / 2 + 1 : 16;
    if (more > max)
        more = max;
    void *p = lp_realloc_array(*items, more, size);
    if (!p)
        return -1;
    *items = p;
    *cap = more;
    return 0;
}
