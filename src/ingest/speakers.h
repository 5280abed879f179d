/* Speakers written into the text, as Zoom does: "Andrew Knight: Okay, so we're recording." For
 * ingest/ only. */
#ifndef LP_INGEST_SPEAKERS_H
#define LP_INGEST_SPEAKERS_H

#include "session/cues.h"

/* Turns "Name: " at the start of cues that have no person into their person. A lecture also
 * says "Note: ..", "SQL: .." and "Machine Learning: ..", and a word that is taken for a name is
 * lost, while a name that is missed stays in the text. So it is the file that decides. Where 4 of
 * 5 cues have such a start, those that recur or look like a name (capitals, no label such as
 * "Example") are names, and where nearly all have, any single word is one too. Where half have,
 * those that recur, do not begin small and are no single word in capitals; else two or more that recur and have two to
 * four words with capitals, if a tenth of the cues have them. In all but that last case a cue without any such start goes
 * on with who spoke before, as Zoom writes, and so does one whose start can be no name ("so there are two: .."). At most
 * 60 characters. Where a line begins with ">> Name: ", as in live captions, that is the speaker, also of what follows up to the
 * next ">>"; a cue with several becomes one for each, of the same times. Cues with nothing behind it are dropped and counted; a finding "captions-speakers" says how many were taken. LP_OK
 * or LP_ERR_NOMEM. */
lp_status lp_cues_find_speakers(lp_cues *c, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
