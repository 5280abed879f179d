/* Words: what an engine heard, each with its time. Made by tool/asr, made into cues by
 * caption/. */
#ifndef LP_SESSION_WORDS_H
#define LP_SESSION_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct lp_word {
    int64_t start_us, end_us; /* start <= end, starts rising; on the session clock */
    const char *text; /* clean UTF-8 without blanks, its punctuation attached: "slope," */
    float p;          /* how sure the engine is, 0 to 1; -1: it does not say */
    int person;       /* position in lp_cues.people; -1: not known */
} lp_word;

typedef struct lp_words {
    lp_word *items; /* by start */
    size_t n, cap;
} lp_words;

/* Adds a word; its text is copied into the arena. Returns LP_OK or LP_ERR_NOMEM. */
lp_status lp_words_add(lp_words *w, lp_arena *a, lp_word word, lp_diag *d) LP_MUST_USE;

/* Of words[first..first + n): the mean and the least p of those that have one; -1 where none
 * has. Reads only what is there, whatever first and n say. */
void lp_words_p(const lp_words *w, size_t first, size_t n, float *mean, float *least);

#endif
