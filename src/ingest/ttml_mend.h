/* Timed text as people write it, made XML before it is parsed: one & that nobody escaped would end the reading there,
 * and all captions behind it would be lost. For ingest/ only. */
#ifndef LP_INGEST_TTML_MEND_H
#define LP_INGEST_TTML_MEND_H

#include "base/buf.h"

/* Appends text[0..n) to `out`. Outside comments, CDATA and instructions: a name of HTML's (&eacute;) becomes its
 * character, any other & that begins no reference becomes &amp;, a < that begins no tag &lt;, a reference to what is no
 * character of XML becomes U+FFFD, and so does such a character itself. Lines stay where they are. Returns how many
 * places were changed, but for HTML's names, which mean what they say. */
size_t lp_ttml_mend(lp_buf *out, const char *text, size_t n);

#endif
