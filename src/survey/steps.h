/* Steps of one slide: the states it had before a pen crossed what is written on it. Pure.
 *
 * The slide's picture is its last state, in which circles and underlines lie over its words; its steps say from which
 * moments those words can be read uncrossed, and when each stroke came. Lines added to empty space make no step. */
#ifndef LP_SURVEY_STEPS_H
#define LP_SURVEY_STEPS_H

#include "base/grid.h"
#include "session/timeline.h"

enum { LP_STEPS_MOST = 8 };

typedef struct lp_steps {
    lp_slide_step items[LP_STEPS_MOST];
    size_t n;
    int64_t from_us, seen_us; /* of the present state: its begin, its last picture */
    lp_grid state;
} lp_steps;

/* A slide begins, with this picture. */
void lp_steps_begin(lp_steps *s, int64_t t_us, const lp_grid *g);

/* The slide's picture at t_us (rising). `mask` as for lp_slides_push. */
void lp_steps_push(lp_steps *s, int64_t t_us, const lp_grid *g, const uint8_t *mask);

/* The picture last pushed is shown unchanged until t_us, and better then. */
void lp_steps_calm(lp_steps *s, int64_t t_us);

#endif
