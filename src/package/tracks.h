/* The captions of a package: one track for each language, the main one first, under the names and people that the
 * package shows.
 *
 *     lp_tracks t;  s = lp_tracks_make(&in, a, &t, d);
 *     for (size_t i = 0; i < t.n; i++) puts(t.items[i].vtt_path); */
#ifndef LP_PACKAGE_TRACKS_H
#define LP_PACKAGE_TRACKS_H

#include "base/arena.h"
#include "package/package.h"

typedef struct lp_track {
    const lp_cues *cues; /* what it is and where it is from; its people; the cues themselves are these: */
    const lp_cue *items; /* package time */
    size_t n;
    const char *lang;                            /* BCP 47 in form; "und" */
    const char *vtt_path, *srt_path, *text_path; /* captions.pt-br.vtt, .srt, transcript.pt-br.txt */
} lp_track;

typedef struct lp_tracks {
    lp_track *items; /* those with a cue; none without a main one */
    size_t n;
} lp_tracks;

/* The language of what is said, as far as it is a tag (BCP 47 in form); else "und". */
const char *lp_tracks_lang(const lp_package_input *in);

/* Everything in *out lives in the arena or in `in`. LP_ERR_INTERNAL: two tracks would have one name; LP_ERR_NOMEM. */
lp_status lp_tracks_make(const lp_package_input *in, lp_arena *a, lp_tracks *out, lp_diag *d) LP_MUST_USE;

#endif
