/* Patches: what to lay over a picture so that it looks as it did before something was drawn on it. Pure. */
#ifndef LP_ENCODE_PATCH_H
#define LP_ENCODE_PATCH_H

#include <stddef.h>
#include <stdint.h>

/* Blocks of 4x4 pixels in which two pictures differ visibly, and those around them. */
enum { LP_PATCH_BLOCK = 4 };

typedef struct lp_patch_picture {
    const uint8_t *pixels; /* four bytes each, the first three are the colour */
    ptrdiff_t stride;
} lp_patch_picture;

typedef struct lp_rect {
    int x, y, w, h;
} lp_rect;

/* Compares two pictures of one size within `within` (inside them; x and y are multiples of LP_PATCH_BLOCK). `marks` has a byte for each
 * block of `within`, rows of (within.w + 3) / 4: set to 1 where the pictures differ, else 0. *bounds is what the marked blocks span, in
 * pixels of the pictures; its w is 0 when nothing differs. */
void lp_patch_find(lp_patch_picture was, lp_patch_picture now, lp_rect within, uint8_t *marks, lp_rect *bounds);

/* Makes all of `pixels`, a copy of `bounds` with four bytes a pixel, transparent (zeros) where no block is marked. */
void lp_patch_cut(uint8_t *pixels, ptrdiff_t stride, lp_rect within, const uint8_t *marks, lp_rect bounds);

#endif
