/* Ingest: a file or a folder in, a session out. Recognises what is there, reads every packet once
 * (without decoding) to compare what the container claims with what it holds, finds captions beside
 * it and inside it, and says in findings whatever differs or is left out. */
#ifndef LP_INGEST_INGEST_H
#define LP_INGEST_INGEST_H

#include "base/progress.h"
#include "session/cues.h"
#include "session/session.h"

typedef struct lp_ingest_options {
    const char *title;    /* NULL: from the container or the file's name */
    const char *lang;     /* BCP 47; NULL: from the container or the captions, else "und" */
    const char *captions; /* a caption file to use; NULL: look for one */
    const char *const *more_captions; /* others, each in a language of its own */
    size_t n_more_captions;
} lp_ingest_options;

/* Reads `path`. Everything in *out lives in the arena.
 * LP_ERR_NO_INPUT: nothing there, not readable, or a folder without a recording; LP_ERR_INPUT: not media,
 * empty, or no stream with a single packet; LP_ERR_UNSUPPORTED: no decoder for any stream; LP_ERR_CANCELLED. */
lp_status lp_ingest(const char *path, const lp_ingest_options *o, lp_arena *a, const lp_progress *p,
                    lp_session *out, lp_diag *d) LP_MUST_USE;

/* The files that the session depends on: the recording, then each caption file. Without opening media:
 * for the fingerprint. Fills path, name, bytes and mtime_ns; sha256 is NULL. LP_ERR_NO_INPUT as above. */
lp_status lp_ingest_files(const char *path, const lp_ingest_options *o, lp_arena *a, lp_source **files,
                          size_t *n, lp_diag *d) LP_MUST_USE;

/* Reads the best of the session's captions in each language: *out (in the arena) holds *n tracks, the main
 * language first. The sources are tried in this order, and the first of a language that gives at least one cue is its
 * track:
 *   1. the files that the user named, in that order; two of them in one language are an error;
 *   2. sources in the session's language (with "und": all), then in another kind of it (pt-BR for pt-PT), then those
 *      that do not say theirs, then those in other languages;
 *   3. among these: files beside the recording as sidecar.h orders them, then the tracks inside it, then plain
 *      transcripts, whose times are coarse.
 * Tags of which one begins with the other (en, en-GB) are one language, but for files that both say theirs. With
 * several sources the first track has the finding "captions-chosen": which are used, and which are left out and why. A source that can not be read is a
 * finding, not an error, but for one that the user named (LP_ERR_INPUT); without any, *n is 0 and (*out)[0] is
 * still there, with the findings and the origin "none".
 * LP_ERR_INPUT, LP_ERR_USAGE (two named of one language), LP_ERR_NOMEM, LP_ERR_CANCELLED. */
lp_status lp_ingest_captions(const lp_session *s, lp_arena *a, const lp_progress *p, lp_cues **out, size_t *n,
                             lp_diag *d) LP_MUST_USE;

#endif
