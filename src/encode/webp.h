/* The smallest WebP that keeps what is written on a picture: lossless with its few colours found again (encode/drawn.h) where it
 * was drawn, lossy where the quality is seen to suffice, near-lossless else. */
#ifndef LP_ENCODE_WEBP_H
#define LP_ENCODE_WEBP_H

#include <libavcodec/avcodec.h>

#include "base/diag.h"

/* An empty BGRA picture; NULL when memory is short. */
AVFrame *lp_webp_picture(int w, int h);

/* Codes a BGRA picture. *out is the caller's; *is_lossless says that every pixel is as in `in`. LP_ERR_TOOL (libavcodec has no libwebp,
 * or it fails), LP_ERR_NOMEM. */
lp_status lp_webp_code(const AVFrame *in, AVPacket **out, int *is_lossless, lp_diag *d) LP_MUST_USE;

/* The picture as the lossless coder makes least of it (its few colours, or the last bits of its edges off), and its coding with transparency. */
lp_status lp_webp_prepare(const AVFrame *from, AVFrame **out, int *is_drawn, lp_diag *d) LP_MUST_USE;
lp_status lp_webp_lossless(const AVFrame *in, AVPacket **out, lp_diag *d) LP_MUST_USE;

#endif
