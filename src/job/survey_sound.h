/* The sound half of the survey: listens to every track, chooses one, measures it. */
#ifndef LP_JOB_SURVEY_SOUND_H
#define LP_JOB_SURVEY_SOUND_H

#include "base/progress.h"
#include "session/session.h"
#include "session/timeline.h"

/* LP_OK also where nothing can be heard (out->stream is -1, with a finding). LP_ERR_NOMEM, LP_ERR_CANCELLED. */
lp_status lp_survey_sound(const lp_session *s, const lp_progress *p, lp_arena *a, lp_sound_survey *out,
                          lp_findings *findings, lp_diag *d) LP_MUST_USE;

#endif
