/* How well captions can be read: figures for the manifest's tracks, and rules with numbers,
 * each hard (a reader is left behind) or soft (it could be better). Pure. */
#ifndef LP_CAPTION_LINT_H
#define LP_CAPTION_LINT_H

#include "session/cues.h"

/* What layout aims at and lint holds captions against. The sources are the guides of Netflix
 * (42 characters, 5/6 to 7 s, 17 characters a second for adults with 20 as the most), of the
 * BBC (37 characters) and of the DCMP (32). A character of two columns counts twice in speed;
 * 16 fill a line. */
enum {
    LP_CUE_LINES = 2,
    LP_LINE_WANTED = 37, /* characters, where the style allows more */
    LP_LINE_WIDE = 16,   /* wide characters, in every style */
    LP_CUE_LEAST_US = 833000,
    LP_CUE_SHORT_US = 1000000,
    LP_CUE_LONG_US = 7000000,
    LP_CUE_WANTED_CPS = 17,
    LP_CUE_MOST_CPS = 20,
    LP_CUE_GAP_US = 80000,    /* a smaller one flickers; none is fine */
    LP_CUE_OFFSET_US = 200000 /* between the first word and the cue */
};

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

typedef enum lp_lint_code {
    LP_LINT_LINES,      /* more than 2 lines */
    LP_LINT_LINE,       /* a line longer than the style allows */
    LP_LINT_LONG,       /* shown longer than 7 s */
    LP_LINT_SHORT,      /* shown shorter than 0.833 s */
    LP_LINT_FAST,       /* more than 20 characters a second */
    LP_LINT_OVERLAP,    /* begins before the one before it ends */
    LP_LINT_OFFSET,     /* begins 0.5 s from its first word, where that is known */
    LP_LINT_LINE_SOFT,  /* longer than 37 characters */
    LP_LINT_SHORT_SOFT, /* shorter than 1 s */
    LP_LINT_FAST_SOFT,  /* more than 17 characters a second */
    LP_LINT_GAP,        /* a gap below 0.08 s */
    LP_LINT_BREAK,      /* a line ends behind an article or a preposition */
    LP_LINT_NUMBER      /* a line ends inside a number */
} lp_lint_code;

typedef struct lp_lint_rule {
    const char *name; /* "line-too-long" */
    int is_hard;
    const char *says; /* "a line has at most .. characters" */
} lp_lint_rule;

typedef struct lp_breach {
    lp_lint_code code;
    size_t cue;       /* from 0 */
    int64_t t_us;     /* of the cue */
    const char *text; /* what: "a line of 45 characters, at most 42" */
} lp_breach;

typedef struct lp_breaches {
    lp_breach *items; /* by cue */
    size_t n, cap;
    size_t n_hard, n_soft;           /* breaches */
    size_t n_cues_hard, n_cues_soft; /* cues with at least one */
    size_t n_speech; /* of all: too fast, as is the speech around them */
} lp_breaches;

const lp_lint_rule *lp_lint_rule_of(lp_lint_code code);

/* Holds the cues, which are in order, against the rules; line_chars is 42, 37 or 32 (others are
 * taken as 42). A millisecond is forgiven: files round to it. Where a rule has a soft and a
 * hard form only the worse is told. A caption that is too fast within 7 s or more that are so,
 * 0.4 s more of time given, is told as the speech's own speed. Everything is in the arena. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_lint(const lp_cues *c, int line_chars, lp_arena *a, lp_breaches *out,
                       lp_diag *d) LP_MUST_USE;

#endif
