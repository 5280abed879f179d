#include "caption/resplit.h"

#include <string.h>

#include "base/time.h"
#include "caption/lint.h"
#include "caption/word_pieces.h"

enum {
    ROUNDING_US = 2000,
    LITTLE_TEXT = 16, /* columns in 7 s: a sound that lasts, no speech */
    CLAUSE_COLUMNS = 4,
    STOP_COLUMNS = 8 /* the rest that punctuation stands for */
};

static size_t columns_of(const char *text)
{
    return lp_text_columns(lp_text_measure(text, strlen(text)));
}

static int has_little_text(const lp_cue *q)
{
    int64_t n_parts = (q->end_us - q->start_us + LP_CUE_LONG_US - 1) / LP_CUE_LONG_US;
    return columns_of(q->text) < (size_t)n_parts * LITTLE_TEXT;
}

static int has_bad_lines(const char *text, size_t line)
{
    size_t n_lines = 0;
    for (const char *p = text; *p; p += *p == '\n') {
        size_t n = strcspn(p, "\n");
        lp_text_size z = lp_text_measure(p, n);
        if (z.n_narrow * LP_LINE_WIDE + z.n_wide * line > LP_LINE_WIDE * line ||
            ++n_lines > LP_CUE_LINES)
            return 1;
        p += n;
    }
    return 0;
}

/* Whether the words say what the cue does, blanks apart. */
static int is_said_by(const char *text, const lp_word *words, size_t n)
{
    static const char sign[] = LP_WORD_GOES_ON "\n";
    for (size_t i = 0; i < n; i++) {
        for (const char *w = words[i].text; *w; text++) {
            if (strncmp(text, sign, sizeof(sign) - 1) == 0)
                text += sizeof(sign) - 1;
            if (*text == ' ' || *text == '\n')
                continue;
            if (*text != *w++)
                return 0;
        }
    }
    return text[strspn(text, " \n")] == '\0';
}

/* When a caption may go, so that it can be read: later than its author thought where the gap
 * behind it allows. */
static int64_t reading_end(const lp_cue *q, int64_t next_us)
{
    int64_t read_us = (int64_t)columns_of(q->text) * LP_SECOND_US / LP_CUE_WANTED_CPS + 1;
    int64_t good_us = q->start_us + (read_us > LP_CUE_SHORT_US ? read_us : LP_CUE_SHORT_US);
    if (good_us > next_us - LP_CUE_GAP_US)
        good_us = next_us; /* touching, rather than a gap that flickers */
    return good_us > q->end_us ? good_us : q->end_us;
}

/* When speech of so much text that begins with the cue is over: later than the cue where it is
 * too fast and there is room. */
static int64_t speech_end(const lp_cue *q, int64_t next_us)
{
    int64_t read_us =
        q->start_us + (int64_t)columns_of(q->text) * LP_SECOND_US / LP_CUE_WANTED_CPS;
    if (read_us <= q->end_us || next_us <= q->end_us)
        return q->end_us;
    return read_us < next_us ? read_us : next_us;
}

static size_t rest_behind(const char *word)
{
    int32_t last = lp_text_last(word, strlen(word));
    return lp_letter_is_stop(last)     ? STOP_COLUMNS
           : lp_letter_is_clause(last) ? CLAUSE_COLUMNS
                                       : 1;
}

/* The words of the cue's text, its time shared out among them. */
static lp_status share_out(const lp_cue *q, int64_t end_us, lp_arena *a, lp_words *out,
                           lp_diag *d)
{
    size_t all = 0, done = 0;
    lp_buf whole;
    lp_buf_init(&whole, strlen(q->text) + 1);
    lp_text_join(&whole, q->text);
    const char *text = whole.failed ? NULL : lp_arena_strndup(a, whole.data ? whole.data : "", whole.len);
    lp_buf_clear(&whole);
    if (!text)
        return lp_fail_nomem(d);
    for (const char *p = text; *p; p += *p != '\0') {
        size_t n = strcspn(p, " \n\t");
        lp_word w = { 0, 0, lp_arena_strndup(a, p, n), -1, q->person };
        if (!w.text)
            return lp_fail_nomem(d);
        lp_status s = n ? lp_words_add(out, a, w, d) : LP_OK;
        if (s != LP_OK)
            return s;
        p += n;
    }
    for (size_t i = 0; i < out->n; i++)
        all += columns_of(out->items[i].text) +
               (i + 1 < out->n ? rest_behind(out->items[i].text) : 0);
    double len_us = (double)(end_us - q->start_us), columns = all ? (double)all : 1;
    for (size_t i = 0; i < out->n; i++) {
        lp_word *w = &out->items[i];
        w->start_us = q->start_us + (int64_t)(len_us * (double)done / columns);
        done += columns_of(w->text);
        w->end_us = q->start_us + (int64_t)(len_us * (double)done / columns);
        done += rest_behind(w->text);
    }
    return LP_OK;
}

static lp_status lay_anew(const lp_cues *c, size_t i, const lp_layout_options *o,
                          int64_t end_of_all_us, lp_arena *a, lp_cues *out, lp_diag *d)
{
    const lp_cue *q = &c->items[i];
    int64_t next_us = i + 1 < c->n ? q[1].start_us : end_of_all_us;
    int64_t until_us = next_us > q->end_us ? next_us : q->end_us;
    const lp_word *heard = c->words.items + q->first_word;
    lp_words words = { 0 };
    lp_piece *p;
    size_t n;
    int is_heard = q->n_words > 0 && is_said_by(q->text, heard, q->n_words);
    lp_status s = LP_OK;
    for (size_t k = 0; is_heard && s == LP_OK && k < q->n_words; k++) {
        lp_word w = heard[k];
        w.person = q->person;
        s = lp_words_add(&words, a, w, d);
    }
    if (!is_heard)
        s = share_out(q, speech_end(q, next_us), a, &words, d);
    if (s == LP_OK)
        s = lp_pieces_make(words.items, words.n, c->lang, o, a, &p, &n, d);
    int64_t from_us = q->start_us;
    if (is_heard && s == LP_OK && heard[0].start_us < from_us &&
        (i == 0 || q[-1].end_us <= heard[0].start_us))
        from_us = heard[0].start_us;
    return s == LP_OK ? lp_pieces_layout(p, n, o, from_us, until_us, q->first_word, is_heard, a,
                                         out, d)
                      : s;
}

lp_status lp_cues_resplit(lp_cues *c, const lp_layout_options *o, lp_arena *a, size_t *n_split,
                          lp_diag *d)
{
    lp_layout_options own = lp_layout_options_checked(o);
    lp_cues made = { 0 };
    size_t n = 0;
    int64_t end_of_all_us = own.duration_us > 0 ? own.duration_us : INT64_MAX / 4;
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < c->n; i++) {
        lp_cue q = c->items[i];
        int is_long = q.end_us - q.start_us > LP_CUE_LONG_US + ROUNDING_US;
        if (has_bad_lines(q.text, (size_t)own.line_chars) ||
            (is_long && !has_little_text(&q))) {
            n++;
            s = lay_anew(c, i, &own, end_of_all_us, a, &made, d);
            continue;
        }
        if (is_long)
            q.end_us = q.start_us + LP_CUE_LONG_US;
        else
            q.end_us = reading_end(&q, i + 1 < c->n ? c->items[i + 1].start_us : end_of_all_us);
        s = lp_cues_add(&made, a, q.start_us, q.end_us, q.text, q.person, d);
        if (s == LP_OK)
            made.items[made.n - 1] = q;
    }
    if (s == LP_OK && n)
        s = lp_finding_add(&c->findings, a, "captions-resplit", LP_NOTE, -1, -1, d,
                           "%s: captions too long to be read at once, now split: %zu",
                           c->source ? c->source : "captions", n);
    if (n_split)
        *n_split = s == LP_OK ? n : 0;
    if (s != LP_OK)
        return s;
    c->items = made.items;
    c->n = made.n;
    c->cap = made.cap;
    lp_cues_sort(c); /* where cues overlapped, their parts do */
    return LP_OK;
}
