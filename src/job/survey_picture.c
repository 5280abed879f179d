#include "job/survey_picture.h"

#include <stdatomic.h>
#include <string.h>

#include "av/pictures.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "survey/gops.h"
#include "survey/slides.h"

enum {
    MIN_GOP_US = 5000000,
    BURST_US = 500000, BURST_STEP_US = 400000,
    STEP_US = 200000,
    SETTLE_US = 1600000,
    WINDOW_GOPS = 60, /* looked at together: bounds the memory, and how long a webcam counts as moving all the time */
    MOTION_PERCENT = 45,
    CALM_US = 1200000, /* after a key frame: its noise is gone by then, and little is decoded to see that */
    CALM_CELLS = 40,   /* a cursor may move meanwhile */
    LONG_US = 120000000, /* of a GOP that lasts longer not each move of a cursor is kept: that would be hundreds of megabytes */
};

typedef struct sample {
    int64_t t_us;
    int is_key;
    lp_grid *g; /* NULL: as the one before */
} sample;

/* What one GOP gave: its key frame and whether cells moved soon after; then its pictures, where it was decoded. */
typedef struct gop_work {
    lp_grid key;
    int64_t key_us; /* -1: it could not be decoded */
    uint8_t moved[LP_GRID_CELLS];
    sample *samples;
    size_t n, cap;
    int64_t until_us; /* decode up to here in the second pass; 0: not at all */
    int least_cells;   /* a picture that differs in more than so many from the one before is kept */
    int64_t enough_us;   /* from here on, once the picture is what the next key frame shows, the rest is not needed */
    const lp_grid *next; /* that key frame; NULL: all of it is needed */
    const uint8_t *mask;
    lp_picture_stats stats;
} gop_work;

enum { ITEMS = 8, MAX_WORKERS = 64 };

typedef struct window {
    const lp_session *s;
    lp_video_ref v;
    const lp_gop *gops;
    gop_work *work;
    size_t n, n_threads;
    lp_sampler *samplers[MAX_WORKERS]; /* of each worker, opened when it is needed */
    const lp_progress *p;
    atomic_llong done_us;
    uint8_t mask[LP_GRID_CELLS];
    int masked_percent;
    int64_t n_errors; /* of all windows so far */
} window;

static lp_status take_burst(void *user, size_t range, int64_t t_us, const lp_grid *g, int *is_enough, lp_diag *d)
{
    gop_work *w = (gop_work *)user + range;
    (void)d;
    if (w->key_us < 0) {
        w->key = *g;
        w->key_us = t_us;
        return LP_OK;
    }
    for (int c = 0; c < LP_GRID_CELLS; c++) {
        int dm = w->key.mean[c] - g->mean[c], de = w->key.edge[c] - g->edge[c];
        w->moved[c] |= dm >= 6 || dm <= -6 || de >= 6 || de <= -6;
    }
    *is_enough = 1; /* the next one would lie behind the burst */
    return LP_OK;
}

static size_t count_items(const window *w)
{
    return w->n < ITEMS ? w->n : ITEMS;
}

/* Work items are runs of GOPs, so that little is sought. They are the same for any number of threads, and so are their
 * counts and findings. */
static void item_range(const window *w, size_t i, size_t *from, size_t *to)
{
    size_t items = count_items(w);
    *from = w->n * i / items;
    *to = w->n * (i + 1) / items;
}

static lp_status sampler_of(window *w, size_t worker, lp_sampler **out, lp_diag *d)
{
    lp_sampler **at = &w->samplers[worker % MAX_WORKERS];
    lp_status s = *at ? LP_OK : lp_sampler_open(&w->v, at, d);
    *out = *at;
    return s;
}

static lp_status burst_item(void *user, size_t i, size_t worker, lp_diag *d)
{
    window *w = user;
    size_t from, to, n = 0;
    lp_picture_range ranges[WINDOW_GOPS];
    lp_sampler *m = NULL;
    item_range(w, i, &from, &to);
    for (size_t g = from; g < to; g++, n++) {
        int64_t end = w->gops[g].start_us + BURST_US;
        ranges[n] = (lp_picture_range){ w->gops[g].start_us, end < w->gops[g].end_us ? end : w->gops[g].end_us };
    }
    if (n == 0)
        return LP_OK;
    lp_status s = sampler_of(w, worker, &m, d);
    return s == LP_OK ? lp_sampler_run(m, ranges, n, BURST_STEP_US, take_burst, w->work + from, w->p,
                                       &w->work[from].stats, d)
                      : s;
}

static lp_status take_sample(void *user, size_t range, int64_t t_us, const lp_grid *g, int *is_enough, lp_diag *d)
{
    gop_work *w = ((gop_work **)user)[range];
    const lp_grid *before = NULL;
    for (size_t i = w->n; i > 0 && !before; i--)
        before = w->samples[i - 1].g;
    if (lp_grow((void **)&w->samples, w->n, &w->cap, sizeof(*w->samples), 1000000) != 0)
        return lp_fail_nomem(d);
    sample s = { t_us, w->n == 0, NULL };
    if (!before || lp_grid_changed(before, g, NULL) > w->least_cells) {
        s.g = lp_calloc(1, sizeof(*s.g));
        if (!s.g)
            return lp_fail_nomem(d);
        *s.g = *g;
    }
    w->samples[w->n++] = s;
    /* so alike that a slide which just began is still seen to stay when the key frame comes */
    *is_enough = w->next && t_us >= w->enough_us && lp_grid_changed(g, w->next, w->mask) <= CALM_CELLS &&
                 !lp_grid_replaced(g, w->next, w->mask);
    return LP_OK;
}

static lp_status sample_item(void *user, size_t i, size_t worker, lp_diag *d)
{
    window *w = user;
    size_t from, to, n = 0;
    lp_picture_range ranges[WINDOW_GOPS];
    gop_work *works[WINDOW_GOPS];
    lp_picture_stats stats = { 0, 0 };
    lp_sampler *m = NULL;
    item_range(w, i, &from, &to);
    for (size_t g = from; g < to; g++) {
        if (w->work[g].until_us <= 0)
            continue;
        ranges[n] = (lp_picture_range){ w->gops[g].start_us, w->work[g].until_us };
        works[n++] = &w->work[g];
    }
    lp_status s = n ? sampler_of(w, worker, &m, d) : LP_OK;
    if (s == LP_OK && n)
        s = lp_sampler_run(m, ranges, n, STEP_US, take_sample, works, w->p, &stats, d);
    w->work[from].stats.n_decoded += stats.n_decoded;
    w->work[from].stats.n_errors += stats.n_errors;
    if (to > from) {
        long long done = atomic_fetch_add(&w->done_us, w->gops[to - 1].end_us - w->gops[from].start_us);
        lp_progress_tell(w->p, done, w->s->duration_us);
    }
    return s;
}

/* Which GOPs must be decoded, and how far. The key frame behind the window is not known. */
static void choose(window *w)
{
    for (size_t i = 0; i < w->n; i++) {
        const lp_gop *g = &w->gops[i];
        gop_work *k = &w->work[i];
        const lp_grid *next = i + 1 < w->n && w->work[i + 1].key_us >= 0 ? &w->work[i + 1].key : NULL;
        /* what was only added needs no moment of its own: the next key frame shows it */
        int changed = k->key_us < 0 || !next || lp_grid_replaced(&k->key, next, w->mask);
        int is_short = g->end_us - g->start_us <= 2 * SETTLE_US;
        if (k->key_us < 0 || (next && changed))
            k->until_us = g->end_us;
        else if (!next && (!g->is_still || is_short)) /* its own pictures alone show what is drawn in it */
            k->until_us = g->end_us;
        else if (!g->is_steady)
            k->until_us = g->big_us + SETTLE_US;
        if (k->until_us > g->end_us)
            k->until_us = g->end_us;
        k->least_cells = g->end_us - g->start_us > LONG_US ? CALM_CELLS : 2;
        k->next = next;
        k->mask = w->mask;
        k->enough_us = (g->is_steady ? g->start_us : g->big_us) + SETTLE_US;
    }
}

/* When the picture of a GOP's key frame is at its best; 0: it does not stay as it was for so long. */
static int64_t calm_time(const window *w, const lp_gop *g, const gop_work *k)
{
    const lp_grid *key = k->n ? k->samples[0].g : NULL;
    if (k->n == 0) {
        int moved = 0;
        for (int c = 0; c < LP_GRID_CELLS; c++)
            moved += k->moved[c] && !w->mask[c];
        return g->is_steady && moved <= CALM_CELLS && g->end_us - k->key_us > 2 * CALM_US ? k->key_us + CALM_US : 0;
    }
    for (size_t j = 1; key && j < k->n; j++) {
        if (k->samples[j].g && lp_grid_changed(key, k->samples[j].g, w->mask) > CALM_CELLS)
            return 0;
        if (k->samples[j].t_us >= k->samples[0].t_us + CALM_US)
            return k->samples[j].t_us;
    }
    return 0;
}

static lp_status feed(window *w, lp_slides *slides, lp_diag *d)
{
    lp_status s = LP_OK;
    int is_motion = w->masked_percent >= MOTION_PERCENT;
    for (size_t i = 0; s == LP_OK && i < w->n; i++) {
        gop_work *k = &w->work[i];
        if (is_motion) {
            if (i == 0 && k->key_us >= 0)
                s = lp_slides_poster(slides, k->key_us, &k->key, d);
            continue;
        }
        if (k->n == 0 && k->key_us >= 0)
            s = lp_slides_push(slides, k->key_us, &k->key, w->mask, 1, d);
        if (k->n == 0 && k->key_us >= 0)
            lp_slides_calm(slides, calm_time(w, &w->gops[i], k));
        const lp_grid *g = NULL;
        for (size_t j = 0; s == LP_OK && j < k->n; j++) {
            g = k->samples[j].g ? k->samples[j].g : g;
            if (g)
                s = lp_slides_push(slides, k->samples[j].t_us, g, w->mask, k->samples[j].is_key, d);
            if (j == 0)
                lp_slides_calm(slides, calm_time(w, &w->gops[i], k));
        }
    }
    return s;
}

static void clear_work(gop_work *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < w[i].n; j++)
            lp_free(w[i].samples[j].g);
        lp_free(w[i].samples);
    }
    memset(w, 0, n * sizeof(*w));
    for (size_t i = 0; i < n; i++)
        w[i].key_us = -1;
}

static lp_status add_motion(lp_timeline *out, lp_arena *a, size_t *cap, int64_t start, int64_t end, lp_diag *d)
{
    if (out->n_motion && out->motion[out->n_motion - 1].end_us >= start) {
        out->motion[out->n_motion - 1].end_us = end;
        return LP_OK;
    }
    if (lp_arena_grow(a, (void **)&out->motion, out->n_motion, cap, sizeof(*out->motion), 100000) != 0)
        return lp_fail_nomem(d);
    out->motion[out->n_motion++] = (lp_span){ start, end };
    return LP_OK;
}

/* One window of GOPs: bursts, mask, choice, samples, slides. */
static lp_status look(window *w, lp_slides *slides, lp_timeline *out, lp_arena *a, size_t *cap_motion, lp_diag *d)
{
    size_t items = count_items(w);
    const uint8_t *moved[WINDOW_GOPS];
    lp_status s = lp_parallel(items, w->n_threads, burst_item, w, d);
    if (s != LP_OK)
        return s;
    size_t n_moved = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->work[i].key_us >= 0)
            moved[n_moved++] = w->work[i].moved;
    w->masked_percent = lp_gops_mask(moved, n_moved, w->mask);
    choose(w);
    if (w->masked_percent >= MOTION_PERCENT)
        s = add_motion(out, a, cap_motion, w->gops[0].start_us, w->gops[w->n - 1].end_us, d);
    else
        s = lp_parallel(items, w->n_threads, sample_item, w, d);
    if (s == LP_OK)
        s = feed(w, slides, d);
    for (size_t i = 0; i < w->n; i++) {
        out->n_frames_decoded += w->work[i].stats.n_decoded;
        w->n_errors += w->work[i].stats.n_errors;
        if (w->work[i].stats.n_errors && s == LP_OK)
            s = lp_finding_add(&out->findings, a, "picture-damaged", LP_WARNING, w->gops[i].start_us, w->gops[i].end_us, d,
                               "%s: some frames of the picture are damaged here", w->s->media.name);
    }
    return s;
}

static lp_status fill_cuts(lp_timeline *out, lp_arena *a, lp_diag *d)
{
    out->cuts = lp_arena_alloc(a, out->n_slides, sizeof(*out->cuts));
    if (!out->cuts)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < out->n_slides; i++)
        if (out->slides[i].start_us > 0)
            out->cuts[out->n_cuts++] = out->slides[i].start_us;
    return LP_OK;
}

lp_status lp_survey_picture(const lp_session *s, size_t n_threads, const lp_progress *p, lp_arena *a, lp_timeline *out,
                            lp_diag *d)
{
    const lp_stream *st = &s->streams[s->video];
    lp_video_packet *packets = NULL;
    gop_work *work = NULL;
    lp_slides *slides = NULL;
    lp_gop *gops = NULL;
    size_t n = 0, n_gops = 0, cap_motion = 0;
    window w = { .s = s, .v = { s->media.path, st->index, s->origin_us, &s->joints }, .n_threads = n_threads, .p = p };
    lp_status r = lp_pictures_index(&w.v, p, &packets, &n, d);
    if (r == LP_OK)
        r = lp_gops_find(packets, n, MIN_GOP_US, s->duration_us, a, &gops, &n_gops, d);
    if (r == LP_OK)
        r = lp_slides_new(&slides, d);
    if (r == LP_OK && !(work = lp_calloc(WINDOW_GOPS, sizeof(*work))))
        r = lp_fail_nomem(d);
    out->n_frames = (int64_t)n;
    lp_free(packets);
    for (size_t i = 0; r == LP_OK && i < n_gops; i += WINDOW_GOPS) {
        w.gops = gops + i;
        w.work = work;
        w.n = n_gops - i < WINDOW_GOPS ? n_gops - i : WINDOW_GOPS;
        clear_work(work, w.n);
        r = look(&w, slides, out, a, &cap_motion, d);
        clear_work(work, w.n);
    }
    if (r == LP_OK)
        r = lp_slides_finish(slides, out->duration_us, a, &out->slides, &out->n_slides, d);
    if (r == LP_OK && out->n_slides == 0)
        r = lp_fail(d, LP_ERR_INPUT, 0, "%s: not one frame of its picture can be decoded", s->media.name);
    if (r == LP_OK && 2 * w.n_errors > out->n_frames_decoded)
        r = lp_finding_add(&out->findings, a, "picture-mostly-damaged", LP_LOSS, -1, -1, d,
                           "%s: most of its picture is damaged; slides may be missing or wrong", s->media.name);
    if (r == LP_OK && out->slides[0].start_us > 0 && out->slides[0].start_us < 1000000)
        out->slides[0].start_us = 0;
    if (r == LP_OK)
        r = fill_cuts(out, a, d);
    for (size_t i = 0; i < MAX_WORKERS; i++)
        lp_sampler_close(&w.samplers[i]);
    lp_slides_free(&slides);
    lp_free(work);
    return r;
}
