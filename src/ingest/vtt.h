/* WebVTT in: blocks, headers and voices as https://www.w3.org/TR/webvtt1/#parsing reads them,
 * with forgiving times, and Webex's speakers in the names of cues. STYLE, REGION and NOTE blocks are skipped, cue settings do not matter
 * to us. */
#ifndef LP_INGEST_VTT_H
#define LP_INGEST_VTT_H

#include "session/cues.h"

/* Reads text[0..n), UTF-8 without a byte order mark. Adds the cues to *out, mended and in
 * order, times as the file has them; sets out->format, and out->lang where the header says
 * "Language: xx" and it was NULL. Set out->source first: findings name it. LP_ERR_INPUT: it
 * does not begin with WEBVTT; LP_ERR_NOMEM. */
lp_status lp_vtt_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
