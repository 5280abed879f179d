/* Where a learner would look for a new subject. */
#ifndef LP_PLAN_CHAPTERS_H
#define LP_PLAN_CHAPTERS_H

#include "session/plan.h"
#include "session/session.h"
#include "session/slide_text.h"

/* The recording's own marks where it has two or more; else never more than 15 an hour and at least one in ten minutes, at slides
 * with a new heading, before all at slides that are little but a heading, at other slides, and at pauses. Each takes the first
 * heading within it that no earlier one has; title "": it has none. `texts` may be NULL. LP_ERR_NOMEM. */
lp_status lp_plan_chapters(const lp_session *s, const lp_timeline *t, const lp_slide_texts *texts, lp_arena *a, lp_plan *p,
                           lp_diag *d) LP_MUST_USE;

#endif
