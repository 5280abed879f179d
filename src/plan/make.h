/* Plan: from what was found and what is wanted to what will be made. Pure. */
#ifndef LP_PLAN_MAKE_H
#define LP_PLAN_MAKE_H

#include "session/plan.h"
#include "session/session.h"
#include "session/slide_text.h"

typedef struct lp_plan_options {
    int sound_bps;        /* 6000..64000 */
    lp_video_codec video; /* wanted; NONE where there is no picture */
} lp_plan_options;

/* `texts` name the chapters; NULL: nothing was read. Everything in *out lives in the arena. LP_ERR_USAGE: an option is out of range; LP_ERR_NOMEM. */
lp_status lp_plan_make(const lp_session *s, const lp_timeline *t, const lp_cues *c,
                       const lp_slide_texts *texts, const lp_plan_options *o, lp_arena *a, lp_plan *out, lp_diag *d) LP_MUST_USE;

#endif
