#include "av/pictures.h"

#include <stdlib.h>
#include <string.h>

#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "av/joined.h"
#include "av/videoread.h"
#include "base/mem.h"

enum { MAX_PACKETS = 50000000, CHECK_EVERY = 512 };

lp_status lp_pictures_index(const lp_video_ref *v, const lp_progress *p, lp_video_packet **out, size_t *n, lp_diag *d)
{
    AVFormatContext *f = NULL;
    AVPacket *pkt = NULL;
    size_t cap = 0, i = 0;
    lp_joined at = { .joints = v->joints, .stream = v->stream };
    *out = NULL;
    *n = 0;
    lp_status s = lp_av_open_again(v->path, &f, d);
    if (s == LP_OK && !(pkt = av_packet_alloc()))
        s = lp_fail_nomem(d);
    for (unsigned k = 0; s == LP_OK && k < f->nb_streams; k++)
        f->streams[k]->discard = (int)k == v->stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    while (s == LP_OK && lp_joined_next(&at, f, pkt) >= 0) {
        int64_t ts = pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts;
        int64_t t = lp_av_time_us(ts, f->streams[pkt->stream_index]->time_base, v->origin_us);
        if (t != INT64_MIN) {
            if (lp_grow((void **)out, *n, &cap, sizeof(**out), MAX_PACKETS) != 0)
                s = lp_fail_nomem(d);
            else
                (*out)[(*n)++] = (lp_video_packet){ t, pkt->size, (pkt->flags & AV_PKT_FLAG_KEY) != 0 };
        }
        if (++i % CHECK_EVERY == 0 && s == LP_OK)
            s = lp_progress_check(p, d);
    }
    av_packet_free(&pkt);
    avformat_close_input(&f);
    return s;
}

/* Frames whose first plane is 8-bit luma are reduced as they are; others are made gray first. */
struct reducer {
    struct SwsContext *sws;
    uint8_t *gray;
    uint16_t *sums;
    int sums_w; /* for pictures of that width */
};

static int has_luma_plane(enum AVPixelFormat f)
{
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f);
    return d && !(d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM)) &&
           d->comp[0].depth == 8 && d->comp[0].step == 1 && d->comp[0].plane == 0;
}

/* Adds n pixels of a row, and their steps to the right, to the columns' sums. In chunks of a fixed size, which compilers
 * turn into vector code. row[n] may be read. */
static void add_row(const uint8_t *row, int n, uint16_t *sum, uint16_t *edge)
{
    enum { CHUNK = 32 };
    int x = 0;
    for (; x + CHUNK <= n; x += CHUNK) {
        uint16_t s[CHUNK], e[CHUNK];
        memcpy(s, sum + x, sizeof(s));
        memcpy(e, edge + x, sizeof(e));
        for (int k = 0; k < CHUNK; k++) {
            uint8_t a = row[x + k], b = row[x + k + 1];
            s[k] = (uint16_t)(s[k] + a);
            e[k] = (uint16_t)(e[k] + (a > b ? a - b : b - a));
        }
        memcpy(sum + x, s, sizeof(s));
        memcpy(edge + x, e, sizeof(e));
    }
    for (; x < n; x++) {
        sum[x] = (uint16_t)(sum[x] + row[x]);
        edge[x] = (uint16_t)(edge[x] + abs(row[x + 1] - row[x]));
    }
}

/* `sums` is scratch of 2 * w numbers. */
static void reduce(const uint8_t *luma, ptrdiff_t stride, int w, int h, uint16_t *sums, lp_grid *g)
{
    enum { MOST_ROWS = 200 }; /* of a cell: more would not fit into the sums */
    uint16_t *sum = sums, *edge = sums + w;
    int every = h >= 720 ? 2 : 1;
    while (h / LP_GRID_H / every >= MOST_ROWS)
        every *= 2;
    for (int cy = 0; cy < LP_GRID_H; cy++) {
        uint32_t rows = 0;
        int y0 = cy * h / LP_GRID_H, y1 = (cy + 1) * h / LP_GRID_H;
        memset(sums, 0, 2 * (size_t)w * sizeof(*sums));
        for (int y = y0; y < y1 || y == y0; y += every, rows++) {
            const uint8_t *row = luma + (y < h ? y : h - 1) * stride;
            add_row(row, w - 1, sum, edge);
            sum[w - 1] = (uint16_t)(sum[w - 1] + row[w - 1]);
        }
        for (int cx = 0; cx < LP_GRID_W; cx++) {
            int x0 = cx * w / LP_GRID_W, x1 = (cx + 1) * w / LP_GRID_W;
            uint32_t a = x1 > x0 ? 0 : sum[x0], b = 0, count = rows * (uint32_t)(x1 > x0 ? x1 - x0 : 1);
            for (int x = x0; x < x1; x++) {
                a += sum[x];
                b += edge[x];
            }
            g->mean[cy * LP_GRID_W + cx] = (uint8_t)(a / count);
            g->edge[cy * LP_GRID_W + cx] = (uint8_t)(b / count);
        }
    }
}

static lp_status fit_sums(struct reducer *r, int w, lp_diag *d)
{
    if (r->sums_w == w)
        return LP_OK;
    lp_free(r->sums);
    r->sums = lp_calloc(2 * (size_t)w, sizeof(*r->sums));
    r->sums_w = r->sums ? w : 0;
    return r->sums ? LP_OK : lp_fail_nomem(d);
}

static lp_status reduce_frame(struct reducer *r, const AVFrame *f, lp_grid *g, lp_diag *d)
{
    enum { GRAY_W = 640, GRAY_H = 360 };
    if (has_luma_plane((enum AVPixelFormat)f->format)) {
        lp_status s = fit_sums(r, f->width, d);
        if (s == LP_OK)
            reduce(f->data[0], f->linesize[0], f->width, f->height, r->sums, g);
        return s;
    }
    if (!r->gray && !(r->gray = lp_calloc(GRAY_W * GRAY_H + 64, 1)))
        return lp_fail_nomem(d);
    r->sws = sws_getCachedContext(r->sws, f->width, f->height, (enum AVPixelFormat)f->format, GRAY_W, GRAY_H,
                                  AV_PIX_FMT_GRAY8, SWS_AREA, NULL, NULL, NULL);
    uint8_t *dst[4] = { r->gray };
    int stride[4] = { GRAY_W };
    if (!r->sws || sws_scale(r->sws, (const uint8_t *const *)f->data, f->linesize, 0, f->height, dst, stride) <= 0)
        return lp_fail(d, LP_ERR_UNSUPPORTED, 0, "pictures in the format %s can not be looked at",
                       av_get_pix_fmt_name((enum AVPixelFormat)f->format));
    lp_status s = fit_sums(r, GRAY_W, d);
    if (s == LP_OK)
        reduce(r->gray, GRAY_W, GRAY_W, GRAY_H, r->sums, g);
    return s;
}

struct lp_sampler {
    lp_videoread *r;
    struct reducer red;
    lp_grid g;
};

lp_status lp_sampler_open(const lp_video_ref *v, lp_sampler **out, lp_diag *d)
{
    *out = lp_calloc(1, sizeof(**out));
    lp_status s = *out ? lp_videoread_open(v, 1, &(*out)->r, d) : lp_fail_nomem(d);
    if (s != LP_OK)
        lp_sampler_close(out);
    return s;
}

void lp_sampler_close(lp_sampler **m)
{
    if (!*m)
        return;
    lp_videoread_close(&(*m)->r);
    sws_freeContext((*m)->red.sws);
    lp_free((*m)->red.gray);
    lp_free((*m)->red.sums);
    lp_free(*m);
    *m = NULL;
}

lp_status lp_sampler_run(lp_sampler *m, const lp_picture_range *ranges, size_t n, int64_t step_us,
                         lp_sampler_take take, void *user, const lp_progress *p, lp_picture_stats *stats,
                         lp_diag *d)
{
    lp_picture_stats before = lp_videoread_stats(m->r);
    lp_status s = LP_OK;
    lp_videoread_forget(m->r);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        int64_t next = INT64_MIN, t = 0;
        const AVFrame *f = NULL;
        int is_enough = 0;
        s = lp_videoread_range(m->r, ranges[i].start_us, ranges[i].end_us, d);
        while (s == LP_OK && !is_enough && (s = lp_videoread_next(m->r, &f, &t, d)) == LP_OK && f) {
            if (t < next)
                continue;
            next = t + step_us;
            s = reduce_frame(&m->red, f, &m->g, d);
            if (s == LP_OK)
                s = take(user, i, t, &m->g, &is_enough, d);
        }
        if (s == LP_OK)
            s = lp_progress_check(p, d);
    }
    *stats = lp_videoread_stats(m->r);
    stats->n_decoded -= before.n_decoded;
    stats->n_errors -= before.n_errors;
    return s;
}
