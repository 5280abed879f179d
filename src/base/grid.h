/* A picture reduced to 160 x 90 cells, whatever its size: enough to tell slides apart, too little to read. */
#ifndef LP_BASE_GRID_H
#define LP_BASE_GRID_H

#include <stdint.h>

enum { LP_GRID_W = 160, LP_GRID_H = 90, LP_GRID_CELLS = LP_GRID_W * LP_GRID_H };

typedef struct lp_grid {
    uint8_t mean[LP_GRID_CELLS]; /* mean luma of the cell */
    uint8_t edge[LP_GRID_CELLS]; /* mean step from pixel to pixel along a row: text and lines have much of it */
} lp_grid;

#endif
