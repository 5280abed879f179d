#include "caption/word_pieces.h"

#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "caption/lint.h"
#include "caption/phrases.h"

enum { MAX_PIECES = 8000000, MAX_FOLD_BYTES = 256 << 20, CJK_WORD = 4, PAUSE_US = 300000 };

/* A piece while it is made: what it looks like to the word lists. */
struct folded {
    size_t at, n; /* in the buffer of folds */
};

struct maker {
    const lp_layout_options *options;
    const char *lang;
    lp_arena *arena;
    lp_piece *pieces;
    struct folded *folds;
    size_t n, cap, cap_folds;
    lp_buf fold;
};

/* ---- cutting ---- */

static int add_piece(struct maker *m, const lp_word *w, size_t word, size_t from, size_t to,
                     size_t whole_columns, size_t columns_before)
{
    if (lp_arena_grow(m->arena, (void **)&m->pieces, m->n, &m->cap, sizeof(*m->pieces),
                      MAX_PIECES) ||
        lp_arena_grow(m->arena, (void **)&m->folds, m->n, &m->cap_folds, sizeof(*m->folds),
                      MAX_PIECES))
        return -1;
    lp_piece p = { .text = w->text + from,
                   .n = to - from,
                   .word = word,
                   .person = w->person,
                   .is_word_start = from == 0 };
    p.size = lp_text_measure(p.text, p.n);
    double len_us = w->end_us > w->start_us ? (double)(w->end_us - w->start_us) : 0;
    double all = whole_columns ? (double)whole_columns : 1;
    p.start_us = w->start_us + (int64_t)(len_us * (double)columns_before / all);
    p.end_us = w->start_us +
               (int64_t)(len_us * (double)(columns_before + lp_text_columns(p.size)) / all);
    m->folds[m->n].at = m->fold.len;
    lp_text_fold(&m->fold, p.text, p.n);
    m->folds[m->n].n = m->fold.len - m->folds[m->n].at;
    lp_buf_char(&m->fold, '\0');
    m->pieces[m->n++] = p;
    return 0;
}

static int may_begin_line(
    int32_t c) /* what Japanese typesetters keep from the start of a line */
{
    static const int32_t small[] = { 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083,
                                     0x3085, 0x3087, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9,
                                     0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30fc, 0x3005, 0x309d,
                                     0x309e, 0x30fb, '%',    0xff05 };
    if (lp_letter_is_stop(c) || lp_letter_is_clause(c) ||
        (lp_letter_is_closing(c) && !lp_letter_is_opening(c)))
        return 0;
    for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++)
        if (c == small[i])
            return 0;
    return 1;
}

static int fits(lp_text_size z, size_t line)
{
    return z.n_narrow * LP_LINE_WIDE + z.n_wide * line <= LP_LINE_WIDE * line;
}

static size_t count_cjk(const char *s)
{
    size_t count = 0, used, n = strlen(s);
    for (size_t i = 0; i < n; i += used)
        count += (size_t)lp_letter_is_cjk(lp_utf8_decode(s + i, n - i, &used));
    return count;
}

/* A word that fits a line is one piece. A run of Han or kana that is more than a
 * word is cut between its characters; an address or a path at its signs; anything longer than a
 * line where it must be. */
static int add_word(struct maker *m, const lp_word *w, size_t word)
{
    size_t n = strlen(w->text), line = (size_t)m->options->line_chars, from = 0, done = 0, used;
    lp_text_size whole = lp_text_measure(w->text, n), now = { 0, 0 };
    size_t wanted = line < LP_LINE_WANTED ? line : LP_LINE_WANTED;
    int is_run = count_cjk(w->text) > CJK_WORD, has_signs = strpbrk(w->text, "/_.&") != NULL;
    if (!is_run && fits(whole, line))
        return add_piece(m, w, word, 0, n, lp_text_columns(whole), 0);
    if (!is_run && !has_signs &&
        whole.n_wide == 0) { /* no part of it shall be a letter or two */
        size_t n_parts = (whole.n_narrow + line - 1) / line;
        line = (whole.n_narrow + n_parts - 1) / n_parts;
    }
    int32_t before = 0;
    size_t after_slash = 0;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(w->text + i, n - i, &used);
        lp_text_size one = lp_text_measure(w->text + i, used);
        lp_text_size with = { now.n_narrow + one.n_narrow, now.n_wide + one.n_wide };
        int is_full = !fits(with, after_slash > from ? wanted : line);
        int is_seam = is_run && (lp_letter_is_cjk(before) || lp_letter_is_cjk(c)) &&
                      may_begin_line(c) && !lp_letter_is_opening(before);
        if (i > from && (is_full || is_seam)) {
            size_t to = is_full && !is_seam && after_slash > from ? after_slash : i;
            if (add_piece(m, w, word, from, to, lp_text_columns(whole), done) != 0)
                return -1;
            done += lp_text_columns(lp_text_measure(w->text + from, to - from));
            from = to;
            with = lp_text_measure(w->text + from, i + used - from);
        }
        now = with;
        before = c;
        if (c == '/' || c == '-' || c == '_' || c == '.' || c == '&')
            after_slash = i + used;
    }
    return add_piece(m, w, word, from, n, lp_text_columns(whole), done);
}

/* ---- judging ---- */

static int32_t first_of(const lp_piece *p)
{
    return lp_text_first(p->text, p->n);
}

/* The last character that is no closing quote or bracket. */
static int32_t last_said(const lp_piece *p)
{
    size_t n = p->n;
    int32_t c = lp_text_last(p->text, n);
    while (n > 0 && lp_letter_is_closing(c)) {
        do
            n--;
        while (n > 0 && ((unsigned char)p->text[n] & 0xc0) == 0x80);
        c = lp_text_last(p->text, n);
    }
    return c;
}

static int begins_lower(const lp_piece *p)
{
    int32_t c = first_of(p);
    return lp_letter_upper(c) != c;
}

static int ends_sentence(const lp_piece *p, const lp_piece *next)
{
    int32_t c = last_said(p);
    if (!lp_letter_is_stop(c))
        return 0;
    return !(c == '.' &&
             (lp_word_is_abbreviation(p->text, p->n) || (next && begins_lower(next))));
}

static int is_unit(const char *fold)
{
    static const char *const units[] = { "%",       "\xe2\x80\xb0", "\xc2\xb0", "\xc2\xb0\x63",
                                         "$",       "\xe2\x82\xac", "km",       "m",
                                         "cm",      "mm",           "kg",       "g",
                                         "mg",      "ml",           "hz",       "khz",
                                         "mhz",     "ghz",          "ms",       "s",
                                         "kb",      "mb",           "gb",       "million",
                                         "billion", "percent" };
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (lp_str_eq(fold, units[i]))
            return 1;
    return 0;
}

/* "3 000", "3.5 %", "$ 5", "- 3": one number in two words. */
static int is_in_number(const lp_piece *p, const char *fold, const lp_piece *next,
                        const char *next_fold)
{
    int32_t last = lp_text_last(p->text, p->n), first = first_of(next);
    if (lp_letter_is_digit(last))
        return lp_letter_is_digit(first) || is_unit(next_fold) ||
               (first < 0x80 && strchr("+-*/=<>^", (int)first) && next->n == 1);
    if (p->n == 1 && strchr("+-*/=<>^$#", p->text[0]))
        return lp_letter_is_digit(first);
    return (lp_str_eq(fold, "\xe2\x82\xac") || lp_str_eq(fold, "\xc2\xa3") ||
            lp_str_eq(fold, "$")) &&
           lp_letter_is_digit(first);
}

static int is_kind(int32_t c, int32_t from, int32_t to)
{
    return c >= from && c <= to;
}

/* Between characters of a script without blanks. Japanese phrases end in hiragana and begin
 * with kanji or katakana; for Chinese all places are alike. */
static int unspaced_cost(int32_t last, int32_t first)
{
    int last_hira = is_kind(last, 0x3041, 0x309f), first_hira = is_kind(first, 0x3041, 0x309f);
    if (!may_begin_line(first) || (lp_letter_is_opening(last) && last >= 0x80))
        return LP_BREAK_NEVER;
    if (is_kind(last, 0x30a0, 0x30ff) && is_kind(first, 0x30a0, 0x30ff))
        return LP_BREAK_LOOSE;
    if (last_hira)
        return first_hira ? LP_BREAK_AUXILIARY : LP_BREAK_CONJUNCTION;
    return first_hira ? LP_BREAK_LOOSE : LP_BREAK_PLAIN;
}

static int judge(const struct maker *m, size_t i)
{
    const lp_piece *p = &m->pieces[i], *next = p + 1;
    const char *fold = m->fold.data + m->folds[i].at,
               *next_fold = m->fold.data + m->folds[i + 1].at,
               *before = i ? m->fold.data + m->folds[i - 1].at : "";
    int32_t last = lp_text_last(p->text, p->n), said = last_said(p), first = first_of(next);
    if (p->person != next->person || p->ends_sentence)
        return LP_BREAK_SENTENCE;
    if (is_in_number(p, fold, next, next_fold) ||
        (lp_letter_is_word(last) && lp_words_are_number(m->lang, fold, next_fold)))
        return LP_BREAK_NEVER;
    if (p->word == next->word && !lp_letter_is_unspaced(last) && !lp_letter_is_unspaced(first))
        return LP_BREAK_LOOSE;
    int cost = LP_BREAK_PLAIN;
    unsigned is = lp_word_classes(m->lang, fold), next_is = lp_word_classes(m->lang, next_fold);
    if (lp_letter_is_clause(said))
        cost = LP_BREAK_CLAUSE;
    else if (lp_letter_is_unspaced(last) && lp_letter_is_unspaced(first))
        cost = unspaced_cost(last, first);
    else if (lp_word_holds_on(m->lang, before, fold))
        cost = LP_BREAK_BAD;
    else if ((next_is & LP_WORD_PREPOSITION) && !lp_word_holds_on(m->lang, fold, next_fold))
        cost = LP_BREAK_LOOSE; /* inside "later on" */
    else if (last == '.' && lp_word_is_abbreviation(p->text, p->n))
        cost =
            lp_letter_is_digit(first) ? LP_BREAK_BAD : LP_BREAK_LOOSE; /* "Fig. 3", "Dr. Wu" */
    else if (is & LP_WORD_CONJUNCTION)
        cost = LP_BREAK_LOOSE;
    else if (next_is & LP_WORD_CONJUNCTION)
        cost = LP_BREAK_CONJUNCTION;
    else if ((is & LP_WORD_AUXILIARY) || lp_letter_is_digit(first) || lp_letter_is_digit(last))
        cost = LP_BREAK_AUXILIARY;
    else if (next_is & LP_WORD_PREPOSITION)
        cost = LP_BREAK_PREPOSITION;
    int64_t pause_us = next->start_us - p->end_us;
    if (pause_us > PAUSE_US && cost > LP_BREAK_PAUSE && cost < LP_BREAK_LOOSE)
        cost = LP_BREAK_PAUSE;
    return cost;
}

/* Marks the inside of a term that begins at piece i: its folded text is the folded text of
 * whole pieces, whatever the blanks. */
static void keep_term(struct maker *m, size_t i, const char *term, size_t n)
{
    size_t at = 0, k = i;
    for (; k < m->n && at < n; k++) {
        const struct folded *f = &m->folds[k];
        if (f->n == 0 || f->n > n - at || memcmp(m->fold.data + f->at, term + at, f->n) != 0)
            return;
        at += f->n;
    }
    for (; at == n && i + 1 < k; i++)
        if (m->pieces[i].person == m->pieces[i + 1].person && !m->pieces[i].ends_sentence)
            m->pieces[i].break_cost = LP_BREAK_NEVER;
}

static void keep_terms(struct maker *m)
{
    lp_buf term;
    for (size_t t = 0; t < m->options->n_terms; t++) {
        lp_buf_init(&term, MAX_FOLD_BYTES);
        lp_text_fold(&term, m->options->terms[t], strlen(m->options->terms[t]));
        for (size_t i = 0; term.len && i + 1 < m->n; i++)
            keep_term(m, i, term.data, term.len);
        if (term.failed)
            m->fold.failed = term.failed; /* told by whoever asks about the other */
        lp_buf_clear(&term);
    }
}

lp_status lp_pieces_make(const lp_word *words, size_t n, const char *lang,
                         const lp_layout_options *o, lp_arena *a, lp_piece **out, size_t *n_out,
                         lp_diag *d)
{
    struct maker m = { .options = o, .lang = lang, .arena = a };
    lp_buf_init(&m.fold, MAX_FOLD_BYTES);
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < n; i++)
        if (words[i].text && *words[i].text && add_word(&m, &words[i], i) != 0)
            s = lp_fail_nomem(d);
    if (s == LP_OK && m.n)
        s = lp_buf_check(&m.fold, "words", d);
    for (size_t i = 0; s == LP_OK && i < m.n; i++) {
        lp_piece *p = &m.pieces[i], *next = i + 1 < m.n ? p + 1 : NULL;
        p->ends_sentence = ends_sentence(p, next);
        p->has_blank = next && p->word != next->word &&
                       lp_text_has_blank_between(lp_text_last(p->text, p->n), first_of(next));
        p->break_cost = next ? judge(&m, i) : LP_BREAK_SENTENCE;
    }
    if (s == LP_OK && m.n)
        keep_terms(&m);
    if (s == LP_OK && m.fold.failed)
        s = lp_fail_nomem(d);
    lp_buf_clear(&m.fold);
    *out = m.pieces;
    *n_out = s == LP_OK ? m.n : 0;
    return s;
}
