#include "ingest/cue_text.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ingest/markup.h"
#include "ingest/speakers.h"

enum { MAX_HOURS = 99999, TOUCHING_US = 100000, MAX_SHOW_US = 5 * LP_SECOND_US };
/* more than any class has; beyond them cues are counted as dropped and names are not told apart
 */
enum { MAX_TAKEN = 500000, MAX_SPEAKERS = 1000, TOLD = 8 };

int lp_line_next(const char *text, size_t n, size_t *at, lp_line *out)
{
    if (*at >= n)
        return 0;
    size_t i = *at + lp_str_before(text + *at, n - *at, '\n', '\r');
    *out = (lp_line){ text + *at, i - *at };
    i += i + 1 < n && text[i] == '\r' && text[i + 1] == '\n';
    *at = i < n ? i + 1 : n;
    return 1;
}

int lp_line_is_blank(lp_line l)
{
    for (size_t i = 0; i < l.n; i++)
        if (l.s[i] != ' ' && l.s[i] != '\t')
            return 0;
    return 1;
}

int lp_line_has(lp_line l, const char *word)
{
    return l.n > 0 && memmem(l.s, l.n, word, strlen(word)) != NULL;
}

static void skip_blanks(lp_line *l)
{
    while (l->n && (*l->s == ' ' || *l->s == '\t' || *l->s == '\f')) {
        l->s++;
        l->n--;
    }
}

/* Takes digits off the line; returns how many there were. */
static size_t take_digits(lp_line *l, int64_t *v)
{
    size_t n = 0;
    for (*v = 0; n < l->n && l->s[n] >= '0' && l->s[n] <= '9'; n++)
        *v = *v > MAX_HOURS ? *v : *v * 10 + (l->s[n] - '0');
    l->s += n;
    l->n -= n;
    return n;
}

static int take_char(lp_line *l, const char *any)
{
    if (!l->n || !*l->s || !strchr(any, *l->s))
        return 0;
    l->s++;
    l->n--;
    return 1;
}

static int64_t take_fraction_us(lp_line *l)
{
    int64_t us = 0, unit = LP_SECOND_US / 10;
    for (; l->n && *l->s >= '0' && *l->s <= '9'; l->s++, l->n--, unit /= 10)
        us += (*l->s - '0') * unit;
    return us;
}

static int take_time(lp_line *l, int64_t *out_us)
{
    int64_t v[3];
    size_t n_digits[3], n = 0;
    do {
        n_digits[n] = take_digits(l, &v[n]);
        if (n_digits[n++] == 0)
            return -1;
    } while (n < 3 && take_char(l, ":"));
    if (n < 2)
        return -1;
    for (size_t i = n - 2; i < n; i++)
        if (n_digits[i] > 2 || v[i] > 59)
            return -1;
    int64_t hours = n == 3 ? v[0] : 0;
    if (hours > MAX_HOURS)
        return -1;
    int64_t us = ((hours * 60 + v[n - 2]) * 60 + v[n - 1]) * LP_SECOND_US;
    if (take_char(l, ".,")) {
        if (!l->n || *l->s < '0' || *l->s > '9')
            return -1;
        us += take_fraction_us(l);
    }
    *out_us = us;
    return 0;
}

int lp_line_clock(lp_line l, int64_t *at_us)
{
    int64_t us;
    skip_blanks(&l);
    if (take_time(&l, &us) != 0 || !lp_line_is_blank(l))
        return -1;
    *at_us = us;
    return 0;
}

int lp_line_timing(lp_line l, int64_t *start_us, int64_t *end_us)
{
    return lp_line_timing_rest(l, start_us, end_us, &l);
}

int lp_line_timing_signed(lp_line l, int64_t *start_us, int64_t *end_us)
{
    int64_t *const out[2] = { start_us, end_us };
    int is_below[2] = { 0, 0 };
    char plain[100];
    size_t n = 0;
    skip_blanks(&l);
    const char *arrow = l.n ? memmem(l.s, l.n, "-->", 3) : NULL;
    if (!arrow || l.n >= sizeof(plain))
        return lp_line_timing(l, start_us, end_us);
    lp_line end = { arrow + 3, l.n - (size_t)(arrow - l.s) - 3 };
    skip_blanks(&end);
    for (const char *s = l.s; s < l.s + l.n; s++) {
        if (*s == '-' && (s == l.s || s == end.s))
            is_below[s == end.s] = 1;
        else
            plain[n++] = *s;
    }
    if (lp_line_timing((lp_line){ plain, n }, start_us, end_us) != 0)
        return -1;
    for (int i = 0; i < 2; i++)
        if (is_below[i])
            *out[i] = -*out[i];
    return 0;
}

int lp_line_timing_rest(lp_line l, int64_t *start_us, int64_t *end_us, lp_line *rest)
{
    int64_t start, end;
    skip_blanks(&l);
    if (take_time(&l, &start) != 0)
        return -1;
    skip_blanks(&l);
    if (l.n < 3 || memcmp(l.s, "-->", 3) != 0)
        return -1;
    l.s += 3;
    l.n -= 3;
    skip_blanks(&l);
    const char *from = l.s;
    if (take_time(&l, &end) != 0)
        return -1;
    /* settings may follow a whole time at once, but "00:00:1d.890" is no time at all */
    int is_whole = l.s - from >= 4 && (l.s[-4] == '.' || l.s[-4] == ',');
    if (l.n && !is_whole && *l.s != ' ' && *l.s != '\t')
        return -1;
    *start_us = start;
    *end_us = end;
    *rest = l;
    return 0;
}

struct taker {
    lp_cues *cues;
    lp_arena *arena;
    int64_t start_us, end_us;
    size_t n_said;
};

static lp_status take_said(void *user, const char *name, const char *text, lp_diag *d)
{
    struct taker *t = user;
    int is_known = *name && t->cues->n_people < MAX_SPEAKERS;
    int person = is_known ? lp_cues_person(t->cues, t->arena, name, strlen(name)) : -1;
    if (is_known && person < 0)
        return lp_fail_nomem(d);
    t->n_said++;
    return lp_cues_add(t->cues, t->arena, t->start_us, t->end_us, text, person, d);
}

/* Keeps where a cue stood that was dropped: the first few are told. */
static lp_status tell_place(lp_cues *c, lp_arena *a, const char *place, lp_diag *d)
{
    if (c->n_dropped > TOLD)
        return LP_OK;
    c->dropped_at = lp_arena_printf(a, "%s%s%s", c->dropped_at ? c->dropped_at : "", c->dropped_at ? ", " : "", place);
    return c->dropped_at ? LP_OK : lp_fail_nomem(d);
}

lp_status lp_cues_drop_line(lp_cues *c, lp_arena *a, size_t line, lp_diag *d)
{
    char place[40];
    c->n_read++;
    c->n_dropped++;
    snprintf(place, sizeof(place), "line %zu", line);
    return tell_place(c, a, place, d);
}

lp_status lp_cues_drop(lp_cues *c, lp_arena *a, const char *text, size_t at, lp_diag *d)
{
    size_t line = 0, i = 0;
    lp_line l;
    while (c->n_dropped < TOLD && i <= at && lp_line_next(text, at + 1, &i, &l))
        line++;
    return lp_cues_drop_line(c, a, line, d);
}

static lp_status drop_blank(lp_cues *c, lp_arena *a, int64_t start_us, lp_diag *d)
{
    char clock[40];
    c->n_dropped++;
    lp_time_clock(start_us, clock, sizeof(clock));
    return tell_place(c, a, clock, d);
}

lp_status lp_cues_take(lp_cues *c, lp_arena *a, int64_t start_us, int64_t end_us,
                       const char *text, size_t n, lp_markup markup, lp_diag *d)
{
    struct taker t = { c, a, start_us, end_us, 0 };
    lp_status s = LP_OK;
    c->n_read++;
    if (start_us < 0 && end_us <= 0 && end_us > start_us) {
        c->n_early++;
        return LP_OK;
    }
    if (start_us < 0) {
        c->n_cut++;
        t.start_us = 0;
    }
    if (c->n >= MAX_TAKEN) {
        c->n_dropped++;
        return LP_OK;
    }
    if (markup != LP_MARKUP_NONE) {
        s = lp_markup_read(text, n, markup == LP_MARKUP_SRT, take_said, &t, d);
    } else {
        lp_buf tidy;
        lp_buf_init(&tidy, 4 * n + 1);
        lp_markup_tidy(&tidy, text, n);
        s = tidy.failed ? lp_fail_nomem(d) : tidy.len ? take_said(&t, "", tidy.data, d) : LP_OK;
        lp_buf_clear(&tidy);
    }
    return s == LP_OK && t.n_said == 0 ? drop_blank(c, a, t.start_us, d) : s;
}

/* A cue that ends before it begins is shown for as long as it takes to read, but not into the
 * next. */
static size_t mend_ends(lp_cues *c)
{
    size_t n_mended = 0;
    int64_t next_us = INT64_MAX; /* where the next cue begins that does not begin with this one */
    for (size_t i = c->n; i-- > 0;) {
        lp_cue *q = &c->items[i];
        if (i + 1 < c->n && q[1].start_us > q->start_us)
            next_us = q[1].start_us;
        if (q->end_us > q->start_us)
            continue;
        n_mended++;
        int64_t show_us =
            LP_SECOND_US + 60000 * (int64_t)lp_utf8_count(q->text, strlen(q->text));
        q->end_us = q->start_us + (show_us < MAX_SHOW_US ? show_us : MAX_SHOW_US);
        if (next_us < q->end_us)
            q->end_us = next_us;
    }
    return n_mended;
}

/* Cues that say the same one after the other without a pause are one. Returns how many were joined to others. */
static size_t join_repeats(lp_cues *c)
{
    size_t n = 0, n_all = c->n;
    for (size_t i = 0; i < c->n; i++) {
        lp_cue *last = n ? &c->items[n - 1] : NULL;
        const lp_cue *q = &c->items[i];
        if (last && last->person == q->person && q->start_us <= last->end_us + TOUCHING_US &&
            strcmp(last->text, q->text) == 0) {
            if (q->end_us > last->end_us)
                last->end_us = q->end_us;
        } else {
            c->items[n++] = *q;
        }
    }
    c->n = n;
    return n_all - n;
}

/* Panopto puts "[Auto-generated transcript. Edits may have been applied for clarity.]" before the
 * first words. That is no speech, but worth to know. Returns whether it was there. */
static int take_machine_note(lp_cues *c)
{
    static const char note[] = "[Auto-generated transcript";
    const char *rest =
        c->n && strncmp(c->items[0].text, note, sizeof(note) - 1) == 0 ? strchr(c->items[0].text, ']') : NULL;
    if (!rest)
        return 0;
    for (rest++; *rest == ' ' || *rest == '\n'; rest++)
        ;
    if (*rest) {
        c->items[0].text = rest;
    } else {
        c->n--;
        c->n_read--; /* it was no caption */
        memmove(c->items, c->items + 1, c->n * sizeof(*c->items));
    }
    return 1;
}

static lp_status say_changes(lp_cues *c, size_t n_mended, size_t n_joined, lp_arena *a, lp_diag *d)
{
    const char *source = c->source ? c->source : "captions", *at = c->dropped_at;
    lp_findings *f = &c->findings;
    lp_status s = LP_OK;
    if (c->n_dropped)
        s = lp_finding_add(f, a, "captions-dropped", LP_NOTE, -1, -1, d,
                           "%s: captions without text or usable time that were left out: %zu of %zu%s%s%s%s", source,
                           c->n_dropped, c->n_read, at ? " (" : "", at ? at : "",
                           at && c->n_dropped > TOLD ? " and later" : "", at ? ")" : "");
    if (s == LP_OK && (c->n_early || c->n_cut))
        s = lp_finding_add(f, a, "captions-early", LP_WARNING, -1, -1, d,
                           "%s: captions with times before 0: left out, because they end there: %zu; shown from 0: %zu",
                           source, c->n_early, c->n_cut);
    if (s == LP_OK && n_mended)
        s = lp_finding_add(f, a, "captions-times", LP_NOTE, -1, -1, d,
                           "%s: captions that end before they begin, whose ends were estimated: %zu", source, n_mended);
    if (s == LP_OK && n_joined)
        s = lp_finding_add(f, a, "captions-joined", LP_NOTE, -1, -1, d,
                           "%s: captions that say the same as the one before them, without a pause, and were made one "
                           "with it: %zu",
                           source, n_joined);
    c->n_dropped += c->n_early;
    return s;
}

lp_status lp_cues_mend(lp_cues *c, lp_arena *a, lp_diag *d)
{
    const char *source = c->source ? c->source : "captions";
    lp_cues_sort(c);
    int is_by_machine = take_machine_note(c);
    size_t n_mended = mend_ends(c);
    lp_status s = lp_cues_find_speakers(c, a, d);
    if (s == LP_OK && is_by_machine)
        s = lp_finding_add(&c->findings, a, "captions-automatic", LP_NOTE, -1, -1, d,
                           "%s: it says that a machine transcribed it", source);
    if (s != LP_OK)
        return s;
    return say_changes(c, n_mended, join_repeats(c), a, d);
}
