#include "caption/paragraphs.h"

#include <string.h>

#include "base/time.h"
#include "base/utf8.h"
#include "caption/letters.h"

enum {
    PAUSE_US = 4 * LP_SECOND_US,
    LONG_US = 30 * LP_SECOND_US,     /* ends at the next full stop */
    TOO_LONG_US = 45 * LP_SECOND_US, /* ends at once */
    SENTENCES = 4
};

static int is_space(int32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xa0;
}

static int has_no_spaces(int32_t c) /* scripts that put none after a full stop */
{
    return c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

/* How many sentences end in the text; *is_ended: whether one does at its very end. "3.5" and
 * "e.g.x" end none. */
static size_t count_stops(const char *text, int *is_ended)
{
    size_t n = strlen(text), count = 0, used;
    int32_t stop = 0;
    for (size_t i = 0; i < n; i += used) {
        int32_t c = lp_utf8_decode(text + i, n - i, &used);
        if (lp_letter_is_stop(c)) {
            if (stop && has_no_spaces(stop) && !has_no_spaces(c))
                count++;
            stop = c;
        } else if (stop && !lp_letter_is_closing(c)) {
            count += is_space(c) || has_no_spaces(stop);
            stop = 0;
        }
    }
    *is_ended = stop != 0;
    return count + (stop != 0);
}

/* What ends the paragraph before cue i, given what the paragraph holds so far. */
static int ends_before(const lp_cue *cues, const lp_paragraph *p, size_t i, size_t n_sentences,
                       int is_ended)
{
    int64_t len_us = cues[i].end_us - p->t_us;
    return cues[i].person != p->person || cues[i].start_us - cues[i - 1].end_us >= PAUSE_US ||
           (is_ended && (n_sentences >= SENTENCES || len_us > LONG_US)) || len_us > TOO_LONG_US;
}

lp_status lp_paragraphs_make(const lp_cue *cues, size_t n, const int64_t *breaks,
                             size_t n_breaks, lp_arena *a, lp_paragraph **out, size_t *n_out,
                             lp_diag *d)
{
    lp_paragraph *p = NULL;
    size_t n_p = 0, cap = 0, next_break = 0, n_sentences = 0;
    int is_ended = 0;
    *out = NULL;
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        int is_break = 0;
        for (; next_break < n_breaks && breaks[next_break] <= cues[i].start_us; next_break++)
            is_break = 1;
        if (i == 0 || is_break || ends_before(cues, &p[n_p - 1], i, n_sentences, is_ended)) {
            if (lp_arena_grow(a, (void **)&p, n_p, &cap, sizeof(*p), n) != 0)
                return lp_fail_nomem(d);
            p[n_p++] = (lp_paragraph){ i, i, cues[i].person, cues[i].start_us };
            n_sentences = 0;
        }
        p[n_p - 1].last = i;
        n_sentences += count_stops(cues[i].text, &is_ended);
    }
    *out = p;
    *n_out = n_p;
    return LP_OK;
}
