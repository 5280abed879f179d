#include "caption/lint.h"

#include <string.h>

#include "base/utf8.h"

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
