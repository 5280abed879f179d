#include "encode/video_chunk.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <libavutil/opt.h>
#include <libswscale/swscale.h>

#include "av/mux.h"
#include "av/videoread.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/turn.h"

enum { BLOCK = 8, ANY_SAD = 768, MANY_SAD = 320, MANY_PERCENT = 5, AV1_FIXED_BYTES = 256 << 20, AV1_PIXEL_BYTES = 128 };

typedef struct chunk_run {
    const lp_encode_job *j;
    const lp_video_chunk *c;
    AVCodecContext *enc;
    lp_mux *mux;
    AVFrame *kept, *frame; /* the last coded picture; the one at hand, both as the encoder takes them */
    AVFrame *waiting;      /* as decoded; empty: none */
    AVFrame *lying;        /* room for a picture before it is turned upright; NULL: pictures stand */
    int quarters;          /* to turn it by, clockwise */
    int64_t step_us, next_us; /* no frame is coded before next_us */
    AVPacket *pkt;
    struct SwsContext *sws;
    int64_t last_ms;
    int since_key;
    size_t next_key;
} chunk_run;

/* SVT-AV1 1.4 waits for ever when memory runs out while it is set up. What it will ask for, about, is asked for first. */
static lp_status check_memory(const lp_video_plan *p, lp_diag *d)
{
    void *room = lp_calloc(1, AV1_FIXED_BYTES + (size_t)p->width_px * (size_t)p->height_px * AV1_PIXEL_BYTES);
    lp_free(room);
    return room ? LP_OK : lp_fail_nomem(d);
}

static lp_status open_encoder(const lp_video_plan *p, AVCodecContext **out, lp_diag *d)
{
    const char *name = p->codec == LP_VIDEO_H264 ? "libx264" : "libsvtav1";
    const AVCodec *codec = avcodec_find_encoder_by_name(name);
    *out = NULL;
    if (p->codec == LP_VIDEO_AV1 && check_memory(p, d) != LP_OK)
        return LP_ERR_NOMEM;
    if (!codec)
        return lp_fail(d, LP_ERR_TOOL, 0, "libavcodec has no %s; install a build with it, or choose another --video", name);
    AVCodecContext *c = avcodec_alloc_context3(codec);
    if (!c)
        return lp_fail_nomem(d);
    c->width = p->width_px;
    c->height = p->height_px;
    c->pix_fmt = AV_PIX_FMT_YUV420P;
    c->time_base = (AVRational){ 1, 1000 };
    c->framerate = (AVRational){ p->max_fps_milli, 1000 };
    c->gop_size = p->codec == LP_VIDEO_H264 ? 250 : 9999;
    c->thread_count = 1;
    c->colorspace = AVCOL_SPC_BT709;
    c->color_primaries = AVCOL_PRI_BT709;
    c->color_trc = AVCOL_TRC_BT709;
    c->color_range = AVCOL_RANGE_MPEG;
    c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    int e;
    if (p->codec == LP_VIDEO_H264) {
        e = av_opt_set(c->priv_data, "preset", "slow", 0);
        if (e >= 0)
            e = av_opt_set(c->priv_data, "tune", "stillimage", 0);
        if (e >= 0)
            e = av_opt_set(c->priv_data, "x264-params", "rc-lookahead=20", 0);
        if (e >= 0)
            e = av_opt_set_double(c->priv_data, "crf", p->crf, 0);
    } else { /* Without enable-force-key-frames SVT-AV1 1.4 ignores forced key frames silently. A screen's pictures are few
                and clean: averaging them in time costs time for nothing, and five layers cost memory and bytes. */
        e = av_opt_set_int(c->priv_data, "preset", p->preset, 0);
        if (e >= 0)
            e = av_opt_set_int(c->priv_data, "crf", p->crf, 0);
        if (e >= 0)
            e = av_opt_set(c->priv_data, "svtav1-params",
                           p->is_motion ? "enable-force-key-frames=1:lp=1"
                                        : "enable-force-key-frames=1:lp=1:hierarchical-levels=3:enable-tf=0", 0);
    }
    if (e >= 0)
        e = avcodec_open2(c, codec, NULL);
    if (e < 0) {
        avcodec_free_context(&c);
        return lp_fail_av(d, LP_ERR_TOOL, e, name, "it can not be set up");
    }
    *out = c;
    return LP_OK;
}

/* Whether a learner would see a difference: one 8x8 block that changed much, or many that changed. */
static int differs(const AVFrame *a, const AVFrame *b)
{
    int many = 0, n = 0;
    for (int y = 0; y + BLOCK <= a->height; y += BLOCK)
        for (int x = 0; x + BLOCK <= a->width; x += BLOCK, n++) {
            int sad = 0;
            for (int r = 0; r < BLOCK; r++) {
                const uint8_t *p = a->data[0] + (y + r) * a->linesize[0] + x, *q = b->data[0] + (y + r) * b->linesize[0] + x;
                for (int k = 0; k < BLOCK; k++)
                    sad += abs(p[k] - q[k]);
            }
            if (sad > ANY_SAD)
                return 1;
            many += sad > MANY_SAD;
        }
    return 100 * many > MANY_PERCENT * n;
}

/* Players that show the picture of a package know nothing of a recording's display matrix. */
static void turn(const AVFrame *in, AVFrame *out, int quarters)
{
    for (int k = 0; k < 3; k++)
        lp_turn((lp_plane){ in->data[k], in->linesize[k] }, k ? (in->width + 1) / 2 : in->width,
                k ? (in->height + 1) / 2 : in->height, 1, quarters, (lp_plane){ out->data[k], out->linesize[k] });
}

/* Into `out` in the encoder's format, in out's size. */
static lp_status convert_to(chunk_run *r, const AVFrame *in, AVFrame *out, lp_diag *d)
{
    int matrix = (int)in->colorspace;
    if (matrix == AVCOL_SPC_UNSPECIFIED)
        matrix = in->height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    int same = in->format == AV_PIX_FMT_YUV420P && in->width == out->width && in->height == out->height &&
               matrix == AVCOL_SPC_BT709 && in->color_range != AVCOL_RANGE_JPEG;
    if (same)
        return av_frame_copy(out, in) < 0 ? lp_fail(d, LP_ERR_INTERNAL, 0, "a frame can not be copied") : LP_OK;
    r->sws = sws_getCachedContext(r->sws, in->width, in->height, (enum AVPixelFormat)in->format, out->width, out->height,
                                  AV_PIX_FMT_YUV420P, SWS_BICUBIC | SWS_ACCURATE_RND, NULL, NULL, NULL);
    if (!r->sws)
        return lp_fail(d, LP_ERR_INPUT, 0, "a frame of the picture can not be converted");
    sws_setColorspaceDetails(r->sws, sws_getCoefficients(matrix), in->color_range == AVCOL_RANGE_JPEG,
                             sws_getCoefficients(SWS_CS_ITU709), 0, 0, 1 << 16, 1 << 16);
    if (sws_scale(r->sws, (const uint8_t *const *)in->data, in->linesize, 0, in->height, out->data, out->linesize) <= 0)
        return lp_fail(d, LP_ERR_INPUT, 0, "a frame of the picture can not be converted");
    return LP_OK;
}

static lp_status convert(chunk_run *r, const AVFrame *in, lp_diag *d)
{
    if (av_frame_make_writable(r->frame) < 0)
        return lp_fail_nomem(d);
    lp_status s = convert_to(r, in, r->lying ? r->lying : r->frame, d);
    if (s == LP_OK && r->lying)
        turn(r->lying, r->frame, r->quarters);
    return s;
}

static lp_status drain(chunk_run *r, lp_diag *d)
{
    int e;
    while ((e = avcodec_receive_packet(r->enc, r->pkt)) >= 0) {
        lp_status s = lp_mux_write(r->mux, r->pkt, d);
        if (s != LP_OK)
            return s;
    }
    return e == AVERROR(EAGAIN) || e == AVERROR_EOF ? LP_OK : lp_fail_av(d, LP_ERR_TOOL, e, "video", "encoding failed");
}

/* Codes the picture at hand as shown from t_us on. */
static lp_status code(chunk_run *r, int64_t t_us, lp_diag *d)
{
    const lp_plan *p = r->j->plan;
    int64_t ms = t_us / 1000;
    int is_key = r->last_ms < 0 || r->since_key >= p->video.max_key_frames_apart;
    while (r->next_key < p->n_key_times && p->key_times[r->next_key] <= t_us) {
        is_key |= p->key_times[r->next_key] > r->c->start_us;
        r->next_key++;
    }
    if (ms <= r->last_ms)
        ms = r->last_ms + 1;
    r->frame->pts = ms;
    r->frame->pict_type = is_key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    r->since_key = is_key ? 1 : r->since_key + 1;
    r->last_ms = ms;
    int e = avcodec_send_frame(r->enc, r->frame);
    if (e < 0)
        return lp_fail_av(d, LP_ERR_TOOL, e, "video", "encoding failed");
    AVFrame *t = r->kept;
    r->kept = r->frame;
    r->frame = t;
    return drain(r, d);
}

/* Codes a frame as shown from t_us on, if it differs from the last one coded. */
static lp_status consider(chunk_run *r, const AVFrame *f, int64_t t_us, lp_diag *d)
{
    const lp_video_plan *v = &r->j->plan->video;
    int is_first = r->last_ms < 0;
    lp_status s = convert(r, f, d);
    if (s != LP_OK || (!is_first && !v->is_motion && !differs(r->kept, r->frame)))
        return s;
    t_us = is_first ? r->c->start_us : t_us;
    r->next_us = t_us + r->step_us - r->step_us / 8;
    return code(r, t_us, d);
}

/* At most so many frames a second. One that comes too soon waits: what follows soon takes its place, but what stands
 * longer is shown when its turn comes. A chunk begins with the picture that stands then. */
static lp_status code_all(chunk_run *r, lp_videoread *in, lp_diag *d)
{
    int64_t t = 0, waiting_us = 0;
    const AVFrame *f = NULL;
    lp_status s = LP_OK;
    r->next_us = r->c->start_us;
    for (size_t n = 0; s == LP_OK && (s = lp_videoread_next(in, &f, &t, d)) == LP_OK && f; n++) {
        if (n == 0 && t > r->c->start_us && lp_videoread_before(in))
            s = consider(r, lp_videoread_before(in), r->c->start_us, d);
        if (s == LP_OK && r->waiting->buf[0] && t >= r->next_us + r->step_us)
            s = consider(r, r->waiting, r->next_us, d);
        av_frame_unref(r->waiting);
        if (s == LP_OK && t >= r->next_us)
            s = consider(r, f, t, d);
        else if (s == LP_OK && av_frame_ref(r->waiting, f) < 0)
            s = lp_fail_nomem(d);
        waiting_us = t;
        if (s == LP_OK && n % 16 == 0)
            s = lp_progress_check(r->j->progress, d);
    }
    if (s == LP_OK && r->last_ms < 0 && lp_videoread_before(in)) /* no frame of its own: what stood goes on */
        s = consider(r, lp_videoread_before(in), r->c->start_us, d);
    if (s == LP_OK && r->waiting->buf[0]) /* the last word of the chunk, even where its turn is after the end */
        s = consider(r, r->waiting, r->next_us < r->c->end_us ? r->next_us : waiting_us, d);
    return s;
}

static AVFrame *new_frame_of(const AVCodecContext *c, int w, int h)
{
    AVFrame *f = av_frame_alloc();
    if (!f)
        return NULL;
    f->format = c->pix_fmt;
    f->width = w;
    f->height = h;
    f->colorspace = AVCOL_SPC_BT709;
    f->color_range = AVCOL_RANGE_MPEG;
    if (av_frame_get_buffer(f, 0) < 0)
        av_frame_free(&f);
    return f;
}

static AVFrame *new_frame(const AVCodecContext *c)
{
    return new_frame_of(c, c->width, c->height);
}

static lp_status make_room_to_turn(chunk_run *r, const AVStream *st, lp_diag *d)
{
    int w = r->enc->width, h = r->enc->height;
    r->quarters = lp_av_quarters(st);
    if (r->quarters == 0)
        return LP_OK;
    r->lying = r->quarters % 2 ? new_frame_of(r->enc, h, w) : new_frame_of(r->enc, w, h);
    return r->lying ? LP_OK : lp_fail_nomem(d);
}

/* SVT-AV1 1.4 waits for ever when it is closed, or flushed, without ever having been given a frame: it gets a blank one. */
static void close_encoder(AVCodecContext **enc, int was_fed)
{
    AVFrame *blank = *enc && !was_fed ? new_frame(*enc) : NULL;
    if (blank) {
        blank->pts = 0;
        (void)avcodec_send_frame(*enc, blank);
    }
    av_frame_free(&blank);
    avcodec_free_context(enc);
}

lp_status lp_video_chunk_encode(const lp_encode_job *j, const lp_video_chunk *c, const char *path, lp_diag *d)
{
    const lp_session *s = j->session;
    lp_video_ref v = { s->media.path, s->streams[s->video].index, s->origin_us, &s->joints };
    chunk_run r = { .j = j, .c = c, .last_ms = -1,
                    .step_us = INT64_C(1000000000) / j->plan->video.max_fps_milli };
    lp_videoread *in = NULL;
    char tmp[4200];
    snprintf(tmp, sizeof(tmp), "%s.tmp", path);
    lp_status st = lp_videoread_open(&v, !j->plan->video.is_motion, &in, d);
    if (st == LP_OK)
        st = lp_videoread_range(in, c->start_us, c->end_us, d);
    if (st == LP_OK)
        st = open_encoder(&j->plan->video, &r.enc, d);
    if (st == LP_OK && (!(r.pkt = av_packet_alloc()) || !(r.kept = new_frame(r.enc)) || !(r.frame = new_frame(r.enc)) ||
                        !(r.waiting = av_frame_alloc())))
        st = lp_fail_nomem(d);
    if (st == LP_OK)
        st = make_room_to_turn(&r, lp_videoread_stream(in), d);
    if (st == LP_OK)
        st = lp_mux_open(tmp, "matroska", r.enc, &r.mux, d);
    if (st == LP_OK)
        st = code_all(&r, in, d);
    if (st == LP_OK && r.last_ms < 0)
        st = lp_fail(d, LP_ERR_INPUT, 0, "%s: no picture can be decoded from %lld s to %lld s", s->media.name,
                     (long long)(c->start_us / 1000000), (long long)(c->end_us / 1000000));
    if (st == LP_OK && avcodec_send_frame(r.enc, NULL) < 0)
        st = lp_fail(d, LP_ERR_TOOL, 0, "video: encoding failed");
    if (st == LP_OK)
        st = drain(&r, d);
    if (st == LP_OK)
        st = lp_mux_close(&r.mux, d);
    lp_mux_abort(&r.mux);
    close_encoder(&r.enc, r.last_ms >= 0);
    av_frame_free(&r.kept);
    av_frame_free(&r.frame);
    av_frame_free(&r.waiting);
    av_frame_free(&r.lying);
    av_packet_free(&r.pkt);
    sws_freeContext(r.sws);
    lp_videoread_close(&in);
    return st == LP_OK ? lp_file_rename(tmp, path, d) : st;
}
