/* What a caption needs to know about characters: how wide they show, which scripts go without
 * blanks, and capitals. Small tables of our own, for the scripts that lectures are captioned
 * in; the C library's depend on the locale. Pure.
 *
 * Widths follow Unicode's EastAsianWidth (W and F count 2) and its general categories Mn, Me
 * and Cf (0). */
#ifndef LP_CAPTION_LETTERS_H
#define LP_CAPTION_LETTERS_H

#include <stdint.h>

#include "base/buf.h"

int lp_letter_columns(int32_t c);     /* 0, 1 or 2 */
int lp_letter_is_cjk(int32_t c);      /* Han, kana and their punctuation: set without blanks */
int lp_letter_is_unspaced(int32_t c); /* those, and Thai, Lao, Khmer and Burmese */
int lp_letter_is_digit(int32_t c);    /* ASCII, fullwidth, Arabic-Indic, Persian, Devanagari */
/* Letters, digits, marks: what a word is made of. All that is no ASCII and no known punctuation
 * counts. */
int lp_letter_is_word(int32_t c);
int32_t lp_letter_lower(int32_t c); /* Latin, Greek, Cyrillic, Armenian, fullwidth; else c */
int32_t lp_letter_upper(int32_t c);
int lp_letter_is_stop(int32_t c);    /* ends a sentence: . ! ? and their kin */
int lp_letter_is_clause(int32_t c);  /* , ; : dashes and their kin */
int lp_letter_is_closing(int32_t c); /* quotes and brackets that may follow a stop */
int lp_letter_is_opening(int32_t c);

/* The size of text on the screen. */
typedef struct lp_text_size {
    size_t n_narrow, n_wide; /* characters of one and of two columns */
} lp_text_size;

lp_text_size lp_text_measure(const char *s, size_t n); /* a newline counts nothing */
/* Columns: the unit of reading speed, in which a wide character counts twice. */
size_t lp_text_columns(lp_text_size s);

/* Appends s[0..n) for comparing: lower case, and only what words are made of; the inner
 * apostrophes, points and hyphens go too ("Don't," -> "dont", "3.5%" -> "35%"; % and currency
 * signs stay). May append nothing. */
void lp_text_fold(lp_buf *out, const char *s, size_t n);

int32_t lp_text_first(const char *s, size_t n); /* its first character, 0 when empty */
int32_t lp_text_last(const char *s, size_t n);

/* Stands at the end of a line or a caption behind which its last word goes on: a word joiner (U+2060), which nobody
 * sees. */
#define LP_WORD_GOES_ON "\xe2\x81\xa0"
enum { LP_LETTER_WORD_GOES_ON = 0x2060 };

/* Whether a blank stands between two words that end and begin with these characters; none behind a word that goes on. */
int lp_text_has_blank_between(int32_t before, int32_t after);
/* Appends a caption's text with the words whole that were cut at the end of a line; other line ends stay. */
void lp_text_join(lp_buf *out, const char *s);
/* Appends a caption's text as running text: a line end becomes a blank, or nothing where the
 * script has none, or a word goes on. */
void lp_text_unwrap(lp_buf *out, const char *s);

#endif
