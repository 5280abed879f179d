/* A sound track as one continuous stream: stereo float at 48 kHz from 0 of the session clock, whatever the track does. The clock
 * is its time stamps, never a count of samples: a late start, a hole and a damaged stretch become silence,
 * an overlap is dropped. Samples are finite and at most LP_SOUND_MOST: a frame with others was damaged. */
#ifndef LP_AV_SOUNDREAD_H
#define LP_AV_SOUNDREAD_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/joint.h"

enum { LP_SOUND_HZ = 48000 };

#define LP_SOUND_MOST 4.0F /* 12 dB above full scale: coded speech overshoots, but never so far */

typedef struct lp_sound lp_sound;
typedef struct lp_sound_gap { /* a hole above 0.2 s, session time */
    int64_t start_us, end_us;
} lp_sound_gap;
typedef struct lp_sound_stats {
    int64_t n_frames;             /* that were decoded */
    int64_t n_errors;             /* packets that could not be decoded, frames that hold no sound */
    int64_t start_us, end_us;     /* of what was decoded; start INT64_MAX without any */
    int64_t gap_us;               /* silence put into holes above 0.2 s */
} lp_sound_stats;

typedef struct lp_sound_ref { /* which stream of which file */
    const char *path;
    int stream; /* as the container numbers it */
    int64_t origin_us, duration_us;
    const lp_joints *joints; /* NULL: none; else it outlives the reader */
} lp_sound_ref;

/* Nothing beyond duration_us is given. LP_ERR_* as lp_av_open() and lp_av_decoder(). */
lp_status lp_sound_open(const lp_sound_ref *of, lp_sound **out, lp_diag *d) LP_MUST_USE;
/* Lends the next frames, left and right in turn; *n is 0 at the end. Valid until the next call. LP_ERR_NOMEM. */
lp_status lp_sound_read(lp_sound *s, const float **lr, size_t *n, lp_diag *d) LP_MUST_USE;
int64_t lp_sound_at_us(const lp_sound *s); /* session time of what comes next */
lp_sound_stats lp_sound_get_stats(const lp_sound *s);
/* The holes so far, rising; the first 1000 of them. Lent until the next read. */
const lp_sound_gap *lp_sound_gaps(const lp_sound *s, size_t *n);
void lp_sound_close(lp_sound **s);

#endif
