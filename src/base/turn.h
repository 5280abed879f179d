/* Turning pictures upright by whole quarters, as a recording's display matrix asks. Pure. */
#ifndef LP_BASE_TURN_H
#define LP_BASE_TURN_H

#include <stddef.h>
#include <stdint.h>

typedef struct lp_plane { /* one plane of a picture, lent */
    uint8_t *data;
    ptrdiff_t stride;
} lp_plane;

/* Turns w x h pixels of `bytes` bytes each (1 or 4) by 1 to 3 quarters clockwise into `to`, which has room for h x w of them
 * after an odd number of quarters. */
void lp_turn(lp_plane from, int w, int h, int bytes, int quarters, lp_plane to);

#endif
