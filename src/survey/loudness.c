#include "survey/loudness.h"

#include <math.h>
#include <stddef.h>

#include "base/mem.h"

enum { BLOCK = 4800, MAX_BLOCKS = 10 * 3600 * 48 };

void lp_loudness_init(lp_loudness *l)
{
    *l = (lp_loudness){ 0 };
}

void lp_loudness_clear(lp_loudness *l)
{
    lp_free(l->blocks);
    lp_loudness_init(l);
}

int lp_loudness_push(lp_loudness *l, const float *mono, size_t n)
{
    double *z = l->z;
    for (size_t i = 0; i < n; i++) {
        double x = mono[i], a = x < 0 ? -x : x;
        if (a > l->peak)
            l->peak = a;
        /* the two filters of BS.1770-4, tables 1 and 2, for 48 kHz (transposed direct form II) */
        double y = 1.53512485958697 * x + z[0];
        z[0] = -2.69169618940638 * x + 1.69065929318241 * y + z[1];
        z[1] = 1.19839281085285 * x - 0.73248077421585 * y;
        double w = y + z[2];
        z[2] = -2 * y + 1.99004745483398 * w + z[3];
        z[3] = y - 0.99007225036621 * w;
        l->sum += w * w;
        if (++l->n_in < BLOCK)
            continue;
        if (lp_grow((void **)&l->blocks, l->n, &l->cap, sizeof(*l->blocks), MAX_BLOCKS) != 0)
            return -1;
        l->blocks[l->n++] = (float)(l->sum / BLOCK);
        l->sum = 0;
        l->n_in = 0;
    }
    return 0;
}

static double lufs(double mean_square)
{
    return mean_square > 0 ? -0.691 + 10 * log10(mean_square) : -200;
}

/* Mean over the 400 ms blocks (75 % overlap) that are louder than `gate`. */
static double gated(const lp_loudness *l, double gate)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i + 4 <= l->n; i++) {
        double z = ((double)l->blocks[i] + (double)l->blocks[i + 1] + (double)l->blocks[i + 2] + (double)l->blocks[i + 3]) / 4;
        if (lufs(z) > gate) {
            sum += z;
            n++;
        }
    }
    return n ? lufs(sum / (double)n) : -200;
}

double lp_loudness_lufs(const lp_loudness *l)
{
    if (l->n < 4) { /* shorter than one block: what there is, ungated */
        double sum = l->sum;
        for (size_t i = 0; i < l->n; i++)
            sum += (double)l->blocks[i] * BLOCK;
        size_t samples = l->n * BLOCK + l->n_in;
        double all = samples ? lufs(sum / (double)samples) : -70;
        return all > -70 ? all : -70;
    }
    double first = gated(l, -70);
    if (first <= -70)
        return -70;
    double second = gated(l, first - 10);
    return second > -70 ? second : -70;
}

double lp_loudness_peak_db(const lp_loudness *l)
{
    return l->peak > 1e-6 ? 20 * log10(l->peak) : -120;
}
