/* Language tags as files and containers write them, to BCP 47. For ingest/ only. */
#ifndef LP_INGEST_LANG_H
#define LP_INGEST_LANG_H

#include "base/arena.h"
#include "base/diag.h"

/* Sets *out to the BCP 47 form of s[0..n) in the arena: "eng" gives "en", "pt_br" gives
 * "pt-BR", "iw" gives "he". *out stays as it is when that is no language ("und", "cc", "yt", "transcript"). LP_OK or
 * LP_ERR_NOMEM. */
lp_status lp_lang_read(lp_arena *a, const char *s, size_t n, const char **out,
                       lp_diag *d) LP_MUST_USE;

/* Whether the tag (as above) is of a language that a file is likely to be named for, with nothing else in its name. */
int lp_lang_is_common(const char *tag);

#endif
