/* SubStation Alpha and Advanced SSA (.ssa, .ass): the Dialogue lines of [Events]. The Format
 * line says which field is which; Name (or Actor) is the speaker. For
 * ingest/ only. */
#ifndef LP_INGEST_SSA_H
#define LP_INGEST_SSA_H

#include "session/cues.h"

/* Whether it holds the line "[Script Info]" or "[Events]". */
int lp_ssa_is(const char *text, size_t n);

/* Adds the cues of text[0..n) and mends them. A Dialogue line without usable times is dropped
 * and counted. LP_ERR_INPUT: there is no Dialogue line; LP_ERR_NOMEM. */
lp_status lp_ssa_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
