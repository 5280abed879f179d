#include "caption/align.h"

#include <string.h>

#include "caption/letters.h"
#include "caption/spoken.h"

enum {
    ODD_WORDS = 8,   /* more in a row are worth a look */
    CALM_WORDS = 2,  /* matches in a row that end a passage which does not match */
    EXCERPT = 200,   /* bytes */
    GUESS_US = 60000 /* a column, where nothing was heard around a word */
};

struct aligner {
    lp_token *text;
    const lp_token *heard;
    size_t n_text, n_heard;
    const ptrdiff_t *pair;
    lp_arena *arena;
    lp_align_result *result;
    lp_diag *diag;
};

static int matches(const struct aligner *g, size_t i)
{
    return g->pair[i] >= 0 &&
           lp_token_kinship(&g->text[i], &g->heard[g->pair[i]]) != LP_KIN_NONE;
}

/* ---- times ---- */

static int64_t columns_of(const lp_token *t)
{
    return 1 + (int64_t)lp_text_columns(lp_text_measure(t->text, strlen(t->text)));
}

/* Shares the time from lo_us to hi_us out among text[first..end). */
static void share_out(struct aligner *g, size_t first, size_t end, int64_t lo_us, int64_t hi_us)
{
    int64_t all = 0, done = 0;
    for (size_t i = first; i < end; i++)
        all += columns_of(&g->text[i]);
    if (hi_us < lo_us)
        lo_us = hi_us;
    double us = all ? (double)(hi_us - lo_us) / (double)all : 0;
    for (size_t i = first; i < end; i++) {
        g->text[i].start_us = lo_us + (int64_t)(us * (double)done);
        done += columns_of(&g->text[i]);
        g->text[i].end_us = lo_us + (int64_t)(us * (double)done);
    }
}

static void give_times(struct aligner *g, int64_t duration_us)
{
    for (size_t i = 0; i < g->n_text;) {
        if (g->pair[i] >= 0) {
            const lp_token *h = &g->heard[g->pair[i]];
            g->text[i].start_us = h->start_us;
            g->text[i].end_us = h->end_us > h->start_us ? h->end_us : h->start_us;
            if (matches(g, i))
                g->text[i].p = h->p;
            i++;
            continue;
        }
        size_t end = i;
        int64_t guess_us = 0;
        for (; end < g->n_text && g->pair[end] < 0; end++)
            guess_us += columns_of(&g->text[end]) * GUESS_US;
        int64_t lo_us = i ? g->text[i - 1].end_us : 0;
        int64_t hi_us = end < g->n_text ? g->heard[g->pair[end]].start_us : lo_us + guess_us;
        if (end == g->n_text && duration_us > 0 && hi_us > duration_us)
            hi_us = duration_us > lo_us ? duration_us : lo_us;
        if (i == 0 && end < g->n_text && hi_us - guess_us > 0)
            lo_us = hi_us - guess_us; /* before all that was heard */
        share_out(g, i, end, lo_us, hi_us);
        i = end;
    }
    for (size_t i = 1; i < g->n_text; i++) { /* what was heard may overlap */
        if (g->text[i].start_us < g->text[i - 1].start_us)
            g->text[i].start_us = g->text[i - 1].start_us;
        if (g->text[i].end_us < g->text[i].start_us)
            g->text[i].end_us = g->text[i].start_us;
    }
}

/* ---- passages that differ ---- */

struct odd { /* text[t0..t1) against heard[h0..h1) */
    size_t t0, t1, h0, h1, n_text, n_heard, n_calm;
};

static const char *excerpt(lp_arena *a, const lp_token *t, size_t first, size_t end)
{
    lp_buf b;
    lp_buf_init(&b, 64 * EXCERPT);
    for (size_t i = first; i < end && b.len < EXCERPT; i++) {
        int32_t last = i > first ? lp_text_last(b.data, b.len) : 0;
        if (i > first &&
            lp_text_has_blank_between(last, lp_text_first(t[i].text, strlen(t[i].text))))
            lp_buf_char(&b, ' ');
        lp_buf_str(&b, t[i].text);
        if (b.len >= EXCERPT && i + 1 < end)
            lp_buf_str(&b, " ..");
    }
    const char *s = b.failed == 1 ? NULL : lp_arena_strndup(a, b.data ? b.data : "", b.len);
    lp_buf_clear(&b);
    return s;
}

static lp_status tell_odd(struct aligner *g, const struct odd *o)
{
    lp_align_result *r = g->result;
    if (o->n_text <= ODD_WORDS && o->n_heard <= ODD_WORDS)
        return LP_OK;
    lp_stretch s = { .n_text = o->n_text, .n_heard = o->n_heard };
    s.start_us = o->h1 > o->h0 ? g->heard[o->h0].start_us : g->text[o->t0].start_us;
    s.end_us = o->h1 > o->h0 ? g->heard[o->h1 - 1].end_us : g->text[o->t1 - 1].end_us;
    if (o->t1 > o->t0 && g->text[o->t0].start_us < s.start_us)
        s.start_us = g->text[o->t0].start_us;
    if (o->t1 > o->t0 && g->text[o->t1 - 1].end_us > s.end_us)
        s.end_us = g->text[o->t1 - 1].end_us;
    s.text = excerpt(g->arena, g->text, o->t0, o->t1);
    s.heard = excerpt(g->arena, g->heard, o->h0, o->h1);
    if (!s.text || !s.heard ||
        lp_arena_grow(g->arena, (void **)&r->stretches, r->n_stretches, &r->cap_stretches,
                      sizeof(s), 1000000) != 0)
        return lp_fail_nomem(g->diag);
    r->stretches[r->n_stretches++] = s;
    return LP_OK;
}

/* Walks both sides at once; a stray match or two ("the") do not end a passage that differs. */
static lp_status find_odd(struct aligner *g)
{
    struct odd o = { 0 };
    lp_status s = LP_OK;
    size_t h = 0;
    for (size_t t = 0; s == LP_OK && (t < g->n_text || h < g->n_heard);) {
        size_t next_h = t < g->n_text && g->pair[t] >= 0 ? (size_t)g->pair[t] : g->n_heard;
        int is_calm = t < g->n_text && next_h == h && h < g->n_heard && matches(g, t);
        int is_heard_alone =
            h < g->n_heard && h < next_h && (t == g->n_text || g->pair[t] >= 0);
        int has_text = !is_heard_alone;
        int has_heard = is_heard_alone || (next_h == h && h < g->n_heard);
        if (is_calm && ++o.n_calm == CALM_WORDS) {
            s = tell_odd(g, &o);
            o = (struct odd){ .n_calm = CALM_WORDS };
        } else if (!is_calm) {
            if (o.n_text + o.n_heard == 0)
                o = (struct odd){ t, t, h, h, 0, 0, 0 };
            o.n_calm = 0;
            o.n_text += (size_t)(has_text && g->text[t].hash != 0);
            o.n_heard += (size_t)has_heard;
            o.t1 = t + (size_t)has_text;
            o.h1 = h + (size_t)has_heard;
        }
        t += (size_t)has_text;
        h += (size_t)has_heard;
    }
    return s == LP_OK ? tell_odd(g, &o) : s;
}

/* ---- all of it ---- */

static lp_status read_heard(const lp_words *heard, lp_arena *a, lp_tokens *out, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < heard->n; i++) {
        const lp_word *w = &heard->items[i];
        lp_token like = {
            .start_us = w->start_us, .end_us = w->end_us, .p = w->p, .person = w->person
        };
        s = lp_tokens_add(out, a, w->text, strlen(w->text), &like, d);
    }
    return s;
}

static lp_status give_words(const struct aligner *g, int has_labels, lp_cues *out)
{
    int person = -1;
    lp_words words = { 0 };
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < g->n_text; i++) {
        const lp_token *t = &g->text[i];
        if (!has_labels && g->pair[i] >= 0)
            person = g->heard[g->pair[i]].person;
        lp_word w = { t->start_us, t->end_us, t->text, t->p, has_labels ? t->person : person };
        s = lp_words_add(&words, g->arena, w, g->diag);
        g->result->n_same +=
            g->pair[i] >= 0 && lp_token_kinship(t, &g->heard[g->pair[i]]) == LP_KIN_SAME;
        g->result->n_near +=
            g->pair[i] >= 0 && lp_token_kinship(t, &g->heard[g->pair[i]]) == LP_KIN_NEAR;
    }
    if (s == LP_OK)
        out->words = words;
    return s;
}

lp_status lp_words_align(const char *text, size_t n, const lp_words *heard, int64_t duration_us,
                         lp_arena *a, lp_cues *out, lp_align_result *result, lp_diag *d)
{
    lp_arena scratch = { 0 };
    lp_tokens said = { 0 }, sounds = { 0 };
    int has_labels = 0;
    *result = (lp_align_result){ 0 };
    lp_status s = lp_spoken_read(text, n, a, out, &said, &has_labels, &result->n_headings, d);
    if (s == LP_OK)
        s = read_heard(heard, &scratch, &sounds, d);
    ptrdiff_t *pair = s == LP_OK ? lp_arena_alloc(&scratch, said.n + 1, sizeof(*pair)) : NULL;
    if (s == LP_OK && !pair)
        s = lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_tokens_match(said.items, said.n, sounds.items, sounds.n, pair, d);
    struct aligner g = { said.items, sounds.items, said.n, sounds.n, pair, a, result, d };
    if (s == LP_OK) {
        result->n_text = said.n;
        result->n_heard = sounds.n;
        give_times(&g, duration_us);
        s = find_odd(&g);
    }
    if (s == LP_OK)
        s = give_words(&g, has_labels, out);
    lp_arena_clear(&scratch);
    return s;
}
