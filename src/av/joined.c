#include "av/joined.h"

/* Files are read ahead: the joint looked for is the one found last or the next one, but after a seek back. */
static int64_t shift_at(lp_joined *at)
{
    const lp_joints *j = at->joints;
    if (at->pos_bytes < at->from_bytes) {
        at->next = 0;
        at->from_bytes = at->shift_us = 0;
    }
    for (; at->next < j->n; at->next++) {
        const lp_joint *joint = &j->items[at->next];
        if (joint->stream != at->stream)
            continue;
        if (joint->pos_bytes > at->pos_bytes)
            break;
        at->from_bytes = joint->pos_bytes;
        at->shift_us = joint->shift_us;
    }
    return at->shift_us;
}

void lp_joined_move(lp_joined *at, const AVFormatContext *f, AVPacket *pkt)
{
    if (!at->joints || at->joints->n == 0)
        return;
    at->pos_bytes = pkt->pos >= 0
                        ? pkt->pos
                        : at->pos_bytes; /* a parser's second frame of a packet has no place */
    int64_t shift = av_rescale_q(shift_at(at), AV_TIME_BASE_Q, f->streams[at->stream]->time_base);
    if (pkt->pts != AV_NOPTS_VALUE)
        pkt->pts += shift;
    if (pkt->dts != AV_NOPTS_VALUE)
        pkt->dts += shift;
}

int lp_joined_next(lp_joined *at, AVFormatContext *f, AVPacket *pkt)
{
    for (;;) {
        av_packet_unref(pkt);
        int e = av_read_frame(f, pkt);
        if (e < 0)
            return e;
        if (pkt->stream_index != at->stream)
            continue;
        lp_joined_move(at, f, pkt);
        return 0;
    }
}

void lp_joined_seek(lp_joined *at, AVFormatContext *f, int64_t t_us)
{
    int64_t pos = 0;
    for (size_t i = 0; i < at->joints->n_landings; i++) {
        const lp_landing *l = &at->joints->landings[i];
        if (l->stream == at->stream && l->t_us <= t_us && l->pos_bytes > pos)
            pos = l->pos_bytes;
    }
    (void)av_seek_frame(f, -1, pos, AVSEEK_FLAG_BYTE);
    at->pos_bytes = pos;
}
