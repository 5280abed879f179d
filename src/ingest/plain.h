/* Transcripts as plain text: those of Meet (a time now and then, then "Name: text" lines), of Teams ("Name   0:03",
 * then paragraphs), and of Webex and others ("0:03 : Name : text", "00:00:03 Name: text"). For ingest/ only. */
#ifndef LP_INGEST_PLAIN_H
#define LP_INGEST_PLAIN_H

#include "session/cues.h"

/* Whether it has a time that text of a speaker follows, in one of these forms. */
int lp_plain_is(const char *text, size_t n);

/* Adds the cues of text[0..n) and mends them. Between two times of the source, the cues share
 * the time by their length, but nobody speaks slower than 5 characters a second: out gets
 * is_approximate and the finding "captions-approximate"; "captions-notices" says that "Anna started
 * transcription" was left out. LP_ERR_INPUT: no text follows a time;
 * LP_ERR_NOMEM. */
lp_status lp_plain_parse(const char *text, size_t n, lp_arena *a, lp_cues *out,
                       lp_diag *d) LP_MUST_USE;

#endif
