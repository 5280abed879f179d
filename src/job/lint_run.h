/* Lint: captions held against the rules of caption/lint.h, and the outcome told. */
#ifndef LP_JOB_LINT_RUN_H
#define LP_JOB_LINT_RUN_H

#include "base/buf.h"
#include "lecpack/lecpack.h"

/* Looks at a caption file, or at every caption file that the manifest of the package `input`
 * names; of the options lang (of a file that does not say), caption_style and is_cancelled
 * count. Appends the report as JSON and as text, and gives how many hard rules are broken.
 * LP_ERR_USAGE: there is no such style; LP_ERR_NO_INPUT: nothing there, or a folder that is no
 * package; LP_ERR_INPUT: no captions, or a manifest that can not be used; LP_ERR_IO,
 * LP_ERR_NOMEM, LP_ERR_CANCELLED. Nothing is written to disk. */
lp_status lp_lint_run(const char *input, const lecpack_options *o, lp_buf *json, lp_buf *text,
                      size_t *n_hard, lp_diag *d) LP_MUST_USE;

#endif
