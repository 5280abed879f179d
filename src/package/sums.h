/* manifest-sha256.txt: one line a file, as sha256sum writes and checks it. */
#ifndef LP_PACKAGE_SUMS_H
#define LP_PACKAGE_SUMS_H

#include "base/arena.h"
#include "base/buf.h"
#include "lecpack/manifest.h"

/* Appends "HASH  PATH" lines, by path: those of the files and of the side files (lecpack.json,
 * lecpack.meta4), so that only manifest-sha256.txt itself is not in it. LP_OK or LP_ERR_NOMEM;
 * more failures show in lp_buf_check(). */
lp_status lp_sums_write(lp_buf *out, const lecpack_file *files, size_t n,
                        const lecpack_file *side, size_t n_side, lp_arena *a,
                        lp_diag *d) LP_MUST_USE;

#endif
