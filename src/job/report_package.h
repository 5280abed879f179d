/* Gathers the figures of report/figures.h: from a package, and from the work folder beside it
 * as far as it is of that package. */
#ifndef LP_JOB_REPORT_PACKAGE_H
#define LP_JOB_REPORT_PACKAGE_H

#include "base/buf.h"
#include "lecpack/lecpack.h"

/* Appends the report on the package in the folder `dir` as JSON, as text and as an HTML page.
 * Of the options work_dir (NULL: the default beside the package) and is_cancelled count. What
 * can not be read, but for the manifest, is told as unknown. LP_ERR_NO_INPUT: no package;
 * LP_ERR_INPUT: its manifest can not be used; LP_ERR_UNSUPPORTED, LP_ERR_IO, LP_ERR_NOMEM,
 * LP_ERR_CANCELLED. Writes nothing to disk. */
lp_status lp_report_package(const char *dir, const lecpack_options *o, lp_buf *json,
                            lp_buf *text, lp_buf *html, lp_diag *d) LP_MUST_USE;

#endif
