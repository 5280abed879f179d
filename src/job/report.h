/* The report of a run: what was made and where, what each layer costs a learner, what was found
 * on the way. */
#ifndef LP_JOB_REPORT_H
#define LP_JOB_REPORT_H

#include "base/buf.h"
#include "base/json.h"
#include "job/stages.h"

typedef struct lp_report {
    const lp_job *job;
    int is_up_to_date;
    int is_zip_alone; /* nothing but the zip was made */
    const char *missing[4]; /* ids of the layers that could not be made, or hold less than half */
    size_t n_missing;
} lp_report;

/* New reference, NULL when memory is out. Holds no times of running: two runs on the same input
 * report the same. */
json_t *lp_report_to_json(const lp_report *r);
void lp_report_text(const lp_report *r, lp_buf *out);

/* A session as `lecpack inspect` tells it. */
json_t *lp_report_session_json(const lp_session *s);
void lp_report_session_text(const lp_session *s, lp_buf *out);

#endif
