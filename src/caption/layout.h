/* Words to cues that are made to be read: the breaks of a whole lecture are chosen together, by
 * the least cost (as TeX breaks paragraphs), so that a cue ends where a sentence does wherever
 * that can be. Pure.
 *
 *     lp_layout_options o = { .line_chars = 42, .terms = terms, .n_terms = n };
 *     cues.words = heard; s = lp_cues_layout(&cues, &o, a, d);
 *
 * A cue has at most two lines, shows for 1 to 7 s and at most 20 characters a second, 17 where
 * that can be; begins within 0.2 s of its first word; touches the next or leaves 0.08 s; has
 * one speaker. The search moves the boundaries too, within those 0.2 s, so that a cue with time
 * to spare gives some to a neighbour that is too fast. A break falls behind a sentence, else
 * behind a clause, in a pause, before a conjunction; never inside a number or a term, and not
 * behind an article, a preposition, a title ("Dr.") or a subject ("we").
 * A word that is longer than a line goes on in the next one, behind LP_WORD_GOES_ON; it is cut between
 * two cues only where they would be worse.
 * Speech that is faster than can be read gives cues that are too fast: no word is ever left
 * out. */
#ifndef LP_CAPTION_LAYOUT_H
#define LP_CAPTION_LAYOUT_H

#include "caption/letters.h"
#include "session/cues.h"

typedef struct lp_layout_options {
    int line_chars; /* 42, 37 or 32; others are taken as 42. A line of wide characters has 16 */
    const char *const *terms; /* never broken: "standard error"; may be NULL with 0 */
    size_t n_terms;
    int64_t duration_us; /* of the recording: nothing shows after it; 0: not known */
} lp_layout_options;

/* Replaces c->items by cues made of c->words, whose persons are positions in c->people; the
 * words' language is c->lang. Words without text are passed over. Cues know their words. LP_OK
 * or LP_ERR_NOMEM; *c is unchanged then. */
lp_status lp_cues_layout(lp_cues *c, const lp_layout_options *o, lp_arena *a,
                         lp_diag *d) LP_MUST_USE;

#endif
