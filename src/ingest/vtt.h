/* WebVTT in: what vtt_file.h finds, voices, and Webex's speakers in the names of cues. Styles and notes
 * are skipped; where cues want to stand is counted (finding "captions-placed"), for it is not kept: the
 * page shows captions in a place of their own. */
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
