#include "caption/polish.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "caption/letters.h"
#include "caption/phrases.h"

enum { MAX_WORD_BYTES = 1 << 16, LONG_CAPITALS = 5 };

static int is_capital(int32_t c)
{
    return lp_letter_lower(c) != c;
}

/* The part of a word between its quotes and points: s[*from..*to). */
static void find_core(const char *s, size_t *from, size_t *to)
{
    size_t n = strlen(s), used;
    *from = n;
    *to = n;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        if (!lp_letter_is_word(c))
            continue;
        if (*from == n)
            *from = i;
        *to = i + used;
    }
}

static size_t count_capitals(const char *s, size_t n, size_t *n_letters)
{
    size_t count = 0, used;
    *n_letters = 0;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(s + i, n - i, &used);
        count += (size_t)is_capital(c);
        *n_letters += (size_t)(is_capital(c) || lp_letter_upper(c) != c);
    }
    return count;
}

/* Puts `middle` in place of text[from..to). */
static lp_status put(lp_word *w, size_t from, size_t to, const char *middle, size_t n,
                     lp_arena *a, lp_diag *d)
{
    const char *s =
        lp_arena_printf(a, "%.*s%.*s%s", (int)from, w->text, (int)n, middle, w->text + to);
    if (!s)
        return lp_fail_nomem(d);
    w->text = s;
    return LP_OK;
}

/* ---- sentences ---- */

static int begins_sentence(const lp_words *w, size_t i)
{
    if (i == 0 || w->items[i - 1].person != w->items[i].person)
        return 1;
    const char *before = w->items[i - 1].text;
    size_t n = strlen(before);
    while (n > 0 && strchr("\"')]", before[n - 1]))
        n--;
    int32_t c = lp_text_last(before, n);
    if (!lp_letter_is_stop(c) || c == 0x2026 || (n > 2 && memcmp(before + n - 2, "..", 2) == 0))
        return 0;
    return !(c == '.' && lp_word_is_abbreviation(before, n));
}

/* "example.org", "https://..", "a@b": nothing to be capitalised. */
static int is_address(const char *s, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++)
        if ((s[i] == '.' && lp_letter_is_word(s[i + 1])) || s[i] == '@' ||
            (s[i] == ':' && s[i + 1] == '/'))
            return 1;
    return 0;
}

static lp_status begin_sentence(lp_word *w, const char *lang, lp_arena *a, lp_diag *d)
{
    size_t from, to, used, n_letters;
    find_core(w->text, &from, &to);
    if (from == to || is_address(w->text, from, to) ||
        count_capitals(w->text + from, to - from, &n_letters))
        return LP_OK;
    int32_t c = lp_utf8_decode(w->text + from, to - from, &used), upper = lp_letter_upper(c);
    if (c == 'i' && (lp_lang_is(lang, "tr") || lp_lang_is(lang, "az")))
        upper = 0x130;
    if (c < 0 || upper == c)
        return LP_OK;
    lp_buf letter;
    lp_buf_init(&letter, 16);
    lp_utf8_append(&letter, (uint32_t)upper);
    lp_status s = lp_buf_check(&letter, "letter", d);
    if (s == LP_OK)
        s = put(w, from, from + used, letter.data, letter.len, a, d);
    lp_buf_clear(&letter);
    return s;
}

static lp_status mend_i(lp_word *w, lp_arena *a, lp_diag *d)
{
    size_t from, to;
    find_core(w->text, &from, &to);
    const char *behind = w->text + from + 1;
    if (from == to || w->text[from] != 'i')
        return LP_OK;
    int is_alone = to - from == 1 && *behind != '-';
    int is_short = *behind == '\'' || strncmp(behind, "\xe2\x80\x99", 3) == 0;
    return is_alone || is_short ? put(w, from, from + 1, "I", 1, a, d) : LP_OK;
}

/* ---- terms ---- */

/* Whether the word's capitals tell more than that a heading begins with it. */
static int is_peculiar(const char *s, size_t n)
{
    size_t used, n_letters, n_capitals = count_capitals(s, n, &n_letters);
    int is_first = n && is_capital(lp_utf8_decode(s, n, &used));
    if (n_letters > LONG_CAPITALS && n_capitals == n_letters)
        return 0; /* a title */
    return n_capitals > (size_t)is_first;
}

static int same_fold(const char *a, size_t na, const char *b, size_t nb, lp_buf *scratch)
{
    scratch->len = 0;
    lp_text_fold(scratch, a, na);
    size_t half = scratch->len;
    lp_text_fold(scratch, b, nb);
    return half && scratch->len == 2 * half &&
           memcmp(scratch->data, scratch->data + half, half) == 0;
}

/* Words that are much commoner than what they are short for: "IT", "US", "WHO". */
static int is_plain(const char *folded)
{
    static const char *const plain[] = { "it", "us",  "we",  "he",   "me",
                                         "am", "who", "all", "aids", "go" };
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (lp_str_eq(plain[i], folded))
            return 1;
    return 0;
}

static lp_status spell(lp_words *w, const char *lang, const char *part, size_t n,
                       lp_buf *scratch, lp_arena *a, lp_diag *d)
{
    char folded[32] = "";
    scratch->len = 0;
    lp_text_fold(scratch, part, n);
    if (scratch->failed == 1)
        return lp_fail_nomem(d);
    if (scratch->len && scratch->len < sizeof(folded)) {
        memcpy(folded, scratch->data, scratch->len);
        folded[scratch->len] = '\0';
    }
    if (!is_peculiar(part, n) || lp_word_classes(lang, folded) || is_plain(folded))
        return LP_OK;
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < w->n; i++) {
        lp_word *word = &w->items[i];
        size_t from, to;
        find_core(word->text, &from, &to);
        if (same_fold(word->text + from, to - from, part, n, scratch) && scratch->failed == 0)
            s = put(word, from, to, part, n, a, d);
        else if (scratch->failed == 1)
            s = lp_fail_nomem(d);
    }
    return s;
}

static lp_status spell_terms(lp_words *w, const char *lang, const char *term, lp_buf *scratch,
                             lp_arena *a, lp_diag *d)
{
    size_t n_letters, n_capitals = count_capitals(term, strlen(term), &n_letters);
    if (n_capitals == n_letters && strchr(term, ' ')) /* "SUMMARY OF WEEK ONE" */
        return LP_OK;
    lp_status s = LP_OK;
    for (const char *p = term; s == LP_OK && *p; p += *p == ' ') {
        size_t n = strcspn(p, " ");
        size_t from, to;
        char *part = lp_arena_strndup(a, p, n);
        if (!part)
            return lp_fail_nomem(d);
        find_core(part, &from, &to);
        if (to > from)
            s = spell(w, lang, part + from, to - from, scratch, a, d);
        p += n;
    }
    return s;
}

lp_status lp_words_polish(lp_words *w, const char *lang, const char *const *terms,
                          size_t n_terms, lp_arena *a, lp_diag *d)
{
    lp_buf scratch;
    lp_buf_init(&scratch, MAX_WORD_BYTES);
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < n_terms; i++)
        s = spell_terms(w, lang, terms[i], &scratch, a, d);
    lp_buf_clear(&scratch);
    for (size_t i = 0; s == LP_OK && i < w->n; i++) {
        if (lp_lang_is(lang, "en"))
            s = mend_i(&w->items[i], a, d);
        if (s == LP_OK && begins_sentence(w, i))
            s = begin_sentence(&w->items[i], lang, a, d);
    }
    return s;
}
