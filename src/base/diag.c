#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

lp_status lp_fail(lp_diag *d, lp_status s, int code, const char *fmt, ...)
{
    if (d && d->status == LP_OK) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(d->text, sizeof(d->text), fmt, ap);
        va_end(ap);
        for (char *p = d->text; *p; p++)
            if ((unsigned char)*p < 0x20 || *p == 0x7f)
                *p = ' ';
        d->status = s;
        d->code = code;
    }
    return s;
}

lp_status lp_fail_errno(lp_diag *d, int err, const char *path, const char *what)
{
    if (err == ENOSPC || err == EDQUOT || err == EFBIG)
        return lp_fail(d, LP_ERR_FULL, err, "%s: %s: no room left (%s); make room and run again",
                       path, what, strerror(err));
    lp_status s = err == ENOMEM ? LP_ERR_NOMEM : LP_ERR_IO;
    return lp_fail(d, s, err, "%s: %s: %s", path, what, strerror(err));
}

lp_status lp_fail_nomem(lp_diag *d)
{
    return lp_fail(d, LP_ERR_NOMEM, 0, "out of memory");
}
