/* Text that was read in another coding than it was written in ("Ïðèâåò", "cafÃ©").
 * No file says what it is in: that it went wrong can only be seen in the letters. For ingest/ only. */
#ifndef LP_INGEST_MISREAD_H
#define LP_INGEST_MISREAD_H

#include <stddef.h>

/* What the UTF-8 text s[0..n), read from `encoding` (as base/utf8.h names it), seems to be really, as the end of a
 * sentence; NULL where nothing speaks for that. Of windows-1252: three times four characters beyond ASCII stand
 * together, which the languages written in it do not have; signs stand between letters, as Polish gives; letters come
 * together that no one language has, as Czech and Turkish give. Of others: UTF-8 that was read as windows-1252 once. */
const char *lp_text_misread(const char *s, size_t n, const char *encoding);

#endif
