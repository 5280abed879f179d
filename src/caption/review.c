#include "caption/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "caption/lint.h"

enum { MAX_ITEMS = 2000000, NAMED_WORDS = 3 };
/* To judge and to mend a caption takes as long as it is, half a second before and behind, and so much. */
enum { HANDLE_US = 5000000, LEAST_WORK_US = 600000000, WORK_SHARE = 6 };

static const float listed_from = 0.4F, named_below = 0.7F, pieces_below = 0.9F, of_pieces = 0.4F;
static const float of_form = 0.4F, lost_a_second = 0.5F, lost_most = 3;

struct reviewer {
    lp_arena *arena;
    lp_review *out;
    lp_diag *diag;
};

static lp_status add(struct reviewer *r, lp_review_item item)
{
    lp_review *v = r->out;
    if (!item.text || lp_arena_grow(r->arena, (void **)&v->items, v->n, &v->cap, sizeof(item),
                                    MAX_ITEMS) != 0)
        return lp_fail_nomem(r->diag);
    v->items[v->n++] = item;
    return LP_OK;
}

static int has_hyphen_within(const char *word)
{
    const char *hyphen = strchr(word + strspn(word, "-"), '-');
    return hyphen && hyphen[strspn(hyphen, "-")] && !strchr(".,?!:;", hyphen[strspn(hyphen, "-")]);
}

static float doubt_of(const lp_word *w)
{
    if (!(w->p >= 0))
        return 0;
    return (1 - w->p) * (1 - w->p) + (w->p < pieces_below && has_hyphen_within(w->text) ? of_pieces : 0);
}

/* Nothing but "[applause]", "(music)", music signs: nobody said it. */
static int is_sound_name(const char *text)
{
    for (const char *c = text; *c;) {
        const char *end = *c == '[' ? strchr(c, ']') : *c == '(' ? strchr(c, ')') : NULL;
        if (end)
            c = end + 1;
        else if (strncmp(c, "\xe2\x99\xaa", 3) == 0 || strncmp(c, "\xe2\x99\xab", 3) == 0)
            c += 3;
        else if (strchr(" \n.,-", *c))
            c++;
        else
            return 0;
    }
    return 1;
}

/* Joins reasons. NULL when memory is out, before or now. */
static const char *and_also(lp_arena *a, const char *so_far, const char *between, const char *more)
{
    if (!so_far || !more)
        return NULL;
    return *so_far ? lp_arena_printf(a, "%s%s%s", so_far, between, more) : more;
}

/* The words that are named, the least sure first. */
static size_t least_sure(const lp_cues *c, const lp_cue *q, const lp_word *out[NAMED_WORDS])
{
    size_t n = 0;
    for (size_t i = q->first_word; i < c->words.n && i - q->first_word < q->n_words; i++) {
        const lp_word *w = &c->words.items[i];
        if (!(w->p >= 0) || (w->p >= named_below && doubt_of(w) < of_pieces))
            continue;
        size_t at = n;
        while (at > 0 && doubt_of(out[at - 1]) < doubt_of(w))
            at--;
        if (at == NAMED_WORDS)
            continue;
        size_t n_behind = (n < NAMED_WORDS ? n : NAMED_WORDS - 1) - at;
        memmove(out + at + 1, out + at, n_behind * sizeof(*out));
        out[at] = w;
        n += n < NAMED_WORDS;
    }
    return n;
}

static void doubt_words(struct reviewer *r, const lp_cues *c, const lp_cue *q, lp_review_item *item)
{
    const lp_word *named[NAMED_WORDS];
    float sum = 0;
    for (size_t i = q->first_word; i < c->words.n && i - q->first_word < q->n_words; i++)
        sum += doubt_of(&c->words.items[i]);
    if (sum < listed_from)
        return;
    item->doubts |= LP_DOUBT_WORDS;
    item->doubt = sum;
    size_t n = least_sure(c, q, named);
    if (!n)
        item->text = "not quite sure of many words";
    else
        item->word = named[0]->text;
    for (size_t i = 0; i < n; i++)
        item->text = and_also(r->arena, item->text, ", ",
                              lp_arena_printf(r->arena, i ? "%.0f %% of \"%s\"" : "%.0f %% sure of \"%s\"",
                                              (double)named[i]->p * 100, named[i]->text));
}

static lp_status review_cue(struct reviewer *r, const lp_cues *c, size_t i, const lp_breach *b,
                            size_t n)
{
    const lp_cue *q = &c->items[i];
    lp_review_item item = {
        .start_us = q->start_us, .end_us = q->end_us, .cue = (ptrdiff_t)i, .text = ""
    };
    if (q->is_checked || is_sound_name(q->text))
        return LP_OK;
    doubt_words(r, c, q, &item);
    for (size_t k = 0; k < n; k++) {
        if (!lp_lint_rule_of(b[k].code)->is_hard || b[k].code == LP_LINT_OFFSET)
            continue;
        item.doubts |= b[k].code == LP_LINT_FAST ? LP_DOUBT_FAST : LP_DOUBT_FORM;
        item.doubt = item.doubt > of_form ? item.doubt : of_form;
        item.text = and_also(r->arena, item.text, "; ", b[k].text);
    }
    return item.doubts ? add(r, item) : LP_OK;
}

static lp_status review_lost(struct reviewer *r, const lp_span *s)
{
    float doubt = (float)(s->end_us - s->start_us) / LP_SECOND_US * lost_a_second;
    return add(r, (lp_review_item){ .start_us = s->start_us,
                                    .end_us = s->end_us,
                                    .cue = -1,
                                    .doubts = LP_DOUBT_LOST,
                                    .doubt = doubt < lost_most ? doubt : lost_most,
                                    .text = "speech that was not recognised" });
}

static int by_doubt(const void *a, const void *b)
{
    const lp_review_item *x = a, *y = b;
    if (x->doubt != y->doubt)
        return x->doubt > y->doubt ? -1 : 1;
    if (x->start_us != y->start_us)
        return x->start_us < y->start_us ? -1 : 1;
    return x->cue < y->cue ? -1 : x->cue > y->cue;
}

/* How many are done in the time that a teacher has. */
static void find_first(const lp_cues *c, lp_review *r)
{
    int64_t most_us = c->n ? c->items[c->n - 1].end_us / WORK_SHARE : 0;
    if (most_us < LEAST_WORK_US)
        most_us = LEAST_WORK_US;
    for (; r->n_first < r->n; r->n_first++) {
        const lp_review_item *item = &r->items[r->n_first];
        int64_t us = item->end_us - item->start_us + LP_SECOND_US + HANDLE_US;
        if (r->time_us + us > most_us)
            return;
        r->time_us += us;
    }
}

lp_status lp_cues_review(const lp_cues *c, int line_chars, const lp_span *lost, size_t n_lost,
                         lp_arena *a, lp_review *out, lp_diag *d)
{
    *out = (lp_review){ 0 };
    struct reviewer r = { a, out, d };
    lp_breaches b;
    lp_status s = lp_cues_lint(c, line_chars, a, &b, d);
    size_t next_lost = 0, at = 0;
    for (size_t i = 0; s == LP_OK && i < c->n; i++) {
        for (; s == LP_OK && next_lost < n_lost &&
               lost[next_lost].start_us < c->items[i].start_us;
             next_lost++)
            s = review_lost(&r, &lost[next_lost]);
        size_t end = at;
        while (end < b.n && b.items[end].cue == i)
            end++;
        if (s == LP_OK)
            s = review_cue(&r, c, i, b.n ? b.items + at : NULL, end - at);
        at = end;
    }
    for (; s == LP_OK && next_lost < n_lost; next_lost++)
        s = review_lost(&r, &lost[next_lost]);
    if (s != LP_OK)
        return s;
    if (out->n)
        qsort(out->items, out->n, sizeof(*out->items), by_doubt);
    find_first(c, out);
    return LP_OK;
}
