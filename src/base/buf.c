#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void lp_buf_init(lp_buf *b, size_t max)
{
    *b = (lp_buf){ .max = max };
}

static int reserve(lp_buf *b, size_t more)
{
    if (b->failed)
        return -1;
    if (more > b->max - b->len) {
        b->failed = 2;
        return -1;
    }
    size_t need = b->len + more + 1;
    if (need <= b->cap)
        return 0;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < need)
        cap += cap;
    char *p = lp_realloc_array(b->data, cap, 1);
    if (!p) {
        b->failed = 1;
        return -1;
    }
    b->data = p;
    b->cap = cap;
    return 0;
}

void lp_buf_bytes(lp_buf *b, const void *p, size_t n)
{
    if (reserve(b, n) < 0)
        return;
    if (n)
        memcpy(b->data + b->len, p, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void lp_buf_str(lp_buf *b, const char *s)
{
    lp_buf_bytes(b, s, strlen(s));
}

void lp_buf_char(lp_buf *b, char c)
{
    if (reserve(b, 1) < 0)
        return;
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void lp_buf_printf(lp_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0 || reserve(b, (size_t)n) < 0)
        return;
    va_start(ap, fmt);
    vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

lp_status lp_buf_check(lp_buf *b, const char *what, lp_diag *d)
{
    if (!b->failed && !b->data)
        lp_buf_bytes(b, "", 0);
    if (b->failed == 1)
        return lp_fail_nomem(d);
    if (b->failed)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: larger than %zu bytes", what, b->max);
    return LP_OK;
}

void lp_buf_clear(lp_buf *b)
{
    lp_free(b->data);
    lp_buf_init(b, b->max);
}
