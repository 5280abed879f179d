#include "base/turn.h"

#include <string.h>

void lp_turn(lp_plane from, int w, int h, int bytes, int quarters, lp_plane to)
{
    for (int y = 0; y < h; y++) {
        const uint8_t *row = from.data + y * from.stride;
        for (int x = 0; x < w; x++) {
            int tx = quarters == 1 ? h - 1 - y : quarters == 2 ? w - 1 - x : y;
            int ty = quarters == 1 ? x : quarters == 2 ? h - 1 - y : w - 1 - x;
            uint8_t *at = to.data + ty * to.stride + (ptrdiff_t)tx * bytes;
            if (bytes == 1)
                *at = row[x];
            else
                memcpy(at, row + 4 * (ptrdiff_t)x, 4);
        }
    }
}
