#include "av/probe.h"

#include "av/joined.h"
#include "av/open.h"
#include "av/picture_cc.h"

enum { CHECK_EVERY = 256, BACKWARDS_US = 1000000, RUN_STEP_US = 10000000, LANDING_US = 900000, MAX_LANDINGS = 1000000 };
/* Whoever captions sends padding from the start: where so many packets have none there are no captions. */
enum { LOOK_FOR_CAPTIONS = 2000 };

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
        .cc_shape = lp_picture_cc_shape(c),
    };
    if (lp_av_quarters(st) % 2) {
        out->width_px = c->height;
        out->height_px = c->width;
    }
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
        .edits = lp_av_edits(f),
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

/* Key frames by their place: the readers of these containers seek to any frame, and one that no key frame precedes shows
 * nothing. */
static lp_status keep_landing(lp_probe *out, const AVPacket *pkt, int64_t t_us, lp_arena *a, size_t *cap, lp_diag *d)
{
    int64_t last = INT64_MIN;
    if (!(pkt->flags & AV_PKT_FLAG_KEY) || pkt->pos < 0 || t_us == INT64_MIN)
        return LP_OK;
    for (size_t i = out->joints.n_landings; i > 0 && last == INT64_MIN; i--)
        if (out->joints.landings[i - 1].stream == pkt->stream_index)
            last = out->joints.landings[i - 1].t_us;
    if (last != INT64_MIN && t_us - last < LANDING_US)
        return LP_OK;
    if (lp_arena_grow(a, (void **)&out->joints.landings, out->joints.n_landings, cap, sizeof(*out->joints.landings), MAX_LANDINGS) != 0)
        return lp_fail_nomem(d);
    out->joints.landings[out->joints.n_landings++] = (lp_landing){ pkt->stream_index, t_us, pkt->pos };
    return LP_OK;
}

typedef struct pass {
    lp_jumps *jumps;   /* NULL: none are looked for */
    lp_joined *joined; /* one a stream; NULL: nothing is to be moved */
    int64_t *damaged;  /* with joined, one a stream: the number of its last damaged packet, from 1 */
    int can_land;
    size_t cap_landings;
    lp_arena *a;
    const lp_progress *p;
} pass;

/* Moves a packet. Where parts are joined the numbers in the transport stream begin anew, for which libavformat calls the
 * last packet of a part damaged, or, through a parser, the one before it: that is told as a joint. */
static void join(pass *w, const AVFormatContext *f, AVPacket *pkt, lp_probe_stream *s)
{
    lp_joined *at = &w->joined[pkt->stream_index];
    int64_t *damaged = &w->damaged[pkt->stream_index], part = at->from_bytes;
    lp_joined_move(at, f, pkt);
    if (at->from_bytes > part && *damaged > 0 && s->n_packets - *damaged < 2)
        s->n_corrupt--;
    if (pkt->flags & AV_PKT_FLAG_CORRUPT)
        *damaged = s->n_packets + 1;
}

static lp_status take_packet(pass *w, AVFormatContext *f, AVPacket *pkt, lp_probe *out, lp_diag *d)
{
    size_t i = (size_t)pkt->stream_index;
    if (i >= out->n_streams) { /* a stream that turns up later (MPEG-TS) */
        out->n_late++;
        return LP_OK;
    }
    lp_status s = w->jumps ? lp_jumps_push(w->jumps, pkt, d) : LP_OK;
    if (w->joined)
        join(w, f, pkt, &out->streams[i]);
    lp_probe_stream *st = &out->streams[i];
    if (!(st->closed_captions & LP_CC_LETTERS) && (st->closed_captions || st->n_packets < LOOK_FOR_CAPTIONS) && pkt->size > 0)
        lp_cc_walk(&st->cc_shape, pkt->data, (size_t)pkt->size, 0, lp_cc_note, &st->closed_captions);
    AVRational tb = f->streams[i]->time_base;
    int64_t t_us = lp_av_time_us(pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts, tb, 0);
    if (s == LP_OK && w->can_land && out->streams[i].kind == LP_PROBE_VIDEO)
        s = keep_landing(out, pkt, t_us, w->a, &w->cap_landings, d);
    take(&out->streams[i], pkt, tb);
    return s;
}

static lp_status read_packets(pass *w, AVFormatContext *f, lp_probe *out, lp_diag *d)
{
    AVPacket *pkt = av_packet_alloc();
    lp_status s = pkt ? LP_OK : lp_fail_nomem(d);
    int e = 0;
    for (int64_t i = 0; s == LP_OK && (e = av_read_frame(f, pkt)) >= 0; i++) {
        s = take_packet(w, f, pkt, out, d);
        if (i % CHECK_EVERY == 0 && (size_t)pkt->stream_index < out->n_streams) {
            int64_t end_us = out->streams[pkt->stream_index].end_us;
            if (end_us != INT64_MIN)
                lp_progress_tell(w->p, end_us, out->claimed_us > 0 ? out->claimed_us : 0);
        }
        av_packet_unref(pkt);
        if (i % CHECK_EVERY == 0 && s == LP_OK)
            s = lp_progress_check(w->p, d);
    }
    if (s == LP_OK && e == AVERROR(ENOMEM))
        s = lp_fail_nomem(d);
    out->read_error = e == AVERROR_EOF || s != LP_OK ? 0 : e;
    av_packet_free(&pkt);
    return s;
}

/* Reads it again with the joints known. What the header claims was made of the clock's last time, and is worth nothing. */
static lp_status read_joined(const char *path, lp_arena *a, const lp_progress *p, lp_probe *out, lp_diag *d)
{
    AVFormatContext *f = NULL;
    lp_probe first = *out;
    pass w = { .a = a, .p = p, .can_land = 1 };
    lp_status s = lp_av_open(path, &f, d);
    if (s == LP_OK)
        s = describe_all(f, a, out, d);
    out->joints = (lp_joints){ .items = first.joints.items, .n = first.joints.n };
    out->told = first.told;
    out->n_told = first.n_told;
    out->claimed_us = -1;
    if (s == LP_OK && (!(w.joined = lp_arena_alloc(a, out->n_streams, sizeof(*w.joined))) ||
                       !(w.damaged = lp_arena_alloc(a, out->n_streams, sizeof(*w.damaged)))))
        s = lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < out->n_streams; i++) {
        w.joined[i] = (lp_joined){ .joints = &out->joints, .stream = (int)i };
        out->streams[i].claimed_us = -1;
    }
    if (s == LP_OK)
        s = read_packets(&w, f, out, d);
    avformat_close_input(&f);
    return s;
}

lp_status lp_probe_read(const char *path, lp_arena *a, const lp_progress *p, lp_probe *out, lp_diag *d)
{
    AVFormatContext *f = NULL;
    pass w = { .a = a, .p = p };
    lp_status s = lp_av_open(path, &f, d);
    if (s != LP_OK)
        return s;
    s = describe_all(f, a, out, d);
    if (s == LP_OK)
        s = lp_jumps_new(f, &w.jumps, d);
    w.can_land = w.jumps != NULL;
    if (s == LP_OK)
        s = read_packets(&w, f, out, d);
    if (s == LP_OK && w.jumps)
        s = lp_jumps_finish(w.jumps, a, &out->joints, &out->told, &out->n_told, d);
    avformat_close_input(&f);
    lp_jumps_free(&w.jumps);
    return s == LP_OK && out->joints.n ? read_joined(path, a, p, out, d) : s;
}
