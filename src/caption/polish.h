/* The few things about spelling that can be mended without knowing what was meant. Pure. */
#ifndef LP_CAPTION_POLISH_H
#define LP_CAPTION_POLISH_H

#include "session/words.h"

/* Changes texts in place (new ones are in the arena), never the number of words: a sentence,
 * and a new speaker's first, begins with a capital (engines cut speech into pieces and join
 * them again); English "i", "i'm" become "I", "I'm"; a word of terms[0..n_terms), as the slides
 * write it, gets their capitals where these are peculiar ("anova" -> "ANOVA", "comfyui" ->
 * "ComfyUI"; "Variance" at the head of a slide changes nothing, nor does a title set in
 * capitals). "iPhone", "pH" and addresses keep their small letters. lang is a BCP 47 tag or
 * NULL. LP_OK or LP_ERR_NOMEM. */
lp_status lp_words_polish(lp_words *w, const char *lang, const char *const *terms,
                          size_t n_terms, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
