#include "encode/patch.h"

#include <stdlib.h>
#include <string.h>

enum {
    VISIBLE = 40, /* in one channel: coders' noise is less, ink more */
    LEAST_PIXELS = 2,
    HOT = 2, /* differs itself; a block beside it is 1 */
};

static int blocks(int px)
{
    return (px + LP_PATCH_BLOCK - 1) / LP_PATCH_BLOCK;
}

static int differs(lp_patch_picture was, lp_patch_picture now, int x, int y, int w, int h)
{
    int n = 0;
    for (int dy = 0; dy < h; dy++) {
        const uint8_t *a = was.pixels + (y + dy) * was.stride + 4 * (ptrdiff_t)x;
        const uint8_t *b = now.pixels + (y + dy) * now.stride + 4 * (ptrdiff_t)x;
        for (int k = 0; k < 4 * w; k += 4)
            n += abs(a[k] - b[k]) >= VISIBLE || abs(a[k + 1] - b[k + 1]) >= VISIBLE || abs(a[k + 2] - b[k + 2]) >= VISIBLE;
    }
    return n >= LEAST_PIXELS;
}

static int is_near_hot(const uint8_t *marks, int bw, int bh, int bx, int by)
{
    for (int y = by - 1; y <= by + 1; y++)
        for (int x = bx - 1; x <= bx + 1; x++)
            if (x >= 0 && x < bw && y >= 0 && y < bh && marks[y * bw + x] == HOT)
                return 1;
    return 0;
}

void lp_patch_find(lp_patch_picture was, lp_patch_picture now, lp_rect within, uint8_t *marks, lp_rect *bounds)
{
    int bw = blocks(within.w), bh = blocks(within.h), x0 = bw, y0 = bh, x1 = 0, y1 = 0;
    for (int by = 0; by < bh; by++)
        for (int bx = 0; bx < bw; bx++) {
            int x = bx * LP_PATCH_BLOCK, y = by * LP_PATCH_BLOCK;
            int w = within.w - x < LP_PATCH_BLOCK ? within.w - x : LP_PATCH_BLOCK;
            int h = within.h - y < LP_PATCH_BLOCK ? within.h - y : LP_PATCH_BLOCK;
            marks[by * bw + bx] = differs(was, now, within.x + x, within.y + y, w, h) ? HOT : 0;
        }
    for (int by = 0; by < bh; by++)
        for (int bx = 0; bx < bw; bx++) {
            uint8_t *m = &marks[by * bw + bx];
            if (!*m && is_near_hot(marks, bw, bh, bx, by))
                *m = 1;
            if (!*m)
                continue;
            x0 = bx < x0 ? bx : x0;
            y0 = by < y0 ? by : y0;
            x1 = bx >= x1 ? bx + 1 : x1;
            y1 = by >= y1 ? by + 1 : y1;
        }
    for (int i = 0; i < bw * bh; i++)
        marks[i] = marks[i] != 0;
    *bounds = (lp_rect){ 0 };
    if (x1 == 0)
        return;
    int right = x1 * LP_PATCH_BLOCK < within.w ? x1 * LP_PATCH_BLOCK : within.w;
    int bottom = y1 * LP_PATCH_BLOCK < within.h ? y1 * LP_PATCH_BLOCK : within.h;
    *bounds = (lp_rect){ within.x + x0 * LP_PATCH_BLOCK, within.y + y0 * LP_PATCH_BLOCK, right - x0 * LP_PATCH_BLOCK,
                         bottom - y0 * LP_PATCH_BLOCK };
}

void lp_patch_cut(uint8_t *pixels, ptrdiff_t stride, lp_rect within, const uint8_t *marks, lp_rect bounds)
{
    int bw = blocks(within.w);
    for (int y = 0; y < bounds.h; y++) {
        const uint8_t *row = marks + (bounds.y - within.y + y) / LP_PATCH_BLOCK * bw;
        for (int x = 0; x < bounds.w; x++)
            if (!row[(bounds.x - within.x + x) / LP_PATCH_BLOCK])
                memset(pixels + y * stride + 4 * (ptrdiff_t)x, 0, 4);
    }
}
