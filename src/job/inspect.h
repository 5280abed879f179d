/* Inspect: what was recognised, without packing. */
#ifndef LP_JOB_INSPECT_H
#define LP_JOB_INSPECT_H

#include "base/buf.h"
#include "lecpack/lecpack.h"

/* Appends the session of `input` as JSON and as text. Nothing is written to disk. Every outcome
 * of lp_ingest(). */
lp_status lp_inspect(const char *input, const lecpack_options *o, lp_buf *json, lp_buf *text,
                     lp_diag *d) LP_MUST_USE;

#endif
