/* Loudness of one channel at 48 kHz after ITU-R BS.1770-4 (K weighting, gating) as EBU R 128 uses it. Pure. */
#ifndef LP_SURVEY_LOUDNESS_H
#define LP_SURVEY_LOUDNESS_H

#include <stddef.h>
#include <stdint.h>

typedef struct lp_loudness_block { /* 10 ms: a step is 1/256 dB, 0 is silence */
    uint16_t energy, peak;
} lp_loudness_block;

typedef struct lp_loudness {
    double z[4], sum, hop_sum, block_peak, peak; /* filter states; energy and peak of what runs */
    size_t n_in, n, cap, n_hops, cap_hops;
    lp_loudness_block *blocks;
    float *hops; /* mean square of each 100 ms */
} lp_loudness;

void lp_loudness_init(lp_loudness *l);
int lp_loudness_push(lp_loudness *l, const float *mono, size_t n); /* -1 when memory is out */
double lp_loudness_lufs(const lp_loudness *l); /* integrated; -70 for silence */
double lp_loudness_peak_db(const lp_loudness *l); /* highest sample, dBFS; -120 for silence */
/* The gain in dB that brings it to target_lufs behind the limiter of base/limiter.h: what the plain difference is, and
 * what the limiter takes (at most 11 dB of that). 0 for silence. *out is set only on success; -1 when memory is out. */
int lp_loudness_gain_db(const lp_loudness *l, double target_lufs, double limit_db, double *out);
void lp_loudness_clear(lp_loudness *l);

#endif
