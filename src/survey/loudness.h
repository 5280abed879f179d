/* Loudness of one channel at 48 kHz after ITU-R BS.1770-4 (K weighting, gating) as EBU R 128 uses it. Pure. */
#ifndef LP_SURVEY_LOUDNESS_H
#define LP_SURVEY_LOUDNESS_H

#include <stddef.h>

typedef struct lp_loudness {
    double z[4], sum; /* filter states; energy of the running 100 ms */
    size_t n_in, n, cap;
    float *blocks; /* mean square of each 100 ms */
    double peak;
} lp_loudness;

void lp_loudness_init(lp_loudness *l);
int lp_loudness_push(lp_loudness *l, const float *mono, size_t n); /* -1 when memory is out */
double lp_loudness_lufs(const lp_loudness *l); /* integrated; -70 for silence */
double lp_loudness_peak_db(const lp_loudness *l); /* highest sample, dBFS; -120 for silence */
void lp_loudness_clear(lp_loudness *l);

#endif
