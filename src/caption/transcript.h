/* The transcript: what was said as plain text, for reading, printing and searching. Pure. */
#ifndef LP_CAPTION_TRANSCRIPT_H
#define LP_CAPTION_TRANSCRIPT_H

#include "base/buf.h"
#include "session/plan.h"

/* Appends the title, then each chapter's heading with its time and its paragraphs: "[M:SS]
 * Name: text", the name where the person changes. `cues` gives the people; cues and chapters
 * are the plan's, in package time. LP_OK or LP_ERR_NOMEM. */
lp_status lp_transcript_write(lp_buf *out, const char *title, const lp_plan *plan,
                              const lp_cues *cues, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
