/* The time stamps within a WebVTT cue ("so<00:00:05.200><c> then</c>"), as times of its words. YouTube writes them for
 * each word of its captions, karaoke for each syllable. For ingest/ only. */
#ifndef LP_INGEST_TIMED_WORDS_H
#define LP_INGEST_TIMED_WORDS_H

#include "session/cues.h"

/* Gives c->items[cue], which was read from the WebVTT cue text s[0..n), the words and times of its lines from the first
 * that has a stamp on: of a rolling window those are the new ones. Words between two stamps share the time by their
 * length. Nothing is added without a stamp within the cue's time, where several voices speak, or where the words would
 * begin before those of c->words. LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_time_words(lp_cues *c, lp_arena *a, size_t cue, const char *s, size_t n, lp_diag *d) LP_MUST_USE;

#endif
