/* What caption formats share: lines, times, markup, and the mending of what came out. For
 * ingest/ only. */
#ifndef LP_INGEST_CUE_TEXT_H
#define LP_INGEST_CUE_TEXT_H

#include "base/buf.h"
#include "session/cues.h"

typedef struct lp_line {
    const char *s;
    size_t n; /* without its end */
} lp_line;

/* The line at *at of text[0..n), ended by LF, CR LF or CR; moves *at behind it. 0 at the end of
 * the text. */
int lp_line_next(const char *text, size_t n, size_t *at, lp_line *out);
int lp_line_is_blank(lp_line l); /* spaces and tabs only */
int lp_line_has(lp_line l, const char *word);

/* "start --> end", anything may follow. Times are [H:]M:S with an optional fraction after a
 * point or a comma; that is WebVTT's form, SubRip's, and the unpadded one ("0:0:1.57") that
 * Teams wrote. Minutes and seconds have one or two digits and are below 60, hours at most
 * 99999. Returns 0, or -1 for any other line. */
int lp_line_timing(lp_line l, int64_t *start_us, int64_t *end_us);
/* The same for SubRip, where editors that shift all times write "-00:00:02,000": such a time is below 0. */
int lp_line_timing_signed(lp_line l, int64_t *start_us, int64_t *end_us);
/* The same as the first; *rest is what follows the times. */
int lp_line_timing_rest(lp_line l, int64_t *start_us, int64_t *end_us, lp_line *rest);

/* The whole line is one such time, blanks around it aside. Returns 0, or -1 with *at_us unchanged. */
int lp_line_clock(lp_line l, int64_t *at_us);

typedef enum lp_markup {
    LP_MARKUP_VTT, /* tags, <v Name>, character references */
    LP_MARKUP_SRT, /* the same, and {\an8} */
    LP_MARKUP_NONE
} lp_markup;

/* Counts a cue that can not be taken, in n_read and n_dropped, and keeps where it stands: text + at is in its line, of
 * text that the caller reads. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_drop(lp_cues *c, lp_arena *a, const char *text, size_t at, lp_diag *d) LP_MUST_USE;
lp_status lp_cues_drop_line(lp_cues *c, lp_arena *a, size_t line, lp_diag *d) LP_MUST_USE; /* lines from 1 */

/* Adds what one cue of the source says: markup is taken off, character references are decoded
 * once, the lines are trimmed. Counts in n_read, and n_dropped when no text is left. A cue in
 * which several voices speak becomes one cue for each. end_us <= start_us is kept for lp_cues_mend(). What begins
 * below 0 begins at 0, and what ends there is dropped; both are counted. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_take(lp_cues *c, lp_arena *a, int64_t start_us, int64_t end_us,
                       const char *text, size_t n, lp_markup markup, lp_diag *d) LP_MUST_USE;

/* After the last cue: sorts, gives cues without a usable end one from their length, takes
 * Panopto's note of a machine off the first (finding "captions-automatic") and "Name: " off cues
 * whose speakers are written so (lp_cues_find_speakers), joins repeated cues,
 * and says in findings what was left out, joined or mended. c->source names the file in them. LP_OK or
 * LP_ERR_NOMEM. */
lp_status lp_cues_mend(lp_cues *c, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
