/* What long work tells its caller, and how the caller stops it. */
#ifndef LP_BASE_PROGRESS_H
#define LP_BASE_PROGRESS_H

#include <stdint.h>

#include "base/diag.h"

typedef struct lp_progress {
    /* Called from any worker thread, one call at a time is not promised. May be NULL. */
    void (*done)(void *user, int64_t done_us, int64_t total_us); /* media time of the running stage */
    int (*is_cancelled)(void *user);                             /* may be NULL */
    void *user;
} lp_progress;

/* Both take NULL. lp_progress_check() returns LP_ERR_CANCELLED when the caller wants to stop. */
void lp_progress_tell(const lp_progress *p, int64_t done_us, int64_t total_us);
lp_status lp_progress_check(const lp_progress *p, lp_diag *d) LP_MUST_USE;

#endif
