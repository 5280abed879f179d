#include "av/snapshot.h"

#include <libswscale/swscale.h>

#include "av/videoread.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/turn.h"

enum { MAX_PGM_BYTES = 256 << 20 };

static AVFrame *new_grey(int width, int height)
{
    AVFrame *g = av_frame_alloc();
    if (!g)
        return NULL;
    g->format = AV_PIX_FMT_GRAY8;
    g->width = width;
    g->height = height;
    if (av_frame_get_buffer(g, 0) < 0)
        av_frame_free(&g);
    return g;
}

static lp_status to_grey(const AVFrame *f, AVFrame **out, lp_diag *d)
{
    AVFrame *g = *out = new_grey(f->width, f->height);
    struct SwsContext *c = sws_getContext(f->width, f->height, (enum AVPixelFormat)f->format, f->width, f->height, AV_PIX_FMT_GRAY8,
                                          SWS_POINT, NULL, NULL, NULL);
    int is_made = c && g;
    if (is_made)
        sws_scale(c, (const uint8_t *const *)f->data, f->linesize, 0, f->height, g->data, g->linesize);
    sws_freeContext(c);
    return is_made ? LP_OK : lp_fail_nomem(d);
}

/* As stills are: who reads the picture reads what the learner sees. */
static lp_status turn(AVFrame **g, int quarters, lp_diag *d)
{
    const AVFrame *lying = *g;
    AVFrame *t = quarters % 2 ? new_grey(lying->height, lying->width) : new_grey(lying->width, lying->height);
    if (!t)
        return lp_fail_nomem(d);
    lp_turn((lp_plane){ lying->data[0], lying->linesize[0] }, lying->width, lying->height, 1, quarters,
            (lp_plane){ t->data[0], t->linesize[0] });
    av_frame_free(g);
    *g = t;
    return LP_OK;
}

static lp_status write_pgm(const AVFrame *f, int quarters, const char *path, lp_diag *d)
{
    AVFrame *g = NULL;
    lp_buf out;
    lp_buf_init(&out, MAX_PGM_BYTES);
    lp_status s = to_grey(f, &g, d);
    if (s == LP_OK && quarters)
        s = turn(&g, quarters, d);
    if (s == LP_OK) {
        lp_buf_printf(&out, "P5\n%d %d\n255\n", g->width, g->height);
        for (int y = 0; y < g->height; y++)
            lp_buf_bytes(&out, g->data[0] + (ptrdiff_t)y * g->linesize[0], (size_t)g->width);
        s = lp_buf_check(&out, path, d);
    }
    if (s == LP_OK)
        s = lp_file_write(path, out.data, out.len, d);
    av_frame_free(&g);
    lp_buf_clear(&out);
    return s;
}

lp_status lp_snapshots_write(const lp_video_ref *v, const int64_t *times_us, const char **paths, size_t n, const lp_progress *p,
                             lp_diag *d)
{
    lp_videoread *r = NULL;
    lp_status s = lp_videoread_open(v, 0, &r, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        const AVFrame *f = NULL;
        s = lp_videoread_at(r, times_us[i], &f, d);
        if (s == LP_OK && f)
            s = write_pgm(f, lp_av_quarters(lp_videoread_stream(r)), paths[i], d);
        else
            paths[i] = NULL;
        if (s == LP_OK)
            s = lp_progress_check(p, d);
    }
    lp_videoread_close(&r);
    return s;
}
