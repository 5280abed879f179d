#include "caption/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

enum { MAX_MARKS = 1000000, NEAR_US = 1000, MAX_DIGITS = 6 };

static const char reviewed[] = "NOTE reviewed", checked[] = "NOTE checked";

lp_status lp_marks_add(lp_marks *m, lp_arena *a, int64_t start_us, lp_diag *d)
{
    if (lp_arena_grow(a, (void **)&m->starts_us, m->n, &m->cap, sizeof(*m->starts_us), MAX_MARKS) != 0)
        return lp_fail_nomem(d);
    m->starts_us[m->n++] = start_us;
    return LP_OK;
}

int lp_marks_has(const lp_marks *m, int64_t start_us)
{
    for (size_t i = 0; i < m->n; i++)
        if (llabs(m->starts_us[i] - start_us) < NEAR_US)
            return 1;
    return 0;
}

/* Digits, and the sign behind them; -1 for anything else. */
static int take(const char **s, const char *end, size_t n_most, char sign, int64_t *out)
{
    size_t n = 0;
    *out = 0;
    for (; n < n_most && *s < end && **s >= '0' && **s <= '9'; ++*s, n++)
        *out = *out * 10 + (**s - '0');
    if (n == 0 || (sign ? *s == end || **s != sign : *s != end))
        return -1;
    *s += sign != '\0';
    return 0;
}

/* "HH:MM:SS.mmm" and nothing else; -1. */
static int64_t time_of(const char *s, size_t n)
{
    int64_t h, m, sec, ms;
    const char *end = s + n;
    if (take(&s, end, MAX_DIGITS, ':', &h) || take(&s, end, 2, ':', &m) || take(&s, end, 2, '.', &sec) || take(&s, end, 3, 0, &ms))
        return -1;
    return (((h * 60 + m) * 60 + sec) * 1000 + ms) * 1000;
}

static int is_line(const char *s, size_t n, const char *want)
{
    return n == strlen(want) && memcmp(s, want, n) == 0;
}

lp_status lp_marks_read(const char *text, size_t n, lp_arena *a, lp_marks *m, lp_diag *d)
{
    int is_begin = 1, is_list = 0; /* of a block; within a list */
    lp_status s = LP_OK;
    for (size_t at = 0; s == LP_OK && at < n;) {
        size_t len = 0;
        while (at + len < n && text[at + len] != '\n' && text[at + len] != '\r')
            len++;
        const char *line = text + at;
        at += len;
        at += at + 1 < n && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
        while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
            len--;
        int64_t t_us = is_list ? time_of(line, len) : -1;
        if (t_us >= 0)
            s = lp_marks_add(m, a, t_us, d);
        is_list = len && (is_list || (is_begin && is_line(line, len, checked)));
        m->has_list |= is_list;
        m->is_reviewed |= is_begin && is_line(line, len, reviewed);
        is_begin = len == 0;
    }
    return s;
}

void lp_marks_write_one(int64_t start_us, lp_buf *out)
{
    char t[32];
    lp_time_vtt(start_us, t, sizeof(t));
    lp_buf_printf(out, "%s\n", t);
}

void lp_marks_write(const lp_marks *m, lp_buf *out)
{
    lp_buf_printf(out, "\n%s\n", checked);
    for (size_t i = 0; i < m->n; i++)
        lp_marks_write_one(m->starts_us[i], out);
}
