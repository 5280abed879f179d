/* Caption: from the cues that ingest/ read to cues that can be read. Pure.
 *
 * Room: clean (times and repeats), layout (words to cues; word_pieces, phrases and letters serve
 * it), resplit (cues that nobody could read), align (a supplied text to what was heard; spoken and
 * match serve it), polish (spelling), paragraphs (reading text), lint (figures and rules), review
 * (what a teacher should look at), vtt_write, srt_write and transcript (files). */
#ifndef LP_CAPTION_CLEAN_H
#define LP_CAPTION_CLEAN_H

#include "session/cues.h"

/* Mends the cues of a recording of `duration_us` in place: sorts them; takes off the lines that
 * roll-up captions repeat (a cue whose first lines are the last lines of the same person's cue
 * just before it); joins equal cues that touch; ends a cue where the same person's next begins,
 * when they overlap by at most 1 s and 0.5 s stay; cuts cues that run past the end and drops
 * those that begin there (finding "captions-past-end"). After it every cue has text, 0 <= start
 * < end, end <= duration, and they are in order. A duration of 0 cuts nothing. LP_OK or
 * LP_ERR_NOMEM. */
lp_status lp_cues_clean(lp_cues *c, int64_t duration_us, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
