/* Locks: one run at a time on an output, and on a work folder. flock(2), so a killed run leaves
 * none behind, whatever the file says. */
#ifndef LP_JOB_LOCK_H
#define LP_JOB_LOCK_H

#include "base/diag.h"

typedef struct lp_lock {
    int fd; /* -1: not held */
    int is_removed_after;
    char *path;
} lp_lock;

#define LP_LOCK_NONE                                                                           \
    {                                                                                          \
        -1, 0, NULL                                                                            \
    }

/* Makes `path` where needed and locks it until lp_lock_release(). With is_removed_after the
 * file holds pid and host for people and is removed at release; otherwise it is left as it is,
 * empty, its time stamp too. LP_ERR_BUSY "WHAT: another lecpack run (pid N) is writing it; wait
 * for it or choose another output"; LP_ERR_CREATE: no file can be made there; LP_ERR_FULL,
 * LP_ERR_NOMEM. *l holds nothing on error. */
lp_status lp_lock_take(lp_lock *l, const char *path, const char *what, int is_removed_after,
                       lp_diag *d) LP_MUST_USE;
void lp_lock_release(lp_lock *l); /* one that holds nothing is fine */

#endif
