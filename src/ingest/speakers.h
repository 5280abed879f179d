/* Speakers written into the text, as Zoom does: "Andrew Knight: Okay, so we're recording." For
 * ingest/ only. */
#ifndef LP_INGEST_SPEAKERS_H
#define LP_INGEST_SPEAKERS_H

#include "session/cues.h"

/* Turns "Name: " at the start of cues that have no person into their person. A lecture also
 * says "Note: .." and "Question: ..", so: where 4 of 5 cues have such a start, those that recur or
 * look like a name (capitals, no label such as "Example") are; where half have, those that recur;
 * else only those that recur and have two words or more with capitals. A name that is missed
 * stays in the text; a word that is taken for one would be lost. At most 60 characters. Cues with
 * nothing behind it are dropped and counted; a finding "captions-speakers" says what was taken. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_find_speakers(lp_cues *c, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
