/* A sound track as a speech engine wants it, in the form that base/wav.h reads. */
#ifndef LP_AV_SOUNDWRITE_H
#define LP_AV_SOUNDWRITE_H

#include "av/soundread.h"
#include "base/progress.h"

typedef struct lp_sound_track {
    lp_sound_ref of;
    float left, right; /* share of each channel, the gain in it; what is above full scale is clipped */
} lp_sound_track;

/* Writes `to`, which begins at 0 of the session clock and is replaced when it is there; at most
 * 2 GiB (18 hours): what is beyond is left out. The file is whole only after LP_OK. LP_ERR_* as
 * lp_sound_open(), LP_ERR_IO, LP_ERR_FULL, LP_ERR_CREATE, LP_ERR_CANCELLED. */
lp_status lp_sound_write_wav(const lp_sound_track *t, const char *to, const lp_progress *p, lp_diag *d) LP_MUST_USE;

#endif
