#include "caption/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "caption/letters.h"

enum { MAX_CANDIDATES = 400, LEAST_ACRONYM = 3, MOST_LETTERS = 30 };

/* Words of four letters and more that any engine expects in a lecture; sorted. */
static const char *const common[] = {
    "about", "above", "after", "again", "against", "also", "always", "another", "answer", "because", "been", "before",
    "below", "between", "both", "called", "cannot", "case", "cases", "change", "class", "come", "could", "course",
    "data", "different", "does", "done", "down", "each", "even", "every", "example", "examples", "figure", "find",
    "first", "four", "from", "give", "given", "gives", "good", "great", "have", "here", "high", "home", "how", "idea",
    "important", "into", "just", "keep", "know", "large", "last", "learn", "left", "less", "like", "line", "list",
    "little", "long", "look", "made", "make", "makes", "many", "mean", "means", "might", "more", "most", "much",
    "must", "name", "need", "never", "next", "note", "number", "numbers", "often", "once", "only", "open", "other",
    "over", "page", "part", "people", "place", "point", "problem", "question", "questions", "read", "result",
    "results", "right", "same", "second", "section", "show", "shown", "shows", "side", "simple", "slide", "small",
    "some", "start", "still", "student", "students", "such", "summary", "take", "than", "that", "their", "them",
    "then", "there", "these", "they", "thing", "things", "this", "those", "three", "through", "time", "times", "today",
    "together", "took", "under", "until", "used", "uses", "using", "value", "values", "very", "want", "week", "well",
    "were", "what", "when", "where", "which", "while", "will", "with", "without", "word", "words", "work", "world",
    "would", "write", "year", "years", "your"
};

typedef struct candidate {
    const char *text;
    size_t n;   /* bytes */
    int rank;   /* higher: rarer */
} candidate;

static int by_text(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static int is_common(const candidate *c)
{
    char lower[MOST_LETTERS + 1];
    if (c->n > MOST_LETTERS)
        return 0;
    for (size_t i = 0; i < c->n; i++)
        lower[i] = (char)(c->text[i] >= 'A' && c->text[i] <= 'Z' ? c->text[i] + 32 : c->text[i]);
    lower[c->n] = '\0';
    return bsearch(lower, common, sizeof(common) / sizeof(common[0]), sizeof(common[0]), by_text) != NULL;
}

/* Looks at one word: a term has letters only, hyphens and apostrophes inside. */
static int judge(candidate *c)
{
    int letters = 0, capitals = 0;
    for (size_t i = 0, used = 0; i < c->n; i += used) {
        int32_t ch = lp_utf8_decode(c->text + i, c->n - i, &used);
        if (lp_letter_is_digit(ch))
            return 0;
        if (ch == '-' || ch == '\'' || ch == 0x2019)
            continue;
        if (!lp_letter_is_word(ch))
            return 0;
        letters++;
        capitals += lp_letter_lower(ch) != ch;
    }
    int is_acronym = letters >= LEAST_ACRONYM && capitals == letters && letters <= 6;
    if (letters > MOST_LETTERS || (letters < LP_TERM_LEAST_LETTERS && !is_acronym) || is_common(c))
        return 0;
    c->rank = letters + (is_acronym ? 20 : capitals ? 6 : 0);
    return 1;
}

static int is_there(const candidate *list, size_t n, const candidate *c)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].n == c->n && strncasecmp(list[i].text, c->text, c->n) == 0)
            return 1;
    return 0;
}

/* The next word of the text: what stands between blanks, without the punctuation around it. 0 at the end. */
static int next_word(const char **p, candidate *c)
{
    static const char around[] = " \t\n.,;:!?()[]{}<>\"'`*#=+|/\\_~%&$@^-";
    *p += strspn(*p, around);
    size_t n = strcspn(*p, " \t\n,;:!?()[]{}<>\"`*#=+|/\\_~%&$@^");
    if (n == 0)
        return 0;
    *c = (candidate){ .text = *p, .n = n };
    *p += n;
    while (c->n > 0 && strchr(".'-", c->text[c->n - 1]))
        c->n--;
    return 1;
}

int lp_terms_find(const char *text, lp_arena *a, const char *terms[LP_TERMS_MOST])
{
    candidate *list = lp_arena_alloc(a, MAX_CANDIDATES, sizeof(*list)), c;
    size_t n = 0;
    int made = 0;
    if (!list)
        return -1;
    while (n < MAX_CANDIDATES && next_word(&text, &c)) {
        if (!judge(&c) || is_there(list, n, &c))
            continue;
        size_t k = n++;
        for (; k > 0 && list[k - 1].rank < c.rank; k--)
            list[k] = list[k - 1];
        list[k] = c;
    }
    for (; (size_t)made < n && made < LP_TERMS_MOST; made++)
        if (!(terms[made] = lp_arena_strndup(a, list[made].text, list[made].n)))
            return -1;
    return made;
}
