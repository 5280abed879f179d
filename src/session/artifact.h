/* Each stage's result as readable JSON, and back. The keys are the field names of the structs.
 * Reading checks types, ranges and positions, so that a damaged artifact is an error (LP_ERR_INPUT), never a crash;
 * everything read lives in the arena. Writing gives the same text for the same struct. */
#ifndef LP_SESSION_ARTIFACT_H
#define LP_SESSION_ARTIFACT_H

#include "base/json.h"
#include "session/media.h"
#include "session/plan.h"
#include "session/session.h"
#include "session/slide_text.h"

/* New reference, NULL when memory is out. */
json_t *lp_session_to_json(const lp_session *s);
json_t *lp_timeline_to_json(const lp_timeline *t);
json_t *lp_cues_to_json(const lp_cues *c);
json_t *lp_slide_texts_to_json(const lp_slide_texts *t);
json_t *lp_plan_to_json(const lp_plan *p);
json_t *lp_media_to_json(const lp_media *m);
json_t *lp_findings_to_json(const lp_findings *f);

lp_status lp_session_from_json(const json_t *o, lp_arena *a, lp_session *out, lp_diag *d) LP_MUST_USE;
lp_status lp_timeline_from_json(const json_t *o, lp_arena *a, lp_timeline *out, lp_diag *d) LP_MUST_USE;
lp_status lp_cues_from_json(const json_t *o, lp_arena *a, lp_cues *out, lp_diag *d) LP_MUST_USE;
lp_status lp_slide_texts_from_json(const json_t *o, lp_arena *a, lp_slide_texts *out, lp_diag *d) LP_MUST_USE;
lp_status lp_plan_from_json(const json_t *o, lp_arena *a, lp_plan *out, lp_diag *d) LP_MUST_USE;
lp_status lp_media_from_json(const json_t *o, lp_arena *a, lp_media *out, lp_diag *d) LP_MUST_USE;

#endif
