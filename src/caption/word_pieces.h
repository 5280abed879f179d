/* Words made ready for layout: cut where a word is too long for a line, joined with or without
 * a blank, and told how bad a break behind each would be. For layout.c and resplit.c only. */
#ifndef LP_CAPTION_WORD_PIECES_H
#define LP_CAPTION_WORD_PIECES_H

#include "caption/layout.h"

enum {
    LP_BREAK_SENTENCE = 0,
    LP_BREAK_CLAUSE = 14,
    LP_BREAK_PAUSE = 22,
    LP_BREAK_CONJUNCTION = 26,
    LP_BREAK_PREPOSITION = 38,
    LP_BREAK_PLAIN = 50,
    LP_BREAK_AUXILIARY = 90, /* between "is" and what it is */
    LP_BREAK_LOOSE = 250,    /* behind a conjunction or a title, inside a word */
    LP_BREAK_BAD = 650,      /* behind an article or a preposition, which lint tells */
    LP_BREAK_NEVER = 20000   /* inside a number or a term: only where nothing else is left */
};

typedef struct lp_piece {
    const char *text; /* n bytes of a word */
    size_t n, word;   /* position of the word in the words given */
    int64_t start_us, end_us;
    int person;
    lp_text_size size; /* without the blank */
    int has_blank;     /* between it and the next */
    int break_cost;    /* of ending a line or a cue behind it */
    int ends_sentence, is_word_start;
} lp_piece;

/* *out and everything in it are in the arena; the texts are those of the words. lang may be
 * NULL. LP_OK or LP_ERR_NOMEM. */
lp_status lp_pieces_make(const lp_word *words, size_t n, const char *lang,
                         const lp_layout_options *o, lp_arena *a, lp_piece **out, size_t *n_out,
                         lp_diag *d) LP_MUST_USE;

/* Adds the cues of the pieces, which must not begin before not_before_us nor show after
 * until_us; first_word is added to the positions of words, has_words 0 leaves them out. */
lp_status lp_pieces_layout(const lp_piece *p, size_t n, const lp_layout_options *o,
                           int64_t not_before_us, int64_t until_us, size_t first_word,
                           int has_words, lp_arena *a, lp_cues *out, lp_diag *d) LP_MUST_USE;

/* The options with a line_chars that there is. */
lp_layout_options lp_layout_options_checked(const lp_layout_options *o);

#endif
