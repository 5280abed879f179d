/* What a person says of captions in the caption file itself, in comments that no player shows:
 *
 *     NOTE reviewed              all of it is right
 *
 *     NOTE checked               those that begin then are right, or hold nothing that ought to be written
 *     00:00:08.000
 *     00:01:12.480
 *
 * Pure. */
#ifndef LP_CAPTION_MARKS_H
#define LP_CAPTION_MARKS_H

#include "base/arena.h"
#include "base/buf.h"
#include "session/cues.h"

typedef struct lp_marks {
    int64_t *starts_us; /* in the order of the file */
    size_t n, cap;
    int is_reviewed;
    int has_list; /* there is a "NOTE checked", if only an empty one */
} lp_marks;

/* Adds the marks in the WebVTT file text[0..n) to *m; lines that are no times are passed over. LP_ERR_NOMEM. */
lp_status lp_marks_read(const char *text, size_t n, lp_arena *a, lp_marks *m, lp_diag *d) LP_MUST_USE;
lp_status lp_marks_add(lp_marks *m, lp_arena *a, int64_t start_us, lp_diag *d) LP_MUST_USE;
int lp_marks_has(const lp_marks *m, int64_t start_us); /* to the millisecond */

/* Appends the comment with the list, a blank line before it. */
void lp_marks_write(const lp_marks *m, lp_buf *out);
void lp_marks_write_one(int64_t start_us, lp_buf *out); /* one more in the list that was just written */

#endif
