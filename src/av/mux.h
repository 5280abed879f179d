/* Writing a media file of one stream: WebM or MP4, the same bytes for the same packets, playable from its
 * first bytes (the index before the media). For av/ and encode/ only.
 *
 *     lp_mux_open("x.webm.tmp", "webm", enc, &m, d); lp_mux_write(m, pkt, d) ...; lp_mux_close(&m, d);
 *
 * Every write, the trailer and the close are checked: a full disk is LP_ERR_FULL, never a short file
 * that passes for a whole one. */
#ifndef LP_AV_MUX_H
#define LP_AV_MUX_H

#include "av/compat.h"
#include "base/diag.h"

typedef struct lp_mux lp_mux;

/* Begins `path` (replacing what is there). `format` is "webm" (cues to the front, clusters of at most 30 s) or
 * "mp4" (index to the front), or "matroska" for work files. `enc` is an open encoder (open it with AV_CODEC_FLAG_GLOBAL_HEADER where
 * lp_mux_wants_global_header() says so); its parameters are copied, and packets are in its time base.
 * *out is for lp_mux_close() or lp_mux_abort(). LP_ERR_CREATE, LP_ERR_IO, LP_ERR_FULL, LP_ERR_TOOL (libavformat was built
 * without the format, or refuses the codec), LP_ERR_NOMEM; nothing is left at `path` then. */
lp_status lp_mux_open(const char *path, const char *format, const AVCodecContext *enc, lp_mux **out,
                      lp_diag *d) LP_MUST_USE;
int lp_mux_wants_global_header(const char *format);

/* Writes one packet, times in the encoder's time base, in coding order. The packet is empty afterwards, whatever the
 * outcome; its memory stays the caller's. */
lp_status lp_mux_write(lp_mux *m, AVPacket *p, lp_diag *d) LP_MUST_USE;

/* Writes the trailer, closes and syncs to disk. On error the file is removed. *m is NULL afterwards. */
lp_status lp_mux_close(lp_mux **m, lp_diag *d) LP_MUST_USE;
void lp_mux_abort(lp_mux **m); /* closes and removes the file; NULL is fine */

#endif
