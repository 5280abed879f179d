/* The functions behind the rows of the stage table (stages.c); see lp_stage in stages.h for
 * their contract. */
#ifndef LP_JOB_STAGE_CALLS_H
#define LP_JOB_STAGE_CALLS_H

#include "job/stages.h"

lp_status lp_ingest_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_ingest_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_survey_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_survey_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_import_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_import_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_read_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_read_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_hear_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_hear_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_caption_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_caption_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_plan_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_plan_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;

/* A layer that can not be made is an artifact without files that says so in a finding, not an
 * error. */
lp_status lp_stills_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_stills_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_sound_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_sound_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_video_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_video_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;

lp_status lp_package_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_package_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;
lp_status lp_zip_run(lp_job *j, lp_stage_call *c, lp_diag *d) LP_MUST_USE;
lp_status lp_zip_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d) LP_MUST_USE;

/* Whether the speech has to be turned into text: asked when survey and import are done. */
int lp_hear_is_wanted(const lp_job *j);
lp_asr_options lp_hear_options(const lp_job *j);

const char *lp_files_in_work(const lp_job *j, lp_arena *a);
const char *lp_files_in_output(const lp_job *j, lp_arena *a);
const char *lp_files_beside_output(const lp_job *j, lp_arena *a);

#endif
