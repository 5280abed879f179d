/* Fingerprints: why a stage's result can be used again, or not.
 *
 * What a stage's result depends on is a list of named values: its version, the options it
 * reads, the tools, and the SHA-256 of what it needs from the stages before it. Their hash is
 * the stage's key; the list itself is kept beside the result, so that a later run can say which
 * value changed. */
#ifndef LP_JOB_FINGERPRINT_H
#define LP_JOB_FINGERPRINT_H

#include "av/hash.h"
#include "base/json.h"

enum { LP_FINGERPRINT_MAX = 1100 }; /* values: a recording has at most 1000 files beside it */

typedef struct lp_fingerprint_value {
    const char *name, *text;
} lp_fingerprint_value;

typedef struct lp_fingerprint {
    lp_fingerprint_value *items; /* in the arena given to add */
    size_t n, cap;
} lp_fingerprint;

/* Appends a value; both texts are copied. LP_OK or LP_ERR_NOMEM (also for more than
 * LP_FINGERPRINT_MAX). */
lp_status lp_fingerprint_add(lp_fingerprint *f, lp_arena *a, const char *name, const char *text,
                             lp_diag *d) LP_MUST_USE;

/* SHA-256 over the values in their order, each text preceded by its length, so that no two
 * lists share a hash. */
lp_status lp_fingerprint_key(const lp_fingerprint *f, char hex[LP_SHA256_HEX],
                             lp_diag *d) LP_MUST_USE;

json_t *lp_fingerprint_to_json(
    const lp_fingerprint *f); /* {name: text}; new reference, NULL when memory is out */

/* The first name whose value is not the one in `recorded` (what lp_fingerprint_to_json() gave);
 * else the first name there that is gone (it lives as long as `recorded`); NULL when both say
 * the same. */
const char *lp_fingerprint_changed(const lp_fingerprint *f, const json_t *recorded);

/* SHA-256 of an artifact without some of its keys (`without` ends with NULL, or is NULL): what
 * a stage that does not read those keys depends on. LP_ERR_NOMEM. */
lp_status lp_fingerprint_artifact(const json_t *artifact, const char *const *without,
                                  char hex[LP_SHA256_HEX], lp_diag *d) LP_MUST_USE;

#endif
