#include "survey/speech.h"

#include <math.h>

#include "base/mem.h"

enum {
    HOP = 480, HOP_US = 10000, OFFSET_DB = 120,
    AUDIBLE_DB = 50, /* -70 dBFS */
    LEAST_RANGE_DB = 10,
    PAD_BEFORE_US = 200000, PAD_AFTER_US = 250000, MERGE_US = 300000,
};

void lp_speech_init(lp_speech *s)
{
    *s = (lp_speech){ 0 };
}

void lp_speech_clear(lp_speech *s)
{
    lp_free(s->db);
    lp_speech_init(s);
}

int lp_speech_push(lp_speech *s, const float *mono, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        s->sum += (double)mono[i] * (double)mono[i];
        if (++s->n_in < HOP)
            continue;
        if (lp_grow((void **)&s->db, s->n, &s->cap, 1, 100 * 3600 * 48) != 0)
            return -1;
        double db = OFFSET_DB + 10 * log10(s->sum / HOP + 1e-12);
        s->db[s->n++] = (unsigned char)(db < 0 ? 0 : db > 255 ? 255 : db);
        s->sum = 0;
        s->n_in = 0;
    }
    return 0;
}

static int percentile(const size_t *histogram, size_t n, int p)
{
    size_t want = n * (size_t)p / 100, sum = 0;
    for (int i = 0; i < 256; i++)
        if ((sum += histogram[i]) > want)
            return i;
    return 255;
}

lp_status lp_speech_finish(const lp_speech *s, lp_arena *a, lp_span **out, size_t *n, lp_diag *d)
{
    size_t histogram[256] = { 0 }, cap = 0;
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < s->n; i++)
        histogram[s->db[i]]++;
    int low = percentile(histogram, s->n, 10), high = percentile(histogram, s->n, 95);
    if (s->n == 0 || high < AUDIBLE_DB || high - low < LEAST_RANGE_DB)
        return LP_OK;
    int threshold = (low > AUDIBLE_DB ? low : AUDIBLE_DB) + (high - (low > AUDIBLE_DB ? low : AUDIBLE_DB)) * 3 / 10;
    int64_t total = (int64_t)s->n * HOP_US;
    for (size_t i = 0; i < s->n; i++) {
        if (s->db[i] < threshold)
            continue;
        int64_t from = (int64_t)i * HOP_US - PAD_BEFORE_US, to = (int64_t)(i + 1) * HOP_US + PAD_AFTER_US;
        from = from < 0 ? 0 : from;
        to = to > total ? total : to;
        if (*n && from - (*out)[*n - 1].end_us < MERGE_US) {
            (*out)[*n - 1].end_us = to;
            continue;
        }
        if (lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), 1000000) != 0)
            return lp_fail_nomem(d);
        (*out)[(*n)++] = (lp_span){ from, to };
    }
    return LP_OK;
}
