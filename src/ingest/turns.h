/* Turns that Teams cut into cues: what one person says without a break has one number, and its parts follow each other in
 * the file. The name of a cue is <GUID>/<turn>-<part>. For ingest/ only. */
#ifndef LP_INGEST_TURNS_H
#define LP_INGEST_TURNS_H

#include "session/cues.h"

typedef struct lp_turns {
    const char *name; /* of the turn of the last cue, "" or NULL: it is of none */
    int64_t part;     /* of that cue */
    size_t n_joined;  /* parts that were made one with the one before */
} lp_turns;

/* Looks at the last cue of *c, alone taken from a cue of the file that is named id[0..n): where it is the next part of the
 * turn of the one before it, by the same person, both become one, and its words get their times within their parts. Sentences
 * are whole then, and captions break where they do. A turn of more than some 4000 bytes begins anew. LP_OK or LP_ERR_NOMEM. */
lp_status lp_turns_take(lp_turns *t, lp_cues *c, lp_arena *a, const char *id, size_t n, lp_diag *d) LP_MUST_USE;

#endif
