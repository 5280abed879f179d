/* The one place that knows FFmpeg's versions: 5.1 (libavcodec 59.37) to 8 (libavcodec 62).
 * For av/ and encode/ only. */
#ifndef LP_AV_COMPAT_H
#define LP_AV_COMPAT_H

#include <stdint.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/frame.h>

/* Since libavutil 58.7 a frame's properties are flags. */
static inline int lp_frame_is_interlaced(const AVFrame *f)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
    return (f->flags & AV_FRAME_FLAG_INTERLACED) != 0;
#else
    return f->interlaced_frame;
#endif
}

/* Since libavcodec 60.30 side data belongs to the codec parameters, not to the stream.
 * Returns the 3x3 display matrix, or NULL. */
static inline const int32_t *lp_stream_matrix(const AVStream *st)
{
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 30, 100)
    const AVPacketSideData *sd =
        av_packet_side_data_get(st->codecpar->coded_side_data,
                                st->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return sd && sd->size >= 9 * sizeof(int32_t) ? (const int32_t *)(const void *)sd->data : NULL;
#else
    size_t size = 0;
    const uint8_t *p = av_stream_get_side_data(st, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return p && size >= 9 * sizeof(int32_t) ? (const int32_t *)(const void *)p : NULL;
#endif
}

#endif
