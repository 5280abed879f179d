/* The time that each stage took, for the report on a package: spent.json in the work folder. No
 * artifact, no record and no package holds it, so that the same input still gives the same
 * bytes.
 *
 *     {"stages": {"survey": {"key": "..", "seconds": 1.234}}} */
#ifndef LP_JOB_SPENT_H
#define LP_JOB_SPENT_H

#include "base/json.h"

typedef struct lp_spent {
    const char *stage, *key; /* key: of the work that it was spent on */
    int64_t wall_us;
} lp_spent;

/* Puts the times of n stages into the folder's file; those of other stages stay. Nothing
 * depends on them: where the file can not be written it stays as it was. LP_OK or LP_ERR_NOMEM.
 */
lp_status lp_spent_add(const char *work_dir, const lp_spent *stages, size_t n,
                       lp_diag *d) LP_MUST_USE;

/* *out is a new reference; NULL: there is no file that can be read. LP_OK or LP_ERR_NOMEM. */
lp_status lp_spent_read(const char *work_dir, json_t **out, lp_diag *d) LP_MUST_USE;
/* The time that was spent on this stage's work of that key; -1: not known. `file` is what
 * lp_spent_read() gave, and may be NULL. */
int64_t lp_spent_of(const json_t *file, const char *stage, const char *key);

#endif
