/* A byte buffer that grows up to a stated maximum. Appending never fails at the call:
 * the first failure is kept and asked for once, at the end.
 *
 *     lp_buf b; lp_buf_init(&b, 1 << 20);
 *     lp_buf_str(&b, "x"); lp_buf_printf(&b, "%d", 3);
 *     lp_status s = lp_buf_check(&b, "page", d);  use b.data, b.len;  lp_buf_clear(&b); */
#ifndef LP_BASE_BUF_H
#define LP_BASE_BUF_H

#include <stddef.h>

#include "base/diag.h"

typedef struct lp_buf {
    char *data; /* always NUL-terminated once something was appended; NULL before */
    size_t len, cap, max;
    int failed; /* 1: memory is out, 2: over max; what is there is kept, the rest dropped */
} lp_buf;

void lp_buf_init(lp_buf *b, size_t max); /* no allocation yet */
void lp_buf_bytes(lp_buf *b, const void *p, size_t n);
void lp_buf_str(lp_buf *b, const char *s);
void lp_buf_char(lp_buf *b, char c);
void lp_buf_printf(lp_buf *b, const char *fmt, ...) LP_PRINTF(2, 3);
/* LP_OK with data not NULL, LP_ERR_NOMEM, or LP_ERR_INPUT "what: larger than N bytes". */
lp_status lp_buf_check(lp_buf *b, const char *what, lp_diag *d) LP_MUST_USE;
void lp_buf_clear(lp_buf *b);

#endif
