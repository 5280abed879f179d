/* How two channels become one: mixed, unless one is silent or they cancel each other. Pure. */
#ifndef LP_SURVEY_CHANNELS_H
#define LP_SURVEY_CHANNELS_H

#include "session/timeline.h"

typedef struct lp_channels {
    double ll, rr, lr;
} lp_channels;

void lp_channels_push(lp_channels *c, const float *lr, size_t n); /* n pairs */
/* LEFT for a phase-inverted pair (correlation below -0.5) and where the right side is 30 dB softer; RIGHT likewise. */
lp_sound_mix lp_channels_mix(const lp_channels *c);
void lp_channels_to_mono(lp_sound_mix mix, const float *lr, size_t n, float *mono);

#endif
