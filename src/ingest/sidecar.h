/* The caption files beside a recording. */
#ifndef LP_INGEST_SIDECAR_H
#define LP_INGEST_SIDECAR_H

#include "session/session.h"

/* `path` is a recording, or a folder that holds one. Finds the files that readers.h can read, best
 * first, in this order: those with exact times before plain transcripts; those named as the
 * recording (stem.vtt) before those named stem.<anything>.vtt, whose <anything> is the language
 * where it is one, or stem_<language>.vtt;
 * transcripts before live captions (stem.cc.vtt); then by format: WebVTT, TTML,
 * SubStation Alpha, SubRip, SBV; then by name. Without any of those, and with no other recording in
 * the folder: the only caption file there, or those named for a language (en.vtt,
 * captions_pt-BR.srt). Names' case does not matter; a .txt or .md counts only when it is like a
 * transcript. Of a file that is named for a language and nothing else, the language is what the file itself says, where
 * it says one. Each gets kind, path, name, bytes, mtime_ns, format and lang (NULL: unknown);
 * sha256 is NULL. Links and files are taken, all else is not. *out is in the arena, NULL without
 * any. *left_out names the caption files that were found and fit no recording, split by ", "; NULL:
 * none. LP_ERR_NO_INPUT: the folder can not be listed; LP_ERR_NOMEM. */
lp_status lp_sidecar_find(const char *path, lp_arena *a, lp_caption_source **out, size_t *n,
                          const char **left_out, lp_diag *d) LP_MUST_USE;

/* The same for one caption file that the caller names; the format by its extension, "vtt" for
 * others; is_named is set. LP_ERR_NO_INPUT: not a file, or not there. */
lp_status lp_sidecar_one(const char *path, lp_arena *a, lp_caption_source *out,
                         lp_diag *d) LP_MUST_USE;

/* What is said of two files that a person named and that are in one language: file, language, the other file. */
#define LP_SAME_LANG \
    "%s: captions in %s come from %s already; name one file for each language, as talk.en.vtt and talk.fr.vtt"

#endif
