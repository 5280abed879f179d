#include "av/packet_sizes.h"

#include "av/open.h"

enum { PACKETS_BETWEEN_CHECKS = 1024 };

lp_status lp_packet_sizes(const char *path, int64_t step_us, int64_t *bytes, size_t n,
                          const lp_progress *p, lp_diag *d)
{
    AVFormatContext *f = NULL;
    AVPacket *pkt = NULL;
    size_t at = 0;
    int e = 0;
    lp_status s = lp_av_open(path, &f, d);
    if (s == LP_OK && !(pkt = av_packet_alloc()))
        s = lp_fail_nomem(d);
    for (int64_t i = 0; s == LP_OK && (e = av_read_frame(f, pkt)) >= 0; i++) {
        int64_t pts = pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts;
        int64_t t_us = lp_av_time_us(pts, f->streams[pkt->stream_index]->time_base, 0);
        if (t_us != INT64_MIN) {
            int64_t step = t_us > 0 ? t_us / step_us : 0;
            at = step < (int64_t)n ? (size_t)step : n - 1;
        }
        bytes[at] += pkt->size;
        av_packet_unref(pkt);
        if (i % PACKETS_BETWEEN_CHECKS == 0)
            s = lp_progress_check(p, d);
    }
    if (s == LP_OK && e != AVERROR_EOF)
        s = lp_fail_av(d, LP_ERR_INPUT, e, path, "reading it failed");
    av_packet_free(&pkt);
    avformat_close_input(&f);
    return s;
}
