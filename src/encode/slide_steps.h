/* The patches that show a slide as it was before its words were crossed (session/media.h). */
#ifndef LP_ENCODE_SLIDE_STEPS_H
#define LP_ENCODE_SLIDE_STEPS_H

#include "av/hash.h"
#include "encode/patch.h"
#include "encode/take_frame.h"

typedef struct lp_step_made {
    char hex[LP_SHA256_HEX];
    int64_t bytes; /* 0: nothing could be seen to change, or it would cost too much beside the slide */
    lp_rect at;    /* on the slide's picture */
} lp_step_made;

/* Makes the patches of slide `i` of the plan, whose picture is `last` and was coded in still_bytes. made[]: one a step. A step whose frame can not be
 * decoded, or is of another size, has none. LP_ERR_NOMEM, LP_ERR_TOOL, LP_ERR_IO, LP_ERR_FULL, LP_ERR_CANCELLED. */
lp_status lp_slide_steps_make(const lp_encode_job *j, lp_videoread **r, size_t i, const AVFrame *last, int64_t still_bytes,
                              lp_step_made *made, lp_diag *d) LP_MUST_USE;

/* The file's name in the work folder; NULL when memory is short. */
const char *lp_slide_step_name(lp_arena *a, size_t slide, size_t step);

#endif
