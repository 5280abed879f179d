/* A video stream read in ranges: seeks to a key frame, decodes, gives frames in order of time.
 * For av/ and encode/ only. */
#ifndef LP_AV_VIDEOREAD_H
#define LP_AV_VIDEOREAD_H

#include "av/open.h"
#include "av/pictures.h"

typedef struct lp_videoread lp_videoread;

/* skip_unreferenced: leave out frames that no other frame needs. LP_ERR_* as lp_av_open() and lp_av_decoder(). */
lp_status lp_videoread_open(const lp_video_ref *v, int skip_unreferenced, lp_videoread **out, lp_diag *d) LP_MUST_USE;

/* Goes to the last key frame at or before start_us; frames from start_us on will come until end_us. */
lp_status lp_videoread_range(lp_videoread *r, int64_t start_us, int64_t end_us, lp_diag *d) LP_MUST_USE;

/* The next range is looked for as if nothing had been read, so that what comes does not depend on what was read before. */
void lp_videoread_forget(lp_videoread *r);

/* Lends the next frame and its time; *frame is NULL at the end of the range. Valid until the next call.
 * Damaged frames are counted and left out. LP_ERR_NOMEM. */
lp_status lp_videoread_next(lp_videoread *r, const AVFrame **frame, int64_t *t_us, lp_diag *d) LP_MUST_USE;

/* The picture to take for the moment t_us: the next one within a second, else the next one there is. *frame is NULL when
 * nothing can be decoded from there on; valid until the next call. */
lp_status lp_videoread_at(lp_videoread *r, int64_t t_us, const AVFrame **frame, lp_diag *d) LP_MUST_USE;

/* Lends the frame that stood when the range began: the last one before start_us. NULL: a frame begins there, or none
 * came before. To be asked after the first lp_videoread_next(); valid until the next range. */
const AVFrame *lp_videoread_before(const lp_videoread *r);

const AVStream *lp_videoread_stream(const lp_videoread *r);
lp_picture_stats lp_videoread_stats(const lp_videoread *r);
void lp_videoread_close(lp_videoread **r);

#endif
