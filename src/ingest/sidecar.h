/* The caption files beside a recording. */
#ifndef LP_INGEST_SIDECAR_H
#define LP_INGEST_SIDECAR_H

#include "session/session.h"

/* `path` is a recording, or a folder that holds one. Finds, best first: stem.vtt, stem.srt;
 * then stem.<anything>.vtt or .srt, whose <anything> is the language where it is one; else, if
 * no other recording is in that folder, the only caption file there. Names' case does not
 * matter. Each gets kind, path, name, bytes, mtime_ns, format ("vtt", "srt") and lang (NULL:
 * unknown); sha256 is NULL. Links and files are taken, all else is not. *out is in the arena,
 * NULL without any. LP_ERR_NO_INPUT: the folder can not be listed; LP_ERR_NOMEM. */
lp_status lp_sidecar_find(const char *path, lp_arena *a, lp_caption_source **out, size_t *n,
                          lp_diag *d) LP_MUST_USE;

/* The same for one caption file that the caller names; the format by its extension, "vtt" for
 * others. LP_ERR_NO_INPUT: not a file, or not there. */
lp_status lp_sidecar_one(const char *path, lp_arena *a, lp_caption_source *out,
                         lp_diag *d) LP_MUST_USE;

#endif
