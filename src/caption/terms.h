/* Words of a slide that an engine would not expect: names, terms of the subject. Pure. */
#ifndef LP_CAPTION_TERMS_H
#define LP_CAPTION_TERMS_H

#include <stddef.h>

#include "base/arena.h"

enum { LP_TERMS_MOST = 15, LP_TERM_LEAST_LETTERS = 4 };

/* Of the text of a slide the words that are worth telling, at most LP_TERMS_MOST, the rarest kind first, each once whatever its
 * case: four letters or more (acronyms of capitals three), no digits, not among the commonest words of English. Acronyms and
 * names with capitals come before others, long words before short ones. terms[] points into the arena. Returns how many; -1 when
 * memory is out. */
int lp_terms_find(const char *text, lp_arena *a, const char *terms[LP_TERMS_MOST]);

#endif
