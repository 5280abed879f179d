#include "survey/steps.h"

#include <string.h>

#include "survey/cells.h"

enum {
    ADDED_CELLS = 16,              /* fewer than these are a cursor */
    CROSSED_CELLS = 2,
    LEAST_US = 4000000,
};

void lp_steps_begin(lp_steps *s, int64_t t_us, const lp_grid *g)
{
    s->n = 0;
    s->from_us = s->seen_us = t_us;
    s->state = *g;
}

typedef struct change {
    int added, crossed, lost; /* cells with more in them than before; cells that held something and changed; with less in them */
    int x0, y0, x1, y1;   /* all changed cells */
} change;

static int changed_at(const lp_grid *was, const lp_grid *now, const uint8_t *mask, int x, int y)
{
    int i = y * LP_GRID_W + x;
    return x >= 0 && x < LP_GRID_W && y >= 0 && y < LP_GRID_H && !(mask && mask[i]) &&
           lp_cell_changed(was, now, i);
}

/* A stroke goes on from cell to cell; what changes alone at the rim of a webcam is none. */
static int is_alone(const lp_grid *was, const lp_grid *now, const uint8_t *mask, int x, int y)
{
    int n = 0;
    for (int k = 0; k < 9; k++)
        n += changed_at(was, now, mask, x + k % 3 - 1, y + k / 3 - 1);
    return n < 3;
}

static change compare(const lp_grid *was, const lp_grid *now, const uint8_t *mask)
{
    change c = { 0, 0, 0, LP_GRID_W, LP_GRID_H, 0, 0 };
    for (int i = 0; i < LP_GRID_CELLS; i++) {
        int x = i % LP_GRID_W, y = i / LP_GRID_W;
        if (!changed_at(was, now, mask, x, y) || is_alone(was, now, mask, x, y))
            continue;
        int is_lost = lp_cell_lost(was, now, i);
        c.x0 = x < c.x0 ? x : c.x0;
        c.y0 = y < c.y0 ? y : c.y0;
        c.x1 = x >= c.x1 ? x + 1 : c.x1;
        c.y1 = y >= c.y1 ? y + 1 : c.y1;
        c.lost += is_lost;
        c.added += !is_lost;
        c.crossed += was->edge[i] >= LP_CELL_INK && !is_lost;
    }
    return c;
}

static void widen(lp_slide_step *a, int x0, int y0, int x1, int y1)
{
    x1 = a->x + a->w > x1 ? a->x + a->w : x1;
    y1 = a->y + a->h > y1 ? a->y + a->h : y1;
    a->x = a->x < x0 ? a->x : x0;
    a->y = a->y < y0 ? a->y : y0;
    a->w = x1 - a->x;
    a->h = y1 - a->y;
}

/* The step before the shortest one lasts through it; what both hid comes together then. */
static void drop_shortest(lp_steps *s)
{
    size_t shortest = 1;
    for (size_t i = 2; i < s->n; i++)
        if (s->items[i].until_us - s->items[i - 1].until_us <
            s->items[shortest].until_us - s->items[shortest - 1].until_us)
            shortest = i;
    lp_slide_step *a = &s->items[shortest - 1], *b = &s->items[shortest];
    widen(a, b->x, b->y, b->x + b->w, b->y + b->h);
    a->until_us = b->until_us;
    memmove(b, b + 1, (s->n - shortest - 1) * sizeof(*b));
    s->n--;
}

void lp_steps_push(lp_steps *s, int64_t t_us, const lp_grid *g, const uint8_t *mask)
{
    change c = compare(&s->state, g, mask);
    if (s->n && c.x1) /* the picture that follows a step may be taken a little later, with the beginning of what comes then */
        widen(&s->items[s->n - 1], c.x0, c.y0, c.x1, c.y1);
    if (c.added < ADDED_CELLS && c.lost < ADDED_CELLS) {
        s->seen_us = t_us;
        return;
    }
    if (c.crossed >= CROSSED_CELLS && c.lost <= c.added && t_us - s->from_us >= LEAST_US) {
        if (s->n == LP_STEPS_MOST)
            drop_shortest(s);
        s->items[s->n++] = (lp_slide_step){ t_us, s->seen_us, c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0 };
        s->from_us = t_us;
    }
    s->seen_us = t_us;
    s->state = *g;
}

void lp_steps_calm(lp_steps *s, int64_t t_us)
{
    s->seen_us = t_us;
}
