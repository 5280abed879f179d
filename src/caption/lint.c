#include "caption/lint.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "caption/letters.h"
#include "caption/phrases.h"

enum { FAST_CPS = 20, LONG_LINE = 42, TALL_LINES = 2 };

static void lint_lines(const char *text, lp_caption_quality *q)
{
    size_t n_lines = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n"), chars = lp_utf8_count(p, n);
        n_lines++;
        q->n_long_lines += chars > LONG_LINE;
        if (chars > q->max_line_chars)
            q->max_line_chars = chars;
        p += n;
        p += *p == '\n';
    }
    q->n_tall += n_lines > TALL_LINES;
    if (n_lines > q->max_lines)
        q->max_lines = n_lines;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " \n\t");
        q->n_words += n > 0;
        p += n;
        p += *p != '\0';
    }
}

lp_caption_quality lp_caption_lint(const lp_cue *cues, size_t n)
{
    lp_caption_quality q = { .n_cues = n };
    int64_t until_us = 0;
    double chars_all = 0, seconds_all = 0;
    for (size_t i = 0; i < n; i++) {
        const lp_cue *c = &cues[i];
        double chars = (double)lp_utf8_count(c->text, strlen(c->text));
        double seconds = (double)(c->end_us - c->start_us) / 1e6;
        double cps = seconds > 0 ? chars / seconds : 0;
        chars_all += chars;
        seconds_all += seconds;
        q.n_fast += cps > FAST_CPS;
        if (cps > q.max_cps)
            q.max_cps = cps;
        q.n_overlaps += i > 0 && c->start_us < cues[i - 1].end_us;
        int64_t from_us = c->start_us > until_us ? c->start_us : until_us;
        if (c->end_us > from_us) {
            q.covered_us += c->end_us - from_us;
            until_us = c->end_us;
        }
        lint_lines(c->text, &q);
    }
    q.mean_cps = seconds_all > 0 ? chars_all / seconds_all : 0;
    return q;
}

/* ---- rules ---- */

enum { MAX_BREACHES = 4000000, ROUNDING_US = 1000, LATE_US = 500000, AROUND = 12 };

static const lp_lint_rule rules[] = {
    [LP_LINT_LINES] = { "too-many-lines", 1, "a caption has at most 2 lines" },
    [LP_LINT_LINE] = { "line-too-long", 1,
                       "a line has at most 42 characters (or 37, or 32, as asked), or 16 wide "
                       "ones" },
    [LP_LINT_LONG] = { "shown-too-long", 1, "a caption shows for at most 7 s" },
    [LP_LINT_SHORT] = { "shown-too-briefly", 1, "a caption shows for at least 0.833 s" },
    [LP_LINT_FAST] = { "too-fast", 1,
                       "at most 20 characters a second; wide characters count twice" },
    [LP_LINT_OVERLAP] = { "overlap", 1, "a caption begins when the one before it has ended" },
    [LP_LINT_OFFSET] = { "out-of-step", 1, "a caption begins within 0.5 s of its first word" },
    [LP_LINT_LINE_SOFT] = { "line-long", 0, "a line has 37 characters where that can be" },
    [LP_LINT_SHORT_SOFT] = { "shown-briefly", 0, "a caption shows for 1 s where that can be" },
    [LP_LINT_FAST_SOFT] = { "fast", 0, "17 characters a second where that can be" },
    [LP_LINT_GAP] = { "flicker", 0, "captions touch or leave at least 0.08 s" },
    [LP_LINT_BREAK] = { "bad-break", 0, "no line ends behind an article or a preposition" },
    [LP_LINT_NUMBER] = { "split-number", 0, "no line ends inside a number" },
};

struct linter {
    const lp_cues *cues;
    size_t line;
    lp_arena *arena;
    lp_breaches *out;
    lp_diag *diag;
    lp_status status; /* the first failure; nothing is added after it */
};

const lp_lint_rule *lp_lint_rule_of(lp_lint_code code)
{
    return &rules[code];
}

/* Takes text from lp_arena_printf(): NULL when memory is out. */
static void breach(struct linter *l, lp_lint_code code, size_t cue, const char *text)
{
    lp_breaches *b = l->out;
    if (l->status != LP_OK)
        return;
    if (!text || lp_arena_grow(l->arena, (void **)&b->items, b->n, &b->cap, sizeof(*b->items),
                               MAX_BREACHES) != 0) {
        l->status = lp_fail_nomem(l->diag);
        return;
    }
    b->items[b->n++] = (lp_breach){ code, cue, l->cues->items[cue].start_us, text };
    b->n_hard += (size_t)rules[code].is_hard;
    b->n_soft += (size_t)!rules[code].is_hard;
}

static void lint_widths(struct linter *l, size_t i)
{
    const char *text = l->cues->items[i].text;
    size_t n_lines = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n"), line = l->line;
        lp_text_size z = lp_text_measure(p, n);
        size_t soft = line < LP_LINE_WANTED ? line : LP_LINE_WANTED;
        n_lines++;
        if (z.n_narrow * LP_LINE_WIDE + z.n_wide * line > LP_LINE_WIDE * line)
            breach(l, LP_LINT_LINE, i,
                   z.n_wide
                       ? lp_arena_printf(
                             l->arena,
                             "a line of %zu wide characters and %zu others; at most 16 wide ones, or %zu others, or a "
                             "mixture no wider",
                             z.n_wide, z.n_narrow, line)
                       : lp_arena_printf(l->arena, "a line of %zu characters; at most %zu",
                                         z.n_narrow, line));
        else if (z.n_narrow * LP_LINE_WIDE + z.n_wide * soft > LP_LINE_WIDE * soft &&
                 memchr(p, ' ', n)) /* one long word can be no shorter */
            breach(l, LP_LINT_LINE_SOFT, i,
                   lp_arena_printf(l->arena, "a line of %zu characters; better %zu",
                                   z.n_narrow + z.n_wide, soft));
        p += n;
        p += *p == '\n';
    }
    if (n_lines > LP_CUE_LINES)
        breach(l, LP_LINT_LINES, i,
               lp_arena_printf(l->arena, "%zu lines; at most %d", n_lines, LP_CUE_LINES));
}

/* What there is to read in a cue: a line end is read as a blank. */
static size_t columns_of(const lp_cue *c)
{
    lp_text_size z = lp_text_measure(c->text, strlen(c->text));
    for (const char *p = strchr(c->text, '\n'); p; p = strchr(p + 1, '\n'))
        z.n_narrow += (size_t)lp_text_has_blank_between(
            lp_text_last(c->text, (size_t)(p - c->text)), lp_text_first(p + 1, strlen(p + 1)));
    return lp_text_columns(z);
}

/* A cue that is too fast as `read` tells. Where 7 s or more of captions without a pause around it
 * are so too, each boundary moved to lend time, the speech is: no layout helps. */
static void breach_fast(struct linter *l, lp_lint_code code, size_t i, const char *read,
                        int most)
{
    const lp_cue *c = l->cues->items;
    size_t first = i;
    for (size_t n = 0;; n++) {
        size_t columns = 0;
        for (size_t end = first; end < l->cues->n && end < i + AROUND; end++) {
            if (end > first && c[end].start_us - c[end - 1].end_us > LP_CUE_GAP_US)
                break;
            columns += columns_of(&c[end]) + (end > first);
            int64_t us = c[end].end_us - c[first].start_us;
            if (end < i || us < LP_CUE_LONG_US ||
                (int64_t)columns * 1000000 <= most * (us + 2 * LP_CUE_OFFSET_US))
                continue;
            l->out->n_speech++;
            breach(l, code, i,
                   lp_arena_printf(l->arena, "%s; so is the speech: %.1f for %.1f s", read,
                                   (double)columns * 1e6 / (double)us, (double)us / 1e6));
            return;
        }
        if (first == 0 || n == AROUND || c[first].start_us - c[first - 1].end_us > LP_CUE_GAP_US)
            break;
        first--;
    }
    breach(l, code, i, read);
}

static void lint_times(struct linter *l, size_t i)
{
    const lp_cue *c = &l->cues->items[i];
    int64_t len_us = c->end_us - c->start_us + ROUNDING_US;
    double seconds = (double)(c->end_us - c->start_us) / 1e6;
    size_t columns = columns_of(c);
    int64_t read_us = (int64_t)columns * 1000000;
    double cps = seconds > 0 ? (double)columns / seconds : 0;
    if (len_us > LP_CUE_LONG_US + 2 * ROUNDING_US)
        breach(l, LP_LINT_LONG, i,
               lp_arena_printf(l->arena, "shown for %.3f s; at most 7", seconds));
    if (len_us < LP_CUE_LEAST_US)
        breach(l, LP_LINT_SHORT, i,
               lp_arena_printf(l->arena, "shown for %.3f s; at least 0.833", seconds));
    if (read_us > LP_CUE_MOST_CPS * len_us)
        breach_fast(l, LP_LINT_FAST, i,
                    lp_arena_printf(l->arena, "%.1f characters a second; at most 20", cps),
                    LP_CUE_MOST_CPS);
    if (len_us >= LP_CUE_LEAST_US && len_us < LP_CUE_SHORT_US)
        breach(l, LP_LINT_SHORT_SOFT, i,
               lp_arena_printf(l->arena, "shown for %.3f s; better 1", seconds));
    if (read_us <= LP_CUE_MOST_CPS * len_us && read_us > LP_CUE_WANTED_CPS * len_us)
        breach_fast(l, LP_LINT_FAST_SOFT, i,
                    lp_arena_printf(l->arena, "%.1f characters a second; better 17", cps),
                    LP_CUE_WANTED_CPS);
    if (i == 0)
        return;
    int64_t gap_us = c->start_us - c[-1].end_us;
    if (gap_us < -ROUNDING_US)
        breach(l, LP_LINT_OVERLAP, i,
               lp_arena_printf(l->arena, "begins %.3f s before the one before it ends",
                               -(double)gap_us / 1e6));
    else if (gap_us > ROUNDING_US && gap_us < LP_CUE_GAP_US - ROUNDING_US)
        breach(l, LP_LINT_GAP, i,
               lp_arena_printf(l->arena, "a gap of %.3f s before it", (double)gap_us / 1e6));
}

static void lint_offset(struct linter *l, size_t i)
{
    const lp_cue *c = &l->cues->items[i];
    if (c->n_words == 0 || c->first_word >= l->cues->words.n)
        return;
    const lp_word *word = &l->cues->words.items[c->first_word];
    if (strncmp(c->text, word->text, strlen(word->text)) != 0)
        return; /* it goes on with the rest of a word that is longer than a line */
    int64_t late_us = c->start_us - word->start_us;
    if (late_us > LATE_US || late_us < -LATE_US)
        breach(l, LP_LINT_OFFSET, i,
               lp_arena_printf(l->arena, "begins %.3f s %s its first word",
                               (double)(late_us < 0 ? -late_us : late_us) / 1e6,
                               late_us < 0 ? "before" : "after"));
}

enum { FOLD_BYTES = 64 };

static size_t word_begin(const char *text, size_t n)
{
    while (n > 0 && text[n - 1] != ' ' && text[n - 1] != '\n')
        n--;
    return n;
}

/* "" for a word that is longer than any of the lists. */
static void fold_word(const char *word, size_t n, char out[FOLD_BYTES])
{
    lp_buf fold;
    lp_buf_init(&fold, FOLD_BYTES);
    lp_text_fold(&fold, word, n);
    size_t n_fold = fold.failed == 0 && fold.len < FOLD_BYTES ? fold.len : 0;
    memcpy(out, n_fold ? fold.data : "", n_fold);
    out[n_fold] = '\0';
    lp_buf_clear(&fold);
}

/* Looks at the words on both sides of a break: `end` is behind the last of the one, `next` the
 * first of the other. */
static void lint_break(struct linter *l, size_t i, const char *text, size_t n, const char *next)
{
    size_t from = word_begin(text, n), n_before = from ? from - 1 : 0;
    char folded[FOLD_BYTES], before[FOLD_BYTES];
    fold_word(text + from, n - from, folded);
    size_t from_before = word_begin(text, n_before);
    fold_word(text + from_before, n_before - from_before, before);
    int32_t last = lp_text_last(text + from, n - from),
            first = lp_text_first(next, strlen(next));
    if (!lp_letter_is_word(last))
        return;
    size_t n_next = strcspn(next, " \n");
    lp_text_size pair = lp_text_measure(text + from, n - from),
                 noun = lp_text_measure(next, n_next);
    pair.n_narrow += noun.n_narrow + 1;
    pair.n_wide += noun.n_wide;
    int can_stay =
        pair.n_narrow * LP_LINE_WIDE + pair.n_wide * l->line <= LP_LINE_WIDE * l->line;
    if (can_stay && lp_word_holds_on(l->cues->lang, before, folded))
        breach(l, LP_LINT_BREAK, i,
               lp_arena_printf(l->arena, "a line ends with \"%s\"", folded));
    else if (lp_letter_is_digit(last) && (lp_letter_is_digit(first) || first == '%'))
        breach(l, LP_LINT_NUMBER, i,
               lp_arena_printf(l->arena, "a number is cut behind \"%s\"", folded));
}

static void lint_breaks(struct linter *l, size_t i)
{
    const lp_cue *c = &l->cues->items[i];
    for (const char *p = strchr(c->text, '\n'); p; p = strchr(p + 1, '\n'))
        lint_break(l, i, c->text, (size_t)(p - c->text), p + 1);
    if (i + 1 < l->cues->n && c[1].person == c->person &&
        c[1].start_us - c->end_us < LP_CUE_SHORT_US)
        lint_break(l, i, c->text, strlen(c->text), c[1].text);
}

lp_status lp_cues_lint(const lp_cues *c, int line_chars, lp_arena *a, lp_breaches *out,
                       lp_diag *d)
{
    size_t line = line_chars == 37 || line_chars == 32 ? (size_t)line_chars : LONG_LINE;
    *out = (lp_breaches){ 0 };
    struct linter l = { c, line, a, out, d, LP_OK };
    for (size_t i = 0; l.status == LP_OK && i < c->n; i++) {
        size_t hard = out->n_hard, soft = out->n_soft;
        lint_widths(&l, i);
        lint_times(&l, i);
        lint_offset(&l, i);
        lint_breaks(&l, i);
        out->n_cues_hard += out->n_hard > hard;
        out->n_cues_soft += out->n_soft > soft;
    }
    return l.status;
}
