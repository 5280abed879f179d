/* Where a phrase may be broken: a few small word lists, for English, French, Spanish and
 * German. Other languages get punctuation and pauses only. Pure. */
#ifndef LP_CAPTION_PHRASES_H
#define LP_CAPTION_PHRASES_H

#include <stddef.h>

typedef enum lp_word_class {
    LP_WORD_PLAIN = 0,
    LP_WORD_ARTICLE = 1,     /* "the", "my": never the last word of a line */
    LP_WORD_PREPOSITION = 2, /* "of": never the last; a line may begin with it */
    LP_WORD_CONJUNCTION = 4, /* "and", "because": a line rather begins with it */
    LP_WORD_AUXILIARY = 8 /* "is", "will", and "I", "we'll" before them: rather not the last */
} lp_word_class;

/* The classes of a folded word (lp_text_fold) as bits; 0 for a language without lists. `lang`
 * is a BCP 47 tag or NULL. */
unsigned lp_word_classes(const char *lang, const char *folded);
int lp_lang_is(const char *lang, const char *primary); /* "en-GB" is "en" */
/* Whether a line must not end behind the word, which follows `before` (both folded; before may
 * be ""): an article or a preposition, but not the "on" of "later on". */
int lp_word_holds_on(const char *lang, const char *before, const char *folded);
/* Whether two folded words are part of one number: "twenty three", "two hundred". English. */
int lp_words_are_number(const char *lang, const char *folded, const char *next);
/* Whether word[0..n), with its point, is a known abbreviation ("Dr.", "e.g.", "z.B.") or an
 * initial ("J."). */
int lp_word_is_abbreviation(const char *word, size_t n);

#endif
