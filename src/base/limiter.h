/* The sound chain's two arithmetic parts, shared because survey has to foresee what encode will do:
 * a high pass against rumble, and a peak limiter that works in blocks of 10 ms.
 *
 * The limiter looks at whole blocks: each needs some gain to stay below the limit. On a border between two blocks the
 * gain is what both can bear, in between it moves in a straight line. So nothing ever exceeds the limit, the gain falls
 * before the peak comes, and what it does to the loudness can be told from the blocks' peaks and energies alone. */
#ifndef LP_BASE_LIMITER_H
#define LP_BASE_LIMITER_H

#include <stddef.h>

enum { LP_LIMIT_BLOCK = 480 }; /* samples at 48 kHz */

/* The gain a block with that peak can bear: 0 < gain <= 1. */
double lp_limit_need(double peak, double limit);

/* The gain on the border after a block that needs `before` and ahead of one that needs `after`; `last` is the border
 * one block ago (1 at the beginning). It falls at once and comes back with a time constant of 20 ms. */
double lp_limit_border(double last, double before, double after);

/* 80 Hz, 12 dB an octave, at 48 kHz. Begins as { 0 }. */
typedef struct lp_highpass {
    double z[2];
} lp_highpass;

void lp_highpass_run(lp_highpass *h, float *x, size_t n);

#endif
