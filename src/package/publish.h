/* Publishing: a finished folder takes the output's place in one step; readers see the old package or the new. */
#ifndef LP_PACKAGE_PUBLISH_H
#define LP_PACKAGE_PUBLISH_H

#include "base/diag.h"

/* Whether `out` may be published to: nothing is there, an empty folder, or a package (a folder with a
 * lecpack.json, whole or damaged). Anything else is LP_ERR_CREATE with a sentence that says what to do.
 * Also puts back an old package that a crash left aside (".NAME.old" where OUT is missing). */
lp_status lp_publish_check(const char *out, lp_diag *d) LP_MUST_USE;

/* The temporary name beside `out` to build in: "PARENT/.NAME.new". In the arena; NULL when memory is out. */
struct lp_arena;
char *lp_publish_staging(struct lp_arena *a, const char *out);

/* Flushes `staging` (every file and folder), then makes it `out`: renameat2(RENAME_EXCHANGE) with an older
 * package, which is then removed; plain rename where nothing is there; where the file system knows no exchange,
 * two renames by way of ".NAME.old". On error `out` is as it was. LP_ERR_IO, LP_ERR_FULL, LP_ERR_CREATE. */
lp_status lp_publish(const char *staging, const char *out, lp_diag *d) LP_MUST_USE;

#endif
