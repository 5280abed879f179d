#include "ingest/srt.h"

#include <string.h>

#include "base/buf.h"
#include "ingest/cue_text.h"

enum { MAX_BLOCK_BYTES = 1 << 20 };

/* The cue being read: its text so far, and a line that is either its last or the number of the
 * next cue. */
struct cue {
    int is_open; /* 1: has times, 2: its times can not be read */
    int64_t start_us, end_us;
    size_t at; /* of its line of times, in the file */
    lp_buf text;
    lp_line number;  /* n 0: none */
    int has_blank;   /* a blank line came after the text */
    int is_leftover; /* what follows is a numbered block without times: part of no cue */
};

struct reader {
    const char *text;
    lp_arena *arena;
    lp_cues *out;
    lp_diag *d;
};

static int is_number(lp_line l)
{
    size_t n = 0;
    while (l.n && (*l.s == ' ' || *l.s == '\t'))
        l.s++, l.n--;
    while (l.n && (l.s[l.n - 1] == ' ' || l.s[l.n - 1] == '\t'))
        l.n--;
    while (n < l.n && l.s[n] >= '0' && l.s[n] <= '9')
        n++;
    return l.n > 0 && n == l.n && n <= 9;
}

/* A line that means to be one of times: before its "-->" stands one word that begins like a time
 * and has a colon. "--> then this" and "3 --> 4" are text. */
static int is_arrow(lp_line l)
{
    while (l.n && (*l.s == ' ' || *l.s == '\t'))
        l.s++, l.n--;
    const char *arrow = l.n ? memmem(l.s, l.n, "-->", 3) : NULL;
    size_t n = arrow ? (size_t)(arrow - l.s) : 0;
    while (n && (l.s[n - 1] == ' ' || l.s[n - 1] == '\t'))
        n--;
    return n && memchr(l.s, ':', n) && !memchr(l.s, ' ', n) &&
           ((*l.s >= '0' && *l.s <= '9') || *l.s == '-' || *l.s == ':');
}

static void add_line(struct cue *c, lp_line l)
{
    if (c->text.len)
        lp_buf_char(&c->text, '\n');
    lp_buf_bytes(&c->text, l.s, l.n);
}

/* A number that no times followed: the text of the cue when it stands in it ("42"), else a
 * block without times. */
static lp_status settle_number(struct cue *c, struct reader *r)
{
    lp_status s = LP_OK;
    if (!c->number.n)
        return LP_OK;
    if (c->has_blank && c->text.len) {
        c->is_leftover = 1;
        s = lp_cues_drop(r->out, r->arena, r->text, (size_t)(c->number.s - r->text), r->d);
    } else if (!c->is_leftover) {
        add_line(c, c->number);
    }
    c->number.n = 0;
    return s;
}

static lp_status close_cue(struct cue *c, struct reader *r)
{
    lp_status s = c->text.failed == 1 ? lp_fail_nomem(r->d) : LP_OK;
    if (s == LP_OK && c->is_open == 1)
        s = lp_cues_take(r->out, r->arena, c->start_us, c->end_us, c->text.data ? c->text.data : "", c->text.len,
                         LP_MARKUP_SRT, r->d);
    else if (s == LP_OK && c->is_open == 2)
        s = lp_cues_drop(r->out, r->arena, r->text, c->at, r->d);
    lp_buf_clear(&c->text);
    *c = (struct cue){ .text = c->text };
    return s;
}

static lp_status take_text(struct cue *c, lp_line l, struct reader *r)
{
    lp_status s = LP_OK;
    if (lp_line_is_blank(l)) {
        if (c->number.n && !c->has_blank)
            s = settle_number(c, r); /* it stood right under the text, or was the text */
        c->has_blank = 1;
        return s;
    }
    s = settle_number(c, r);
    if (is_number(l))
        c->number = l;
    else if (!c->is_leftover)
        add_line(c, l);
    return s;
}

lp_status lp_srt_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    struct reader r = { text, a, out, d };
    struct cue c = { 0 };
    lp_buf_init(&c.text, MAX_BLOCK_BYTES);
    lp_status s = LP_OK;
    lp_line l;
    size_t at = 0, n_times = 0;
    out->format = "srt";
    while (s == LP_OK && lp_line_next(text, n, &at, &l)) {
        if (!is_arrow(l)) {
            if (c.is_open)
                s = take_text(&c, l, &r);
            continue;
        }
        s = close_cue(&c, &r);
        int is_good = lp_line_timing_signed(l, &c.start_us, &c.end_us) == 0;
        c.at = (size_t)(l.s - text);
        c.is_open = is_good ? 1 : 2;
        n_times += (size_t)is_good;
    }
    if (s == LP_OK)
        s = settle_number(&c, &r);
    if (s == LP_OK)
        s = close_cue(&c, &r);
    lp_buf_clear(&c.text);
    if (s == LP_OK && n_times == 0)
        return lp_fail(
            d, LP_ERR_INPUT, 0,
            "%s: no captions in it: there is no line like 00:00:01,000 --> 00:00:02,000",
            out->source ? out->source : "captions");
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
