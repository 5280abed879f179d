#include "encode/webp.h"

#include <limits.h>
#include <stdlib.h>

#include <libavutil/opt.h>

#include "av/open.h"
#include "base/mem.h"
#include "encode/drawn.h"
#include "encode/ladder.h"
#include "encode/near.h"

/* Lossy quality is tried where the words of recorded slides were measured to stay readable, then higher, where it takes
 * detail away (faint text, mostly). */
static const float qualities[] = { [LP_LADDER_LOW] = 12, [LP_LADDER_HIGH] = 40 };

/* libwebp's method: 2 takes a third of the time of 4. Lossless 2 is as small as 3 on recorded slides, 1 is half a percent more. */
enum { QUICK_EFFORT = 2, EFFORT = 4, LOSSLESS_EFFORT = 2 };

/* How hard libwebp looks for repeats: 96 gives 2 % fewer bytes on text than 60 in the same time. */
static const double lossless_quality = 96;

enum { BLOCK = 8, LEAST_CONTRAST = 24 };

AVFrame *lp_webp_picture(int w, int h)
{
    AVFrame *f = av_frame_alloc();
    if (f) {
        f->format = AV_PIX_FMT_BGRA;
        f->width = w;
        f->height = h;
        if (av_frame_get_buffer(f, 0) < 0)
            av_frame_free(&f);
    }
    return f;
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
        e = av_opt_set_double(c->priv_data, "quality", is_lossless ? lossless_quality : (double)quality, 0);
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

lp_status lp_webp_lossless(const AVFrame *in, AVPacket **out, lp_diag *d)
{
    return webp(in, 1, 0, LOSSLESS_EFFORT, out, d);
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

lp_status lp_webp_prepare(const AVFrame *from, AVFrame **out, int *is_drawn, lp_diag *d)
{
    int w = from->width, h = from->height;
    size_t line = 8 * (size_t)w, room = lp_drawn_scratch(w, h);
    void *scratch = lp_calloc(line > room ? line : room, 1);
    *out = lp_webp_picture(w, h);
    if (!scratch || !*out || av_frame_copy(*out, from) < 0) {
        lp_free(scratch);
        av_frame_free(out);
        return lp_fail_nomem(d);
    }
    *is_drawn = lp_drawn_clean((*out)->data[0], (*out)->linesize[0], w, h, scratch) > 0;
    if (!*is_drawn)
        lp_near_lossless((*out)->data[0], (*out)->linesize[0], w, h, scratch);
    lp_free(scratch);
    return LP_OK;
}

/* Keeps the smaller of two codings in *best; either may be there or not. */
static int take_smaller(AVPacket **best, AVPacket *other)
{
    int is_smaller = other && (!*best || other->size < (*best)->size);
    AVPacket *loser = is_smaller ? *best : other;
    if (is_smaller)
        *best = other;
    av_packet_free(&loser);
    return is_smaller;
}

/* One coding, and how much of the detail it keeps; where it takes too many bytes to be taken that is not looked at. */
static lp_status code_lossy(const AVFrame *in, lp_ladder_step step, int effort, int most, AVPacket **out, int *kept, lp_diag *d)
{
    av_packet_free(out);
    lp_status s = webp(in, 0, qualities[step], effort, out, d);
    if (s != LP_OK || lp_ladder_is_too_large((*out)->size, most))
        return s;
    return keeps_text(in, *out, kept, d);
}

/* The lowest lossy quality that keeps what is written, unless `most` bytes do not suffice for it; *out is NULL when none does. */
static lp_status lossy(const AVFrame *in, int most, AVPacket **out, lp_diag *d)
{
    int kept = 0;
    lp_status s = code_lossy(in, LP_LADDER_LOW, QUICK_EFFORT, most, out, &kept, d);
    lp_ladder_step step = s == LP_OK ? lp_ladder_begin(kept, (*out)->size, most) : LP_LADDER_NEAR;
    while (s == LP_OK && step != LP_LADDER_NEAR) {
        s = code_lossy(in, step, EFFORT, INT_MAX, out, &kept, d);
        lp_ladder_step next = lp_ladder_next(step, kept);
        if (next == step)
            return s;
        step = next;
    }
    av_packet_free(out);
    return s;
}

lp_status lp_webp_code(const AVFrame *in, AVPacket **best, int *is_lossless, lp_diag *d)
{
    AVFrame *clear = NULL;
    AVPacket *pkt = NULL;
    int is_drawn = 0;
    *best = NULL;
    *is_lossless = 0;
    lp_status s = lp_webp_prepare(in, &clear, &is_drawn, d);
    if (s == LP_OK && is_drawn)
        s = lp_webp_lossless(clear, best, d);
    if (s == LP_OK)
        s = lossy(in, *best ? (*best)->size : INT_MAX, &pkt, d);
    if (s == LP_OK)
        take_smaller(best, pkt);
    else
        av_packet_free(&pkt);
    if (s == LP_OK && !*best)
        s = lp_webp_lossless(clear, best, d);
    av_frame_free(&clear);
    if (s != LP_OK || !has_few_colours(in))
        return s;
    s = lp_webp_lossless(in, &pkt, d);
    if (s == LP_OK)
        *is_lossless = take_smaller(best, pkt);
    else
        av_packet_free(&pkt);
    return s;
}
