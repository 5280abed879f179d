/* Words: what an engine heard, each with its time. Made by tool/asr, made into cues by caption/. */
#ifndef LP_SESSION_WORDS_H
#define LP_SESSION_WORDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct lp_word {
    int64_t start_us, end_us; /* start <= end, starts rising; on the session clock */
    const char *text;         /* clean UTF-8 without blanks, its punctuation attached: "slope," */
    float p;                  /* how sure the engine is, 0 to 1; -1: it does not say */
    int person;               /* position in lp_cues.people; -1: not known */
} lp_word;

typedef struct lp_words {
    lp_word *items; /* by start */
    size_t n, cap;
} lp_words;

#endif
