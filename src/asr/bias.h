/* Words that the slide on screen shows are more likely to be said: a token that goes on with one of them, or begins one, gets
 * its boost added to its score. Works on text, so it needs no tokenizer. Upper and lower case count. */
#ifndef LP_ASR_BIAS_H
#define LP_ASR_BIAS_H

#include <stddef.h>

typedef struct lp_term {
    double start, end; /* seconds in which it counts */
    const char *text;  /* one word or a few, single blanks between */
    float boost;       /* nats */
} lp_term;

enum { LP_BIAS_HISTORY = 192 };

typedef struct lp_bias {
    const lp_term *terms;
    size_t n;
    double start, end;             /* of the chunk: terms elsewhere do not count */
    char history[LP_BIAS_HISTORY]; /* the end of what was said in the chunk */
    size_t n_history;
} lp_bias;

void lp_bias_begin(lp_bias *b, const lp_term *terms, size_t n, double start, double end);
/* The boost for a token that writes `text` next: of the best term that history and text together go on with; else 0. A
 * term counts from its second byte on. */
float lp_bias_of(const lp_bias *b, const char *text);
void lp_bias_said(lp_bias *b, const char *text); /* a token was chosen */

#endif
