#include "encode/encode.h"

#include <stdatomic.h>

#include "av/hash.h"
#include "av/mux.h"
#include "av/open.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "encode/video_chunk.h"

enum { MIN_CHUNK_US = 20 * 1000000, MAX_CHUNKS = 100000 };

typedef struct video_run {
    const lp_encode_job *j;
    lp_video_chunk *chunks;
    size_t n;
    atomic_llong done_us;
} video_run;

/* Chunks end at a slide change where one is near, at max_key_us anyway. */
static lp_status cut(const lp_plan *p, lp_arena *a, video_run *r, lp_diag *d)
{
    size_t cap = 0, k = 0;
    for (int64_t at = 0; at < p->duration_us;) {
        int64_t end = at + p->video.max_key_us;
        for (; k < p->n_key_times && p->key_times[k] < end; k++)
            if (p->key_times[k] >= at + MIN_CHUNK_US) {
                end = p->key_times[k];
                break;
            }
        if (p->duration_us - end < MIN_CHUNK_US)
            end = p->duration_us;
        if (lp_arena_grow(a, (void **)&r->chunks, r->n, &cap, sizeof(*r->chunks), MAX_CHUNKS) != 0)
            return lp_fail_nomem(d);
        r->chunks[r->n++] = (lp_video_chunk){ at, end };
        at = end;
    }
    return LP_OK;
}

static char *chunk_path(const video_run *r, size_t i, lp_arena *a)
{
    return lp_arena_printf(a, "%s/chunk-%05zu.mkv", r->j->dir, i);
}

static lp_status make_chunk(void *user, size_t i, size_t worker, lp_diag *d)
{
    video_run *r = user;
    lp_arena a = { 0 };
    (void)worker;
    char *path = chunk_path(r, i, &a);
    lp_status s = path ? lp_progress_check(r->j->progress, d) : lp_fail_nomem(d);
    /* a chunk has its name only when it is whole: one from a run that was killed is taken as it is */
    if (s == LP_OK && lp_file_stat(path).kind != LP_FILE_REGULAR)
        s = lp_video_chunk_encode(r->j, &r->chunks[i], path, d);
    long long len = r->chunks[i].end_us - r->chunks[i].start_us;
    lp_progress_tell(r->j->progress, atomic_fetch_add(&r->done_us, len) + len, r->j->plan->duration_us);
    lp_arena_clear(&a);
    return s;
}

/* Appends a chunk's packets; *held is the last one, written when its length is known. */
static lp_status append(const char *path, lp_mux *mux, AVPacket *held, AVPacket *pkt, lp_diag *d)
{
    AVFormatContext *f = NULL;
    lp_status s = lp_av_open(path, &f, d);
    while (s == LP_OK && av_read_frame(f, pkt) >= 0) {
        av_packet_rescale_ts(pkt, f->streams[0]->time_base, (AVRational){ 1, 1000 });
        if (held->data) {
            if (held->dts >= pkt->dts)
                pkt->dts = held->dts + 1;
            if (pkt->pts < pkt->dts)
                pkt->pts = pkt->dts;
            held->duration = pkt->dts - held->dts;
            s = lp_mux_write(mux, held, d);
        }
        av_packet_move_ref(held, pkt);
    }
    avformat_close_input(&f);
    return s;
}

/* The parameters the chunks were coded with. An encoder opened only for them would hang when closed: SVT-AV1
 * waits for a frame. */
static lp_status chunk_parameters(const char *path, AVCodecContext **out, lp_diag *d)
{
    AVFormatContext *f = NULL;
    lp_status s = lp_av_open(path, &f, d);
    if (s == LP_OK && f->nb_streams != 1)
        s = lp_fail(d, LP_ERR_IO, 0, "%s: a chunk of the video is damaged; remove it and run again", path);
    if (s == LP_OK && (!(*out = avcodec_alloc_context3(NULL)) || avcodec_parameters_to_context(*out, f->streams[0]->codecpar) < 0))
        s = lp_fail_nomem(d);
    if (s == LP_OK)
        (*out)->time_base = (AVRational){ 1, 1000 };
    avformat_close_input(&f);
    return s;
}

/* The type with its codec as RFC 6381 and the AV1 binding to ISOBMFF write it, from what Matroska stores of the stream:
 * av1C (profile and level in the second byte, tier and depth in the third) or avcC (the second to fourth byte). */
static const char *type_of(const AVCodecContext *c, lp_arena *a)
{
    const uint8_t *x = c->extradata;
    int is_av1 = c->codec_id == AV_CODEC_ID_AV1;
    if (!x || c->extradata_size < 4)
        return is_av1 ? "video/webm; codecs=av01.0.08M.08" : "video/mp4; codecs=avc1.640028";
    if (!is_av1)
        return lp_arena_printf(a, "video/mp4; codecs=avc1.%02x%02x%02x", x[1], x[2], x[3]);
    return lp_arena_printf(a, "video/webm; codecs=av01.%d.%02d%c.%s", x[1] >> 5, x[1] & 31, x[2] & 0x80 ? 'H' : 'M',
                           x[2] & 0x40 ? (x[2] & 0x20 ? "12" : "10") : "08");
}

static lp_status join(const video_run *r, const char *path, const char *format, lp_arena *a, const char **type, lp_diag *d)
{
    AVCodecContext *enc = NULL; /* only for its parameters */
    AVPacket *held = av_packet_alloc(), *pkt = av_packet_alloc();
    lp_mux *mux = NULL;
    char *first = chunk_path(r, 0, a);
    lp_status s = held && pkt && first ? chunk_parameters(first, &enc, d) : lp_fail_nomem(d);
    if (s == LP_OK && !(*type = type_of(enc, a)))
        s = lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_mux_open(path, format, enc, &mux, d);
    for (size_t i = 0; s == LP_OK && i < r->n; i++) {
        char *chunk = chunk_path(r, i, a);
        s = chunk ? append(chunk, mux, held, pkt, d) : lp_fail_nomem(d);
    }
    if (s == LP_OK && held->data) {
        int64_t end = r->j->plan->duration_us / 1000;
        held->duration = end > held->pts ? end - held->pts : 1;
        s = lp_mux_write(mux, held, d);
    }
    if (s == LP_OK)
        s = lp_mux_close(&mux, d);
    lp_mux_abort(&mux);
    avcodec_free_context(&enc);
    av_packet_free(&held);
    av_packet_free(&pkt);
    return s;
}

lp_status lp_encode_video(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d)
{
    const lp_video_plan *v = &j->plan->video;
    video_run r = { .j = j };
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    *out = (lp_media){ .sound = -1, .video = -1 };
    if (v->codec == LP_VIDEO_NONE)
        return LP_OK;
    lp_av_init();
    int is_av1 = v->codec == LP_VIDEO_AV1;
    const char *name = is_av1 ? "video.webm" : "video.mp4", *type = NULL;
    char *path = lp_path_join(a, j->dir, name), *tmp = lp_arena_printf(a, "%s/%s.tmp", j->dir, name);
    lp_status s = path && tmp ? cut(j->plan, a, &r, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_parallel(r.n, j->n_threads, make_chunk, &r, d);
    if (s == LP_OK)
        s = join(&r, tmp, is_av1 ? "webm" : "mp4", a, &type, d);
    if (s == LP_OK)
        s = lp_file_rename(tmp, path, d);
    if (s == LP_OK)
        s = lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, d);
    for (size_t i = 0; s == LP_OK && i < r.n; i++) {
        char *chunk = chunk_path(&r, i, a);
        s = chunk ? lp_file_remove(chunk, d) : lp_fail_nomem(d);
    }
    out->files = lp_arena_alloc(a, 1, sizeof(*out->files));
    if (s != LP_OK || !out->files)
        return s != LP_OK ? s : lp_fail_nomem(d);
    out->files[0] = (lp_media_file){ .path = name,
                                     .role = LP_MEDIA_VIDEO,
                                     .type = type,
                                     .ext = is_av1 ? "webm" : "mp4",
                                     .bytes = bytes,
                                     .sha256 = lp_arena_strdup(a, hex),
                                     .width_px = v->width_px,
                                     .height_px = v->height_px,
                                     .duration_us = j->plan->duration_us };
    out->n = out->cap = 1;
    out->video = 0;
    return out->files[0].sha256 ? LP_OK : lp_fail_nomem(d);
}
