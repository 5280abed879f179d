#include "ingest/speakers.h"

#include <string.h>

#include "base/utf8.h"
#include "session/label_words.h"

enum { MAX_NAME_CHARS = 60, MAX_NAMES = 1000, MAX_PARTS = 1000000 };

struct name {
    const char *s;
    size_t n, count;
};

/* The point at s[i] ends a sentence: behind a word longer than "Prof", before a blank. In "Karim
 * T. (matkt)" and "Dr. Chen" it does not. */
static int ends_sentence(const char *s, size_t i, size_t n)
{
    size_t len = 0;
    while (len < i && s[i - len - 1] != ' ')
        len++;
    return len > 4 && i + 1 < n && s[i + 1] == ' ';
}

/* Bytes of the name that the text begins with, 0 for none; what follows it is at text + *rest.
 */
static size_t name_of(const char *text, size_t *rest)
{
    size_t n = strcspn(text, ":\n");
    if (text[n] != ':' || n == 0 || text[0] == ' ' || lp_utf8_count(text, n) > MAX_NAME_CHARS)
        return 0;
    if (text[n + 1] != ' ' && text[n + 1] != '\n' && text[n + 1] != '\0') /* 10:30, https:// */
        return 0;
    int has_letter = 0;
    for (size_t i = 0, used; i < n; i += used) {
        int32_t c = lp_utf8_decode(text + i, n - i, &used);
        has_letter |= c > 0x7f || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (c == '?' || c == '!' || c == ';' || (c == '.' && ends_sentence(text, i, n)))
            return 0;
    }
    *rest = n + 1;
    while (text[*rest] == ' ' || text[*rest] == '\n')
        ++*rest;
    return has_letter ? n : 0;
}

typedef enum letter { LETTER_NONE, LETTER_SMALL, LETTER_CAPITAL, LETTER_CASELESS } letter;

/* Latin, Greek and Cyrillic have capitals; the letters behind them (Armenian's and Georgian's
 * too, as far as names go) are taken as scripts without. */
static letter letter_of(int32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7) ||
        (c >= 0x3ac && c <= 0x3ce) || (c >= 0x430 && c <= 0x45f))
        return LETTER_SMALL;
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x386 && c <= 0x3ab) || (c >= 0x400 && c <= 0x42f))
        return LETTER_CAPITAL;
    if ((c >= 0x100 && c <= 0x17f) || (c >= 0x460 && c <= 0x52f)) /* in turns */
        return c >= 0x139 && c <= 0x148 ? (c % 2 ? LETTER_CAPITAL : LETTER_SMALL)
               : c >= 0x179 && c <= 0x17e ? (c % 2 ? LETTER_CAPITAL : LETTER_SMALL)
               : c % 2                    ? LETTER_SMALL
                                          : LETTER_CAPITAL;
    return c >= 0x530 && !(c >= 0x2000 && c <= 0x2bff) ? LETTER_CASELESS : LETTER_NONE;
}

/* "van", "de la": parts of names that begin small. */
static int is_particle(const char *s, size_t n)
{
    static const char *const known[] = { "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du",
                                         "la",  "le",  "el",  "al",  "bin", "ibn", "ben",  "y",  "e",  "zu" };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strlen(known[i]) == n && memcmp(known[i], s, n) == 0)
            return 1;
    return 0;
}

/* "Anna Bell", "Anna", "Marius van der Wijden": up to `most` words that do not begin small. A
 * script without capitals gives no such sign: its names must recur. */
static int looks_like_name(const char *s, size_t n, size_t least_words, size_t most)
{
    size_t n_words = 0;
    if (memchr(s, ',', n) || lp_begins_with_label(s, n))
        return 0;
    for (size_t i = 0, used; i < n;) {
        size_t len = 0;
        while (i + len < n && s[i + len] != ' ')
            len++;
        if (len) {
            letter l = letter_of(lp_utf8_decode(s + i, len, &used));
            if (n_words == 0 ? l != LETTER_CAPITAL
                             : l == LETTER_SMALL && !is_particle(s + i, len))
                return 0;
            n_words++;
        }
        i += len + 1;
    }
    return n_words >= least_words && n_words <= most;
}

/* "SQL": also a name ("ANN"), so it says little. */
static int is_one_word_in_capitals(const char *s, size_t n)
{
    size_t used;
    for (size_t i = 0; i < n; i += used)
        if (letter_of(lp_utf8_decode(s + i, n - i, &used)) != LETTER_CAPITAL)
            return 0;
    return 1;
}

static int is_one_word(const char *s, size_t n)
{
    return !memchr(s, ' ', n);
}

/* "milen | Erigon", "terence (Prysm)": people say so of themselves, sentences do not. */
static int has_affiliation(const char *s, size_t n)
{
    return memchr(s, '|', n) || memchr(s, '(', n) || memchr(s, '@', n);
}

/* How clearly a file says that it names its speakers. */
typedef enum marking {
    MARKED_HARDLY,  /* here and there something stands before a colon */
    MARKED_TURNS,   /* in half of the cues: who goes on is not named again */
    MARKED_NEARLY,  /* in 4 of 5 */
    MARKED_ALWAYS   /* in 19 of 20, and in 20 or more */
} marking;

/* n_named of n cues have something before a colon, and n_labels of those a label. */
static marking marking_of(size_t n_named, size_t n_labels, size_t n)
{
    if ((n_named - n_labels) * 2 < n || n_named < 2)
        return MARKED_HARDLY;
    if (n_named * 20 >= n * 19 && n_named >= 20)
        return MARKED_ALWAYS;
    return n_named * 5 >= n * 4 ? MARKED_NEARLY : MARKED_TURNS;
}

/* The more surely the file marks its speakers, the less a prefix itself must show. Where hardly
 * a cue has one, only names of two words are: see choose(). */
static int is_speaker(const struct name *name, marking m)
{
    const char *s = name->s;
    size_t n = name->n;
    int recurs = name->count >= 2 && !lp_begins_with_label(s, n);
    size_t used;
    int is_small = letter_of(lp_utf8_decode(s, n, &used)) == LETTER_SMALL;
    switch (m) {
    case MARKED_ALWAYS:
        if (is_one_word(s, n) && !lp_begins_with_label(s, n))
            return 1;
        /* fall through */
    case MARKED_NEARLY:
        return (recurs && (!is_small || is_one_word(s, n) || name->count >= 5 || has_affiliation(s, n))) ||
               looks_like_name(s, n, 1, 6);
    case MARKED_TURNS:
        return recurs && !is_small && !is_one_word_in_capitals(s, n);
    case MARKED_HARDLY:
        break;
    }
    return recurs && looks_like_name(s, n, 2, 4);
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

/* Chooses the speakers: the count of all others becomes 0. One name that comes twice in a file
 * that hardly has any is a term ("Machine Learning: ..") more likely than a person, and a talk has
 * two people at least; together they have a tenth of the cues. */
static marking choose(struct name *names, size_t n_names, size_t n_named, size_t n_cues)
{
    size_t n_labels = 0;
    for (size_t i = 0; i < n_names; i++)
        n_labels += lp_begins_with_label(names[i].s, names[i].n) ? names[i].count : 0;
    marking m = marking_of(n_named, n_labels, n_cues);
    size_t n_speakers = 0, n_said = 0;
    for (size_t i = 0; i < n_names; i++) {
        if (!is_speaker(&names[i], m))
            names[i].count = 0;
        n_speakers += names[i].count > 0;
        n_said += names[i].count;
    }
    if (m == MARKED_HARDLY && (n_speakers < 2 || n_said * 10 < n_cues))
        for (size_t i = 0; i < n_names; i++)
            names[i].count = 0;
    return m;
}

/* What stands before the colon may be somebody who is named only once: then it is not known who speaks. */
static int may_be_name(const char *s, size_t n)
{
    return n && looks_like_name(s, n, 1, 6) && !(is_one_word(s, n) && is_one_word_in_capitals(s, n));
}

/* ---- ">> ANN: Yes." ---- */

/* Bytes of the name that a line says after ">>", which begins at s + *name; the text follows at s + *rest. 0 where there is
 * no such mark, or no name behind it. */
static size_t marked_name(const char *s, size_t *name, size_t *rest)
{
    size_t at = strspn(s, ">"), n = 0;
    if (at != 2 && at != 3)
        return 0;
    at += strspn(s + at, " ");
    n = name_of(s + at, rest);
    *name = at;
    *rest += at;
    return n && looks_like_name(s + at, n, 1, 6) ? n : 0;
}

/* The next line of the text that begins with such a name, behind the first line; its end where there is none. */
static size_t next_marked(const char *s)
{
    size_t at = strcspn(s, "\n"), name, rest;
    while (s[at] && !marked_name(s + at + 1, &name, &rest))
        at += 1 + strcspn(s + at + 1, "\n");
    return at;
}

struct marked {
    lp_cues *cues;
    lp_cue *items;
    size_t n, cap, n_taken;
    int last; /* who goes on in a cue without a mark */
};

/* Adds what one of them says in the cue. */
static lp_status add_part(struct marked *m, const lp_cue *q, const char *text, size_t n, int is_whole, lp_arena *a, lp_diag *d)
{
    lp_cue part = *q;
    size_t name = 0, rest = 0, n_name = marked_name(text, &name, &rest);
    if (n_name) {
        m->last = lp_cues_person(m->cues, a, text + name, n_name);
        if (m->last < 0)
            return lp_fail_nomem(d);
        m->n_taken++;
    } else if (strncmp(text, ">>", 2) == 0 || may_be_name(text, name_of(text, &rest))) {
        m->last = -1; /* somebody else, and nothing says who */
    }
    rest = n_name ? rest : 0;
    part.person = m->last;
    part.text = is_whole ? text + rest : lp_arena_strndup(a, text + rest, n > rest ? n - rest : 0);
    if (!is_whole)
        part.n_words = 0;
    if (!part.text || lp_arena_grow(a, (void **)&m->items, m->n, &m->cap, sizeof(*m->items), MAX_PARTS) != 0)
        return lp_fail_nomem(d);
    if (strstr(part.text, "\n>>"))
        m->last = -1; /* whoever answers there goes on */
    if (*part.text)
        m->items[m->n++] = part;
    else
        m->cues->n_dropped++;
    return LP_OK;
}

/* Takes the speakers of a file that marks them with ">>", as live captions do: each such mark is another's turn. */
static lp_status take_marked(lp_cues *c, lp_arena *a, lp_diag *d)
{
    struct marked m = { .cues = c, .last = -1 };
    lp_status s = LP_OK;
    size_t name, rest, n_marks = 0;
    for (size_t i = 0; i < c->n; i++)
        n_marks += c->items[i].person < 0 &&
                   (marked_name(c->items[i].text, &name, &rest) || c->items[i].text[next_marked(c->items[i].text)]);
    for (size_t i = 0; s == LP_OK && n_marks && i < c->n; i++) {
        const lp_cue *q = &c->items[i];
        const char *text = q->text;
        if (q->person >= 0) {
            if (lp_arena_grow(a, (void **)&m.items, m.n, &m.cap, sizeof(*m.items), MAX_PARTS) != 0)
                return lp_fail_nomem(d);
            m.items[m.n++] = *q;
            m.last = -1;
            continue;
        }
        for (size_t n = next_marked(text); s == LP_OK; n = next_marked(text)) {
            s = add_part(&m, q, text, n, text == q->text && !text[n], a, d);
            if (!text[n])
                break;
            text += n + 1;
        }
    }
    if (s != LP_OK || !n_marks)
        return s;
    c->items = m.items;
    c->n = m.n;
    c->cap = m.cap;
    return lp_finding_add(&c->findings, a, "captions-speakers", LP_NOTE, -1, -1, d,
                          "%s: what stands between >> and a colon was taken as the speaker's name: %zu times",
                          c->source ? c->source : "captions", m.n_taken);
}

lp_status lp_cues_find_speakers(lp_cues *c, lp_arena *a, lp_diag *d)
{
    struct name *names = NULL;
    size_t n_names = 0, n_named = 0, n_kept = 0, n_taken = 0, n_people = 0;
    lp_status s = take_marked(c, a, d);
    if (s == LP_OK)
        s = gather(c, a, &names, &n_names, &n_named, d);
    if (s != LP_OK || n_names == 0)
        return s;
    marking m = choose(names, n_names, n_named, c->n);
    int last = -1; /* who goes on in a cue without a name */
    for (size_t i = 0; i < n_names; i++)
        n_people += names[i].count > 0;
    for (size_t i = 0; i < c->n; i++) {
        lp_cue q = c->items[i];
        size_t rest = 0, n = q.person < 0 ? name_of(q.text, &rest) : 0;
        size_t k = n ? find(names, n_names, q.text, n) : n_names;
        if (k < n_names && names[k].count) {
            q.person = lp_cues_person(c, a, names[k].s, n);
            if (q.person < 0)
                return lp_fail_nomem(d);
            q.text += rest;
            n_taken++;
            last = q.person;
        } else if (q.person < 0 && m != MARKED_HARDLY && !may_be_name(q.text, n)) {
            q.person = last;
        } else {
            last = q.person;
        }
        if (*q.text)
            c->items[n_kept++] = q;
        else
            c->n_dropped++;
    }
    c->n = n_kept;
    /* how many, not who: findings are published, names are not */
    return n_taken == 0 ? LP_OK
                        : lp_finding_add(&c->findings, a, "captions-speakers", LP_NOTE, -1, -1, d,
                                         "%s: what stands before a colon was taken as the speaker's name in %zu of %zu captions (different names: %zu)",
                                         c->source ? c->source : "captions", n_taken, c->n, n_people);
}
