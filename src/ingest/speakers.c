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

/* "ANNA" or "Anna Bell": two words or more, none of which begins small. */
static int looks_like_name(const char *s, size_t n)
{
    size_t n_words = 1, n_small = 0;
    for (size_t i = 0; i < n; i++) {
        n_small += (size_t)is_small(s[i]);
        if ((i == 0 || s[i - 1] == ' ') && is_small(s[i]))
            return 0;
        n_words += i > 0 && s[i] == ' ' && s[i - 1] != ' ';
    }
    return n_small == 0 || n_words >= 2;
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
    size_t n_names = 0, n_named = 0, n_kept = 0;
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
            k < n_names && (is_all || (names[k].count >= 2 &&
                                       (is_half || looks_like_name(names[k].s, names[k].n))));
        if (is_name) {
            q.person = lp_cues_person(c, a, names[k].s, n);
            if (q.person < 0)
                return lp_fail_nomem(d);
            q.text += rest;
        }
        if (*q.text)
            c->items[n_kept++] = q;
        else
            c->n_dropped++;
    }
    c->n = n_kept;
    return LP_OK;
}
