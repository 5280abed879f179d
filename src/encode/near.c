#include "encode/near.h"

#include <string.h>

enum { MOST_BITS = 5, CHUNK = 64 };

static uint8_t to_step(int v, int bits)
{
    int mask = (1 << bits) - 1, up = v + (mask >> 1) + ((v >> bits) & 1);
    return (uint8_t)(up > 255 ? 255 : up & ~mask);
}

static uint8_t apart(uint8_t a, uint8_t b)
{
    return (uint8_t)(a > b ? a - b : b - a);
}

/* CHUNK bytes at once: a fixed count that compilers turn into vector code. What is set at or above bit `bits` in the
 * differences joined by OR is set in one of them. */
static void differ(const uint8_t *p, const uint8_t *above, const uint8_t *below, uint8_t *d)
{
    for (int k = 0; k < CHUNK; k++)
        d[k] = (uint8_t)(apart(p[k], p[k - 4]) | apart(p[k], p[k + 4]) | apart(p[k], above[k]) | apart(p[k], below[k]));
}

static int any_above(const uint8_t *d, uint8_t high)
{
    uint8_t all = 0;
    for (int k = 0; k < CHUNK; k++)
        all |= d[k];
    return (all & high) != 0;
}

/* `was` and `above` are rows as they were before this pass, `below` is still so; `now` is changed. */
static void quantize_row(uint8_t *now, const uint8_t *was, const uint8_t *above, const uint8_t *below, int w, int bits)
{
    const uint8_t high = (uint8_t)(0xff << bits);
    uint8_t d[CHUNK];
    for (int x = 4; x < 4 * (w - 1); x += CHUNK) {
        int n = 4 * (w - 1) - x;
        if (n >= CHUNK) {
            n = CHUNK;
            differ(was + x, above + x, below + x, d);
            if (!any_above(d, high))
                continue;
        } else {
            for (int k = 0; k < n; k++)
                d[k] = (uint8_t)(apart(was[x + k], was[x + k - 4]) | apart(was[x + k], was[x + k + 4]) |
                                 apart(was[x + k], above[x + k]) | apart(was[x + k], below[x + k]));
        }
        for (int k = 0; k < n; k += 4)
            if ((d[k] | d[k + 1] | d[k + 2]) & high)
                for (int c = 0; c < 3; c++)
                    now[x + k + c] = to_step(was[x + k + c], bits);
    }
}

void lp_near_lossless(uint8_t *pixels, ptrdiff_t stride, int w, int h, uint8_t *line)
{
    const size_t bytes = 4 * (size_t)w;
    for (int bits = MOST_BITS; bits > 0; bits--) {
        uint8_t *above = line, *was = line + bytes;
        memcpy(above, pixels, bytes);
        for (int y = 1; y + 1 < h; y++) {
            uint8_t *now = pixels + y * stride;
            memcpy(was, now, bytes);
            quantize_row(now, was, above, now + stride, w, bits);
            uint8_t *swap = above;
            above = was;
            was = swap;
        }
    }
}
