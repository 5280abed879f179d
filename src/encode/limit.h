/* High pass (rumble costs bits and says nothing), gain and limiter of base/limiter.h over a stream of samples. Pure.
 * What comes out is as long as what went in and not later: one block is held back to look ahead.
 *
 *     lp_limit_init -> n = lp_limit_room, lp_limit_push(.. n at most ..).. -> lp_limit_flush until it gives 0 */
#ifndef LP_ENCODE_LIMIT_H
#define LP_ENCODE_LIMIT_H

#include "base/limiter.h"

typedef struct lp_limit {
    lp_highpass highpass;
    double gain, limit;
    double border, need;        /* the gain at the start of the block held back, and what it can bear */
    float held[LP_LIMIT_BLOCK]; /* whole */
    float next[LP_LIMIT_BLOCK];
    size_t n_held, n_next;
} lp_limit;

/* Gain in dB; limit_db in dBFS. */
void lp_limit_init(lp_limit *l, double gain_db, double limit_db);
/* How many samples the next push may have: 1..LP_LIMIT_BLOCK. */
size_t lp_limit_room(const lp_limit *l);
/* Takes n samples; writes 0 or LP_LIMIT_BLOCK to `out` and says how many. */
size_t lp_limit_push(lp_limit *l, const float *in, size_t n, float out[LP_LIMIT_BLOCK]);
size_t lp_limit_flush(lp_limit *l, float out[LP_LIMIT_BLOCK]); /* 0 at the end */

#endif
