/* The survey stage: lets av/ sample the recording and survey/ judge the samples. */
#ifndef LP_JOB_STAGE_SURVEY_H
#define LP_JOB_STAGE_SURVEY_H

#include "base/progress.h"
#include "session/session.h"
#include "session/timeline.h"

/* Everything in *out lives in the arena. LP_ERR_INPUT: nothing of the recording can be decoded; LP_ERR_NOMEM, LP_ERR_CANCELLED.
 * What can not be decoded in part is a finding. */
lp_status lp_stage_survey(const lp_session *s, size_t n_threads, const lp_progress *p, lp_arena *a,
                          lp_timeline *out, lp_diag *d) LP_MUST_USE;

#endif
