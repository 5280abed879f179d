#include "survey/slides.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/cells.h"
#include "survey/steps.h"

enum {
    STILL_CELLS = 43,               /* 0.3 %: a cursor, a caret, a clock */
    LOST_CELLS = 30,                /* fewer lost cells than this are never a new slide: a cursor that leaves .. */
    LOST_PERCENT = 3,               /* .. nor is a smaller share of what was there */
    BACKGROUND_PERCENT = 50,        /* so much of everything changed is a new slide whatever was lost */
    TWIN_CELLS = 3,                 /* a slide that comes again differs in no more than this */
    HOLD_US = 1000000, LONG_HOLD_US = 2500000,
};

struct lp_slides {
    lp_slide *items;       /* their steps are the table's */
    lp_grid *seen;         /* the picture of each slide, for twins */
    lp_steps now;          /* of the last slide */
    size_t n, cap_items, cap_seen;
    int has_any, has_candidate;
    int64_t last_us, last_is_key, candidate_us, changed_us, rest_us, rest_key_us, calm_us;
    lp_grid anchor, last, candidate, rest;
};

int lp_grid_changed(const lp_grid *a, const lp_grid *b, const uint8_t *mask)
{
    int n = 0;
    for (int i = 0; i < LP_GRID_CELLS; i++)
        n += !(mask && mask[i]) && lp_cell_changed(a, b, i);
    return n;
}

/* Cells of `was` that held something which is gone. */
static int lost(const lp_grid *was, const lp_grid *now, const uint8_t *mask, int *ink)
{
    int n = 0;
    *ink = 0;
    for (int i = 0; i < LP_GRID_CELLS; i++) {
        if ((mask && mask[i]) || was->edge[i] < LP_CELL_INK)
            continue;
        ++*ink;
        n += lp_cell_lost(was, now, i);
    }
    return n;
}

static int is_new_slide(const lp_grid *was, const lp_grid *now, const uint8_t *mask, int *share)
{
    int ink, gone = lost(was, now, mask, &ink);
    int changed = lp_grid_changed(was, now, mask);
    *share = ink ? 100 * gone / ink : 0;
    return (gone >= LOST_CELLS && 100 * gone >= LOST_PERCENT * ink) ||
           100 * changed >= BACKGROUND_PERCENT * LP_GRID_CELLS;
}

int lp_grid_replaced(const lp_grid *was, const lp_grid *now, const uint8_t *mask)
{
    int share;
    return is_new_slide(was, now, mask, &share);
}

lp_status lp_slides_new(lp_slides **out, lp_diag *d)
{
    *out = lp_calloc(1, sizeof(**out));
    return *out ? LP_OK : lp_fail_nomem(d);
}

void lp_slides_free(lp_slides **t)
{
    if (*t) {
        for (size_t i = 0; i < (*t)->n; i++)
            lp_free((*t)->items[i].steps);
        lp_free((*t)->items);
        lp_free((*t)->seen);
    }
    lp_free(*t);
    *t = NULL;
}

/* Those of the slide that ends; the picture that follows the last one is the slide's own. */
static lp_status keep_steps(const lp_slides *t, lp_slide *s, lp_diag *d)
{
    size_t n = t->now.n;
    while (n && t->now.items[n - 1].until_us > s->picture_us)
        n--;
    s->steps = n ? lp_calloc(n, sizeof(*s->steps)) : NULL;
    if (n && !s->steps)
        return lp_fail_nomem(d);
    if (n)
        memcpy(s->steps, t->now.items, n * sizeof(*s->steps));
    s->n_steps = n;
    return LP_OK;
}

/* Settles the picture of the slide that ends: the one shortly after a key frame at rest if there is such, which takes little
 * to decode; else the last rest. */
static lp_status settle(lp_slides *t, lp_diag *d)
{
    lp_slide *s = &t->items[t->n - 1];
    if (s->is_poster)
        return LP_OK;
    s->picture_us = t->rest_key_us >= t->changed_us ? (t->calm_us > t->rest_key_us ? t->calm_us : t->rest_key_us)
                    : t->rest_us >= 0               ? t->rest_us
                                                    : s->picture_us;
    t->seen[t->n - 1] = t->rest;
    for (size_t i = 0; i + 1 < t->n; i++) {
        int differ = 0;
        for (int c = 0; c < LP_GRID_CELLS && differ <= TWIN_CELLS; c++)
            differ += abs(t->seen[i].mean[c] - t->rest.mean[c]) >= LP_CELL_MEAN_STEP / 2 ||
                      abs(t->seen[i].edge[c] - t->rest.edge[c]) >= LP_CELL_EDGE_STEP / 2;
        if (differ <= TWIN_CELLS && !t->items[i].is_poster && t->items[i].same_as < 0) {
            s->same_as = (int)i;
            return LP_OK;
        }
    }
    return keep_steps(t, s, d);
}

static lp_status begin(lp_slides *t, int64_t start_us, int64_t t_us, const lp_grid *g, int is_poster, int is_key, lp_diag *d)
{
    if (t->n >= LP_MAX_SLIDES)
        return LP_OK; /* the last one goes on */
    if (lp_grow((void **)&t->items, t->n, &t->cap_items, sizeof(*t->items), LP_MAX_SLIDES) != 0 ||
        lp_grow((void **)&t->seen, t->n, &t->cap_seen, sizeof(*t->seen), LP_MAX_SLIDES) != 0)
        return lp_fail_nomem(d);
    if (t->n) {
        if (settle(t, d) != LP_OK)
            return LP_ERR_NOMEM;
        t->items[t->n - 1].end_us = start_us;
    }
    t->items[t->n] = (lp_slide){ .start_us = start_us, .end_us = start_us, .picture_us = t_us, .same_as = -1,
                                 .is_poster = is_poster };
    lp_steps_begin(&t->now, t_us, g);
    t->seen[t->n++] = *g;
    t->anchor = t->rest = *g;
    t->changed_us = start_us;
    t->rest_us = t_us;
    t->rest_key_us = is_key ? t_us : -1;
    t->calm_us = -1;
    t->has_candidate = 0;
    return LP_OK;
}

/* Takes over what was added. What little is gone (a cursor that left) is forgotten too: else it would add up. */
static void adopt(lp_slides *t, int64_t t_us, const lp_grid *g, const uint8_t *mask)
{
    int added = 0;
    for (int i = 0; i < LP_GRID_CELLS; i++) {
        if ((mask && mask[i]) || !lp_cell_changed(&t->anchor, g, i))
            continue;
        added += g->edge[i] > t->anchor.edge[i];
        t->anchor.mean[i] = g->mean[i];
        t->anchor.edge[i] = g->edge[i];
    }
    if (added > STILL_CELLS / 2)
        t->changed_us = t_us;
}

lp_status lp_slides_push(lp_slides *t, int64_t t_us, const lp_grid *g, const uint8_t *mask, int is_key, lp_diag *d)
{
    lp_status s = LP_OK;
    int share = 0;
    if (t->has_any && t_us <= t->last_us)
        return LP_OK;
    int is_still = t->has_any && lp_grid_changed(&t->last, g, mask) <= STILL_CELLS;
    if (t->n == 0 || t->items[t->n - 1].is_poster) {
        s = begin(t, t_us, t_us, g, 0, is_key, d);
    } else if (!is_new_slide(&t->anchor, g, mask, &share)) {
        int ink;
        t->has_candidate = 0;
        if (lost(&t->anchor, g, mask, &ink) < LOST_CELLS)
            adopt(t, t_us, g, mask);
        if (is_key)
            lp_steps_push(&t->now, t_us, g, mask);
        if (is_still || t->rest_us < 0 || t_us - t->rest_us > 4 * LONG_HOLD_US) {
            t->rest_us = t_us;
            t->rest_key_us = is_key ? t_us : t->rest_key_us;
            t->rest = *g;
        }
    } else if (!t->has_candidate || lp_grid_changed(&t->candidate, g, mask) > STILL_CELLS) {
        /* another picture, or one that still moves */
        if (!t->has_candidate || !is_still)
            t->candidate_us = t_us;
        t->candidate = *g;
        t->has_candidate = 1;
    } else if (t_us - t->candidate_us >= (share >= 50 ? HOLD_US : LONG_HOLD_US)) {
        s = begin(t, t->candidate_us, t_us, g, 0, is_key, d);
    }
    t->last = *g;
    t->last_us = t_us;
    t->has_any = 1;
    return s;
}

void lp_slides_calm(lp_slides *t, int64_t t_us)
{
    if (t->n && t->rest_key_us >= 0 && t->rest_key_us == t->last_us && t_us > t->last_us)
        t->calm_us = t_us;
    if (t->n && t->now.seen_us == t->last_us && t_us > t->last_us)
        lp_steps_calm(&t->now, t_us);
}

lp_status lp_slides_poster(lp_slides *t, int64_t t_us, const lp_grid *g, lp_diag *d)
{
    if (t->has_any && t_us <= t->last_us)
        return LP_OK;
    t->last = *g;
    t->last_us = t_us;
    t->has_any = 1;
    return begin(t, t_us, t_us, g, 1, 1, d);
}

lp_status lp_slides_finish(lp_slides *t, int64_t end_us, lp_arena *a, lp_slide **out, size_t *n, lp_diag *d)
{
    *out = NULL;
    *n = 0;
    if (t->n == 0)
        return LP_OK;
    if (t->has_candidate && end_us - t->candidate_us >= HOLD_US) { /* shown to the end: a slide though no sample confirmed it */
        lp_status s = begin(t, t->candidate_us, t->last_us, &t->candidate, 0, 0, d);
        if (s != LP_OK)
            return s;
    }
    if (settle(t, d) != LP_OK)
        return LP_ERR_NOMEM;
    t->items[t->n - 1].end_us = end_us > t->last_us ? end_us : t->last_us;
    *out = lp_arena_alloc(a, t->n, sizeof(**out));
    if (!*out)
        return lp_fail_nomem(d);
    memcpy(*out, t->items, t->n * sizeof(**out));
    for (size_t i = 0; i < t->n; i++) {
        const lp_slide *from = &t->items[i];
        if (!from->n_steps)
            continue;
        (*out)[i].steps = lp_arena_alloc(a, from->n_steps, sizeof(*from->steps));
        if (!(*out)[i].steps)
            return lp_fail_nomem(d);
        memcpy((*out)[i].steps, from->steps, from->n_steps * sizeof(*from->steps));
    }
    *n = t->n;
    return LP_OK;
}
