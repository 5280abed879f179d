#include "asr/bias.h"

#include <string.h>

void lp_bias_begin(lp_bias *b, const lp_term *terms, size_t n, double start, double end)
{
    *b = (lp_bias){ .terms = terms, .n = n, .start = start, .end = end };
}

/* What `said` of n bytes, from the start of one of its words, has in common with terms. */
static float best_from(const lp_bias *b, const char *said, size_t n)
{
    float best = 0;
    for (size_t i = 0; i < b->n; i++) {
        const lp_term *t = &b->terms[i];
        if (t->boost > best && t->start < b->end && t->end > b->start && strncmp(t->text, said, n) == 0)
            best = t->boost;
    }
    return best;
}

float lp_bias_of(const lp_bias *b, const char *text)
{
    char said[LP_BIAS_HISTORY + 64];
    size_t n_text = strlen(text);
    if (b->n == 0 || n_text == 0 || n_text >= 64)
        return 0;
    memcpy(said, b->history, b->n_history);
    memcpy(said + b->n_history, text, n_text + 1);
    size_t n = b->n_history + n_text;
    float best = 0;
    /* every word start is a place where a term of several words may have begun */
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && said[i - 1] != ' ')
            continue;
        if (n - i < 2)
            break;
        float boost = best_from(b, said + i, n - i);
        best = boost > best ? boost : best;
    }
    return best;
}

void lp_bias_said(lp_bias *b, const char *text)
{
    size_t n = strlen(text);
    if (n >= LP_BIAS_HISTORY)
        return;
    if (b->n_history + n >= LP_BIAS_HISTORY) {
        /* keeps the younger half, from a word's start */
        size_t from = b->n_history - LP_BIAS_HISTORY / 2 > n ? b->n_history / 2 + n / 2 : b->n_history;
        while (from < b->n_history && b->history[from] != ' ')
            from++;
        memmove(b->history, b->history + from, b->n_history - from);
        b->n_history -= from;
        if (b->n_history + n >= LP_BIAS_HISTORY)
            b->n_history = 0;
    }
    memcpy(b->history + b->n_history, text, n);
    b->n_history += n;
}
