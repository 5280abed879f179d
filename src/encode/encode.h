/* Encode: carries out the plan. Each function makes one layer's files below `dir` (names relative to it in
 * the result) and leaves nothing half-written under a final name. Each result holds that layer alone
 * and is merged with lp_media_merge(). A layer that can not be made for want of an encoder is LP_ERR_TOOL;
 * the caller may go on without it. Long work that was done before (finished video chunks) is not done again. */
#ifndef LP_ENCODE_ENCODE_H
#define LP_ENCODE_ENCODE_H

#include "base/progress.h"
#include "session/media.h"
#include "session/plan.h"
#include "session/session.h"

typedef struct lp_encode_job {
    const lp_session *session;
    const lp_plan *plan;
    const char *dir;  /* work folder, exists */
    size_t n_threads; /* 1.. */
    const lp_progress *progress;
} lp_encode_job;

/* LP_ERR_INPUT (the picture can not be decoded), LP_ERR_TOOL, LP_ERR_NOMEM, LP_ERR_IO, LP_ERR_FULL, LP_ERR_CANCELLED. */
lp_status lp_encode_stills(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d) LP_MUST_USE;
lp_status lp_encode_sound(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d) LP_MUST_USE;
lp_status lp_encode_video(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d) LP_MUST_USE;

/* Names and versions of the libav* libraries that shape the bytes, one line (an encoder behind
 * libavcodec does not tell its own): part of the fingerprint and
 * of the manifest's provenance. Static storage. */
const char *lp_encode_versions(void);

#endif
