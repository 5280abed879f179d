/* What a teacher should look at: captions that may be wrong or can not be read. Pure. */
#ifndef LP_CAPTION_REVIEW_H
#define LP_CAPTION_REVIEW_H

#include "session/cues.h"
#include "session/timeline.h"

typedef enum lp_doubt {  /* bits */
    LP_DOUBT_WORDS = 1,  /* the engine is not sure of its words */
    LP_DOUBT_LOST = 2,   /* somebody speaks, and nothing was recognised */
    LP_DOUBT_FORM = 4,   /* no caption: too many or too long lines, too long, too short, overlapping */
    LP_DOUBT_FAST = 8    /* more than 20 characters a second */
} lp_doubt;

/* How much is to be gained by looking at a caption: the sum of (1 - p)^2 of its words, and 0.4 for a word with a hyphen
 * within of which the engine is not quite sure (p < 0.9), for what it does not know it puts together of pieces.
 * Measured with the built-in engine on 30 minutes of espeak-ng and flite reading meetings (4875 words, 294 wrong, in 150 of 469
 * captions):
 *
 *     listed where the sum is     captions an hour   wrong words in them   listed and really wrong
 *     0.2                               427                 84 %                  55 %
 *     0.3                               337                 70 %                  55 %
 *     0.4                               247                 63 %                  64 %
 *     0.5                               174                 50 %                  66 %
 *     0.8                                84                 30 %                  78 %
 *     mean p < 0.6 or a p < 0.3          38                 15 %                  84 %
 *
 * No other order of what p tells did better. So 0.4 lists, and the order decides what is heard in the time that there is: the
 * first 66 an hour, ten minutes, hold 26 % of the wrong words. */

typedef struct lp_review_item {
    int64_t start_us, end_us;
    ptrdiff_t cue;    /* -1: there is none (LOST) */
    unsigned doubts;  /* of lp_doubt */
    float doubt;      /* what it is listed for, and by */
    const char *word; /* the least sure, with LP_DOUBT_WORDS; else NULL */
    const char *text; /* why: "12 % sure of \"variense\", 45 % of \"is\"" */
} lp_review_item;

typedef struct lp_review {
    lp_review_item *items; /* the most doubtful first, then by start */
    size_t n, cap;
    size_t n_first;     /* so many of them are heard and mended in time_us */
    int64_t time_us;    /* ten minutes for an hour of captions, and ten at least; less where all are done before */
} lp_review;

/* Looks at the cues, which are in order, and at lost[0..n_lost), times of speech that gave no
 * words, in order (may be NULL with 0); line_chars as for lp_cues_lint(). One item a cue or
 * span; none for a cue that a person checked, or that is but a music sign or the name of a sound in brackets. Everything is in the arena. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_review(const lp_cues *c, int line_chars, const lp_span *lost, size_t n_lost,
                         lp_arena *a, lp_review *out, lp_diag *d) LP_MUST_USE;

#endif
