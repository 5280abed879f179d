/* The parts of the report on a package (report_package.h), and what they are gathered from. */
#ifndef LP_JOB_REPORT_SOURCES_H
#define LP_JOB_REPORT_SOURCES_H

#include "base/json.h"
#include "base/progress.h"
#include "lecpack/manifest.h"

typedef struct lp_report_sources {
    const char *dir, *work_dir;
    lecpack_manifest manifest; /* read and its names checked */
    json_t *raw;               /* the same as JSON */
    int has_work;              /* the work folder is there and of this package */
    lp_progress progress;
    lp_arena *arena;
    json_t *figures, *unknown; /* what is gathered */
} lp_report_sources;

/* Adds a sentence to "unknown". */
void lp_report_unknown(lp_report_sources *r, const char *fmt, ...) LP_PRINTF(2, 3);
/* The path of a file of the package; NULL where it is no plain file there, or memory is out. */
char *lp_report_file(const lp_report_sources *r, const char *name);

/* From the package's own files: "minutes", "loudness.after", lint of "captions". LP_ERR_NOMEM,
 * LP_ERR_CANCELLED. */
lp_status lp_report_media(lp_report_sources *r, json_t *loudness, lp_diag *d) LP_MUST_USE;
lp_status lp_report_captions(lp_report_sources *r, lp_diag *d) LP_MUST_USE;

/* From the work folder: looks whether it is of this package ("work"); then "loudness.before",
 * "findings" and "stages". LP_ERR_NOMEM. */
lp_status lp_report_find_work(lp_report_sources *r, lp_diag *d) LP_MUST_USE;
lp_status lp_report_work(lp_report_sources *r, json_t *loudness, lp_diag *d) LP_MUST_USE;

#endif
