/* Cues to paragraphs: a caption is two lines long, a text that is read needs longer breath. The
 * page and the transcript use the same paragraphs. Pure.
 *
 *     lp_paragraphs_make(plan->cues, plan->n_cues, breaks, n_breaks, a, &p, &n, d);
 *     for each p[i]: a label when p[i].person is not that of p[i-1]; cues p[i].first ..
 * p[i].last, joined by a space */
#ifndef LP_CAPTION_PARAGRAPHS_H
#define LP_CAPTION_PARAGRAPHS_H

#include "session/cues.h"

typedef struct lp_paragraph {
    size_t first, last; /* cues, both included; the paragraphs cover every cue once, in order */
    int person;         /* of all its cues; -1: not known */
    int64_t t_us;       /* start of its first cue */
} lp_paragraph;

/* Groups cues[0..n), which are in order of time. A paragraph ends where the person changes,
 * before a cue that begins at or after one of breaks[0..n_breaks) (rising times, e.g. of
 * chapters; may be NULL with 0), at a pause of 4 s, at the end of a sentence once it has 4
 * sentences or the next cue would make it longer than 30 s, and in any case before it is longer
 * than 45 s (a single longer cue stays whole). *out is in the arena, NULL without cues. LP_OK
 * or LP_ERR_NOMEM. */
lp_status lp_paragraphs_make(const lp_cue *cues, size_t n, const int64_t *breaks,
                             size_t n_breaks, lp_arena *a, lp_paragraph **out, size_t *n_out,
                             lp_diag *d) LP_MUST_USE;

#endif
