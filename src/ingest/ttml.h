/* Timed Text (TTML 1 and 2, DFXP, IMSC 1; W3C "Timed Text Markup Language", sections 8.2 and
 * 10): begin, end and dur of nested elements, sequences, clock, offset, frame and tick times;
 * <br/>; ttm:agent as speaker. Regions, styles and pictures are ignored. For
 * ingest/ only. */
#ifndef LP_INGEST_TTML_H
#define LP_INGEST_TTML_H

#include "session/cues.h"

/* Whether it is XML whose first element is <tt>, with any prefix. */
int lp_ttml_is(const char *text, size_t n);

/* Adds the cues of text[0..n) (UTF-8, whatever its declaration says) and mends them. A DOCTYPE
 * is refused: it can define entities that grow without end. Where the XML breaks, what came
 * before is kept and "captions-damaged" says so; text without times is dropped and counted.
 * Sets out->lang from xml:lang when it is NULL. LP_ERR_INPUT: not XML, refused, elements nested
 * too deep, or without any captions that are text; LP_ERR_NOMEM. */
lp_status lp_ttml_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
