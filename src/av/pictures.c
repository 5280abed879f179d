#include "av/pictures.h"

#include <stdlib.h>
#include <string.h>

#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "av/videoread.h"
#include "base/mem.h"

enum { MAX_PACKETS = 50000000, CHECK_EVERY = 512 };

lp_status lp_pictures_index(const lp_video_ref *v, const lp_progress *p, lp_video_packet **out, size_t *n, lp_diag *d)
{
    AVFormatContext *f = NULL;
    AVPacket *pkt = NULL;
    size_t cap = 0, i = 0;
    *out = NULL;
    *n = 0;
    lp_status s = lp_av_open_again(v->path, &f, d);
    if (s == LP_OK && !(pkt = av_packet_alloc()))
        s = lp_fail_nomem(d);
    for (unsigned k = 0; s == LP_OK && k < f->nb_streams; k++)
        f->streams[k]->discard = (int)k == v->stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    while (s == LP_OK && av_read_frame(f, pkt) >= 0) {
        int64_t ts = pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts;
        int64_t t = lp_av_time_us(ts, f->streams[pkt->stream_index]->time_base, v->origin_us);
        if (pkt->stream_index == v->stream && t != INT64_MIN) {
            if (lp_grow((void **)out, *n, &cap, sizeof(**out), MAX_PACKETS) != 0)
                s = lp_fail_nomem(d);
            else
                (*out)[(*n)++] = (lp_video_packet){ t, pkt->size, (pkt->flags & AV_PKT_FLAG_KEY) != 0 };
        }
        av_packet_unref(pkt);
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
    int w, h;
    enum AVPixelFormat format;
};

static int has_luma_plane(enum AVPixelFormat f)
{
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f);
    return d && !(d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM)) &&
           d->comp[0].depth == 8 && d->comp[0].step == 1 && d->comp[0].plane == 0;
}

static void reduce(const uint8_t *luma, ptrdiff_t stride, int w, int h, lp_grid *g)
{
    int every = h >= 720 ? 2 : 1;
    for (int cy = 0; cy < LP_GRID_H; cy++) {
        uint32_t sum[LP_GRID_W] = { 0 }, edge[LP_GRID_W] = { 0 }, rows = 0;
        int y0 = cy * h / LP_GRID_H, y1 = (cy + 1) * h / LP_GRID_H;
        for (int y = y0; y < y1 || y == y0; y += every, rows++) {
            const uint8_t *row = luma + (y < h ? y : h - 1) * stride;
            for (int cx = 0; cx < LP_GRID_W; cx++) {
                int x0 = cx * w / LP_GRID_W, x1 = (cx + 1) * w / LP_GRID_W;
                unsigned a = 0, b = 0;
                for (int x = x0; x < x1; x++) {
                    a += row[x];
                    b += (unsigned)abs(row[x + (x + 1 < w)] - row[x]);
                }
                sum[cx] += x1 > x0 ? a : row[x0];
                edge[cx] += b;
            }
        }
        for (int cx = 0; cx < LP_GRID_W; cx++) {
            int cols = (cx + 1) * w / LP_GRID_W - cx * w / LP_GRID_W;
            uint32_t count = rows * (uint32_t)(cols > 0 ? cols : 1);
            g->mean[cy * LP_GRID_W + cx] = (uint8_t)(sum[cx] / count);
            g->edge[cy * LP_GRID_W + cx] = (uint8_t)(edge[cx] / count);
        }
    }
}

static lp_status reduce_frame(struct reducer *r, const AVFrame *f, lp_grid *g, lp_diag *d)
{
    enum { GRAY_W = 640, GRAY_H = 360 };
    if (has_luma_plane((enum AVPixelFormat)f->format)) {
        reduce(f->data[0], f->linesize[0], f->width, f->height, g);
        return LP_OK;
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
    reduce(r->gray, GRAY_W, GRAY_W, GRAY_H, g);
    return LP_OK;
}

lp_status lp_pictures_sample(const lp_video_ref *v, const lp_picture_range *ranges, size_t n, int64_t step_us,
                             lp_status (*take)(void *, size_t, int64_t, const lp_grid *, lp_diag *), void *user,
                             const lp_progress *p, lp_picture_stats *stats, lp_diag *d)
{
    lp_videoread *r = NULL;
    struct reducer red = { 0 };
    lp_grid *g = lp_calloc(1, sizeof(*g));
    *stats = (lp_picture_stats){ 0, 0 };
    lp_status s = g ? lp_videoread_open(v, 1, &r, d) : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        int64_t next = INT64_MIN, t = 0;
        const AVFrame *f = NULL;
        s = lp_videoread_range(r, ranges[i].start_us, ranges[i].end_us, d);
        while (s == LP_OK && (s = lp_videoread_next(r, &f, &t, d)) == LP_OK && f) {
            if (t < next)
                continue;
            next = t + step_us;
            s = reduce_frame(&red, f, g, d);
            if (s == LP_OK)
                s = take(user, i, t, g, d);
        }
        if (s == LP_OK)
            s = lp_progress_check(p, d);
    }
    if (r)
        *stats = lp_videoread_stats(r);
    lp_videoread_close(&r);
    sws_freeContext(red.sws);
    lp_free(red.gray);
    lp_free(g);
    return s;
}
