/* A run: the stage table carried out on one recording, doing only what is not done yet. */
#ifndef LP_JOB_RUN_H
#define LP_JOB_RUN_H

#include "job/lock.h"
#include "job/pace.h"
#include "job/report.h"
#include "job/stages.h"
#include "job/workdir.h"

typedef struct lp_run_stage {
    lp_arena arena; /* its fingerprint, and what was read from its artifact */
    lp_fingerprint reads;
    char key[LP_SHA256_HEX];
    lp_record record;
    size_t pace;
    int was_run;
    int64_t wall_us; /* where it was run: how long that took; for lp_spent alone */
} lp_run_stage;

typedef struct lp_run {
    lp_arena arena;
    lp_job job;
    const lp_stage *table;
    lp_pace pace;
    lp_lock output_lock, work_lock;
    lp_run_stage stages[LP_STAGES];
    int has_pace, has_room; /* has_room: the disk was looked at */
} lp_run;

/* Packs by a table of LP_STAGES rows, lp_stages. Checks come first: nothing is made before the
 * input, the options and the output are known to be usable. On success the run holds what
 * lp_run_report() tells. On error the old output stands, finished stages are kept in the work
 * folder, and a work folder in which nothing was finished is removed. Every outcome of
 * lecpack_pack(). `r` is the caller's, for lp_run_clear(), whatever the outcome; table, input,
 * output and options live as long as it. */
lp_status lp_run_pack(lp_run *r, const lp_stage *table, const char *input, const char *output,
                      const lecpack_options *o, lp_diag *d) LP_MUST_USE;
lp_report lp_run_report(const lp_run *r);
void lp_run_clear(lp_run *r);

#endif
