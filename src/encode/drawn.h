/* Takes a recorder's coding noise off a drawn picture (slides, code, a shared screen), so that a lossless coder finds again the
 * few colours that were drawn. Pure.
 *
 * Areas of one colour are its grounds: colours that many even blocks of 4 x 4 pixels share exactly, which those of photographs
 * and gradients do not. Beside a ground, what strays little from it becomes it again and what is nearly grey becomes grey; ink,
 * faint lines, and all that has no ground beside it stay as they are. */
#ifndef LP_ENCODE_DRAWN_H
#define LP_ENCODE_DRAWN_H

#include <stddef.h>
#include <stdint.h>

enum { LP_DRAWN_GROUNDS_MOST = 31 };

/* The room that lp_drawn_clean needs for a picture, in bytes. */
size_t lp_drawn_scratch(int w, int h);

/* Changes w x h pixels of 4 bytes (three channels, the fourth is left alone) in place. `scratch` is lp_drawn_scratch() bytes,
 * aligned for uint32_t. Returns how many grounds were found; 0 and more than 64 MPixel: nothing was changed. */
int lp_drawn_clean(uint8_t *pixels, ptrdiff_t stride, int w, int h, void *scratch);

#endif
