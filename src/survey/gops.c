#include "survey/gops.h"

#include <stdlib.h>
#include <string.h>

enum {
    REFINE_US = 2000000, /* encoders sharpen the picture after a key frame: large packets that change nothing */
    MAX_GOPS = 1000000,
    SAMPLE = 64,
    STILL_BYTES = 160, /* in lectures of 1920x1080 a quarter of the frames take up to 73 to 101: they repeat the one before */
};

static int by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* The middle of up to SAMPLE packet sizes of p[from..to), key frames left out. */
static int32_t median_bytes(const lp_video_packet *p, size_t from, size_t to)
{
    int32_t v[SAMPLE];
    size_t n = 0, step = (to - from) / SAMPLE + 1;
    for (size_t i = from; i < to && n < SAMPLE; i += step)
        if (!p[i].is_key)
            v[n++] = p[i].bytes;
    if (n == 0)
        return 0;
    qsort(v, n, sizeof(v[0]), by_size);
    return v[n / 2];
}

static void judge(const lp_video_packet *p, size_t from, size_t to, lp_gop *g)
{
    int32_t key = 0, median = median_bytes(p, from, to);
    for (size_t i = from; i < to; i++)
        if (p[i].is_key && p[i].bytes > key)
            key = p[i].bytes;
    int64_t big = (int64_t)4 * median > key / 12 ? (int64_t)4 * median : key / 12;
    if (big < 600)
        big = 600;
    g->big_us = -1;
    g->is_still = 1;
    for (size_t i = from; i < to; i++)
        g->is_still &= p[i].t_us < g->start_us + REFINE_US || p[i].bytes <= STILL_BYTES;
    for (size_t i = from; i < to; i++)
        if ((i > from && p[i].is_key && p[i].t_us > g->start_us) ||
            (p[i].bytes >= big && p[i].t_us >= g->start_us + REFINE_US))
            if (p[i].t_us > g->big_us)
                g->big_us = p[i].t_us;
    g->is_steady = g->big_us < 0;
}

lp_status lp_gops_find(const lp_video_packet *p, size_t n, int64_t min_us, int64_t end_us, lp_arena *a, lp_gop **out,
                       size_t *n_out, lp_diag *d)
{
    size_t cap = 0, from = 0;
    *out = NULL;
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        int is_first = *n_out == 0 && (i == 0 || p[i].is_key) && i == 0;
        if (!is_first && !(p[i].is_key && p[i].t_us >= (*out)[*n_out - 1].start_us + min_us))
            continue;
        if (*n_out) {
            (*out)[*n_out - 1].end_us = p[i].t_us;
            judge(p, from, i, &(*out)[*n_out - 1]);
        }
        if (lp_arena_grow(a, (void **)out, *n_out, &cap, sizeof(**out), MAX_GOPS) != 0)
            return lp_fail_nomem(d);
        (*out)[(*n_out)++] = (lp_gop){ .start_us = p[i].t_us, .end_us = end_us, .big_us = -1 };
        from = i;
    }
    if (*n_out) {
        judge(p, from, n, &(*out)[*n_out - 1]);
        if ((*out)[*n_out - 1].end_us <= (*out)[*n_out - 1].start_us)
            (*out)[*n_out - 1].end_us = (*out)[*n_out - 1].start_us + 1;
    }
    return LP_OK;
}

int lp_gops_mask(const uint8_t *const *moved, size_t n, uint8_t *mask)
{
    uint8_t core[LP_GRID_CELLS];
    int marked = 0;
    memset(mask, 0, LP_GRID_CELLS);
    if (n < 3)
        return 0;
    for (int c = 0; c < LP_GRID_CELLS; c++) {
        size_t times = 0;
        for (size_t i = 0; i < n; i++)
            times += moved[i][c];
        core[c] = 2 * times >= n;
    }
    for (int y = 0; y < LP_GRID_H; y++)
        for (int x = 0; x < LP_GRID_W; x++)
            for (int k = 0; k < 9 && !mask[y * LP_GRID_W + x]; k++) {
                int yy = y + k / 3 - 1, xx = x + k % 3 - 1;
                if (yy >= 0 && yy < LP_GRID_H && xx >= 0 && xx < LP_GRID_W && core[yy * LP_GRID_W + xx])
                    mask[y * LP_GRID_W + x] = 1;
            }
    for (int c = 0; c < LP_GRID_CELLS; c++)
        marked += mask[c];
    return 100 * marked / LP_GRID_CELLS;
}
