#include "asr/word_times.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"

enum { MEDIAN = 7 };
enum { FROM_BOTH, FROM_TOKEN, FROM_FRAME }; /* where the best path into a cell came from */

void lp_align_add_head(float *row, const float *weights, size_t n_frames, float share)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n_frames; i++)
        sum += (double)weights[i];
    double mean = n_frames ? sum / (double)n_frames : 0;
    for (size_t i = 0; i < n_frames; i++)
        squares += ((double)weights[i] - mean) * ((double)weights[i] - mean);
    double deviation = n_frames ? sqrt(squares / (double)n_frames) + 1e-9 : 1;
    for (size_t i = 0; i < n_frames; i++)
        row[i] += share * (float)(((double)weights[i] - mean) / deviation);
}

/* The frame `offset` away from `i`, mirrored at the ends. */
static size_t mirrored(size_t i, int offset, size_t n)
{
    long at = (long)i + offset, last = (long)n - 1;
    if (at < 0)
        at = -at;
    if (at > last)
        at = 2 * last - at;
    return at < 0 ? 0 : at > last ? (size_t)last : (size_t)at;
}

static void smooth(float *row, size_t n, float *scratch)
{
    for (size_t i = 0; i < n; i++) {
        float window[MEDIAN];
        for (int k = 0; k < MEDIAN; k++) {
            float v = row[mirrored(i, k - MEDIAN / 2, n)];
            int at = k;
            for (; at > 0 && window[at - 1] > v; at--)
                window[at] = window[at - 1];
            window[at] = v;
        }
        scratch[i] = window[MEDIAN / 2];
    }
    memcpy(row, scratch, n * sizeof(*row));
}

int lp_align_tokens(float *rows, size_t n_tokens, size_t n_frames, int *first)
{
    if (n_tokens == 0 || n_frames == 0)
        return 0;
    size_t wide = n_frames + 1;
    /* cost of the best path to the row before and to this one; row 0 is before the first token */
    float *cost = lp_calloc(2 * wide + n_frames, sizeof(*cost)), *scratch = cost + 2 * wide;
    unsigned char *from = lp_calloc(n_tokens, n_frames);
    if (!cost || !from) {
        lp_free(cost);
        lp_free(from);
        return -1;
    }
    float *before = cost, *now = cost + wide;
    for (size_t f = 1; f < wide; f++)
        before[f] = FLT_MAX / 4;
    for (size_t t = 0; t < n_tokens; t++) {
        float *row = rows + t * n_frames;
        smooth(row, n_frames, scratch);
        now[0] = FLT_MAX / 4;
        for (size_t f = 0; f < n_frames; f++) {
            float best = before[f];
            unsigned char step = FROM_BOTH;
            if (before[f + 1] < best) {
                best = before[f + 1];
                step = FROM_TOKEN;
            }
            if (now[f] < best) {
                best = now[f];
                step = FROM_FRAME;
            }
            now[f + 1] = best - row[f];
            from[t * n_frames + f] = step;
        }
        float *swap = before;
        before = now;
        now = swap;
    }
    for (size_t t = n_tokens, f = n_frames; t > 0 && f > 0;) {
        first[t - 1] = (int)(f - 1);
        unsigned char step = from[(t - 1) * n_frames + f - 1];
        t -= step != FROM_FRAME;
        f -= step != FROM_TOKEN;
    }
    lp_free(cost);
    lp_free(from);
    return 0;
}
