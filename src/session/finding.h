/* The types that travel between the stages: structs, no I/O. Everything they point to lives in one
 * arena per recording. Times are int64 microseconds.
 *
 * A finding is a difference between what a recording claims and what it holds, or something that was
 * left out or repaired on the way: nothing is lost silently. */
#ifndef LP_SESSION_FINDING_H
#define LP_SESSION_FINDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef enum lp_severity {
    LP_NOTE,    /* worth knowing; nothing is missing */
    LP_WARNING, /* something is missing or approximate, little of it */
    LP_LOSS     /* the learner misses something: said in the page too */
} lp_severity;

typedef struct lp_finding {
    const char *code; /* stable, lower-case with dashes: "file-cut-short", "no-sound", "captions-encoding" */
    lp_severity severity;
    int64_t start_us, end_us; /* where, on the recording's clock; both -1 when it is about the whole */
    const char *text;         /* one sentence for people, naming the file or stream */
} lp_finding;

typedef struct lp_findings {
    lp_finding *items;
    size_t n, cap;
} lp_findings;

/* Adds one; `code` must be a constant, the text is formatted into the arena and cleaned of control
 * characters. After 1000 findings more of them are dropped but the last says so. Returns LP_OK or LP_ERR_NOMEM. */
lp_status lp_finding_add(lp_findings *f, lp_arena *a, const char *code, lp_severity severity,
                         int64_t start_us, int64_t end_us, lp_diag *d, const char *fmt, ...)
    LP_PRINTF(8, 9) LP_MUST_USE;
lp_severity lp_findings_worst(const lp_findings *f); /* LP_NOTE when there are none */
const char *lp_severity_name(lp_severity s);         /* "note", "warning", "loss" */

#endif
