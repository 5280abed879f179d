#include "survey/loudness.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/limiter.h"
#include "base/mem.h"

enum {
    BLOCK = LP_LIMIT_BLOCK,
    MAX_BLOCKS = 100 * 3600 * 48,
    HOP = 10,            /* blocks between the starts of two gating blocks */
    STEPS_DB = 256, OFFSET_DB = 160,
};

static const double most_makeup_db = 11;

/* 10^(steps / 2560), by two tables: a power a block would be most of the time that the search for a gain takes. */
typedef struct powers {
    double coarse[256], fine[STEPS_DB];
} powers;

static void fill_powers(powers *p)
{
    for (int i = 0; i < 256; i++)
        p->coarse[i] = pow(10, (i - OFFSET_DB) / 10.0);
    for (int i = 0; i < STEPS_DB; i++)
        p->fine[i] = pow(10, i / (10.0 * STEPS_DB));
}

static double power_of(const powers *p, uint16_t steps)
{
    return steps ? p->coarse[steps >> 8] * p->fine[steps & 255] : 0;
}

static uint16_t steps_of(double power)
{
    double steps = power > 0 ? (OFFSET_DB + 10 * log10(power)) * STEPS_DB + 0.5 : 0;
    return (uint16_t)(steps < 0 ? 0 : steps > UINT16_MAX ? UINT16_MAX : steps);
}

void lp_loudness_init(lp_loudness *l)
{
    *l = (lp_loudness){ 0 };
}

void lp_loudness_clear(lp_loudness *l)
{
    lp_free(l->blocks);
    lp_free(l->hops);
    lp_loudness_init(l);
}

int lp_loudness_push(lp_loudness *l, const float *mono, size_t n)
{
    double *z = l->z;
    for (size_t i = 0; i < n; i++) {
        double x = mono[i], a = x < 0 ? -x : x;
        if (a > l->block_peak)
            l->block_peak = a;
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
        if (lp_grow((void **)&l->blocks, l->n, &l->cap, sizeof(*l->blocks), MAX_BLOCKS) != 0 ||
            lp_grow((void **)&l->hops, l->n_hops, &l->cap_hops, sizeof(*l->hops), MAX_BLOCKS / HOP + 1) != 0)
            return -1;
        l->blocks[l->n++] =
            (lp_loudness_block){ steps_of(l->sum / BLOCK), steps_of(l->block_peak * l->block_peak) };
        l->peak = l->block_peak > l->peak ? l->block_peak : l->peak;
        l->hop_sum += l->sum;
        l->sum = l->block_peak = 0;
        l->n_in = 0;
        if (l->n % HOP == 0) {
            l->hops[l->n_hops++] = (float)(l->hop_sum / (HOP * BLOCK));
            l->hop_sum = 0;
        }
        for (int k = 0; k < 4; k++) /* silence would let them fade into denormal numbers, which are slow */
            z[k] = fabs(z[k]) < 1e-20 ? 0 : z[k];
    }
    return 0;
}

static double lufs(double mean_square)
{
    return mean_square > 0 ? -0.691 + 10 * log10(mean_square) : -200;
}

/* Mean square of each 100 ms behind the gain and the limiter. */
static void measure_hops(const lp_loudness *l, const powers *p, double gain, double limit, float *hops)
{
    double border = 1, need = 1;
    for (size_t k = 0; k < HOP * l->n_hops; k++) {
        if (k == 0)
            border = need = lp_limit_need(gain * sqrt(power_of(p, l->blocks[0].peak)), limit);
        double after = k + 1 < l->n ? lp_limit_need(gain * sqrt(power_of(p, l->blocks[k + 1].peak)), limit) : 1;
        double next = lp_limit_border(border, need, after);
        double mean = (border * border + border * next + next * next) / 3; /* of the squares on a straight line */
        hops[k / HOP] += (float)(gain * gain * mean * power_of(p, l->blocks[k].energy) / HOP);
        border = next;
        need = after;
    }
}

/* Mean over the 400 ms blocks (75 % overlap) that are louder than `gate`. */
static double gated(const float *hops, size_t n, double gate)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i + 4 <= n; i++) {
        double z = ((double)hops[i] + (double)hops[i + 1] + (double)hops[i + 2] + (double)hops[i + 3]) / 4;
        if (lufs(z) > gate) {
            sum += z;
            count++;
        }
    }
    return count ? lufs(sum / (double)count) : -200;
}

static double integrated(const float *hops, size_t n)
{
    double first = gated(hops, n, -70);
    double second = first > -70 ? gated(hops, n, first - 10) : -70;
    return second > -70 ? second : -70;
}

double lp_loudness_lufs(const lp_loudness *l)
{
    if (l->n_hops >= 4)
        return integrated(l->hops, l->n_hops);
    double sum = l->sum + l->hop_sum; /* shorter than one gating block: what there is, ungated */
    for (size_t i = 0; i < l->n_hops; i++)
        sum += (double)l->hops[i] * HOP * BLOCK;
    size_t samples = l->n * BLOCK + l->n_in;
    double all = samples ? lufs(sum / (double)samples) : -70;
    return all > -70 ? all : -70;
}

int lp_loudness_gain_db(const lp_loudness *l, double target_lufs, double limit_db, double *out)
{
    powers p;
    size_t n = l->n_hops;
    double plain = lp_loudness_lufs(l), limit = pow(10, limit_db / 20);
    if (n < 4 || plain <= -70) {
        *out = plain > -70 ? target_lufs - plain : 0;
        return 0;
    }
    float *hops = lp_calloc(n, sizeof(*hops));
    if (!hops)
        return -1;
    fill_powers(&p);
    double low = target_lufs - plain, high = low + most_makeup_db;
    for (int i = 0; i < 9; i++) { /* to 0.02 dB; what comes out rises with the gain */
        double middle = (low + high) / 2;
        memset(hops, 0, n * sizeof(*hops));
        measure_hops(l, &p, pow(10, middle / 20), limit, hops);
        if (integrated(hops, n) < target_lufs)
            low = middle;
        else
            high = middle;
    }
    *out = low;
    lp_free(hops);
    return 0;
}

double lp_loudness_peak_db(const lp_loudness *l)
{
    double peak = l->block_peak > l->peak ? l->block_peak : l->peak;
    return peak > 1e-6 ? 20 * log10(peak) : -120;
}
