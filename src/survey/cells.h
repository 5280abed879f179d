/* When a cell of a reduced picture counts as changed. Pure; for survey/ only. */
#ifndef LP_SURVEY_CELLS_H
#define LP_SURVEY_CELLS_H

#include <stdlib.h>

#include "base/grid.h"

enum {
    LP_CELL_MEAN_STEP = 10, LP_CELL_EDGE_STEP = 8, /* changes of a cell that can be seen */
    LP_CELL_INK = 5,                               /* an edge from which a cell holds something */
};

static inline int lp_cell_changed(const lp_grid *was, const lp_grid *now, int i)
{
    return abs(was->mean[i] - now->mean[i]) >= LP_CELL_MEAN_STEP || abs(was->edge[i] - now->edge[i]) >= LP_CELL_EDGE_STEP;
}

/* What a cell held is gone from it. A pen stroke over text adds edges and takes none away; other text in the same place takes
 * away in about half of its cells. */
static inline int lp_cell_lost(const lp_grid *was, const lp_grid *now, int i)
{
    return was->edge[i] >= LP_CELL_INK && lp_cell_changed(was, now, i) && 10 * now->edge[i] < 7 * was->edge[i];
}

#endif
