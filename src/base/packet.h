/* What is known of a video packet without decoding it. */
#ifndef LP_BASE_PACKET_H
#define LP_BASE_PACKET_H

#include <stdint.h>

typedef struct lp_video_packet {
    int64_t t_us; /* presentation time on the session clock */
    int32_t bytes;
    int32_t is_key;
} lp_video_packet;

#endif
