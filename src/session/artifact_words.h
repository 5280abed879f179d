/* Words in an artifact: an hour has 9,000 of them, so each is one short line of text,
 *
 *     "START_US LENGTH_US P PERSON TEXT", as in "1234567 265433 930 0 slope,"
 *
 * P in thousandths, -1 where it is not known. For artifact.c only. */
#ifndef LP_SESSION_ARTIFACT_WORDS_H
#define LP_SESSION_ARTIFACT_WORDS_H

#include "base/json.h"
#include "session/words.h"

json_t *lp_words_to_json(const lp_words *w); /* new reference; NULL: memory is out */
/* NULL is no words. LP_ERR_INPUT "cues.words[3]: .." when one is not as above, begins before
 * the one before it, or names a person that is not below n_people. */
lp_status lp_words_from_json(const json_t *o, int n_people, lp_arena *a, lp_words *out,
                             lp_diag *d) LP_MUST_USE;

#endif
