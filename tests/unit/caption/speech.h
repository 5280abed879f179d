/* Speech for tests: words with the times a lecturer would give them, from a fixed seed. */
#ifndef TESTS_CAPTION_SPEECH_H
#define TESTS_CAPTION_SPEECH_H

#include <stdio.h>
#include <string.h>

#include "caption/letters.h"
#include "session/cues.h"

static const char *const speech_vocabulary[] = {
    "the",         "of",           "and",
    "a",           "to",           "in",
    "is",          "that",         "it",
    "for",         "was",          "on",
    "are",         "as",           "with",
    "we",          "at",           "this",
    "from",        "have",         "or",
    "by",          "one",          "had",
    "not",         "but",          "what",
    "all",         "were",         "when",
    "there",       "can",          "an",
    "which",       "their",        "if",
    "will",        "each",         "about",
    "how",         "up",           "out",
    "them",        "then",         "she",
    "many",        "some",         "so",
    "these",       "would",        "other",
    "into",        "has",          "more",
    "two",         "like",         "him",
    "see",         "time",         "could",
    "no",          "make",         "than",
    "first",       "been",         "its",
    "who",         "now",          "people",
    "my",          "made",         "over",
    "did",         "down",         "only",
    "way",         "find",         "use",
    "may",         "water",        "long",
    "little",      "very",         "after",
    "words",       "called",       "just",
    "where",       "most",         "know",
    "get",         "through",      "back",
    "much",        "before",       "line",
    "right",       "regression",   "variance",
    "hypothesis",  "distribution", "photosynthesis",
    "estimate",    "parameter",    "significance",
    "standard",    "error",        "sample",
    "population",  "coefficient",  "residual",
    "probability", "independent",  "matrix",
    "function",    "derivative",   "example",
    "slope",       "intercept",    "measure",
    "question",    "students",     "result",
    "table",       "figure",
};

struct speech_seed {
    uint32_t x;
};

static inline uint32_t speech_random(struct speech_seed *s, uint32_t below)
{
    s->x = s->x * 1664525U + 1013904223U;
    return (s->x >> 8) % below;
}

/* n words at about 150 a minute, in sentences, with breaths, commas, pauses and numbers. Two
 * people when has_turns. */
static inline int speech_make(lp_words *w, lp_arena *a, size_t n, uint32_t seed, int has_turns)
{
    struct speech_seed s = { seed };
    int64_t t_us = 500000;
    int person = has_turns ? 0 : -1;
    uint32_t left = 0, length = 0;
    for (size_t i = 0; i < n; i++) {
        char text[64];
        uint32_t n_vocabulary = sizeof(speech_vocabulary) / sizeof(speech_vocabulary[0]);
        int is_first = left == 0;
        if (is_first)
            left = length = 4 + speech_random(&s, 22);
        if (speech_random(&s, 40) == 0)
            snprintf(text, sizeof(text), "%u", speech_random(&s, 900) + 1);
        else
            snprintf(text, sizeof(text), "%s",
                     speech_vocabulary[speech_random(&s, n_vocabulary)]);
        if (is_first && text[0] >= 'a')
            text[0] = (char)(text[0] - 32);
        int64_t len_us = 80000 + (int64_t)strlen(text) * 40000 + speech_random(&s, 110000),
                pause_us = 10000;
        left--;
        if (left == 0) {
            strncat(text, speech_random(&s, 8) ? "." : "?", 2);
            pause_us = 250000 + speech_random(&s, speech_random(&s, 12) ? 700000 : 6000000);
        } else if (length - left > 3 && speech_random(&s, 9) == 0) {
            strncat(text, ",", 2);
            pause_us = 60000 + speech_random(&s, 350000);
        } else if (speech_random(&s, 25) == 0) {
            pause_us = 300000 + speech_random(&s, 500000);
        }
        lp_word word = { t_us, t_us + len_us, text, 0.5F + (float)speech_random(&s, 500) / 1000,
                         person };
        if (lp_words_add(w, a, word, NULL) != LP_OK)
            return -1;
        t_us += len_us + pause_us;
        if (left == 0 && has_turns && speech_random(&s, 6) == 0) {
            person = 1 - person;
            t_us += 400000;
        }
    }
    return 0;
}

/* The same text but for blanks and line ends, word for word. */
static inline int speech_same_text(const lp_words *w, const lp_cue *cues, size_t n)
{
    size_t k = 0;
    const char *at = "";
    for (size_t i = 0; i < n; i++)
        for (const char *p = cues[i].text; *p; p++) {
            if (strncmp(p, LP_WORD_GOES_ON, 3) == 0 && (p[3] == '\n' || !p[3])) {
                p += 2;
                continue;
            }
            if (*p == ' ' || *p == '\n')
                continue;
            while (!*at) {
                if (k == w->n)
                    return 0;
                at = w->items[k++].text;
            }
            if (*p != *at++)
                return 0;
        }
    return !*at && k == w->n;
}

#endif
