/* SubRip out, for players that read no WebVTT. There is no standard; this is what all read:
 * UTF-8 without a mark, numbers from 1, CR LF, a decimal comma, a blank line between cues.
 * Pure. */
#ifndef LP_CAPTION_SRT_WRITE_H
#define LP_CAPTION_SRT_WRITE_H

#include "base/buf.h"
#include "session/cues.h"

/* Appends the cues, times as they are. SubRip knows no speakers: "Name: " stands before the
 * text where the person changes. What could be read as markup or as
 * a line of times is broken by a zero-width joiner (U+2060), which nobody sees. Failures show
 * in lp_buf_check(). */
void lp_srt_write(lp_buf *out, const lp_cue *cues, size_t n, const lp_person *people,
                  size_t n_people);

#endif
