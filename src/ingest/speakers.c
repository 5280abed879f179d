#include "ingest/speakers.h"

#include <string.h>

#include "base/utf8.h"

enum { MAX_NAME_CHARS = 60, MAX_NAMES = 1000 };

struct name {
    const char *s;
    size_t n, count;
};

/* Bytes of the name that the text begins with, 0 for none; what follows it is at text + *rest.
 */
static size_t name_of(const char *text, size_t *rest)
{
    size_t n = strcspn(text, ":\n"), chars = lp_utf8_count(text, n);
    if (text[n] != ':' || n == 0 || chars > MAX_NAME_CHARS || text[0] == ' ')
        return 0;
    if (text[n + 1] != ' ' && text[n + 1] != '\n' && text[n + 1] != '\0') /* 10:30, https:// */
        return 0;
    int has_letter = 0;
    for (size_t i = 0, used; i < n; i += used) {
        int32_t c = lp_utf8_decode(text + i, n - i, &used);
        has_letter |= c > 0x7f || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        /* a sentence has ended before the colon: not a name ("Dr. Smith" has a letter's worth
         * before it) */
        if (c == '?' || c == '!' || c == ';' ||
            (c == '.' && i > 4 && i + 1 < n && text[i + 1] == ' '))
            return 0;
    }
    *rest = n + 1;
    while (text[*rest] == ' ' || text[*rest] == '\n')
        ++*rest;
    return has_letter ? n : 0;
}

static int is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* What stands before a colon in lectures and is nobody: such a word first, and it is no name. */
static const char *const labels[] = {
    "answer",    "beispiel", "chapter", "claim",    "conclusion", "definition", "ejemplo",  "error",  "example",  "exemple",
    "exercise",  "figure",   "frage",   "goal",     "hint",       "important",  "lemma",    "lesson", "method",   "note",
    "option",    "part",     "point",   "pregunta", "problem",    "proof",      "question", "remark", "remarque", "remember",
    "result",    "rule",     "section", "slide",    "so",         "solution",   "step",     "summary", "task",    "theorem",
    "tip",       "unit",     "warning", "week"
};

static int begins_with_label(const char *s, size_t n)
{
    size_t k = strcspn(s, " :,\n");
    for (size_t i = 0; k <= n && i < sizeof(labels) / sizeof(labels[0]); i++)
        if (strlen(labels[i]) == k && strncasecmp(s, labels[i], k) == 0)
            return 1;
    return 0;
}

/* "Anna Bell", "Anna": one to four words that begin with a capital. Whether a letter beyond ASCII is one is not known here; it
 * may stand behind the first. */
static int looks_like_name(const char *s, size_t n, size_t least_words)
{
    size_t n_words = 1;
    if (!(s[0] >= 'A' && s[0] <= 'Z') || memchr(s, ',', n) || begins_with_label(s, n))
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (s[i - 1] == ' ' && is_small(s[i]))
            return 0;
        n_words += s[i] == ' ' && s[i - 1] != ' ';
    }
    return n_words >= least_words && n_words <= 4;
}

/* A file in which (nearly) every cue names somebody marks its speakers: whoever it names twice is one, and so is who looks like
 * it. In one that names somebody here and there ("Name:" where the speaker changes) a name comes twice, and has two words unless
 * half of the cues have one: "SQL: a language" is no speaker. */
static int is_speaker(const struct name *name, int is_all, int is_half)
{
    if (is_all)
        return (name->count >= 2 && !begins_with_label(name->s, name->n)) || looks_like_name(name->s, name->n, 1);
    if (is_half)
        return name->count >= 2 && !begins_with_label(name->s, name->n);
    return name->count >= 2 && looks_like_name(name->s, name->n, 2);
}

static size_t find(const struct name *names, size_t n_names, const char *s, size_t n)
{
    size_t i = 0;
    while (i < n_names && (names[i].n != n || memcmp(names[i].s, s, n) != 0))
        i++;
    return i;
}

/* Gathers the names with how often they stand; *n_named is in how many cues. */
static lp_status gather(const lp_cues *c, lp_arena *a, struct name **names, size_t *n_names,
                        size_t *n_named, lp_diag *d)
{
    size_t cap = 0, rest;
    for (size_t i = 0; i < c->n; i++) {
        const char *text = c->items[i].text;
        size_t n = c->items[i].person < 0 ? name_of(text, &rest) : 0;
        if (!n)
            continue;
        ++*n_named;
        size_t k = find(*names, *n_names, text, n);
        if (k == MAX_NAMES)
            continue;
        if (k == *n_names) {
            if (lp_arena_grow(a, (void **)names, *n_names, &cap, sizeof(**names), MAX_NAMES) !=
                0)
                return lp_fail_nomem(d);
            (*names)[(*n_names)++] = (struct name){ text, n, 0 };
        }
        (*names)[k].count++;
    }
    return LP_OK;
}

lp_status lp_cues_find_speakers(lp_cues *c, lp_arena *a, lp_diag *d)
{
    struct name *names = NULL;
    size_t n_names = 0, n_named = 0, n_kept = 0, n_taken = 0;
    lp_status s = gather(c, a, &names, &n_names, &n_named, d);
    if (s != LP_OK || n_names == 0)
        return s;
    int is_all = n_named * 5 >= c->n * 4 && (c->n > 1 || n_named > 1),
        is_half = n_named * 2 >= c->n;
    for (size_t i = 0; i < c->n; i++) {
        lp_cue q = c->items[i];
        size_t rest = 0, n = q.person < 0 ? name_of(q.text, &rest) : 0;
        size_t k = n ? find(names, n_names, q.text, n) : n_names;
        int is_name =
            k < n_names && is_speaker(&names[k], is_all, is_half);
        if (is_name) {
            q.person = lp_cues_person(c, a, names[k].s, n);
            if (q.person < 0)
                return lp_fail_nomem(d);
            q.text += rest;
            n_taken++;
        }
        if (*q.text)
            c->items[n_kept++] = q;
        else
            c->n_dropped++;
    }
    c->n = n_kept;
    return n_taken == 0 ? LP_OK
                        : lp_finding_add(&c->findings, a, "captions-speakers", LP_NOTE, -1, -1, d,
                                         "%s: what stands before a colon was taken as the speaker's name in %zu of %zu captions",
                                         c->source ? c->source : "captions", n_taken, c->n);
}
