#include "encode/take_frame.h"

#include <libswscale/swscale.h>

#include "base/turn.h"
#include "encode/webp.h"

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

lp_status lp_take_frame(const lp_encode_job *j, lp_videoread **r, int64_t t_us, AVFrame **out, lp_diag *d)
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
