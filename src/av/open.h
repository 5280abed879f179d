/* Opening foreign media. For av/ and encode/ only: other rooms use the headers without libav* types.
 *
 * Only files are opened and only container formats that hold media: a playlist or a session description
 * that calls itself .mp4 opens nothing (the list of formats is in open.c). */
#ifndef LP_AV_OPEN_H
#define LP_AV_OPEN_H

#include "av/compat.h"
#include "av/probe.h"
#include "base/diag.h"

/* libav's errors enter here: `what` is a sentence about the file or stream. Memory and disk errors get
 * their own status, AVERROR_EXIT becomes LP_ERR_CANCELLED, all else is `s`. Returns the status. */
lp_status lp_fail_av(lp_diag *d, lp_status s, int averror, const char *path, const char *what);

/* Quiets libav's own log (it goes to stderr and names nothing); called by every open. */
void lp_av_init(void);

/* Opens a recording and finds its streams. *out is for avformat_close_input().
 * LP_ERR_NO_INPUT: can not be opened; LP_ERR_INPUT: not media, or its index is missing; LP_ERR_NOMEM. */
lp_status lp_av_open(const char *path, AVFormatContext **out, lp_diag *d) LP_MUST_USE;

/* The same for a recording that was probed before: where the container itself says all that a decoder needs (MP4 and MOV),
 * no packets are decoded to find it out, which costs more than a whole range of pictures. */
lp_status lp_av_open_again(const char *path, AVFormatContext **out, lp_diag *d) LP_MUST_USE;

/* Whether the container is MOV, MP4 or of their kin. */
int lp_av_is_mov(const AVFormatContext *f);

/* What was made of the edit list of a MOV or MP4 file, by either way to open it: it is left out of account where it would
 * have the file read more than 64 times over, or shows nothing of a stream, since it tells of times behind its end. */
lp_edits lp_av_edits(const AVFormatContext *f);

/* Opens a decoder for a stream with one thread. *out is for avcodec_free_context(). LP_ERR_UNSUPPORTED, LP_ERR_NOMEM. */
lp_status lp_av_decoder(const AVFormatContext *f, int stream, AVCodecContext **out, lp_diag *d) LP_MUST_USE;

/* By how many quarters, clockwise, a stream's pictures are to be turned to stand upright: 0 to 3. */
int lp_av_quarters(const AVStream *st);

/* A packet's or frame's time on the session clock; INT64_MIN when it has none. */
int64_t lp_av_time_us(int64_t pts, AVRational time_base, int64_t origin_us);

#endif
