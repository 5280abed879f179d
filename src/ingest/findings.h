/* What a container claims against what its packets hold, as findings. */
#ifndef LP_INGEST_FINDINGS_H
#define LP_INGEST_FINDINGS_H

#include "av/probe.h"
#include "session/session.h"

/* Adds to s->findings. `s` has its streams chosen; n_others: recordings in the folder that are not used. LP_ERR_NOMEM. */
lp_status lp_ingest_findings(const lp_probe *p, size_t n_others, lp_arena *a, lp_session *s, lp_diag *d) LP_MUST_USE;

#endif
