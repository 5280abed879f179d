/* Reads the closed captions of a picture stream's packets. For av/ only. */
#ifndef LP_AV_PICTURE_CC_H
#define LP_AV_PICTURE_CC_H

#include "av/cc_bytes.h"
#include "av/joined.h"

lp_cc_shape lp_picture_cc_shape(const AVCodecParameters *c);

typedef struct lp_picture_cc { /* letters of CEA-608, of one field */
    int64_t pts;               /* of the picture, in the stream's time base */
    size_t at;                 /* order in the file */
    unsigned char triplet[3];
} lp_picture_cc;

/* Reads the rest of the stream. *out, of lp_free(), are the letters of field 1, or of field 2 where only that one says
 * something, in the order of showing: pictures are in the order of decoding in the file. LP_ERR_NOMEM, LP_ERR_CANCELLED,
 * LP_ERR_INPUT: more than a recording can have. */
lp_status lp_picture_cc_read(AVFormatContext *f, lp_joined *at, AVPacket *pkt, const lp_progress *p, lp_picture_cc **out,
                             size_t *n, lp_diag *d) LP_MUST_USE;

#endif
