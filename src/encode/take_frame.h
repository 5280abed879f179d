/* One frame of the recording as a picture to code. */
#ifndef LP_ENCODE_TAKE_FRAME_H
#define LP_ENCODE_TAKE_FRAME_H

#include <libavutil/frame.h>

#include "av/videoread.h"
#include "encode/encode.h"

/* The frame shown at t_us (recording time): BGRA, square pixels, upright; the caller's. *r is opened when it is NULL. LP_ERR_INPUT, LP_ERR_NOMEM,
 * LP_ERR_CANCELLED. */
lp_status lp_take_frame(const lp_encode_job *j, lp_videoread **r, int64_t t_us, AVFrame **out, lp_diag *d) LP_MUST_USE;

#endif
