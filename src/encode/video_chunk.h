/* One chunk of the video layer: a stretch that begins with a key frame and is encoded by itself, by one thread. */
#ifndef LP_ENCODE_VIDEO_CHUNK_H
#define LP_ENCODE_VIDEO_CHUNK_H

#include "av/open.h"
#include "encode/encode.h"

typedef struct lp_video_chunk {
    int64_t start_us, end_us; /* recording time */
} lp_video_chunk;

/* Encodes a chunk into `path` (Matroska, by way of path.tmp). LP_ERR_INPUT, LP_ERR_TOOL, LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM,
 * LP_ERR_CANCELLED. */
lp_status lp_video_chunk_encode(const lp_encode_job *j, const lp_video_chunk *c, const char *path, lp_diag *d) LP_MUST_USE;

#endif
