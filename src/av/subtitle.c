#include "av/subtitle.h"

#include <string.h>

#include "av/ass_text.h"
#include "av/joined.h"
#include "av/open.h"
#include "av/picture_cc.h"
#include "base/buf.h"
#include "base/mem.h"

enum { MAX_TEXT_BYTES = 1 << 20, CHECK_EVERY = 256 };

/* libavcodec gives every text subtitle as a line of ASS:
 * ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text. */
enum { NAME_FIELD = 3, TEXT_FIELD = 8 };

static const char *field_of(const char *ass, int field)
{
    for (; ass && field > 0; field--) {
        ass = strchr(ass, ',');
        ass = ass ? ass + 1 : NULL;
    }
    return ass;
}

/* Gathers the rectangles' texts; returns how many were pictures. */
static unsigned gather(const AVSubtitle *sub, lp_buf *text, lp_buf *name)
{
    unsigned n_pictures = 0;
    for (unsigned i = 0; i < sub->num_rects; i++) {
        const AVSubtitleRect *r = sub->rects[i];
        const char *ass = r->ass ? field_of(r->ass, TEXT_FIELD) : NULL;
        n_pictures += r->type == SUBTITLE_BITMAP;
        if (text->len && (ass || r->text))
            lp_buf_char(text, '\n');
        if (ass)
            lp_ass_text(text, ass, strlen(ass));
        else if (r->text)
            lp_buf_str(text, r->text);
        if (ass && !name->len) {
            const char *who = field_of(r->ass, NAME_FIELD);
            lp_buf_bytes(name, who, strcspn(who, ","));
        }
    }
    return n_pictures;
}

struct kinds { /* of what was decoded */
    int64_t n_pictures, n_texts;
};

static lp_status tell_one(const AVSubtitle *sub, const AVPacket *pkt, AVRational tb, enum AVCodecID codec,
                          int64_t origin_us, lp_av_subtitle tell, void *user, struct kinds *kinds, lp_diag *d)
{
    /* Of closed captions a packet is two letters: a caption is given when the next one takes its place, and says
     * itself when it was there. */
    int has_own_time = codec == AV_CODEC_ID_EIA_608;
    int64_t at_us = has_own_time ? lp_av_time_us(sub->pts, AV_TIME_BASE_Q, origin_us)
                                 : lp_av_time_us(pkt->pts, tb, origin_us);
    int64_t len_us = pkt->duration > 0 && !has_own_time ? lp_av_time_us(pkt->duration, tb, 0) : INT64_MIN;
    if (at_us == INT64_MIN)
        return LP_OK;
    /* the display times are relative to the packet; an end of 0 or "for ever" leaves it to the packet's length */
    int64_t start_us = at_us + (int64_t)sub->start_display_time * 1000, end_us = INT64_MIN;
    if (sub->end_display_time > sub->start_display_time && sub->end_display_time != UINT32_MAX)
        end_us = at_us + (int64_t)sub->end_display_time * 1000;
    else if (len_us > 0)
        end_us = at_us + len_us;
    lp_buf text, name;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_buf_init(&name, MAX_TEXT_BYTES);
    kinds->n_pictures += gather(sub, &text, &name);
    kinds->n_texts += text.len > 0;
    lp_status s = text.failed == 1 || name.failed == 1 ? lp_fail_nomem(d) : LP_OK;
    if (s == LP_OK)
        s = tell(user, start_us, end_us, name.data ? name.data : "", text.data ? text.data : "", 0, d);
    lp_buf_clear(&text);
    lp_buf_clear(&name);
    return s;
}

static lp_status tell_vtt(const AVPacket *pkt, AVRational tb, int64_t origin_us, lp_av_subtitle tell, void *user,
                          lp_diag *d)
{
    int64_t at_us = lp_av_time_us(pkt->pts, tb, origin_us);
    int64_t len_us = pkt->duration > 0 ? lp_av_time_us(pkt->duration, tb, 0) : INT64_MIN;
    if (at_us == INT64_MIN)
        return LP_OK;
    lp_buf text;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_buf_bytes(&text, pkt->data ? (const char *)pkt->data : "", pkt->data ? (size_t)pkt->size : 0);
    lp_status s = text.failed == 1 ? lp_fail_nomem(d) : LP_OK;
    if (s == LP_OK)
        s = tell(user, at_us, len_us > 0 ? at_us + len_us : INT64_MIN, "", text.data ? text.data : "", 1, d);
    lp_buf_clear(&text);
    return s;
}

static lp_status decode_one(AVCodecContext *c, AVPacket *pkt, AVRational tb, int64_t origin_us, lp_av_subtitle tell,
                            void *user, struct kinds *kinds, int64_t *n_bad, lp_diag *d)
{
    AVSubtitle sub = { 0 };
    int has_one = 0, e = avcodec_decode_subtitle2(c, &sub, &has_one, pkt);
    lp_status s = LP_OK;
    if (e == AVERROR(ENOMEM))
        s = lp_fail_nomem(d);
    else if (e < 0)
        ++*n_bad;
    else if (has_one || c->codec_id != AV_CODEC_ID_EIA_608) /* else letters of a caption that is not whole yet */
        s = tell_one(&sub, pkt, tb, c->codec_id, origin_us, tell, user, kinds, d);
    avsubtitle_free(&sub);
    return s;
}

/* What the decoder of closed captions holds back at the end of the track: first what nothing has taken off the picture,
 * as lines that roll up have it, which a command to do so (14 2C, with parity) at the end brings out; then, with an
 * empty packet, the caption that is whole. */
static lp_status end_closed_captions(AVCodecContext *c, AVPacket *pkt, int64_t end, AVRational tb, int64_t origin_us,
                                     lp_av_subtitle tell, void *user, struct kinds *kinds, int64_t *n_bad, lp_diag *d)
{
    static const uint8_t take_off[] = { 0xfc, 0x94, 0x2c };
    if (end != AV_NOPTS_VALUE) {
        if (av_new_packet(pkt, sizeof(take_off)) < 0)
            return lp_fail_nomem(d);
        memcpy(pkt->data, take_off, sizeof(take_off));
        pkt->pts = pkt->dts = end;
        lp_status s = decode_one(c, pkt, tb, origin_us, tell, user, kinds, n_bad, d);
        av_packet_unref(pkt);
        if (s != LP_OK)
            return s;
    }
    return decode_one(c, pkt, tb, origin_us, tell, user, kinds, n_bad, d);
}

static lp_status read_all(AVFormatContext *f, AVCodecContext *c, AVPacket *pkt, lp_joined *at, int64_t origin_us,
                          lp_av_subtitle tell, void *user, int64_t *n_bad,
                          const lp_progress *p, lp_diag *d)
{
    lp_status s = LP_OK;
    struct kinds kinds = { 0, 0 };
    AVRational tb = f->streams[at->stream]->time_base;
    int64_t end = AV_NOPTS_VALUE; /* of the packets so far */
    for (unsigned n = 0; s == LP_OK && lp_joined_next(at, f, pkt) >= 0; n++) {
        if (n % CHECK_EVERY == 0)
            s = lp_progress_check(p, d);
        if (s != LP_OK)
            continue;
        if (c->codec_id == AV_CODEC_ID_WEBVTT) {
            s = tell_vtt(pkt, tb, origin_us, tell, user, d);
            continue;
        }
        if (pkt->pts != AV_NOPTS_VALUE)
            end = pkt->pts + (pkt->duration > 0 ? pkt->duration : 0);
        s = decode_one(c, pkt, tb, origin_us, tell, user, &kinds, n_bad, d);
    }
    av_packet_unref(pkt);
    if (s == LP_OK && c->codec_id == AV_CODEC_ID_EIA_608)
        s = end_closed_captions(c, pkt, end, tb, origin_us, tell, user, &kinds, n_bad, d);
    if (s == LP_OK && kinds.n_pictures && !kinds.n_texts)
        return lp_fail(d, LP_ERR_UNSUPPORTED, 0, "stream %d: its subtitles are pictures, not text", at->stream);
    return s;
}

static lp_status letters_decoder(AVRational tb, AVCodecContext **out, lp_diag *d)
{
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_EIA_608);
    if (!codec)
        return lp_fail(d, LP_ERR_UNSUPPORTED, 0, "no decoder for closed captions (eia_608) in this build of libavcodec");
    AVCodecContext *c = avcodec_alloc_context3(codec);
    if (!c)
        return lp_fail_nomem(d);
    c->pkt_timebase = tb;
    int e = avcodec_open2(c, codec, NULL);
    if (e < 0) {
        avcodec_free_context(&c);
        return lp_fail_av(d, LP_ERR_UNSUPPORTED, e, "closed captions", "can not be decoded");
    }
    *out = c;
    return LP_OK;
}

/* Closed captions inside the pictures of a stream. */
static lp_status read_picture(AVFormatContext *f, AVPacket *pkt, lp_joined *at, int64_t origin_us, lp_av_subtitle tell,
                              void *user, int64_t *n_bad, const lp_progress *p, lp_diag *d)
{
    AVRational tb = f->streams[at->stream]->time_base;
    AVCodecContext *c = NULL;
    lp_picture_cc *letters = NULL;
    size_t n = 0;
    struct kinds kinds = { 0, 0 };
    lp_status s = letters_decoder(tb, &c, d);
    if (s == LP_OK)
        s = lp_picture_cc_read(f, at, pkt, p, &letters, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        av_packet_unref(pkt);
        if (av_new_packet(pkt, sizeof(letters[i].triplet)) < 0) {
            s = lp_fail_nomem(d);
            break;
        }
        memcpy(pkt->data, letters[i].triplet, sizeof(letters[i].triplet));
        pkt->pts = pkt->dts = letters[i].pts;
        s = decode_one(c, pkt, tb, origin_us, tell, user, &kinds, n_bad, d);
    }
    av_packet_unref(pkt); /* an empty one asks for what the decoder holds back */
    if (s == LP_OK && n)
        s = decode_one(c, pkt, tb, origin_us, tell, user, &kinds, n_bad, d);
    lp_free(letters);
    avcodec_free_context(&c);
    return s;
}

lp_status lp_av_subtitles_read(const char *path, int index, int64_t origin_us, const lp_joints *joints,
                               lp_av_subtitle tell, void *user, int64_t *n_bad, const lp_progress *p, lp_diag *d)
{
    lp_joined at = { .joints = joints, .stream = index };
    AVFormatContext *f = NULL;
    AVCodecContext *c = NULL;
    AVPacket *pkt = NULL;
    *n_bad = 0;
    lp_status s = lp_av_open(path, &f, d);
    if (s != LP_OK)
        return s;
    enum AVMediaType type = index >= 0 && (unsigned)index < f->nb_streams ? f->streams[index]->codecpar->codec_type
                                                                          : AVMEDIA_TYPE_UNKNOWN;
    if (type != AVMEDIA_TYPE_SUBTITLE && type != AVMEDIA_TYPE_VIDEO) {
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: stream %d is neither subtitles nor a picture", path, index);
        goto done;
    }
    if (type == AVMEDIA_TYPE_SUBTITLE)
        s = lp_av_decoder(f, index, &c, d);
    if (s != LP_OK)
        goto done;
    for (unsigned i = 0; i < f->nb_streams; i++)
        f->streams[i]->discard = (int)i == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    pkt = av_packet_alloc();
    if (!pkt)
        s = lp_fail_nomem(d);
    else if (type == AVMEDIA_TYPE_VIDEO)
        s = read_picture(f, pkt, &at, origin_us, tell, user, n_bad, p, d);
    else
        s = read_all(f, c, pkt, &at, origin_us, tell, user, n_bad, p, d);
done:
    av_packet_free(&pkt);
    avcodec_free_context(&c);
    avformat_close_input(&f);
    return s;
}
