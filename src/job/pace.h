/* The pace of a run: turns what the stages say into one fraction that never falls, a speed and
 * a time to the end, and lets the caller's functions be called by one thread at a time. */
#ifndef LP_JOB_PACE_H
#define LP_JOB_PACE_H

#include <pthread.h>

#include "base/progress.h"
#include "lecpack/lecpack.h"

enum { LP_PACE_STAGES = 16 };

typedef struct lp_pace_stage {
    const char *name;
    int weight;     /* share of the whole; 0: not part of this run */
    double done;    /* 0..1 */
    int is_skipped; /* was up to date: counts as done, but not for the speed */
    struct lp_pace *pace;
} lp_pace_stage;

typedef struct lp_pace {
    const lecpack_options *hooks;
    pthread_mutex_t mutex;
    lp_pace_stage stages[LP_PACE_STAGES];
    size_t n;
    int64_t begun_us, told_us; /* monotonic clock */
    int64_t duration_us;       /* of the recording; 0: not known yet */
    double fraction;
} lp_pace;

/* `hooks` lives as long as the pace. LP_ERR_INTERNAL. End with lp_pace_clear(). */
lp_status lp_pace_init(lp_pace *p, const lecpack_options *hooks, lp_diag *d) LP_MUST_USE;
void lp_pace_clear(lp_pace *p);

size_t lp_pace_add(lp_pace *p, const char *stage,
                   int weight); /* its number; at most LP_PACE_STAGES */
lp_progress lp_pace_progress(
    lp_pace *p, size_t stage); /* to hand to the stage; is_cancelled always works */
void lp_pace_begin(lp_pace *p, size_t stage);
void lp_pace_finish(lp_pace *p, size_t stage, int is_skipped);
void lp_pace_message(lp_pace *p, const char *text);

/* What to tell at `now_us`, from the numbers alone. */
lecpack_progress lp_pace_at(lp_pace *p, size_t stage, int64_t done_us, int64_t total_us,
                            int64_t now_us);

#endif
