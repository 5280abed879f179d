/* Text subtitles inside a recording, in a stream of their own or as closed captions (CEA-608) within the pictures, as
 * libavcodec decodes them. Without libav* types. */
#ifndef LP_AV_SUBTITLE_H
#define LP_AV_SUBTITLE_H

#include <stdint.h>

#include "base/diag.h"
#include "base/joint.h"
#include "base/progress.h"

/* One subtitle, in the order of the file: plain text with \n between lines, name of the speaker where the format has one
 * ("" else). Times are on the session clock; end_us is INT64_MIN when the stream does not say: it then lasts until the next.
 * An empty text shows nothing: it ends what was before it. WebVTT is given as it is, with its markup (is_vtt 1): libavcodec
 * would lose the <v Name> that says who speaks. A caption of CEA-608 is given when the next one takes its place or it
 * is taken off, as all are where the stream ends, at the time when it was shown. */
typedef lp_status (*lp_av_subtitle)(void *user, int64_t start_us, int64_t end_us, const char *name,
                                    const char *text, int is_vtt, lp_diag *d);

/* Reads every packet of stream `index` of the recording, subtitles or pictures. LP_ERR_NO_INPUT, LP_ERR_INPUT: can not be opened or has no such
 * stream; LP_ERR_UNSUPPORTED: no decoder, or its subtitles are pictures; LP_ERR_NOMEM, LP_ERR_CANCELLED, or what `tell`
 * returned. Packets that can not be decoded are counted in *n_bad. `joints` and `p` may be NULL. */
lp_status lp_av_subtitles_read(const char *path, int index, int64_t origin_us, const lp_joints *joints,
                               lp_av_subtitle tell, void *user, int64_t *n_bad, const lp_progress *p,
                               lp_diag *d) LP_MUST_USE;

#endif
