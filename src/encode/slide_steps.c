#include "encode/slide_steps.h"

#include <libavutil/imgutils.h>

#include "base/file.h"
#include "base/grid.h"
#include "base/mem.h"
#include "encode/webp.h"

enum { MARGIN = 8, SHARE_PERCENT = 25, LEAST_BYTES = 6000 };

const char *lp_slide_step_name(lp_arena *a, size_t slide, size_t step)
{
    return lp_arena_printf(a, "still-%04zu-%zu.webp", slide + 1, step + 1);
}

/* The step's cells in pixels of the picture, with a margin, whole blocks. */
static lp_rect pixels_of(const lp_slide_step *s, int w, int h)
{
    int x0 = s->x * w / LP_GRID_W - MARGIN, y0 = s->y * h / LP_GRID_H - MARGIN;
    int x1 = (s->x + s->w) * w / LP_GRID_W + MARGIN, y1 = (s->y + s->h) * h / LP_GRID_H + MARGIN;
    x0 = x0 < 0 ? 0 : x0 / LP_PATCH_BLOCK * LP_PATCH_BLOCK;
    y0 = y0 < 0 ? 0 : y0 / LP_PATCH_BLOCK * LP_PATCH_BLOCK;
    x1 = x1 > w ? w : x1;
    y1 = y1 > h ? h : y1;
    return (lp_rect){ x0, y0, x1 - x0, y1 - y0 };
}

static lp_status copy_of(const AVFrame *from, lp_rect r, AVFrame **out, lp_diag *d)
{
    *out = lp_webp_picture(r.w, r.h);
    if (!*out)
        return lp_fail_nomem(d);
    av_image_copy_plane((*out)->data[0], (*out)->linesize[0], from->data[0] + r.y * from->linesize[0] + 4 * (ptrdiff_t)r.x,
                        from->linesize[0], 4 * r.w, r.h);
    return LP_OK;
}

/* What of `was` differs from `now`, coded; *pkt stays NULL when nothing does. */
static lp_status code_patch(const AVFrame *was, const AVFrame *now, lp_rect within, lp_rect *at, AVPacket **pkt, lp_diag *d)
{
    AVFrame *part = NULL, *clear = NULL;
    int is_drawn;
    size_t n = (size_t)(within.w / LP_PATCH_BLOCK + 1) * (size_t)(within.h / LP_PATCH_BLOCK + 1);
    uint8_t *marks = lp_calloc(n, 1);
    if (!marks)
        return lp_fail_nomem(d);
    lp_patch_find((lp_patch_picture){ was->data[0], was->linesize[0] }, (lp_patch_picture){ now->data[0], now->linesize[0] }, within,
                  marks, at);
    lp_status s = LP_OK;
    if (at->w) {
        s = copy_of(was, *at, &part, d);
        if (s == LP_OK)
            s = lp_webp_prepare(part, &clear, &is_drawn, d);
        if (s == LP_OK) {
            lp_patch_cut(clear->data[0], clear->linesize[0], within, marks, *at);
            s = lp_webp_lossless(clear, pkt, d);
        }
    }
    av_frame_free(&part);
    av_frame_free(&clear);
    lp_free(marks);
    return s;
}

static lp_status write_patch(const char *dir, const char *name, const AVPacket *pkt, lp_step_made *made, lp_arena *a, lp_diag *d)
{
    char *path = name ? lp_path_join(a, dir, name) : NULL;
    lp_status s = path ? lp_sha256_bytes(pkt->data, (size_t)pkt->size, made->hex, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_file_write(path, pkt->data, (size_t)pkt->size, d);
    if (s == LP_OK)
        made->bytes = pkt->size;
    return s;
}

lp_status lp_slide_steps_make(const lp_encode_job *j, lp_videoread **r, size_t i, const AVFrame *last, int64_t still_bytes,
                              lp_step_made *made, lp_diag *d)
{
    const lp_plan_slide *slide = &j->plan->slides[i];
    int64_t most = still_bytes * SHARE_PERCENT / 100 > LEAST_BYTES ? still_bytes * SHARE_PERCENT / 100 : LEAST_BYTES;
    AVFrame *later = NULL, *was = NULL;
    AVPacket *pkt = NULL;
    lp_arena a = { 0 };
    lp_status s = LP_OK;
    for (size_t k = slide->n_steps; s == LP_OK && k-- > 0;) {
        const lp_slide_step *step = &slide->steps[k];
        const AVFrame *now = later ? later : last;
        s = lp_take_frame(j, r, step->picture_us, &was, d);
        if (s == LP_ERR_INPUT || (s == LP_OK && (was->width != now->width || was->height != now->height))) {
            av_frame_free(&was); /* the picture after it stands for it */
            s = LP_OK;
            continue;
        }
        if (s == LP_OK)
            s = code_patch(was, now, pixels_of(step, was->width, was->height), &made[k].at, &pkt, d);
        if (s == LP_OK && pkt && pkt->size <= most)
            s = write_patch(j->dir, lp_slide_step_name(&a, i, k), pkt, &made[k], &a, d);
        av_packet_free(&pkt);
        av_frame_free(&later);
        later = was;
        was = NULL;
    }
    av_frame_free(&was);
    av_frame_free(&later);
    lp_arena_clear(&a);
    return s;
}
