/* SBV, the captions that YouTube and Meet write: "0:00:01.000,0:00:02.000", lines of text. For
 * ingest/ only. */
#ifndef LP_INGEST_SBV_H
#define LP_INGEST_SBV_H

#include "session/cues.h"

/* Whether one of the first lines is a line of times. */
int lp_sbv_is(const char *text, size_t n);

/* Adds the cues of text[0..n) and mends them. A line of times that can not be read drops its
 * cue; text without times goes to the cue before it. LP_ERR_INPUT: no cue has times;
 * LP_ERR_NOMEM. */
lp_status lp_sbv_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
