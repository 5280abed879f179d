/* A supplied transcript, which has the right words, and what an engine heard, which has the
 * times: made into one. Pure.
 *
 *     lp_align_result found;
 *     s = lp_words_align(text, strlen(text), &heard, duration_us, a, &cues, &found, d);
 *     s = lp_cues_layout(&cues, &layout, a, d); */
#ifndef LP_CAPTION_ALIGN_H
#define LP_CAPTION_ALIGN_H

#include "session/cues.h"

/* A passage in which text and sound differ for more than 8 words. */
typedef struct lp_stretch {
    int64_t start_us, end_us;
    size_t n_text, n_heard;   /* words that do not match */
    const char *text, *heard; /* how it begins on either side, at most some 200 bytes; "" where
                                 there is none */
} lp_stretch;

typedef struct lp_align_result {
    size_t n_text, n_heard; /* words on either side */
    size_t n_same, n_near;  /* words of the text that were heard so, or nearly so */
    size_t n_headings;      /* lines of the text that were left out: nobody says them */
    lp_stretch *stretches;  /* by time */
    size_t n_stretches, cap_stretches;
} lp_align_result;

/* Reads text[0..n), UTF-8, as words; out->words gets all of them, in order and as written, with
 * the times and the p of what was heard. Words that were not heard get the time between their
 * neighbours and no p. Not spoken, and left out, are headings ("# ..", "== .. ==", underlined
 * lines), times in front of a line ("[0:03]", "00:01:02") and speaker labels: "Name: " in front
 * of a line, up to four words that begin with a capital, where it comes twice, ">>" stands before it, 4 of 5
 * paragraphs begin with one (and it is no word as "Example") or the person is known in out->people, letter case and a last part in brackets ("Ada (continues): ") aside; it
 * gives the person of the words up to the next, and is added to out->people. Without labels a word has the person it was heard with. Chinese and Japanese are
 * matched by characters. duration_us bounds times, 0: not known. LP_OK or LP_ERR_NOMEM. */
lp_status lp_words_align(const char *text, size_t n, const lp_words *heard, int64_t duration_us,
                         lp_arena *a, lp_cues *out, lp_align_result *result,
                         lp_diag *d) LP_MUST_USE;

#endif
