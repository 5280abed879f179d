/* SubRip in. There is no standard: numbers are missing or repeated, decimals are commas or
 * points, blank lines between cues are missing or too many, lines end in CR alone. A cue is
 * what stands between two lines of times. */
#ifndef LP_INGEST_SRT_H
#define LP_INGEST_SRT_H

#include "session/cues.h"

/* As lp_vtt_parse(). LP_ERR_INPUT: there is no line of times in it; LP_ERR_NOMEM. */
lp_status lp_srt_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
