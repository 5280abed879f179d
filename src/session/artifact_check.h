/* What holds between the fields of an artifact that was read; each check names the first field that is wrong with LP_ERR_INPUT. */
#ifndef LP_SESSION_ARTIFACT_CHECK_H
#define LP_SESSION_ARTIFACT_CHECK_H

#include "session/artifact.h"

lp_status lp_artifact_check_session(const lp_session *s, lp_diag *d) LP_MUST_USE;
lp_status lp_artifact_check_timeline(const lp_timeline *t, lp_diag *d) LP_MUST_USE;
lp_status lp_artifact_check_cues(const lp_cues *c, lp_diag *d) LP_MUST_USE;
lp_status lp_artifact_check_slide_texts(const lp_slide_texts *t, lp_diag *d) LP_MUST_USE;
lp_status lp_artifact_check_plan(const lp_plan *p, lp_diag *d) LP_MUST_USE;
lp_status lp_artifact_check_media(const lp_media *m, lp_diag *d) LP_MUST_USE;

#endif
