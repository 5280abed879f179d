#include "base/limiter.h"

#include <math.h>

double lp_limit_need(double peak, double limit)
{
    return peak > limit ? limit / peak : 1;
}

double lp_limit_border(double last, double before, double after)
{
    const double back = 0.39347; /* 1 - exp(-10 ms / 20 ms) */
    double gain = last + (1 - last) * back;
    gain = gain < before ? gain : before;
    return gain < after ? gain : after;
}

void lp_highpass_run(lp_highpass *h, float *x, size_t n)
{
    /* Butterworth; "Cookbook formulae for audio EQ biquad filters" (R. Bristow-Johnson) for 80 Hz at 48 kHz, Q 0.7071 */
    const double b0 = 0.9926225427, a1 = -1.9851906579, a2 = 0.9852995131;
    double z0 = h->z[0], z1 = h->z[1];
    for (size_t i = 0; i < n; i++) {
        double in = x[i], out = b0 * in + z0;
        z0 = -2 * b0 * in - a1 * out + z1;
        z1 = b0 * in - a2 * out;
        x[i] = (float)out;
    }
    /* digital silence would let the state fade into denormal numbers, which are slow */
    h->z[0] = fabs(z0) < 1e-20 ? 0 : z0;
    h->z[1] = fabs(z1) < 1e-20 ? 0 : z1;
}
