#include "av/videoread.h"

#include "av/joined.h"
#include "base/mem.h"

enum { NEAR_US = 3000000, REORDER_US = 1000000, AT_US = 1000000 };

struct lp_videoread {
    lp_video_ref v;
    AVFormatContext *f;
    lp_joined joined;
    AVCodecContext *c;
    AVPacket *pkt;
    AVFrame *frame, *before; /* before: the last one left out at the start of the range; empty: none */
    int64_t start_us, end_us;
    int64_t at_us;  /* the last packet read; INT64_MIN: at the start of the file */
    int is_held;    /* pkt was read but belongs to what comes next */
    int has_key;    /* the decoder has been given the range's key frame */
    int is_draining;
    enum AVDiscard skip; /* of what lies within the range */
    int wants_start_only; /* what comes before the range is decoded for its start alone */
    lp_picture_stats stats;
};

lp_status lp_videoread_open(const lp_video_ref *v, int skip_unreferenced, lp_videoread **out, lp_diag *d)
{
    lp_videoread *r = lp_calloc(1, sizeof(*r));
    *out = NULL;
    if (!r)
        return lp_fail_nomem(d);
    r->v = *v;
    r->joined = (lp_joined){ .joints = v->joints, .stream = v->stream };
    r->at_us = INT64_MIN;
    lp_status s = lp_av_open_again(v->path, &r->f, d);
    if (s == LP_OK && (unsigned)v->stream >= r->f->nb_streams)
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: stream %d is gone; was the file replaced?", v->path, v->stream);
    if (s == LP_OK)
        s = lp_av_decoder(r->f, v->stream, &r->c, d);
    if (s == LP_OK && (!(r->pkt = av_packet_alloc()) || !(r->frame = av_frame_alloc()) ||
                       !(r->before = av_frame_alloc())))
        s = lp_fail_nomem(d);
    if (s != LP_OK) {
        lp_videoread_close(&r);
        return s;
    }
    if (skip_unreferenced)
        r->c->skip_frame = AVDISCARD_NONREF;
    r->skip = r->c->skip_frame;
    for (unsigned i = 0; i < r->f->nb_streams; i++)
        if ((int)i != v->stream)
            r->f->streams[i]->discard = AVDISCARD_ALL;
    *out = r;
    return LP_OK;
}

void lp_videoread_close(lp_videoread **r)
{
    if (!*r)
        return;
    av_packet_free(&(*r)->pkt);
    av_frame_free(&(*r)->frame);
    av_frame_free(&(*r)->before);
    avcodec_free_context(&(*r)->c);
    avformat_close_input(&(*r)->f);
    lp_free(*r);
    *r = NULL;
}

const AVFrame *lp_videoread_before(const lp_videoread *r)
{
    return r->before->buf[0] ? r->before : NULL;
}

const AVStream *lp_videoread_stream(const lp_videoread *r)
{
    return r->f->streams[r->v.stream];
}

lp_picture_stats lp_videoread_stats(const lp_videoread *r)
{
    return r->stats;
}

/* Reads the stream's next packet into r->pkt. Returns 0, or a negative AVERROR at the end. */
static int next_packet(lp_videoread *r)
{
    if (r->is_held) {
        r->is_held = 0;
        return 0;
    }
    return lp_joined_next(&r->joined, r->f, r->pkt);
}

static int64_t packet_us(const lp_videoread *r)
{
    int64_t ts = r->pkt->pts != AV_NOPTS_VALUE ? r->pkt->pts : r->pkt->dts;
    return lp_av_time_us(ts, lp_videoread_stream(r)->time_base, r->v.origin_us);
}

static void seek_to(lp_videoread *r, int64_t t_us)
{
    const AVStream *st = lp_videoread_stream(r);
    int64_t ts = av_rescale_q(t_us + r->v.origin_us, AV_TIME_BASE_Q, st->time_base);
    if (r->v.joints && r->v.joints->n_landings)
        lp_joined_seek(&r->joined, r->f, t_us + r->v.origin_us);
    else if (av_seek_frame(r->f, r->v.stream, ts, AVSEEK_FLAG_BACKWARD) < 0)
        av_seek_frame(r->f, -1, r->f->start_time != AV_NOPTS_VALUE ? r->f->start_time : 0, AVSEEK_FLAG_BACKWARD);
    r->is_held = 0;
    r->at_us = INT64_MIN;
}

void lp_videoread_forget(lp_videoread *r)
{
    if (r->at_us != INT64_MIN) {
        r->at_us = INT64_MAX; /* nothing lies just ahead of it */
        r->is_held = 0;
    }
}

lp_status lp_videoread_range(lp_videoread *r, int64_t start_us, int64_t end_us, lp_diag *d)
{
    int is_ahead = r->at_us != INT64_MIN && start_us > r->at_us && start_us - r->at_us < NEAR_US;
    avcodec_flush_buffers(r->c);
    av_frame_unref(r->before);
    r->start_us = start_us;
    r->end_us = end_us;
    r->has_key = r->is_draining = r->wants_start_only = 0;
    if (is_ahead || (r->at_us == INT64_MIN && start_us < NEAR_US))
        return LP_OK; /* reading on is as fast as seeking */
    seek_to(r, start_us);
    int e = next_packet(r);
    int64_t t = e < 0 ? INT64_MIN : packet_us(r);
    if (e < 0 || t > start_us) { /* an index that lies, or none: from the start then */
        seek_to(r, -r->v.origin_us);
        avformat_flush(r->f);
    } else {
        r->is_held = 1;
    }
    (void)d;
    return LP_OK;
}

/* Gives the decoder one packet, or the end. */
static void feed(lp_videoread *r)
{
    int e = next_packet(r);
    if (e < 0) {
        (void)avcodec_send_packet(r->c, NULL);
        r->is_draining = 1;
        return;
    }
    int64_t t = packet_us(r), dts = lp_av_time_us(r->pkt->dts, lp_videoread_stream(r)->time_base, r->v.origin_us);
    r->at_us = t != INT64_MIN ? t : r->at_us;
    int is_key = (r->pkt->flags & AV_PKT_FLAG_KEY) != 0;
    if (!r->has_key && !is_key && (t == INT64_MIN || t < r->start_us))
        return; /* at the start of the range anything is tried: some recorders flag no key frame */
    if ((dts != INT64_MIN ? dts : t) >= r->end_us + (dts != INT64_MIN ? 0 : REORDER_US)) {
        r->is_held = 1;
        (void)avcodec_send_packet(r->c, NULL);
        r->is_draining = 1;
        return;
    }
    r->has_key = 1;
    int is_before = r->wants_start_only && r->pkt->pts != AV_NOPTS_VALUE && t < r->start_us;
    r->c->skip_frame = is_before ? AVDISCARD_NONREF : r->skip;
    if (avcodec_send_packet(r->c, r->pkt) < 0)
        r->stats.n_errors++;
}

lp_status lp_videoread_next(lp_videoread *r, const AVFrame **frame, int64_t *t_us, lp_diag *d)
{
    *frame = NULL;
    for (;;) {
        av_frame_unref(r->frame);
        int e = avcodec_receive_frame(r->c, r->frame);
        if (e == AVERROR(EAGAIN)) {
            feed(r);
            continue;
        }
        if (e == AVERROR(ENOMEM))
            return lp_fail_nomem(d);
        if (e == AVERROR_EOF || (e < 0 && r->is_draining))
            return LP_OK;
        if (e < 0) {
            r->stats.n_errors++;
            continue;
        }
        r->stats.n_decoded++;
        r->stats.n_errors += (r->frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || r->frame->decode_error_flags != 0;
        int64_t ts = r->frame->best_effort_timestamp;
        *t_us = lp_av_time_us(ts, lp_videoread_stream(r)->time_base, r->v.origin_us);
        if (*t_us == INT64_MIN || r->frame->width <= 0)
            continue;
        if (*t_us < r->start_us) {
            av_frame_unref(r->before);
            av_frame_move_ref(r->before, r->frame);
            continue;
        }
        if (*t_us >= r->end_us) {
            if (*t_us > r->end_us + REORDER_US)
                return LP_OK;
            continue;
        }
        *frame = r->frame;
        return LP_OK;
    }
}

lp_status lp_videoread_at(lp_videoread *r, int64_t t_us, const AVFrame **frame, lp_diag *d)
{
    int64_t at = 0;
    *frame = NULL;
    lp_videoread_forget(r); /* reading on from a moment just before would miss the key frame that both need */
    lp_status s = lp_videoread_range(r, t_us, t_us + AT_US, d);
    r->wants_start_only = 1;
    if (s == LP_OK)
        s = lp_videoread_next(r, frame, &at, d);
    if (s == LP_OK && !*frame)
        s = lp_videoread_range(r, t_us, INT64_MAX / 4, d);
    return s == LP_OK && !*frame ? lp_videoread_next(r, frame, &at, d) : s;
}
