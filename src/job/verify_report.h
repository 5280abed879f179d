/* What verifying a package found, as JSON and for people. */
#ifndef LP_JOB_VERIFY_REPORT_H
#define LP_JOB_VERIFY_REPORT_H

#include "base/json.h"
#include "package/verify.h"

json_t *lp_verify_to_json(const char *dir, const lp_verify_result *r); /* new reference; NULL: memory is out */
void lp_verify_text(const char *dir, const lp_verify_result *r, lp_buf *out);

#endif
