#include "ingest/ssa.h"

#include <string.h>

#include "av/ass_text.h"
#include "base/str.h"
#include "ingest/cue_text.h"

enum { MAX_LINE_BYTES = 1 << 20, MAX_FIELDS = 64, MAX_NAMES = 1000 };

/* Which field of a Dialogue line is which; -1: there is none. */
struct format {
    int start, end, name, text;
};

static lp_line trim(lp_line l)
{
    while (l.n && (*l.s == ' ' || *l.s == '\t'))
        l.s++, l.n--;
    while (l.n && (l.s[l.n - 1] == ' ' || l.s[l.n - 1] == '\t'))
        l.n--;
    return l;
}

static int is_word(lp_line l, const char *word)
{
    char copy[32];
    if (l.n >= sizeof(copy))
        return 0;
    memcpy(copy, l.s, l.n);
    copy[l.n] = '\0';
    return lp_str_ieq(copy, word);
}

/* Takes "Key:" off the line; 0 when it begins with something else. */
static int take_key(lp_line *l, const char *key)
{
    size_t n = strlen(key);
    if (l->n <= n || l->s[n] != ':' || !is_word((lp_line){ l->s, n }, key))
        return 0;
    *l = trim((lp_line){ l->s + n + 1, l->n - n - 1 });
    return 1;
}

/* The next field; the last one holds all the rest, commas too. */
static lp_line take_field(lp_line *l, int is_last)
{
    const char *comma = l->n && !is_last ? memchr(l->s, ',', l->n) : NULL;
    lp_line field = { l->s, comma ? (size_t)(comma - l->s) : l->n };
    size_t used = field.n + (comma != NULL);
    l->s += used;
    l->n -= used;
    return trim(field);
}

static struct format read_format(lp_line l)
{
    struct format f = { -1, -1, -1, -1 };
    for (int i = 0; l.n && i < MAX_FIELDS; i++) {
        lp_line field = take_field(&l, 0);
        if (is_word(field, "Start"))
            f.start = i;
        else if (is_word(field, "End"))
            f.end = i;
        else if (is_word(field, "Name") || is_word(field, "Actor"))
            f.name = i;
        else if (is_word(field, "Text"))
            f.text = i;
    }
    return f;
}

/* "0:00:13.56"; some write the last point as a colon. */
static int read_times(lp_line start, lp_line end, int64_t *start_us, int64_t *end_us)
{
    char arrow[100];
    if (!start.n || !end.n || start.n > 30 || end.n > 30)
        return -1;
    char *part = arrow;
    lp_line both[2] = { start, end };
    for (int i = 0; i < 2; i++) {
        int n_colons = 0;
        for (size_t k = 0; k < both[i].n; k++, part++) {
            *part = both[i].s[k];
            if (*part == ':' && ++n_colons == 3)
                *part = '.';
        }
        if (i == 0) {
            memcpy(part, " --> ", 5);
            part += 5;
        }
    }
    return lp_line_timing((lp_line){ arrow, (size_t)(part - arrow) }, start_us, end_us);
}

static lp_status take_dialogue(const struct format *f, lp_line l, size_t n_line, lp_arena *a, lp_cues *out, lp_diag *d)
{
    lp_line start = { "", 0 }, end = start, name = start, text = start;
    for (int i = 0; i <= f->text; i++) {
        lp_line field = take_field(&l, i == f->text);
        if (i == f->start)
            start = field;
        else if (i == f->end)
            end = field;
        else if (i == f->name)
            name = field;
        else if (i == f->text)
            text = field;
    }
    int64_t start_us, end_us;
    if (read_times(start, end, &start_us, &end_us) != 0)
        return lp_cues_drop_line(out, a, n_line, d);
    lp_buf shown;
    lp_buf_init(&shown, MAX_LINE_BYTES);
    lp_ass_text(&shown, text.s, text.n);
    size_t first = out->n;
    lp_status s = shown.failed == 1 ? lp_fail_nomem(d) : LP_OK;
    if (s == LP_OK)
        s = lp_cues_take(out, a, start_us, end_us, shown.data ? shown.data : "", shown.len,
                         LP_MARKUP_NONE, d);
    lp_buf_clear(&shown);
    if (s != LP_OK || !name.n || first == out->n || out->n_people >= MAX_NAMES)
        return s;
    out->items[first].person = lp_cues_person(out, a, name.s, name.n);
    return out->items[first].person < 0 ? lp_fail_nomem(d) : LP_OK;
}

int lp_ssa_is(const char *text, size_t n)
{
    lp_line l;
    for (size_t at = 0; lp_line_next(text, n, &at, &l);) {
        l = trim(l);
        if (is_word(l, "[Script Info]") || is_word(l, "[Events]"))
            return 1;
        if (l.n && *l.s != ';') /* a comment may stand before it, nothing else */
            return 0;
    }
    return 0;
}

lp_status lp_ssa_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    /* as both versions of the format have it, where the Format line is missing */
    struct format f = { 1, 2, 4, 9 };
    int is_events = 0;
    size_t n_lines = 0, n_all = 0;
    lp_status s = LP_OK;
    lp_line l;
    out->format = "ssa";
    for (size_t at = 0; s == LP_OK && lp_line_next(text, n, &at, &l);) {
        n_all++;
        l = trim(l);
        if (l.n && *l.s == '[') {
            is_events = is_word(l, "[Events]");
        } else if (is_events && take_key(&l, "Format")) {
            f = read_format(l);
        } else if (is_events && take_key(&l, "Dialogue")) {
            n_lines++;
            s = take_dialogue(&f, l, n_all, a, out, d);
        }
    }
    if (s == LP_OK && n_lines == 0)
        return lp_fail(d, LP_ERR_INPUT, 0,
                       "%s: no captions in it: there is no Dialogue line below [Events]",
                       out->source ? out->source : "captions");
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
