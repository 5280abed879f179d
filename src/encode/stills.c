#include "encode/encode.h"

#include <stdio.h>
#include <stdlib.h>

#include <libavutil/opt.h>
#include <libswscale/swscale.h>

#include "av/hash.h"
#include "av/videoread.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/str.h"
#include "encode/ladder.h"
#include "encode/near.h"

enum { BLOCK = 8, MAX_WORKERS = 64, LEAST_CONTRAST = 24 };

/* Lossy quality is tried where the words of recorded slides were measured to stay readable, then higher; where it takes
 * detail away (faint text, mostly) the picture is coded near-lossless. */
static const float qualities[] = { [LP_LADDER_LOW] = 12, [LP_LADDER_HIGH] = 40 };

/* libwebp's method: 2 takes a third of the time of 4. Lossless 1 is as small as 3 on recorded slides. */
enum { QUICK_EFFORT = 2, EFFORT = 4, LOSSLESS_EFFORT = 1 };

typedef struct still {
    char hex[LP_SHA256_HEX];
    int64_t bytes;
    int width_px, height_px, is_lossless;
} still;

typedef struct stills {
    const lp_encode_job *j;
    still *made; /* one a slide of the plan; twins and copies stay empty */
    lp_videoread *readers[MAX_WORKERS]; /* opened once a worker: finding the streams costs more than a picture */
} stills;

static AVFrame *new_picture(enum AVPixelFormat format, int w, int h)
{
    AVFrame *f = av_frame_alloc();
    if (f) {
        f->format = format;
        f->width = w;
        f->height = h;
        if (av_frame_get_buffer(f, 0) < 0)
            av_frame_free(&f);
    }
    return f;
}

/* Square pixels, upright, full-range BGRA: what every picture coder here understands the same way. */
static lp_status to_bgra(const AVFrame *in, const AVStream *st, AVFrame **out, lp_diag *d)
{
    int w = in->width, h = in->height;
    AVRational sar = in->sample_aspect_ratio.num > 0 ? in->sample_aspect_ratio : st->sample_aspect_ratio;
    if (sar.num > 0 && sar.den > 0 && sar.num != sar.den && sar.num < 8 * sar.den && sar.den < 8 * sar.num)
        w = (int)av_rescale(w, sar.num, sar.den);
    *out = new_picture(AV_PIX_FMT_BGRA, w, h);
    struct SwsContext *sws =
        sws_getContext(in->width, in->height, (enum AVPixelFormat)in->format, w, h, AV_PIX_FMT_BGRA,
                       SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, NULL, NULL, NULL);
    lp_status s = *out && sws ? LP_OK : lp_fail(d, LP_ERR_INPUT, 0, "a frame of the picture can not be converted");
    if (s == LP_OK) {
        int matrix = (int)in->colorspace;
        if (matrix == AVCOL_SPC_UNSPECIFIED)
            matrix = in->height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
        sws_setColorspaceDetails(sws, sws_getCoefficients(matrix), in->color_range == AVCOL_RANGE_JPEG,
                                 sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
        if (sws_scale(sws, (const uint8_t *const *)in->data, in->linesize, 0, in->height, (*out)->data,
                      (*out)->linesize) <= 0)
            s = lp_fail(d, LP_ERR_INPUT, 0, "a frame of the picture can not be converted");
    }
    sws_freeContext(sws);
    if (s != LP_OK)
        av_frame_free(out);
    return s;
}

/* A phone's sideways picture, turned upright by whole quarters as its display matrix says. */
static lp_status turn(AVFrame **f, const AVStream *st, lp_diag *d)
{
    const int32_t *m = lp_stream_matrix(st);
    double angle = m ? -av_display_rotation_get(m) : 0; /* clockwise */
    int quarters = angle == angle ? (int)((angle + 360 * 4 + 45) / 90) % 4 : 0;
    if (quarters == 0)
        return LP_OK;
    int w = (*f)->width, h = (*f)->height, turned = quarters % 2;
    AVFrame *t = new_picture(AV_PIX_FMT_BGRA, turned ? h : w, turned ? w : h);
    if (!t)
        return lp_fail_nomem(d);
    for (int y = 0; y < h; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)((*f)->data[0] + y * (*f)->linesize[0]);
        for (int x = 0; x < w; x++) {
            int tx = quarters == 1 ? h - 1 - y : quarters == 2 ? w - 1 - x : y;
            int ty = quarters == 1 ? x : quarters == 2 ? h - 1 - y : w - 1 - x;
            ((uint32_t *)(void *)(t->data[0] + ty * t->linesize[0]))[tx] = row[x];
        }
    }
    av_frame_free(f);
    *f = t;
    return LP_OK;
}

static lp_status webp(const AVFrame *in, int is_lossless, float quality, int effort, AVPacket **out, lp_diag *d)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libwebp");
    AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
    *out = av_packet_alloc();
    if (!codec || !c || !*out) {
        avcodec_free_context(&c);
        return codec ? lp_fail_nomem(d) : lp_fail(d, LP_ERR_TOOL, 0, "libavcodec has no libwebp; install a build with it");
    }
    c->width = in->width;
    c->height = in->height;
    c->pix_fmt = AV_PIX_FMT_BGRA;
    c->time_base = (AVRational){ 1, 1 };
    c->compression_level = effort;
    c->thread_count = 1;
    int e = av_opt_set_int(c->priv_data, "lossless", is_lossless, 0);
    if (e >= 0)
        e = av_opt_set_double(c->priv_data, "quality", is_lossless ? 60 : (double)quality, 0);
    if (e >= 0)
        e = avcodec_open2(c, codec, NULL);
    if (e >= 0)
        e = avcodec_send_frame(c, in);
    if (e >= 0)
        e = avcodec_send_frame(c, NULL);
    if (e >= 0)
        e = avcodec_receive_packet(c, *out);
    avcodec_free_context(&c);
    return e < 0 ? lp_fail_av(d, LP_ERR_TOOL, e, "libwebp", "the picture can not be coded") : LP_OK;
}

/* Whether the picture has few colours, as drawn pictures have and recorded ones, with their coder's noise, have not. */
static int has_few_colours(const AVFrame *f)
{
    enum { BITS = 16, FEW = 1024 };
    uint8_t seen[1 << (BITS - 3)] = { 0 };
    int n = 0;
    for (int y = 0; y < f->height; y += 4) {
        const uint32_t *row = (const uint32_t *)(const void *)(f->data[0] + y * f->linesize[0]);
        for (int x = 0; x < f->width; x++) {
            uint32_t h = (row[x] * 2654435761u) >> (32 - BITS);
            n += !(seen[h >> 3] >> (h & 7) & 1);
            seen[h >> 3] |= (uint8_t)(1u << (h & 7));
        }
    }
    return n <= FEW;
}

/* Whether a block holds detail, and whether the coded one keeps it: the mean error is below a third of how much the
 * block's own pixels stray from their mean. So faint text counts as much as black text. */
static void compare_block(const AVFrame *in, const AVFrame *coded, int x, int y, int64_t *detailed, int64_t *kept)
{
    int luma[BLOCK * BLOCK], lo = 255, hi = 0, sum = 0, err = 0, stray = 0;
    for (int i = 0; i < BLOCK * BLOCK; i++) {
        const uint8_t *p = in->data[0] + (y + i / BLOCK) * in->linesize[0] + 4 * (x + i % BLOCK);
        int back = coded->data[0][(y + i / BLOCK) * coded->linesize[0] + x + i % BLOCK];
        luma[i] = (29 * p[0] + 150 * p[1] + 77 * p[2]) >> 8;
        lo = luma[i] < lo ? luma[i] : lo;
        hi = luma[i] > hi ? luma[i] : hi;
        sum += luma[i];
        err += abs(luma[i] - (back - 16) * 255 / 219); /* VP8 is BT.601, limited range */
    }
    if (hi - lo < LEAST_CONTRAST)
        return;
    for (int i = 0; i < BLOCK * BLOCK; i++)
        stray += abs(luma[i] - sum / (BLOCK * BLOCK));
    ++*detailed;
    *kept += 3 * err <= stray + BLOCK * BLOCK;
}

/* How many of the blocks with detail come through in the coded picture, in percent. PSNR over the whole of it would not see this. */
static lp_status keeps_text(const AVFrame *in, const AVPacket *coded, int *percent, lp_diag *d)
{
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_WEBP);
    AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
    AVFrame *f = av_frame_alloc();
    int64_t detailed = 0, kept = 0;
    int e = c && f ? avcodec_open2(c, codec, NULL) : AVERROR(ENOMEM);
    if (e >= 0)
        e = avcodec_send_packet(c, coded);
    if (e >= 0)
        e = avcodec_receive_frame(c, f);
    for (int y = 0; e >= 0 && y + BLOCK <= in->height && f->data[0]; y += BLOCK)
        for (int x = 0; x + BLOCK <= in->width; x += BLOCK)
            compare_block(in, f, x, y, &detailed, &kept);
    *percent = e < 0 ? 0 : detailed ? (int)(100 * kept / detailed) : 100;
    avcodec_free_context(&c);
    av_frame_free(&f);
    return e == AVERROR(ENOMEM) ? lp_fail_nomem(d) : LP_OK;
}

static lp_status near_lossless(const AVFrame *from, AVFrame **out, lp_diag *d)
{
    uint8_t *line = lp_calloc((size_t)from->width, 8);
    *out = new_picture(AV_PIX_FMT_BGRA, from->width, from->height);
    if (!line || !*out || av_frame_copy(*out, from) < 0) {
        lp_free(line);
        av_frame_free(out);
        return lp_fail_nomem(d);
    }
    lp_near_lossless((*out)->data[0], (*out)->linesize[0], from->width, from->height, line);
    lp_free(line);
    return LP_OK;
}

/* Keeps the smaller of two codings in *best. */
static int take_smaller(AVPacket **best, AVPacket *other)
{
    int is_smaller = !*best || other->size < (*best)->size;
    AVPacket *loser = is_smaller ? *best : other;
    if (is_smaller)
        *best = other;
    av_packet_free(&loser);
    return is_smaller;
}

static lp_status code_lossy(const AVFrame *in, lp_ladder_step step, int effort, AVPacket **out, int *kept, lp_diag *d)
{
    av_packet_free(out);
    lp_status s = webp(in, 0, qualities[step], effort, out, d);
    return s == LP_OK ? keeps_text(in, *out, kept, d) : s;
}

static lp_status code_near(const AVFrame *in, AVPacket **out, lp_diag *d)
{
    AVFrame *near = NULL;
    av_packet_free(out);
    lp_status s = near_lossless(in, &near, d);
    if (s == LP_OK)
        s = webp(near, 1, 0, LOSSLESS_EFFORT, out, d);
    av_frame_free(&near);
    return s;
}

/* The smallest coding that keeps the words: lossy, else near-lossless; lossless where that is smaller still. */
static lp_status code(const AVFrame *in, AVPacket **best, int *is_lossless, lp_diag *d)
{
    int kept = 0, is_done = 0;
    AVPacket *pkt = NULL;
    *best = NULL;
    *is_lossless = 0;
    lp_status s = code_lossy(in, LP_LADDER_LOW, QUICK_EFFORT, best, &kept, d);
    lp_ladder_step step = lp_ladder_begin(kept);
    while (s == LP_OK && step != LP_LADDER_NEAR && !is_done) {
        s = code_lossy(in, step, EFFORT, best, &kept, d);
        lp_ladder_step next = lp_ladder_next(step, kept);
        is_done = next == step;
        step = next;
    }
    if (s == LP_OK && step == LP_LADDER_NEAR)
        s = code_near(in, best, d);
    if (s != LP_OK || !has_few_colours(in))
        return s;
    s = webp(in, 1, 0, LOSSLESS_EFFORT, &pkt, d);
    if (s == LP_OK)
        *is_lossless = take_smaller(best, pkt);
    else
        av_packet_free(&pkt);
    return s;
}

static lp_status take_frame(const lp_encode_job *j, lp_videoread **r, int64_t t_us, AVFrame **out, lp_diag *d)
{
    const lp_session *s = j->session;
    lp_video_ref v = { s->media.path, s->streams[s->video].index, s->origin_us };
    const AVFrame *f = NULL;
    *out = NULL;
    lp_status st = *r ? LP_OK : lp_videoread_open(&v, 0, r, d);
    if (st == LP_OK)
        st = lp_videoread_at(*r, t_us, &f, d);
    if (st == LP_OK && !f)
        st = lp_fail(d, LP_ERR_INPUT, 0, "%s: no picture can be decoded at %lld s", s->media.name,
                     (long long)(t_us / 1000000));
    if (st == LP_OK)
        st = to_bgra(f, lp_videoread_stream(*r), out, d);
    if (st == LP_OK)
        st = turn(out, lp_videoread_stream(*r), d);
    return st;
}

static lp_status make_one(void *user, size_t i, size_t worker, lp_diag *d)
{
    stills *u = user;
    const lp_plan_slide *slide = &u->j->plan->slides[i];
    AVFrame *f = NULL;
    AVPacket *pkt = NULL;
    lp_arena a = { 0 };
    if (slide->same_as >= 0)
        return LP_OK;
    char *path = lp_arena_printf(&a, "%s/still-%04zu.webp", u->j->dir, i + 1);
    lp_status s = path ? take_frame(u->j, &u->readers[worker % MAX_WORKERS], slide->picture_us, &f, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = code(f, &pkt, &u->made[i].is_lossless, d);
    if (s == LP_OK)
        s = lp_sha256_bytes(pkt->data, (size_t)pkt->size, u->made[i].hex, d);
    if (s == LP_OK)
        s = lp_file_write(path, pkt->data, (size_t)pkt->size, d);
    if (s == LP_OK) {
        u->made[i].bytes = pkt->size;
        u->made[i].width_px = f->width;
        u->made[i].height_px = f->height;
        lp_progress_tell(u->j->progress, slide->t_us, u->j->plan->duration_us);
        s = lp_progress_check(u->j->progress, d);
    }
    av_packet_free(&pkt);
    av_frame_free(&f);
    lp_arena_clear(&a);
    return s;
}

/* Equal bytes are one file, whether survey saw that the slides are equal or not. */
static lp_status gather(const stills *u, lp_arena *a, lp_media *out, lp_diag *d)
{
    const lp_plan *p = u->j->plan;
    for (size_t i = 0; i < p->n_slides; i++) {
        size_t at = p->slides[i].same_as >= 0 ? (size_t)p->slides[i].same_as : i;
        int found = -1;
        for (size_t k = 0; k < out->n && found < 0; k++)
            if (lp_str_eq(out->files[k].sha256, u->made[at].hex))
                found = (int)k;
        out->slide_file[i] = found;
        if (found >= 0)
            continue;
        if (lp_arena_grow(a, (void **)&out->files, out->n, &out->cap, sizeof(*out->files), 100000) != 0)
            return lp_fail_nomem(d);
        out->files[out->n] = (lp_media_file){ .path = lp_arena_printf(a, "still-%04zu.webp", at + 1),
                                              .role = LP_MEDIA_STILL,
                                              .type = "image/webp",
                                              .ext = "webp",
                                              .bytes = u->made[at].bytes,
                                              .sha256 = lp_arena_strdup(a, u->made[at].hex),
                                              .width_px = u->made[at].width_px,
                                              .height_px = u->made[at].height_px,
                                              .is_lossless = u->made[at].is_lossless };
        if (!out->files[out->n].path || !out->files[out->n].sha256)
            return lp_fail_nomem(d);
        out->slide_file[i] = (int)out->n++;
    }
    return LP_OK;
}

lp_status lp_encode_stills(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d)
{
    size_t n = j->plan->n_slides;
    *out = (lp_media){ .sound = -1, .video = -1, .n_slides = n };
    stills u = { .j = j, .made = lp_calloc(n, sizeof(*u.made)) };
    out->slide_file = lp_arena_alloc(a, n, sizeof(*out->slide_file));
    lp_status s = u.made && out->slide_file ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_parallel(n, j->n_threads, make_one, &u, d);
    if (s == LP_OK)
        s = gather(&u, a, out, d);
    for (size_t i = 0; i < MAX_WORKERS; i++)
        lp_videoread_close(&u.readers[i]);
    lp_free(u.made);
    return s;
}
