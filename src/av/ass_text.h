/* The text of one line of SubStation Alpha, as files and libavcodec give it. Pure. */
#ifndef LP_AV_ASS_TEXT_H
#define LP_AV_ASS_TEXT_H

#include "base/buf.h"

/* Appends what s[0..n) shows: "{\i1}two\Nlines" gives "two", newline, "lines". Override blocks
 * go, and with them drawings ({\p1} .. {\p0}), whose numbers are no text; braces without a
 * backslash stay. */
void lp_ass_text(lp_buf *out, const char *s, size_t n);

#endif
