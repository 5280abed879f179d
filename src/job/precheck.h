/* What can be known to be wrong before any work: options out of range, no input, an output that
 * would swallow the input, a disk without room. */
#ifndef LP_JOB_PRECHECK_H
#define LP_JOB_PRECHECK_H

#include "base/arena.h"
#include "lecpack/lecpack.h"

/* LP_ERR_USAGE naming the option. */
lp_status lp_precheck_options(const lecpack_options *o, lp_diag *d) LP_MUST_USE;

/* LP_ERR_NO_INPUT: the input, or a caption file that was asked for, is not there or can not be
 * read; LP_ERR_USAGE: the output is the input, in it or around it, or the work folder is in the
 * output. */
lp_status lp_precheck_paths(const char *input, const char *output, const char *work_dir, const lecpack_options *o,
                            lp_diag *d) LP_MUST_USE;

/* Whether the disk that `dir` (which exists) is on has a small reserve left. LP_ERR_FULL. */
lp_status lp_precheck_room(const char *dir, lp_diag *d) LP_MUST_USE;

/* The absolute path without links, "." and ".." as far as it exists, and the rest of it as
 * written. NULL: memory is out. */
char *lp_precheck_real(lp_arena *a, const char *path);

#endif
