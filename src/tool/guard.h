/* What an engine made up: it goes round in loops, invents tails, hears words where nobody speaks. Every rule is pure and works
 * on the words of one chunk (or, of another engine, on one stretch of them). */
#ifndef LP_TOOL_GUARD_H
#define LP_TOOL_GUARD_H

#include "session/words.h"
#include "tool/vad.h"

typedef enum lp_guard_why {
    LP_GUARD_FINE,
    LP_GUARD_NO_VOICE,  /* less than 0.2 s of voice there */
    LP_GUARD_UNSURE,    /* the engine gives its words less than 0.4 on the average */
    LP_GUARD_TOO_FAST,  /* more than 6 words for each second of voice, and more than 3 of them */
    LP_GUARD_LOOP,      /* its text shrinks to less than 1/2.4 by deflate */
} lp_guard_why;

/* Whether a chunk's words are to be dropped as a whole, and why. `voice_us` is how long a voice is there; p -1 counts for
 * nothing. Memory that is out is no reason to drop. */
lp_guard_why lp_guard_chunk(const lp_word *words, size_t n, int64_t voice_us);
const char *lp_guard_name(lp_guard_why why); /* for messages: "nobody speaks there", .. */

/* Keeps one of one to eight words that come three times or more in a row, letter case and signs aside; a single word
 * must come four times ("no, no, no" is said). Returns how many are left. */
size_t lp_guard_loops(lp_word *words, size_t n);
/* Takes away an invented tail: the last words, each below 0.2 and in sum less than 0.1 on the average, or that lie in no voice
 * and are below 0.5. Returns how many are left. */
size_t lp_guard_tail(lp_word *words, size_t n, const lp_vad *v);

/* Ties times to the sound: a word that begins in a pause begins where the voice does, and ends where it ends; one with a
 * pause of 0.2 s or more inside lies on that side of it that has more voice; then starts never fall and no end is before its start or after the next word's. `v` may be NULL: the order alone. */
void lp_words_tie(lp_word *words, size_t n, const lp_vad *v);

#endif
