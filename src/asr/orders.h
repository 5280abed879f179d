/* What the parent asks for: the tables of chunks and of terms. Tab-separated, one a line, times in seconds on the sound's
 * clock; '#' begins a remark, empty lines count for nothing. */
#ifndef LP_ASR_ORDERS_H
#define LP_ASR_ORDERS_H

#include <stdint.h>

#include "asr/bias.h"
#include "base/arena.h"

typedef struct lp_order { /* "id <tab> start <tab> end" */
    int64_t id;
    double start, end;
} lp_order;

/* Text must be NUL-terminated. `what` is for messages: LP_ERR_INPUT names it and the line. A chunk has 0 <= start < end and is at most
 * 30 s long. */
lp_status lp_orders_parse(const char *text, const char *what, lp_arena *a, lp_order **out, size_t *n, lp_diag *d) LP_MUST_USE;
/* "start <tab> end <tab> term [<tab> boost]"; without a boost it is 3 nats, and at most 6. Terms of less than 2 bytes are left out. */
lp_status lp_terms_parse(const char *text, const char *what, lp_arena *a, lp_term **out, size_t *n, lp_diag *d) LP_MUST_USE;

#endif
