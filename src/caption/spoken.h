/* A transcript as people write it, taken apart into the words that were spoken. For align.c
 * only. */
#ifndef LP_CAPTION_SPOKEN_H
#define LP_CAPTION_SPOKEN_H

#include "caption/match.h"
#include "session/cues.h"

typedef struct lp_tokens {
    lp_token *items;
    size_t n, cap;
} lp_tokens;

/* Adds a word of n bytes; runs of Han or kana are added character by character, their time
 * shared out. LP_OK or LP_ERR_NOMEM. */
lp_status lp_tokens_add(lp_tokens *t, lp_arena *a, const char *word, size_t n,
                        const lp_token *like, lp_diag *d) LP_MUST_USE;

/* The spoken words of a transcript, as lp_words_align() says; times 0. *has_labels: whether any
 * speaker was named; *n_headings: lines that were left out. */
lp_status lp_spoken_read(const char *text, size_t n, lp_arena *a, lp_cues *people,
                         lp_tokens *out, int *has_labels, size_t *n_headings,
                         lp_diag *d) LP_MUST_USE;

#endif
