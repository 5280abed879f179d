/* Near-lossless as libwebp prepares a picture for it (its near_lossless.c): pixels that differ much from a neighbour lose
 * their last bits, even areas keep theirs; in passes from five bits down to one. Pure. */
#ifndef LP_ENCODE_NEAR_H
#define LP_ENCODE_NEAR_H

#include <stddef.h>
#include <stdint.h>

/* Changes w x h pixels of 4 bytes in place; the fourth byte is left alone and the same everywhere. The outermost pixels
 * stay as they are. `line` is scratch of 8 * w bytes. */
void lp_near_lossless(uint8_t *pixels, ptrdiff_t stride, int w, int h, uint8_t *line);

#endif
