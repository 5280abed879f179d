/* Pictures for the survey: the packets of a video stream without decoding, and reduced pictures of chosen
 * ranges with as little decoding as they need. Times are on the session clock (container time - origin_us). */
#ifndef LP_AV_PICTURES_H
#define LP_AV_PICTURES_H

#include <stddef.h>
#include <stdint.h>

#include "base/grid.h"
#include "base/joint.h"
#include "base/packet.h"
#include "base/progress.h"

typedef struct lp_video_ref { /* which stream of which file */
    const char *path;
    int stream; /* as the container numbers it */
    int64_t origin_us;
    const lp_joints *joints; /* NULL: none */
} lp_video_ref;

/* Every packet that has a time, in decoding order. *out is the caller's, for lp_free(). */
lp_status lp_pictures_index(const lp_video_ref *v, const lp_progress *p, lp_video_packet **out, size_t *n,
                            lp_diag *d) LP_MUST_USE;

typedef struct lp_picture_range {
    int64_t start_us; /* the time of a key frame */
    int64_t end_us;   /* pictures with start_us <= t < end_us */
} lp_picture_range;

typedef struct lp_picture_stats {
    int64_t n_decoded, n_errors;
} lp_picture_stats;

/* A decoder kept from one call to the next, since opening one costs more than a range. For one thread at a time;
 * several may be at work on one file. LP_ERR_* as opening a recording and a decoder. */
typedef struct lp_sampler lp_sampler;

lp_status lp_sampler_open(const lp_video_ref *v, lp_sampler **out, lp_diag *d) LP_MUST_USE;
void lp_sampler_close(lp_sampler **m);

/* Decodes each range (rising) and hands over its pictures, at least step_us apart, the first one always.
 * Frames that no other frame needs are skipped. What can not be decoded is counted and left out. What it gives does
 * not depend on calls before it. `take` may fail; its status is returned. Where it sets *is_enough the rest of that
 * range is left out. */
typedef lp_status (*lp_sampler_take)(void *user, size_t range, int64_t t_us, const lp_grid *g, int *is_enough,
                                     lp_diag *d);

lp_status lp_sampler_run(lp_sampler *m, const lp_picture_range *ranges, size_t n, int64_t step_us,
                         lp_sampler_take take, void *user, const lp_progress *p, lp_picture_stats *stats,
                         lp_diag *d) LP_MUST_USE;

#endif
