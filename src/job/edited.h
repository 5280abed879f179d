/* Captions that a person corrected in the package itself.
 *
 * Who edits OUT/captions.en.vtt and packs again wants that text to stay. The edited file is copied into the work folder and
 * stands in for what was imported or heard from then on; so media, and all else the text has no part in, are left alone.
 * A copy also says which cues a person checked (caption/marks.h): those that are not as they were published, and what the
 * file itself says of it. A copy is bound to the recording that the package was made of: another one packed into OUT does not get its text. */
#ifndef LP_JOB_EDITED_H
#define LP_JOB_EDITED_H

#include "base/arena.h"
#include "caption/marks.h"
#include "session/cues.h"

enum { LP_EDITED_RECORDING = 17 }; /* with the final NUL */

typedef struct lp_edited { /* a copy of what a person made of the captions in one language */
    char recording[LP_EDITED_RECORDING]; /* how the SHA-256 of the recording's bytes begins */
    const char *lang;                    /* of the source, as file names have it: in small letters */
    const char *path;
} lp_edited;

/* Looks at the package in `output` (there may be none): a captions file that is not the one its manifest names was
 * edited, and so was one whose track is marked as corrected while `work_dir` holds nothing of that language. Copies each
 * to the work folder. *out are all copies that are there, in the arena, by name; *n may be 0. A file in which there are no
 * captions any more is no correction: it is put aside there as unreadable.RECORDING.LANG.vtt, and an earlier correction
 * stands. That, and what else is to be said of what was edited, is added to *findings: it is of this run and not of the package,
 * which is in order again. LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM. */
lp_status lp_edited_keep(const char *output, const char *work_dir, lp_arena *a, lp_edited **out, size_t *n,
                         lp_findings *findings, lp_diag *d) LP_MUST_USE;

/* The marks in a copy, or in any caption file; none where it is not WebVTT in UTF-8. LP_ERR_IO, LP_ERR_NOMEM. */
lp_status lp_edited_marks(const char *path, lp_arena *a, lp_marks *out, lp_diag *d) LP_MUST_USE;

/* Whether the copy belongs to the recording with this SHA-256; not when that is NULL. */
int lp_edited_is_of(const lp_edited *e, const char *sha256);

/* Puts the cues of `edited` in the place of those in *cues: language, engine and people stay, "Speaker 2" is the second of them;
 * words stay with the cues that were not touched. Those are checked that the marks name, or where there is no list of
 * them those that were touched; speech without words that is marked, or has a cue now, is no longer unheard. LP_ERR_NOMEM. */
lp_status lp_edited_take(const lp_cues *edited, const lp_marks *marks, lp_cues *cues, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
