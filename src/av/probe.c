#include "av/probe.h"

#include "av/open.h"

enum { CHECK_EVERY = 256, BACKWARDS_US = 1000000, RUN_STEP_US = 10000000 };

static char *tag(const AVDictionary *m, const char *key, lp_arena *a)
{
    const AVDictionaryEntry *e = av_dict_get(m, key, NULL, 0);
    return e && e->value[0] ? lp_arena_strdup(a, e->value) : NULL;
}

static lp_probe_kind kind_of(enum AVMediaType t)
{
    return t == AVMEDIA_TYPE_VIDEO      ? LP_PROBE_VIDEO
           : t == AVMEDIA_TYPE_AUDIO    ? LP_PROBE_AUDIO
           : t == AVMEDIA_TYPE_SUBTITLE ? LP_PROBE_SUBTITLE
                                        : LP_PROBE_OTHER;
}

/* What the index of a MOV shows of a stream. Its header gives the length of all that was recorded, cut away or not. */
static int indexed_span(AVStream *st, int64_t *start_us, int64_t *end_us)
{
    int64_t first = INT64_MAX, last = INT64_MIN, before = INT64_MIN;
    int n = avformat_index_get_entries_count(st);
    for (int i = 0; i < n; i++) {
        const AVIndexEntry *e = avformat_index_get_entry(st, i);
        if (e->flags & AVINDEX_DISCARD_FRAME)
            continue;
        first = e->timestamp < first ? e->timestamp : first;
        if (e->timestamp > last) {
            before = last;
            last = e->timestamp;
        }
    }
    if (st->nb_frames <= 0 || before == INT64_MIN)
        return 0;
    *start_us = lp_av_time_us(first, st->time_base, 0);
    *end_us = lp_av_time_us(last + (last - before), st->time_base, 0);
    return *start_us != INT64_MIN && *end_us != INT64_MIN;
}

/* A MOV with cuts claims no more than they leave. A file in fragments has no index of the whole. */
static void claim_what_is_shown(const AVFormatContext *f, lp_probe *out)
{
    int64_t from = INT64_MAX, to = INT64_MIN;
    if (!lp_av_is_mov(f))
        return;
    for (size_t i = 0; i < out->n_streams; i++) {
        lp_probe_stream *s = &out->streams[i];
        int64_t start, end;
        if (s->is_cover || (s->kind != LP_PROBE_VIDEO && s->kind != LP_PROBE_AUDIO))
            continue;
        if (!indexed_span(f->streams[i], &start, &end))
            return;
        if (s->claimed_us > end - start)
            s->claimed_us = end - start;
        from = start < from ? start : from;
        to = end > to ? end : to;
    }
    if (to > from && out->claimed_us > to - from)
        out->claimed_us = to - from;
}

static void describe(const AVStream *st, lp_arena *a, lp_probe_stream *out)
{
    const AVCodecParameters *c = st->codecpar;
    *out = (lp_probe_stream){
        .kind = kind_of(c->codec_type),
        .codec = avcodec_get_name(c->codec_id),
        .lang = tag(st->metadata, "language", a),
        .is_default = (st->disposition & AV_DISPOSITION_DEFAULT) != 0,
        .is_cover = (st->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0,
        .can_decode = avcodec_find_decoder(c->codec_id) != NULL,
        .width_px = c->width,
        .height_px = c->height,
        .rate_hz = c->sample_rate,
        .n_channels = c->ch_layout.nb_channels,
        .claimed_us = -1,
        .claimed_packets = st->nb_frames > 0 ? st->nb_frames : 0,
        .start_us = INT64_MIN,
        .end_us = INT64_MIN,
        .gap_at_us = INT64_MIN,
        .behind_at_us = INT64_MIN,
        .run_end_us = INT64_MIN,
    };
    if (st->duration != AV_NOPTS_VALUE && st->duration > 0)
        out->claimed_us = lp_av_time_us(st->duration, st->time_base, 0);
}

static lp_status describe_all(const AVFormatContext *f, lp_arena *a, lp_probe *out, lp_diag *d)
{
    *out = (lp_probe){
        .container = f->iformat->name, /* static storage in libavformat */
        .title = tag(f->metadata, "title", a),
        .created = tag(f->metadata, "creation_time", a),
        .claimed_us = f->duration != AV_NOPTS_VALUE && f->duration > 0 ? f->duration : -1,
        .is_without_edits = lp_av_is_without_edits(f),
        .n_streams = f->nb_streams,
        .n_chapters = f->nb_chapters,
        .streams = lp_arena_alloc(a, f->nb_streams, sizeof(*out->streams)),
        .chapters = lp_arena_alloc(a, f->nb_chapters, sizeof(*out->chapters)),
    };
    if (!out->streams || !out->chapters)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < out->n_streams; i++)
        describe(f->streams[i], a, &out->streams[i]);
    claim_what_is_shown(f, out);
    for (size_t i = 0; i < out->n_chapters; i++) {
        const AVChapter *c = f->chapters[i];
        const char *title = tag(c->metadata, "title", a);
        out->chapters[i].t_us = lp_av_time_us(c->start, c->time_base, 0);
        out->chapters[i].title = title ? title : "";
    }
    return LP_OK;
}

/* A packet at a time that the stream had passed long before: recorders start their clock anew. */
static void take_behind(lp_probe_stream *s, int64_t t, int64_t end)
{
    if (s->run_end_us == INT64_MIN || t < s->run_end_us - BACKWARDS_US) {
        s->n_backwards++;
        s->run_end_us = t;
        if (s->behind_at_us == INT64_MIN)
            s->behind_at_us = s->end_us;
    }
    if (end > s->run_end_us) {
        s->behind_us += end - s->run_end_us < RUN_STEP_US ? end - s->run_end_us : 0;
        s->run_end_us = end;
    }
}

static void take(lp_probe_stream *s, const AVPacket *pkt, AVRational tb)
{
    s->n_packets++;
    s->bytes += pkt->size;
    s->n_corrupt += (pkt->flags & AV_PKT_FLAG_CORRUPT) != 0;
    int64_t t = lp_av_time_us(pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts, tb, 0);
    if (t == INT64_MIN || (pkt->flags & AV_PKT_FLAG_DISCARD)) /* decoded for a cut, not shown */
        return;
    int64_t len = pkt->duration > 0 ? lp_av_time_us(pkt->duration, tb, 0) : 0;
    int64_t end = len > 0 && len < 3600 * (int64_t)1000000 && t < INT64_MAX / 4 ? t + len : t;
    if (s->start_us == INT64_MIN || t < s->start_us)
        s->start_us = t;
    if (s->end_us != INT64_MIN && t - s->end_us > s->longest_gap_us) {
        s->longest_gap_us = t - s->end_us;
        s->gap_at_us = s->end_us;
    }
    if (s->end_us != INT64_MIN && t < s->end_us - BACKWARDS_US)
        take_behind(s, t, end);
    else
        s->run_end_us = INT64_MIN;
    if (s->end_us == INT64_MIN || end > s->end_us)
        s->end_us = end;
}

lp_status lp_probe_read(const char *path, lp_arena *a, const lp_progress *p, lp_probe *out, lp_diag *d)
{
    AVFormatContext *f = NULL;
    AVPacket *pkt = NULL;
    lp_status s = lp_av_open(path, &f, d);
    if (s != LP_OK)
        return s;
    s = describe_all(f, a, out, d);
    if (s != LP_OK)
        goto done;
    pkt = av_packet_alloc();
    if (!pkt) {
        s = lp_fail_nomem(d);
        goto done;
    }
    size_t n_known = out->n_streams; /* a stream that turns up later (MPEG-TS) is not counted */
    int e = 0;
    for (int64_t i = 0; (e = av_read_frame(f, pkt)) >= 0; i++) {
        if ((size_t)pkt->stream_index < n_known) {
            lp_probe_stream *st = &out->streams[pkt->stream_index];
            take(st, pkt, f->streams[pkt->stream_index]->time_base);
            if (i % CHECK_EVERY == 0 && st->end_us != INT64_MIN)
                lp_progress_tell(p, st->end_us, out->claimed_us > 0 ? out->claimed_us : 0);
        }
        av_packet_unref(pkt);
        if (i % CHECK_EVERY == 0 && (s = lp_progress_check(p, d)) != LP_OK)
            goto done;
    }
    if (e == AVERROR(ENOMEM))
        s = lp_fail_nomem(d);
    out->read_error = e == AVERROR_EOF ? 0 : e;
done:
    av_packet_free(&pkt);
    avformat_close_input(&f);
    return s;
}
