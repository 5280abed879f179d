#include "encode/limit.h"

#include <math.h>
#include <string.h>

void lp_limit_init(lp_limit *l, double gain_db, double limit_db)
{
    memset(l, 0, sizeof(*l));
    l->gain = pow(10, gain_db / 20);
    l->limit = pow(10, limit_db / 20);
}

size_t lp_limit_room(const lp_limit *l)
{
    return LP_LIMIT_BLOCK - l->n_next;
}

/* Writes the block held back; `after` is what the one behind it can bear. */
static size_t give(lp_limit *l, double after, float *out)
{
    size_t n = l->n_held;
    double next = lp_limit_border(l->border, l->need, after);
    float gain = (float)l->border, step = (float)((next - l->border) / LP_LIMIT_BLOCK);
    for (size_t i = 0; i < n; i++)
        out[i] = l->held[i] * (gain + (float)i * step);
    l->border = next;
    return n;
}

/* Moves the block that was filled to where it is held back; the one before it goes out. */
static size_t turn(lp_limit *l, float *out)
{
    float peak = 0;
    for (size_t i = 0; i < l->n_next; i++)
        peak = fabsf(l->next[i]) > peak ? fabsf(l->next[i]) : peak;
    double need = lp_limit_need(peak, l->limit);
    size_t n = l->n_held ? give(l, need, out) : 0;
    if (!l->n_held)
        l->border = need; /* the first of all: its peak may be its first sample */
    memcpy(l->held, l->next, l->n_next * sizeof(*l->next));
    l->n_held = l->n_next;
    l->n_next = 0;
    l->need = need;
    return n;
}

size_t lp_limit_push(lp_limit *l, const float *in, size_t n, float out[LP_LIMIT_BLOCK])
{
    float *to = l->next + l->n_next;
    memcpy(to, in, n * sizeof(*in));
    lp_highpass_run(&l->highpass, to, n);
    for (size_t i = 0; i < n; i++)
        to[i] *= (float)l->gain;
    l->n_next += n;
    return l->n_next == LP_LIMIT_BLOCK ? turn(l, out) : 0;
}

size_t lp_limit_flush(lp_limit *l, float out[LP_LIMIT_BLOCK])
{
    size_t n = l->n_next ? turn(l, out) : 0;
    if (n == 0 && l->n_held) {
        n = give(l, 1, out);
        l->n_held = 0;
    }
    return n;
}
