#include "av/soundread.h"

#include <math.h>
#include <string.h>

#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>

#include "av/joined.h"
#include "av/open.h"
#include "base/mem.h"

enum { SLACK = LP_SOUND_HZ / 20, GAP = LP_SOUND_HZ / 5, SILENCE = 4800, MAX_GAPS = 1000 };

struct lp_sound {
    AVFormatContext *f;
    lp_joined joined;
    AVCodecContext *c;
    SwrContext *swr;
    AVPacket *pkt;
    AVFrame *frame;
    int stream, rate, format, n_channels, is_end, is_draining;
    int64_t origin_us, at, end; /* in samples of 48 kHz */
    float *buf, silence[2 * SILENCE];
    size_t cap, n, skip; /* decoded samples that wait in buf, from `skip` on */
    int64_t pad;         /* silence that comes before them */
    lp_sound_stats stats;
    lp_sound_gap *gaps;
    size_t n_gaps, cap_gaps;
};

lp_status lp_sound_open(const lp_sound_ref *of, lp_sound **out, lp_diag *d)
{
    lp_sound *s = lp_calloc(1, sizeof(*s));
    *out = NULL;
    if (!s)
        return lp_fail_nomem(d);
    s->stream = of->stream;
    s->joined = (lp_joined){ .joints = of->joints, .stream = of->stream };
    s->origin_us = of->origin_us;
    s->end = av_rescale(of->duration_us, LP_SOUND_HZ, 1000000);
    s->stats.start_us = INT64_MAX;
    s->rate = -1;
    lp_status r = lp_av_open_again(of->path, &s->f, d);
    if (r == LP_OK && (unsigned)of->stream >= s->f->nb_streams)
        r = lp_fail(d, LP_ERR_INPUT, 0, "%s: stream %d is gone; was the file replaced?", of->path, of->stream);
    if (r == LP_OK)
        r = lp_av_decoder(s->f, of->stream, &s->c, d);
    if (r == LP_OK && (!(s->pkt = av_packet_alloc()) || !(s->frame = av_frame_alloc())))
        r = lp_fail_nomem(d);
    if (r != LP_OK) {
        lp_sound_close(&s);
        return r;
    }
    for (unsigned i = 0; i < s->f->nb_streams; i++)
        if ((int)i != of->stream)
            s->f->streams[i]->discard = AVDISCARD_ALL;
    *out = s;
    return LP_OK;
}

void lp_sound_close(lp_sound **s)
{
    if (!*s)
        return;
    av_packet_free(&(*s)->pkt);
    av_frame_free(&(*s)->frame);
    swr_free(&(*s)->swr);
    avcodec_free_context(&(*s)->c);
    avformat_close_input(&(*s)->f);
    lp_free((*s)->buf);
    lp_free((*s)->gaps);
    lp_free(*s);
    *s = NULL;
}

int64_t lp_sound_at_us(const lp_sound *s)
{
    return av_rescale(s->at, 1000000, LP_SOUND_HZ);
}

lp_sound_stats lp_sound_get_stats(const lp_sound *s)
{
    return s->stats;
}

const lp_sound_gap *lp_sound_gaps(const lp_sound *s, size_t *n)
{
    *n = s->n_gaps;
    return s->gaps;
}

static lp_status note_gap(lp_sound *s, lp_diag *d)
{
    int64_t until = s->pad < s->end - s->at ? s->at + s->pad : s->end;
    if (s->pad <= GAP || s->at == 0 || until <= s->at)
        return LP_OK;
    s->stats.gap_us += av_rescale(until - s->at, 1000000, LP_SOUND_HZ);
    if (s->n_gaps == MAX_GAPS)
        return LP_OK;
    if (lp_grow((void **)&s->gaps, s->n_gaps, &s->cap_gaps, sizeof(*s->gaps), MAX_GAPS) != 0)
        return lp_fail_nomem(d);
    s->gaps[s->n_gaps++] = (lp_sound_gap){ lp_sound_at_us(s), av_rescale(until, 1000000, LP_SOUND_HZ) };
    return LP_OK;
}

/* One damaged frame can be a million times louder than the rest: it would set the loudness of the whole. */
static void drop_damage(lp_sound *s, size_t n)
{
    for (size_t i = 0; i < 2 * n; i++)
        if (!(fabsf(s->buf[i]) <= LP_SOUND_MOST)) {
            memset(s->buf, 0, 2 * n * sizeof(*s->buf));
            s->stats.n_errors++;
            return;
        }
}

/* A resampler for this frame's kind; a new one where the kind changed in mid-stream. */
static lp_status fit_resampler(lp_sound *s, lp_diag *d)
{
    const AVFrame *f = s->frame;
    if (s->swr && s->rate == f->sample_rate && s->format == f->format && s->n_channels == f->ch_layout.nb_channels)
        return LP_OK;
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO, in;
    if (f->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&in, f->ch_layout.nb_channels);
    else if (av_channel_layout_copy(&in, &f->ch_layout) < 0)
        return lp_fail_nomem(d);
    swr_free(&s->swr);
    int e = swr_alloc_set_opts2(&s->swr, &stereo, AV_SAMPLE_FMT_FLT, LP_SOUND_HZ, &in, (enum AVSampleFormat)f->format,
                                f->sample_rate, 0, NULL);
    /* one channel goes to both sides whole, so that mono is not 3 dB softer than a stereo of two equal sides */
    static const double both[] = { 1, 1 };
    if (e >= 0 && in.nb_channels == 1)
        e = swr_set_matrix(s->swr, both, 1);
    if (e >= 0)
        e = swr_init(s->swr);
    av_channel_layout_uninit(&in);
    s->rate = f->sample_rate;
    s->format = f->format;
    s->n_channels = f->ch_layout.nb_channels;
    return e < 0 ? lp_fail_av(d, LP_ERR_UNSUPPORTED, e, s->f->url, "its sound can not be resampled") : LP_OK;
}

/* Puts the decoded frame into buf and decides what of it, and how much silence before it, is due. */
static lp_status take_frame(lp_sound *s, lp_diag *d)
{
    lp_status r = fit_resampler(s, d);
    if (r != LP_OK)
        return r;
    int room = swr_get_out_samples(s->swr, s->frame->nb_samples);
    if (room < 0 || (size_t)room > s->cap) {
        float *p = room < 0 ? NULL : lp_realloc_array(s->buf, (size_t)room * 2, sizeof(*p));
        if (!p)
            return lp_fail_nomem(d);
        s->buf = p;
        s->cap = (size_t)room;
    }
    uint8_t *out[1] = { (uint8_t *)s->buf };
    int n = swr_convert(s->swr, out, room, (const uint8_t **)s->frame->extended_data, s->frame->nb_samples);
    if (n < 0) {
        s->stats.n_errors++;
        return LP_OK;
    }
    drop_damage(s, (size_t)n);
    s->n = (size_t)n;
    s->skip = 0;
    s->pad = 0;
    int64_t t = lp_av_time_us(s->frame->best_effort_timestamp, s->f->streams[s->stream]->time_base, s->origin_us);
    if (t != INT64_MIN) {
        int64_t want = av_rescale(t, LP_SOUND_HZ, 1000000), off = want - s->at;
        if (off > SLACK || (s->at == 0 && off > 0))
            s->pad = off;
        else if (off < -SLACK || (s->at == 0 && off < 0))
            s->skip = (uint64_t)-off < s->n ? (size_t)-off : s->n;
        if (t < s->stats.start_us)
            s->stats.start_us = t;
    }
    return note_gap(s, d);
}

static lp_status decode_next(lp_sound *s, lp_diag *d)
{
    for (;;) {
        int e = avcodec_receive_frame(s->c, s->frame);
        s->stats.n_frames += e >= 0;
        if (e >= 0)
            return s->frame->nb_samples > 0 && s->frame->sample_rate > 0 ? take_frame(s, d) : LP_OK;
        if (e == AVERROR(ENOMEM))
            return lp_fail_nomem(d);
        if (e == AVERROR_EOF || (e != AVERROR(EAGAIN) && s->is_draining)) {
            s->is_end = 1;
            return LP_OK;
        }
        if (e != AVERROR(EAGAIN))
            s->stats.n_errors++;
        if (lp_joined_next(&s->joined, s->f, s->pkt) < 0) {
            s->is_draining = 1;
            (void)avcodec_send_packet(s->c, NULL);
        } else if (avcodec_send_packet(s->c, s->pkt) < 0) {
            s->stats.n_errors++;
        }
    }
}

lp_status lp_sound_read(lp_sound *s, const float **lr, size_t *n, lp_diag *d)
{
    *n = 0;
    while (!s->is_end && s->pad == 0 && s->skip >= s->n) {
        lp_status r = decode_next(s, d);
        if (r != LP_OK)
            return r;
    }
    if (s->at >= s->end || (s->is_end && s->skip >= s->n && s->pad == 0))
        return LP_OK;
    if (s->pad > 0) {
        *n = s->pad < SILENCE ? (size_t)s->pad : SILENCE;
        *lr = s->silence;
        s->pad -= (int64_t)*n;
    } else {
        *n = s->n - s->skip;
        *lr = s->buf + 2 * s->skip;
        s->skip = s->n;
    }
    if (s->at + (int64_t)*n > s->end)
        *n = (size_t)(s->end - s->at);
    s->at += (int64_t)*n;
    s->stats.end_us = lp_sound_at_us(s);
    return LP_OK;
}
