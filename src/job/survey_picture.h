/* The picture half of the survey: packets first, key frames next, and in full only where something changes. */
#ifndef LP_JOB_SURVEY_PICTURE_H
#define LP_JOB_SURVEY_PICTURE_H

#include "base/progress.h"
#include "session/session.h"
#include "session/timeline.h"

/* Fills slides, size, motion, cuts, frame counts and findings of *out. LP_ERR_INPUT when no picture can be decoded. */
lp_status lp_survey_picture(const lp_session *s, size_t n_threads, const lp_progress *p, lp_arena *a,
                            lp_timeline *out, lp_diag *d) LP_MUST_USE;

#endif
