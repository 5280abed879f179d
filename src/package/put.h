/* Writes files into a folder that is being built: plainly, because nobody sees the folder
 * before it is published, and publishing flushes it as a whole. */
#ifndef LP_PACKAGE_PUT_H
#define LP_PACKAGE_PUT_H

#include <stddef.h>

#include "base/diag.h"

/* Makes `path`, which must not be there yet, with mode 0644. Every error is told, that of close
 * too. LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM; lp_put_copy() also LP_ERR_IO when `from` is not
 * there or no regular file. */
lp_status lp_put_bytes(const char *path, const void *bytes, size_t n, lp_diag *d) LP_MUST_USE;
lp_status lp_put_copy(const char *from, const char *path, lp_diag *d) LP_MUST_USE;

#endif
