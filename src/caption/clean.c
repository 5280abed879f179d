#include "caption/clean.h"

#include <string.h>

#include "base/time.h"

enum {
    TOUCHING_US = 100000,
    JITTER_US = LP_SECOND_US,
    LEAST_US = LP_SECOND_US / 2,
    SHORTEST_US = 1000
};

/* How many bytes at the start of `text` are whole lines that `before` ends with; 0 for none. */
static size_t repeated_lines(const char *before, const char *text)
{
    size_t n_before = strlen(before), best = 0;
    for (size_t n = strcspn(text, "\n");; n += 1 + strcspn(text + n + 1, "\n")) {
        if (n > n_before)
            break;
        const char *tail = before + n_before - n;
        if (memcmp(tail, text, n) == 0 && (tail == before || tail[-1] == '\n'))
            best = text[n] ? n + 1 : n;
        if (!text[n])
            break;
    }
    return best;
}

/* Roll-up captions show the old line above the new one: each line is kept where it was said
 * first. Equal cues that do not touch are said twice ("Yes." "Yes.") and stay. */
static void drop_repeats(lp_cues *c)
{
    size_t n = 0;
    const char *shown =
        NULL; /* what the cue before showed, with the lines that were taken off */
    int shown_person = -1;
    int64_t shown_until_us = 0;
    for (size_t i = 0; i < c->n; i++) {
        lp_cue q = c->items[i];
        const char *whole = q.text;
        if (shown && shown_person == q.person && q.start_us <= shown_until_us + TOUCHING_US) {
            size_t skip = repeated_lines(shown, q.text);
            if (q.text[skip] == '\0' && c->items[n - 1].end_us < q.end_us)
                c->items[n - 1].end_us = q.end_us;
            q.text = q.text[skip] == '\0' ? NULL : q.text + skip;
        }
        shown = whole;
        shown_person = q.person;
        shown_until_us = q.end_us;
        if (q.text)
            c->items[n++] = q;
    }
    c->n = n;
}

/* A short overlap is a matter of rounding; a long one is two who speak at once, or captions
 * meant to stand together. */
static void trim_overlaps(lp_cues *c)
{
    for (size_t i = 0; i + 1 < c->n; i++) {
        lp_cue *q = &c->items[i];
        const lp_cue *next = &c->items[i + 1];
        if (next->person == q->person && next->start_us < q->end_us &&
            q->end_us - next->start_us <= JITTER_US && next->start_us >= q->start_us + LEAST_US)
            q->end_us = next->start_us;
    }
}

static lp_status cut_at_end(lp_cues *c, int64_t duration_us, lp_arena *a, lp_diag *d)
{
    size_t n = 0, n_cut = 0, n_gone = 0;
    for (size_t i = 0; i < c->n; i++) {
        lp_cue q = c->items[i];
        if (q.start_us < 0)
            q.start_us = 0;
        if (q.end_us <= 0 || (duration_us > 0 && q.start_us > duration_us - SHORTEST_US)) {
            n_gone++;
            continue;
        }
        if (duration_us > 0 && q.end_us > duration_us) {
            n_cut +=
                q.end_us > duration_us + LP_SECOND_US; /* less is rounding, not worth a word */
            q.end_us = duration_us;
        }
        if (q.end_us <= q.start_us)
            q.end_us = q.start_us + SHORTEST_US;
        c->items[n++] = q;
    }
    c->n = n;
    c->n_dropped += n_gone;
    if (n_cut + n_gone == 0)
        return LP_OK;
    char end[32];
    lp_time_clock(duration_us, end, sizeof(end));
    return lp_finding_add(
        &c->findings, a, "captions-past-end", n_gone ? LP_WARNING : LP_NOTE, -1, -1, d,
        "%s: the recording ends at %s; captions outside it that were left out: %zu, cut: %zu",
        c->source ? c->source : "captions", end, n_gone, n_cut);
}

lp_status lp_cues_clean(lp_cues *c, int64_t duration_us, lp_arena *a, lp_diag *d)
{
    lp_cues_sort(c);
    drop_repeats(c);
    trim_overlaps(c);
    lp_status s = cut_at_end(c, duration_us, a, d);
    lp_cues_sort(c); /* what was cut ends elsewhere now */
    return s;
}
