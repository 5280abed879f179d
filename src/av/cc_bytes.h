/* Closed captions inside coded pictures: the cc_data of ATSC A/53 (CEA-608 and CEA-708), which H.264 (ITU-T H.264 D.1.6) and
 * HEVC carry in an SEI message "user data registered by ITU-T T.35", and MPEG-2 in the user data of a picture. Bytes in, bytes
 * out: nothing is decoded, nothing is allocated.
 *
 *     lp_cc_shape s = { LP_CC_H264, 4 };
 *     lp_cc_walk(&s, packet, n, 1, take, user);      take() gets every triplet of the packet, in its order */
#ifndef LP_AV_CC_BYTES_H
#define LP_AV_CC_BYTES_H

#include <stddef.h>

typedef enum lp_cc_coding { LP_CC_NO, LP_CC_H264, LP_CC_HEVC, LP_CC_MPEG2 } lp_cc_coding;

typedef struct lp_cc_shape {
    lp_cc_coding coding;
    int length_bytes; /* of the number before each NAL unit, 1 to 4; 0: start codes */
} lp_cc_shape;

/* What a coding's extradata (avcC, hvcC, or none) says of its packets. */
lp_cc_shape lp_cc_shape_of(lp_cc_coding coding, const unsigned char *extradata, size_t n);

/* Five marker bits, cc_valid, cc_type (0, 1: field 1, 2 of CEA-608; 2, 3: CEA-708); two bytes. */
typedef void (*lp_cc_take)(void *user, const unsigned char triplet[3]);

/* One packet of a stream, which may be damaged. Not is_deep: only what stands before the first slice is looked at. */
void lp_cc_walk(const lp_cc_shape *s, const unsigned char *data, size_t n, int is_deep, lp_cc_take take, void *user);

/* What triplets are, as bits; LP_CC_SEEN alone: padding. */
enum { LP_CC_SEEN = 1, LP_CC_LETTERS = 2 /* CEA-608 that says something */, LP_CC_708 = 4 };
void lp_cc_note(void *bits, const unsigned char triplet[3]); /* an lp_cc_take; `bits` is an unsigned */

#endif
