/* Slides: reduced pictures in, a list of slides out. Pure.
 *
 * A slide is a span in which what was on the screen stays on it: lines that are added (a bullet build, a pen) belong to
 * it, and its picture is its last state at rest. A new slide begins when more than 3 % of what was there is gone and the new
 * picture stays; it then starts where that picture first came. A cursor is too small, a fade or a flicker too short, and
 * cells that move all the time (a webcam in a corner) are masked out by the caller. What its words were before a pen crossed
 * them is told by the slide's steps (survey/steps.h).
 *
 *     lp_slides_new -> lp_slides_push.. -> lp_slides_finish -> lp_slides_free
 *
 * Memory: two bytes a cell and slide, to find slides that come again. */
#ifndef LP_SURVEY_SLIDES_H
#define LP_SURVEY_SLIDES_H

#include "base/grid.h"
#include "session/timeline.h"

typedef struct lp_slides lp_slides;

enum { LP_MAX_SLIDES = 5000 };

lp_status lp_slides_new(lp_slides **out, lp_diag *d) LP_MUST_USE;

/* The picture at t_us (rising; one that does not rise is ignored). `mask`: cells with 1 do not count; NULL: all count.
 * is_key: a frame that can be decoded alone, cheap to take as the picture. The grid is copied. LP_ERR_NOMEM. */
lp_status lp_slides_push(lp_slides *t, int64_t t_us, const lp_grid *g, const uint8_t *mask, int is_key, lp_diag *d) LP_MUST_USE;

/* After the push of a key frame: it is known to be shown unchanged until t_us at least. By then encoders have sharpened it and
 * taken away the noise of its coding, so the slide's picture is better taken then. Ignored after any other push. */
void lp_slides_calm(lp_slides *t, int64_t t_us);

/* Instead of push, while the whole picture moves: a poster at t_us stands for it until the next call of either. */
lp_status lp_slides_poster(lp_slides *t, int64_t t_us, const lp_grid *g, lp_diag *d) LP_MUST_USE;

/* Ends the last slide and copies the list into the arena. Without any picture *n is 0. LP_ERR_NOMEM. */
lp_status lp_slides_finish(lp_slides *t, int64_t end_us, lp_arena *a, lp_slide **out, size_t *n, lp_diag *d) LP_MUST_USE;
void lp_slides_free(lp_slides **t);

/* How many cells outside the mask differ visibly. Used by the caller to see whether anything happened. */
int lp_grid_changed(const lp_grid *a, const lp_grid *b, const uint8_t *mask);

/* Whether `now` is another slide than `was`: what was there is gone, or the background is another. Additions are not. */
int lp_grid_replaced(const lp_grid *was, const lp_grid *now, const uint8_t *mask);

#endif
