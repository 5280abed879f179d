/* Publishing: a finished folder takes the output's place in one step; readers see the old
 * package or the new. */
#ifndef LP_PACKAGE_PUBLISH_H
#define LP_PACKAGE_PUBLISH_H

#include "base/arena.h"
#include "base/diag.h"

/* Whether `out` may be published to: nothing is there, an empty folder, or a package (a folder
 * with a lecpack.json that says so or is damaged). Anything else is LP_ERR_CREATE with a
 * sentence that says what to do; so is a file in the package that its manifest does not list (what desktops
 * leave in folders aside): it would be lost. Also mends what a killed run left, so the caller holds the
 * output's lock: puts back an old package that was moved aside
 * (".NAME.old" where OUT is missing), else removes it; removes the unfinished ".NAME.new". OUT
 * may end in slashes and "/.". LP_ERR_CREATE also for a link, a file, "." and "..". LP_ERR_IO,
 * LP_ERR_NOMEM. */
lp_status lp_publish_check(const char *out, lp_diag *d) LP_MUST_USE;

/* The temporary name beside `out` to build in: "PARENT/.NAME.new". In the arena; NULL when
 * memory is out. */
char *lp_publish_staging(lp_arena *a, const char *out);

/* Flushes `staging` (every file and folder), then makes it `out`: renameat2(RENAME_EXCHANGE)
 * with an older package, which is then removed; plain rename where nothing is there; where the
 * file system knows no exchange, two renames by way of ".NAME.old". On error `out` is as it
 * was; only where the disk does not even let us go back it is the new package, whole, or,
 * without exchange, set aside for lp_publish_check(). An older package that can not be removed
 * is no error: the next lp_publish_check() does it. LP_ERR_IO, LP_ERR_FULL, LP_ERR_CREATE,
 * LP_ERR_NOMEM. */
lp_status lp_publish(const char *staging, const char *out, lp_diag *d) LP_MUST_USE;

#endif
