#include "encode/encode.h"

#include <stdio.h>

#include <libswscale/swscale.h>

#include "av/hash.h"
#include "av/videoread.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/str.h"
#include "base/turn.h"
#include "encode/webp.h"

enum { MAX_WORKERS = 64 };

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

/* Square pixels, upright, full-range BGRA: what every picture coder here understands the same way. */
static lp_status to_bgra(const AVFrame *in, const AVStream *st, AVFrame **out, lp_diag *d)
{
    int w = in->width, h = in->height;
    AVRational sar = in->sample_aspect_ratio.num > 0 ? in->sample_aspect_ratio : st->sample_aspect_ratio;
    if (sar.num > 0 && sar.den > 0 && sar.num != sar.den && sar.num < 8 * sar.den && sar.den < 8 * sar.num)
        w = (int)av_rescale(w, sar.num, sar.den);
    *out = lp_webp_picture(w, h);
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
    int quarters = lp_av_quarters(st);
    if (quarters == 0)
        return LP_OK;
    int w = (*f)->width, h = (*f)->height, is_across = quarters % 2;
    AVFrame *t = lp_webp_picture(is_across ? h : w, is_across ? w : h);
    if (!t)
        return lp_fail_nomem(d);
    lp_turn((lp_plane){ (*f)->data[0], (*f)->linesize[0] }, w, h, 4, quarters, (lp_plane){ t->data[0], t->linesize[0] });
    av_frame_free(f);
    *f = t;
    return LP_OK;
}

static lp_status take_frame(const lp_encode_job *j, lp_videoread **r, int64_t t_us, AVFrame **out, lp_diag *d)
{
    const lp_session *s = j->session;
    lp_video_ref v = { s->media.path, s->streams[s->video].index, s->origin_us, &s->joints };
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
        s = lp_webp_code(f, &pkt, &u->made[i].is_lossless, d);
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
