/* The pictures of the report's page: SVG in the page, coloured by its style sheet. They hold no
 * words: what they say stands in the text and in the tables beside them. */
#ifndef LP_REPORT_FIGURES_CHART_H
#define LP_REPORT_FIGURES_CHART_H

#include "base/json.h"

/* A bar for each minute, made of slides, sound and video from the bottom up. Returns the bytes
 * of the highest bar, which fills the picture. */
int64_t lp_chart_minutes(const json_t *minutes, lp_buf *out);
/* One bar as long as value / most of the width. `kind` is a class of the style sheet; hidden
 * from those who do not see it, whom the number beside it tells the same. */
void lp_chart_bar(double value, double most, const char *kind, lp_buf *out);

#endif
