#include "session/words.h"

enum { MAX_WORDS = 1000000 };

lp_status lp_words_add(lp_words *w, lp_arena *a, lp_word word, lp_diag *d)
{
    word.text = lp_arena_strdup(a, word.text);
    if (!word.text ||
        lp_arena_grow(a, (void **)&w->items, w->n, &w->cap, sizeof(*w->items), MAX_WORDS) != 0)
        return lp_fail_nomem(d);
    w->items[w->n++] = word;
    return LP_OK;
}

void lp_words_p(const lp_words *w, size_t first, size_t n, float *mean, float *least)
{
    double sum = 0;
    size_t known = 0;
    *mean = *least = -1;
    for (size_t i = first; i < w->n && i - first < n; i++) {
        float p = w->items[i].p;
        if (!(p >= 0))
            continue;
        sum += (double)p;
        *least = known++ == 0 || p < *least ? p : *least;
    }
    if (known)
        *mean = (float)(sum / (double)known);
}
