#include "asr/orders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { MAX_LINES = 1000000, MAX_FIELDS = 4 };
static const double max_chunk_s = 30, max_time_s = 1e7;
static const float usual_boost = 3, max_boost = 6;

/* Splits one line at tabs, in place. */
static size_t split(char *line, char *fields[MAX_FIELDS])
{
    size_t n = 0;
    for (char *p = line; p && n < MAX_FIELDS;) {
        fields[n++] = p;
        p = strchr(p, '\t');
        if (p)
            *p++ = '\0';
    }
    return n;
}

static int read_number(const char *text, double most, double *out)
{
    char *end;
    double v = strtod(text, &end);
    if (end == text || *end || !(v >= 0 && v <= most))
        return -1;
    *out = v;
    return 0;
}

/* The next line that says something, in the arena; *n_line counts. NULL at the end or when memory is out (*s says). */
static char *next_line(const char **text, int *n_line, lp_arena *a, lp_status *s, lp_diag *d)
{
    while (**text) {
        size_t n = strcspn(*text, "\n");
        const char *line = *text;
        *text += n + (line[n] == '\n');
        ++*n_line;
        if (n && line[n - 1] == '\r')
            n--;
        if (n == 0 || line[0] == '#')
            continue;
        char *copy = lp_arena_strndup(a, line, n);
        if (!copy)
            *s = lp_fail_nomem(d);
        return copy;
    }
    return NULL;
}

lp_status lp_orders_parse(const char *text, const char *what, lp_arena *a, lp_order **out, size_t *n, lp_diag *d)
{
    *out = NULL;
    *n = 0;
    size_t cap = 0;
    int n_line = 0;
    lp_status s = LP_OK;
    for (char *line; (line = next_line(&text, &n_line, a, &s, d));) {
        char *f[MAX_FIELDS];
        lp_order o;
        if (split(line, f) < 3 || lp_str_int(f[0], INT32_MAX, &o.id) != 0 || read_number(f[1], max_time_s, &o.start) != 0 ||
            read_number(f[2], max_time_s, &o.end) != 0 || o.end <= o.start || o.end - o.start > max_chunk_s)
            return lp_fail(d, LP_ERR_INPUT, 0, "%s: line %d: not a number, a start and an end of at most %g s", what, n_line, max_chunk_s);
        if (lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), MAX_LINES) != 0)
            return lp_fail_nomem(d);
        (*out)[(*n)++] = o;
    }
    return s;
}

lp_status lp_terms_parse(const char *text, const char *what, lp_arena *a, lp_term **out, size_t *n, lp_diag *d)
{
    *out = NULL;
    *n = 0;
    size_t cap = 0;
    int n_line = 0;
    lp_status s = LP_OK;
    for (char *line; (line = next_line(&text, &n_line, a, &s, d));) {
        char *f[MAX_FIELDS];
        double boost = (double)usual_boost;
        size_t n_fields = split(line, f);
        lp_term t;
        if (n_fields < 3 || read_number(f[0], max_time_s, &t.start) != 0 || read_number(f[1], max_time_s, &t.end) != 0 ||
            (n_fields > 3 && read_number(f[3], 1000, &boost) != 0))
            return lp_fail(d, LP_ERR_INPUT, 0, "%s: line %d: not a start, an end, a term and a boost", what, n_line);
        if (strlen(f[2]) < 2)
            continue;
        t.text = f[2];
        t.boost = fminf((float)boost, max_boost);
        if (lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), MAX_LINES) != 0)
            return lp_fail_nomem(d);
        (*out)[(*n)++] = t;
    }
    return s;
}
