#include "caption/spoken.h"

#include <string.h>

#include "base/utf8.h"
#include "caption/letters.h"
#include "session/label_words.h"

enum {
    MAX_TOKENS = 4000000,
    MAX_FOLD_BYTES = 1 << 20,
    MAX_LABEL_BYTES = 60,
    MAX_LABEL_WORDS = 4,
    MAX_LABELS = 1000
};

struct line {
    const char *s;
    size_t n;
    size_t n_label;   /* bytes of "Name", 0: none */
    const char *name; /* of the label, without what is in brackets, as it is written elsewhere */
    int is_close;     /* right behind another line, no blank one between */
    int is_marked;    /* ">>" stood before it */
};

struct label {
    const char *name, *fold;
    size_t count;
};

struct lines {
    struct line *items;
    size_t n, cap;
};

/* ---- words ---- */

static lp_status add_one(lp_tokens *t, lp_arena *a, const char *s, size_t n, lp_token token,
                         lp_diag *d)
{
    lp_buf fold;
    lp_buf_init(&fold, MAX_FOLD_BYTES);
    lp_text_fold(&fold, s, n);
    token.text = lp_arena_strndup(a, s, n);
    token.fold = lp_arena_strndup(a, fold.data ? fold.data : "", fold.len);
    int is_out =
        fold.failed || !token.text || !token.fold ||
        lp_arena_grow(a, (void **)&t->items, t->n, &t->cap, sizeof(*t->items), MAX_TOKENS) != 0;
    lp_buf_clear(&fold);
    if (is_out)
        return lp_fail_nomem(d);
    token.hash = lp_token_hash(token.fold);
    t->items[t->n++] = token;
    return LP_OK;
}

lp_status lp_tokens_add(lp_tokens *t, lp_arena *a, const char *word, size_t n,
                        const lp_token *like, lp_diag *d)
{
    size_t from = 0, used, all = lp_utf8_count(word, n), done = 0, chars = 0;
    int32_t before = 0;
    double len_us = (double)(like->end_us - like->start_us) / (double)(all ? all : 1);
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i <= n; i += used, chars++) {
        used = 1;
        int32_t c = i < n ? lp_utf8_decode(word + i, n - i, &used) : 0;
        int is_seam = (lp_letter_is_cjk(before) || lp_letter_is_cjk(c)) &&
                      (lp_letter_is_word(c) || lp_letter_is_opening(c)) &&
                      !lp_letter_is_opening(before) && lp_letter_columns(c) > 0;
        if (i > from && (i == n || is_seam)) {
            lp_token one = *like;
            one.start_us = like->start_us + (int64_t)(len_us * (double)done);
            one.end_us = like->start_us + (int64_t)(len_us * (double)chars);
            s = add_one(t, a, word + from, i - from, one, d);
            from = i;
            done = chars;
        }
        before = c;
    }
    return s;
}

/* ---- lines ---- */

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

static void trim(struct line *l)
{
    while (l->n && is_blank(l->s[0])) {
        l->s++;
        l->n--;
    }
    while (l->n && is_blank(l->s[l->n - 1]))
        l->n--;
}

/* The length of "[1:02:03] " or "00:03 - " in front of a line; 0 where there is none. */
static size_t time_length(const struct line *l)
{
    size_t i = 0, n_colons = 0, n_digits = 0;
    char close = '\0';
    if (i < l->n && (l->s[i] == '[' || l->s[i] == '('))
        close = l->s[i++] == '[' ? ']' : ')';
    for (; i < l->n && (strchr("0123456789:.,", l->s[i]) && l->s[i]); i++) {
        n_colons += l->s[i] == ':';
        n_digits += l->s[i] != ':';
    }
    if (n_colons < 1 || n_colons > 2 || n_digits < 2)
        return 0;
    if (close) {
        if (i >= l->n || l->s[i] != close)
            return 0;
        i++;
    }
    if (i < l->n && !is_blank(l->s[i]))
        return 0;
    while (i < l->n && (is_blank(l->s[i]) || l->s[i] == '-'))
        i++;
    return i;
}

static int is_rule(const struct line *l) /* "-----", "=====" */
{
    size_t i = 0;
    while (i < l->n && (l->s[i] == '-' || l->s[i] == '=' || l->s[i] == '*' || l->s[i] == '_'))
        i++;
    return l->n >= 3 && i == l->n;
}

static int is_heading(const struct lines *lines, size_t i)
{
    const struct line *l = &lines->items[i];
    if (is_rule(l) || l->s[0] == '#')
        return 1;
    if (l->n >= 5 && memcmp(l->s, "==", 2) == 0 && memcmp(l->s + l->n - 2, "==", 2) == 0)
        return 1;
    if (i + 1 == lines->n)
        return 0;
    const struct line *next = &lines->items[i + 1];
    if (is_rule(next) && next->is_close && (next->s[0] == '-' || next->s[0] == '='))
        return l->n < 100; /* underlined */
    /* the title of a transcript that goes on with a heading, as those we write */
    return i == 0 && next->n > 3 && memcmp(next->s, "== ", 3) == 0;
}

/* The length of "Name" where the line begins with something like "Name:". */
static size_t label_length(const struct line *l)
{
    size_t n_words = 0, i = 0, used;
    while (i < l->n && i <= MAX_LABEL_BYTES && l->s[i] != ':') {
        int32_t c = lp_utf8_decode(l->s + i, l->n - i, &used);
        if (c < 0 || lp_letter_is_clause(c) || c == '!' || c == '?' || c == '"')
            return 0;
        if (i == 0 || l->s[i - 1] == ' ') {
            n_words += c != ' ';
            if (lp_letter_upper(c) != c) /* a small letter: a sentence, not a name */
                return 0;
        }
        i += used;
    }
    if (i == 0 || i >= l->n || l->s[i] != ':' || n_words > MAX_LABEL_WORDS ||
        lp_letter_is_digit(l->s[0]))
        return 0;
    return i + 1 == l->n || is_blank(l->s[i + 1]) ? i : 0;
}

/* "Ada (continues)" and "ADA" are Ada: the name as it is compared. NULL: memory is out. */
static const char *fold_name(const char *s, size_t n, lp_arena *a)
{
    for (size_t i = 1; n > 0 && s[n - 1] == ')' && i < n; i++)
        if (s[i] == '(')
            n = i;
    lp_buf fold;
    lp_buf_init(&fold, MAX_FOLD_BYTES);
    lp_text_fold(&fold, s, n);
    const char *out = fold.failed ? NULL : lp_arena_strndup(a, fold.data ? fold.data : "", fold.len);
    lp_buf_clear(&fold);
    return out;
}

static lp_status add_known(const lp_cues *people, lp_arena *a, struct label *seen, size_t *n, lp_diag *d)
{
    for (size_t i = 0; i < people->n_people && *n < MAX_LABELS; i++) {
        const char *name = people->people[i].name;
        seen[*n] = (struct label){ name, fold_name(name, strlen(name), a), 2 };
        if (!seen[(*n)++].fold)
            return lp_fail_nomem(d);
    }
    return LP_OK;
}

/* Whether 4 of 5 paragraphs, 3 at least, begin with a label: then also who speaks once is named. */
static int marks_speakers(const struct lines *lines)
{
    size_t n_starts = 0, n_labels = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *l = &lines->items[i];
        if (is_heading(lines, i) || (l->is_close && !l->n_label)) /* a paragraph goes on */
            continue;
        n_starts++;
        n_labels += l->n_label && !lp_begins_with_label(l->s, l->n_label);
    }
    return n_labels >= 3 && n_labels * 5 >= n_starts * 4;
}

/* Keeps the labels of those who are known or speak twice, or whom the file marks: "Note: ..", once, was said. */
static lp_status keep_labels(struct lines *lines, const lp_cues *people, lp_arena *a, lp_diag *d)
{
    size_t n_seen = 0;
    int is_marking = marks_speakers(lines);
    struct label *seen = lp_arena_alloc(a, MAX_LABELS, sizeof(*seen));
    size_t *of = lp_arena_alloc(a, lines->n + 1, sizeof(*of));
    lp_status s = seen && of ? add_known(people, a, seen, &n_seen, d) : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < lines->n; i++) {
        struct line *l = &lines->items[i];
        size_t k = 0;
        if (!l->n_label)
            continue;
        const char *fold = fold_name(l->s, l->n_label, a);
        if (!fold)
            return lp_fail_nomem(d);
        while (k < n_seen && strcmp(seen[k].fold, fold) != 0)
            k++;
        if (!*fold || k == MAX_LABELS) {
            l->n_label = 0;
            continue;
        }
        if (k == n_seen && (seen[n_seen++] = (struct label){ lp_arena_strndup(a, l->s, l->n_label), fold, 0 }).name == NULL)
            return lp_fail_nomem(d);
        seen[k].count++;
        of[i] = k;
    }
    for (size_t i = 0; s == LP_OK && i < lines->n; i++) {
        struct line *l = &lines->items[i];
        l->name = l->n_label ? seen[of[i]].name : NULL;
        if (l->n_label && seen[of[i]].count < 2 && !l->is_marked &&
            !(is_marking && lp_letter_is_word(lp_text_first(l->s, l->n_label)) && !lp_begins_with_label(l->s, l->n_label)))
            l->n_label = 0;
    }
    return s;
}

static lp_status split_lines(const char *text, size_t n, lp_arena *a, struct lines *out,
                             lp_diag *d)
{
    int is_close = 0;
    for (size_t i = 0; i < n;) {
        size_t len = 0;
        while (i + len < n && text[i + len] != '\n' && text[i + len] != '\r')
            len++;
        struct line l = { text + i, len, 0, NULL, is_close, 0 };
        i += len + 1;
        i += i < n && text[i - 1] == '\r' && text[i] == '\n';
        trim(&l);
        size_t n_time = time_length(&l);
        l.s += n_time;
        l.n -= n_time;
        is_close = l.n > 0;
        if (l.n >= 2 && memcmp(l.s, ">>", 2) == 0) {
            l.is_marked = 1;
            while (l.n && (*l.s == '>' || is_blank(*l.s)))
                l.s++, l.n--;
        }
        if (l.n == 0)
            continue;
        l.n_label = label_length(&l);
        if (lp_arena_grow(a, (void **)&out->items, out->n, &out->cap, sizeof(l), MAX_TOKENS) !=
            0)
            return lp_fail_nomem(d);
        out->items[out->n++] = l;
    }
    return LP_OK;
}

static lp_status read_line(const struct line *l, int person, lp_arena *a, lp_tokens *out,
                           lp_diag *d)
{
    lp_token like = { .p = -1, .person = person };
    size_t at = l->n_label ? l->n_label + 1 : 0;
    lp_status s = LP_OK;
    while (s == LP_OK && at < l->n) {
        size_t len = 0;
        while (at + len < l->n && !is_blank(l->s[at + len]))
            len++;
        if (len)
            s = lp_tokens_add(out, a, l->s + at, len, &like, d);
        at += len + 1;
    }
    return s;
}

lp_status lp_spoken_read(const char *text, size_t n, lp_arena *a, lp_cues *people,
                         lp_tokens *out, int *has_labels, size_t *n_headings, lp_diag *d)
{
    struct lines lines = { 0 };
    lp_arena scratch = { 0 };
    int person = -1;
    *has_labels = 0;
    *n_headings = 0;
    lp_status s = split_lines(text, n, &scratch, &lines, d);
    if (s == LP_OK)
        s = keep_labels(&lines, people, &scratch, d);
    for (size_t i = 0; s == LP_OK && i < lines.n; i++) {
        const struct line *l = &lines.items[i];
        if (is_heading(&lines, i)) {
            *n_headings += !is_rule(l);
            continue;
        }
        if (l->n_label) {
            person = lp_cues_person(people, a, l->name, strlen(l->name));
            if (person < 0)
                s = lp_fail_nomem(d);
            *has_labels = 1;
        }
        if (s == LP_OK)
            s = read_line(l, person, a, out, d);
    }
    lp_arena_clear(&scratch);
    return s;
}
