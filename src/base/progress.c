#include "base/progress.h"

#include <stddef.h>

void lp_progress_tell(const lp_progress *p, int64_t done_us, int64_t total_us)
{
    if (p && p->done)
        p->done(p->user, done_us, total_us);
}

lp_status lp_progress_check(const lp_progress *p, lp_diag *d)
{
    if (p && p->is_cancelled && p->is_cancelled(p->user))
        return lp_fail(d, LP_ERR_CANCELLED, 0, "stopped; run the same command again to go on");
    return LP_OK;
}
