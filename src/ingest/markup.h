/* Takes the markup off caption text. For ingest/ only. */
#ifndef LP_INGEST_MARKUP_H
#define LP_INGEST_MARKUP_H

#include "base/buf.h"

/* Called with the text said by one voice (never blank, clean, lines trimmed) and its name (""
 * for none). */
typedef lp_status (*lp_markup_said)(void *user, const char *name, const char *text, lp_diag *d);

/* Reads the WebVTT cue text s[0..n). Only the tags of WebVTT, HTML's i b u s em strong font
 * span br p div a and time stamps are tags: anything else between < and > is text that nobody
 * escaped, and stays. A reading in <rt> within <ruby> stands in brackets behind its base. With has_braces also {\..} is markup. Calls `said` for each voice in
 * turn; not at all when no text is left. LP_OK, LP_ERR_NOMEM, or what `said` returned. */
lp_status lp_markup_read(const char *s, size_t n, int has_braces, lp_markup_said said,
                         void *user, lp_diag *d) LP_MUST_USE;

/* Appends what the character reference at s (its &) stands for. Returns its bytes, of s[0..n); 0 when it is none. */
size_t lp_markup_reference(lp_buf *out, const char *s, size_t n);

/* Appends s[0..n) cleaned for people: control characters gone, runs of blanks one space, lines
 * trimmed, blank ones dropped. */
void lp_markup_tidy(lp_buf *out, const char *s, size_t n);

#endif
