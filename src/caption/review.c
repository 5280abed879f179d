#include "caption/review.h"

#include "caption/lint.h"

enum { MAX_ITEMS = 2000000 };

static const float sure_of_cue = 0.6F, sure_of_word = 0.3F;

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

static const char *least_sure(const lp_cues *c, const lp_cue *q, float least)
{
    for (size_t i = q->first_word; i < c->words.n && i - q->first_word < q->n_words; i++)
        if (c->words.items[i].p >= 0 && c->words.items[i].p <= least)
            return c->words.items[i].text;
    return NULL;
}

/* Joins reasons with "; ". NULL when memory is out, before or now. */
static const char *and_also(lp_arena *a, const char *so_far, const char *more)
{
    if (!so_far || !more)
        return NULL;
    return *so_far ? lp_arena_printf(a, "%s; %s", so_far, more) : more;
}

static lp_status review_cue(struct reviewer *r, const lp_cues *c, size_t i, const lp_breach *b,
                            size_t n)
{
    const lp_cue *q = &c->items[i];
    lp_review_item item = {
        .start_us = q->start_us, .end_us = q->end_us, .cue = (ptrdiff_t)i, .text = ""
    };
    float least;
    lp_words_p(&c->words, q->first_word, q->n_words, &item.p, &least);
    if (item.p >= 0 && item.p < sure_of_cue) {
        item.doubts |= LP_DOUBT_CUE;
        item.text =
            and_also(r->arena, item.text,
                     lp_arena_printf(r->arena, "%.0f %% sure of it", (double)item.p * 100));
    }
    if (least >= 0 && least < sure_of_word) {
        item.doubts |= LP_DOUBT_WORD;
        item.word = least_sure(c, q, least);
        item.text = and_also(r->arena, item.text,
                             lp_arena_printf(r->arena, "%.0f %% sure of \"%s\"",
                                             (double)least * 100, item.word));
    }
    for (size_t k = 0; k < n; k++) {
        if (!lp_lint_rule_of(b[k].code)->is_hard || b[k].code == LP_LINT_OFFSET)
            continue;
        item.doubts |= b[k].code == LP_LINT_FAST ? LP_DOUBT_FAST : LP_DOUBT_FORM;
        item.text = and_also(r->arena, item.text, b[k].text);
    }
    return item.doubts ? add(r, item) : LP_OK;
}

static lp_status review_lost(struct reviewer *r, const lp_span *s)
{
    return add(r, (lp_review_item){ .start_us = s->start_us,
                                    .end_us = s->end_us,
                                    .cue = -1,
                                    .doubts = LP_DOUBT_LOST,
                                    .p = -1,
                                    .text = "speech that was not recognised" });
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
    return s;
}
