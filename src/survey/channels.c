#include "survey/channels.h"

#include <math.h>

void lp_channels_push(lp_channels *c, const float *lr, size_t n)
{
    double ll = 0, rr = 0, x = 0;
    for (size_t i = 0; i < n; i++) {
        double l = lr[2 * i], r = lr[2 * i + 1];
        ll += l * l;
        rr += r * r;
        x += l * r;
    }
    c->ll += ll;
    c->rr += rr;
    c->lr += x;
}

lp_sound_mix lp_channels_mix(const lp_channels *c)
{
    const double thirty_db = 1000;
    if (c->ll > thirty_db * c->rr)
        return LP_MIX_LEFT;
    if (c->rr > thirty_db * c->ll)
        return LP_MIX_RIGHT;
    return c->lr < -0.5 * sqrt(c->ll * c->rr) ? LP_MIX_LEFT : LP_MIX_MONO;
}

void lp_channels_to_mono(lp_sound_mix mix, const float *lr, size_t n, float *mono)
{
    for (size_t i = 0; i < n; i++)
        mono[i] = mix == LP_MIX_LEFT    ? lr[2 * i]
                  : mix == LP_MIX_RIGHT ? lr[2 * i + 1]
                                        : 0.5f * (lr[2 * i] + lr[2 * i + 1]);
}
