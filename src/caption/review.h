/* What a teacher should look at: captions that may be wrong or can not be read. Pure. */
#ifndef LP_CAPTION_REVIEW_H
#define LP_CAPTION_REVIEW_H

#include "session/cues.h"
#include "session/timeline.h"

typedef enum lp_doubt {                    /* bits */
                        LP_DOUBT_CUE = 1,  /* the engine is less than 60 % sure of the whole */
                        LP_DOUBT_WORD = 2, /* and less than 30 % of a word */
                        LP_DOUBT_LOST = 4, /* somebody speaks, and nothing was recognised */
                        LP_DOUBT_FORM = 8, /* no caption: too many or too long lines, too long,
                                              too short, overlapping */
                        LP_DOUBT_FAST = 16 /* more than 20 characters a second */
} lp_doubt;

typedef struct lp_review_item {
    int64_t start_us, end_us;
    ptrdiff_t cue;    /* -1: there is none (LOST) */
    unsigned doubts;  /* of lp_doubt */
    float p;          /* of the whole; -1: not known */
    const char *word; /* the least sure, with LP_DOUBT_WORD; else NULL */
    const char *text; /* why: "42 % sure of it; 12 % sure of \"variense\"" */
} lp_review_item;

typedef struct lp_review {
    lp_review_item *items; /* by start */
    size_t n, cap;
} lp_review;

/* Looks at the cues, which are in order, and at lost[0..n_lost), times of speech that gave no
 * words, in order (may be NULL with 0); line_chars as for lp_cues_lint(). One item a cue or
 * span. Everything is in the arena. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_review(const lp_cues *c, int line_chars, const lp_span *lost, size_t n_lost,
                         lp_arena *a, lp_review *out, lp_diag *d) LP_MUST_USE;

#endif
