/* Figures on how well captions can be read, for the manifest's tracks. Pure. */
#ifndef LP_CAPTION_LINT_H
#define LP_CAPTION_LINT_H

#include "session/cues.h"

typedef struct lp_caption_quality {
    size_t n_cues, n_words;   /* words: runs between blanks */
    int64_t covered_us;       /* time during which at least one cue shows */
    double mean_cps, max_cps; /* characters a second, of all and of the fastest cue */
    size_t n_fast;            /* cues above 20 characters a second */
    size_t max_line_chars, n_long_lines; /* lines above 42 characters */
    size_t max_lines, n_tall;            /* cues of more than 2 lines */
    size_t n_overlaps;                   /* cues that begin before the one before them ends */
} lp_caption_quality;

/* The limits are those of the BBC and Netflix guides for adult programmes. Cues are in order.
 */
lp_caption_quality lp_caption_lint(const lp_cue *cues, size_t n);

#endif
