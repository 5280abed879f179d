#include "ingest/plain.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ingest/cue_text.h"

enum { MAX_TURN_BYTES = 1 << 20, MAX_TURNS = 500000, MAX_NAME_CHARS = 60, MAX_PEOPLE = 1000 };
enum { CHAR_US = 200000 }; /* five characters a second: slower than anybody speaks */

/* What one person says in one piece. */
struct turn {
    int64_t at_us; /* what the source says, -1: nothing */
    const char *name, *text;
    size_t n_bytes, n_chars; /* of text, in which there may be a NUL */
};

struct reader {
    lp_arena *arena;
    lp_diag *d;
    struct turn *turns;
    size_t n, cap, n_before; /* n_before: lines before the first time */
    int64_t at_us;           /* of the next turn; -1: the source said none since the last one */
    int64_t end_us;          /* what the source says of its end, -1: nothing */
    int has_time, is_stamped;
    size_t n_notices;
    const char *name; /* of the turn that is being read */
    lp_buf text;
};

static lp_line trim(lp_line l)
{
    while (l.n && (*l.s == ' ' || *l.s == '\t'))
        l.s++, l.n--;
    while (l.n && (l.s[l.n - 1] == ' ' || l.s[l.n - 1] == '\t'))
        l.n--;
    return l;
}

/* The whole of it is "0:03" or "01:02:03". */
static int read_clock(lp_line l, int64_t *out_us)
{
    if (l.n < 4 || l.n > 12 || !memchr(l.s, ':', l.n) || memchr(l.s, '.', l.n) ||
        memchr(l.s, ',', l.n) || l.s[l.n - 1] < '0' || l.s[l.n - 1] > '9')
        return 0;
    return lp_line_clock(l, out_us) == 0;
}

/* A heading of Meet, "00:05:00" on a line of its own; in Markdown with marks around it. */
static int is_heading(lp_line l, int64_t *at_us)
{
    l = trim(l);
    while (l.n && (*l.s == '#' || *l.s == '*' || *l.s == ' '))
        l.s++, l.n--;
    while (l.n && (l.s[l.n - 1] == '*' || l.s[l.n - 1] == ' '))
        l.n--;
    return l.n >= 7 && read_clock(l, at_us);
}

/* A header of Teams: a name, two blanks or more (or a tab), a time. */
static int is_header(lp_line l, lp_line *name, int64_t *at_us)
{
    l = trim(l);
    size_t from = l.n;
    while (from > 0 && l.s[from - 1] != ' ' && l.s[from - 1] != '\t')
        from--;
    if (from < 2 || !read_clock((lp_line){ l.s + from, l.n - from }, at_us))
        return 0;
    *name = trim((lp_line){ l.s, from });
    return name->n > 0 && (from - name->n >= 2 || l.s[from - 1] == '\t') &&
           lp_utf8_count(name->s, name->n) <= MAX_NAME_CHARS;
}

/* "Name: text" of Meet, "**Name:** text" in Markdown; what is said is left in *l. */
static int take_name(lp_line *l, lp_line *name)
{
    lp_line rest = trim(*l);
    int is_bold = rest.n > 2 && memcmp(rest.s, "**", 2) == 0;
    if (is_bold)
        rest.s += 2, rest.n -= 2;
    const char *colon = rest.n ? memchr(rest.s, ':', rest.n) : NULL;
    size_t n = colon ? (size_t)(colon - rest.s) : 0, used = n + 1;
    if (n == 0 || lp_utf8_count(rest.s, n) > MAX_NAME_CHARS)
        return 0;
    if (is_bold) {
        if (rest.n < used + 2 || memcmp(rest.s + used, "**", 2) != 0)
            return 0;
        used += 2;
    } else if (used < rest.n && rest.s[used] != ' ') {
        return 0; /* 10:30, https:// */
    }
    *name = (lp_line){ rest.s, n };
    *l = trim((lp_line){ rest.s + used, rest.n - used });
    return 1;
}

/* "Transcription ended after 00:46:43". */
static int is_end(lp_line l, int64_t *end_us)
{
    lp_line t = trim(l);
    size_t from = t.n;
    while (from > 0 && t.s[from - 1] != ' ')
        from--;
    return lp_line_has(t, "ended after ") &&
           read_clock((lp_line){ t.s + from, t.n - from }, end_us);
}

/* "[00:00:01] ", "0:01 ": the time that the line begins with; what follows is left in *l. A chat has a tab there.
 * Returns how many colons it has. */
static int take_clock(lp_line *l, int64_t *at_us)
{
    lp_line t = trim(*l);
    int is_in_brackets = t.n && (*t.s == '[' || *t.s == '('), n_colons = 0;
    t.s += is_in_brackets, t.n -= (size_t)is_in_brackets;
    size_t n = 0;
    for (; n < t.n && n < 16 && ((t.s[n] >= '0' && t.s[n] <= ':') || t.s[n] == '.' || t.s[n] == ','); n++)
        n_colons += t.s[n] == ':';
    size_t used = n + (is_in_brackets && n < t.n && (t.s[n] == ']' || t.s[n] == ')'));
    if (!n_colons || used >= t.n || t.s[used] != ' ' || (is_in_brackets && used == n))
        return 0;
    if (lp_line_clock((lp_line){ t.s, n }, at_us) != 0)
        return 0;
    *l = trim((lp_line){ t.s + used, t.n - used });
    return n_colons;
}

/* A line of Webex, "0:01 : Name : text", or of others, "00:00:01 Name: text"; what is said is left in *l, name->n is 0
 * where nobody is named. "10:00:01 From Anna to Everyone : text" is chat. Returns 2 for Webex's own form, which nothing
 * else has, 1 for the other, 0 for neither. */
static int take_stamp(lp_line *l, lp_line *name, int64_t *at_us)
{
    lp_line rest = *l;
    int n_colons = take_clock(&rest, at_us);
    if (!n_colons)
        return 0;
    *name = (lp_line){ "", 0 };
    if (rest.n > 1 && rest.s[0] == ':' && rest.s[1] == ' ') {
        rest = (lp_line){ rest.s + 1, rest.n - 1 };
        const char *mark = memmem(rest.s, rest.n, " : ", 3);
        size_t n = mark ? (size_t)(mark - rest.s) : 0;
        if (mark && lp_utf8_count(rest.s, n) <= MAX_NAME_CHARS + 1) {
            *name = trim((lp_line){ rest.s, n });
            rest = (lp_line){ mark + 3, rest.n - n - 3 };
        }
        *l = trim(rest);
        return 2;
    }
    if (n_colons < 2 || (rest.n > 5 && memcmp(rest.s, "From ", 5) == 0) || !take_name(&rest, name))
        return 0;
    *name = trim(*name);
    *l = rest;
    return 1;
}

/* Whether each turn begins with its time: in one line of Webex's form, or in two of the other; in a third of all at
 * least, and never going back. */
static int is_stamped(const char *text, size_t n)
{
    lp_line l, name;
    int64_t at_us, last_us = 0;
    size_t n_lines = 0, n_stamped = 0, n_points = 0;
    for (size_t at = 0; lp_line_next(text, n, &at, &l);) {
        if (lp_line_is_blank(l))
            continue;
        n_lines++;
        int kind = take_stamp(&l, &name, &at_us);
        if (kind && at_us < last_us)
            return 0;
        n_stamped += kind > 0;
        n_points += (size_t)kind;
        last_us = kind ? at_us : last_us;
    }
    return n_points >= 2 && n_stamped * 3 >= n_lines;
}

int lp_plain_is(const char *text, size_t n)
{
    if (is_stamped(text, n))
        return 1;
    lp_line l, name;
    int64_t at_us;
    int has_heading = 0, has_header = 0;
    for (size_t at = 0; lp_line_next(text, n, &at, &l);) {
        if (lp_line_is_blank(l))
            continue;
        if (has_header && !is_header(l, &name, &at_us) && !is_heading(l, &at_us))
            return 1;
        if (is_heading(l, &at_us))
            has_heading = 1;
        else if (has_heading && take_name(&l, &name))
            return 1;
        has_header = is_header(l, &name, &at_us);
    }
    return 0;
}

static lp_status end_turn(struct reader *r)
{
    lp_status s = r->text.failed == 1 ? lp_fail_nomem(r->d) : LP_OK;
    if (s == LP_OK && r->text.len && r->n < MAX_TURNS) {
        char *text = lp_arena_strndup(r->arena, r->text.data, r->text.len);
        if (!text || lp_arena_grow(r->arena, (void **)&r->turns, r->n, &r->cap,
                                   sizeof(*r->turns), MAX_TURNS) != 0)
            return lp_fail_nomem(r->d);
        r->turns[r->n++] =
            (struct turn){ r->at_us, r->name, text, r->text.len, 1 + lp_utf8_count(text, r->text.len) };
        r->at_us = -1;
    }
    lp_buf_clear(&r->text);
    return s;
}

static lp_status set_name(struct reader *r, lp_line name)
{
    lp_status s = end_turn(r);
    r->name = s == LP_OK ? lp_arena_strndup(r->arena, name.s, name.n) : NULL;
    return s == LP_OK && !r->name ? lp_fail_nomem(r->d) : s;
}

/* "Anna Bell started transcription", as Teams has it on a line of its own: nobody said that. */
static int is_notice(lp_line l)
{
    static const char *const ends[] = { " started transcription", " stopped transcription" };
    l = trim(l);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        size_t n = strlen(ends[i]);
        if (l.n > n && memcmp(l.s + l.n - n, ends[i], n) == 0 && !memchr(l.s, ':', l.n) &&
            lp_utf8_count(l.s, l.n - n) <= MAX_NAME_CHARS)
            return 1;
    }
    return 0;
}

static lp_status begin_stamped(struct reader *r, lp_line name, lp_line said, int64_t at_us)
{
    lp_status s = set_name(r, name);
    if (!name.n)
        r->name = NULL;
    r->at_us = at_us;
    r->has_time = 1;
    lp_buf_bytes(&r->text, said.s, said.n);
    return s;
}

static lp_status take_line(struct reader *r, lp_line l)
{
    lp_line name, stamped = l;
    int64_t at_us;
    if (r->is_stamped && take_stamp(&stamped, &name, &at_us))
        return begin_stamped(r, name, stamped, at_us);
    if (is_notice(l)) {
        r->n_notices++;
        return end_turn(r);
    }
    if (is_heading(l, &at_us)) {
        lp_status s = end_turn(r);
        r->at_us = at_us;
        r->has_time = 1;
        return s;
    }
    if (is_header(l, &name, &at_us)) {
        lp_status s = set_name(r, name);
        r->at_us = at_us;
        r->has_time = 1;
        return s;
    }
    if (!r->has_time) {
        r->n_before += !lp_line_is_blank(l);
        return LP_OK;
    }
    if (is_end(l, &at_us)) {
        r->end_us = at_us;
        return end_turn(r);
    }
    if (lp_line_is_blank(l))
        return end_turn(r);
    if (r->end_us >= 0) /* the disclaimer behind the end */
        return LP_OK;
    lp_line said = l;
    lp_status s = take_name(&said, &name) ? set_name(r, name) : LP_OK;
    if (r->text.len)
        lp_buf_char(&r->text, ' ');
    lp_buf_bytes(&r->text, trim(said).s, trim(said).n);
    return s;
}

/* The turns [from, to) share the time from `at_us` to `end_us` (-1: open) by their length. */
static lp_status place(const struct reader *r, size_t from, size_t to, int64_t at_us,
                       int64_t end_us, lp_cues *out)
{
    size_t n_chars = 0;
    for (size_t i = from; i < to; i++)
        n_chars += r->turns[i].n_chars;
    int64_t each_us = end_us > at_us ? (end_us - at_us) / (int64_t)(n_chars ? n_chars : 1) : CHAR_US;
    if (each_us > CHAR_US)
        each_us = CHAR_US;
    for (size_t i = from; i < to; i++) {
        const struct turn *t = &r->turns[i];
        size_t first = out->n;
        int64_t len_us = (int64_t)t->n_chars * (end_us > at_us ? each_us : CHAR_US / 3);
        lp_status s = lp_cues_take(out, r->arena, at_us, at_us + len_us, t->text,
                                   t->n_bytes, LP_MARKUP_NONE, r->d);
        if (s != LP_OK)
            return s;
        at_us += len_us;
        if (!t->name || first == out->n || out->n_people >= MAX_PEOPLE)
            continue;
        out->items[first].person = lp_cues_person(out, r->arena, t->name, strlen(t->name));
        if (out->items[first].person < 0)
            return lp_fail_nomem(r->d);
    }
    return LP_OK;
}

static lp_status place_all(struct reader *r, lp_cues *out)
{
    lp_status s = LP_OK;
    for (size_t from = 0, to; s == LP_OK && from < r->n; from = to) {
        int64_t at_us = r->turns[from].at_us, next_us = r->end_us;
        for (to = from + 1; to < r->n; to++) /* times do not go back: such a one is none */
            if (r->turns[to].at_us > at_us) {
                next_us = r->turns[to].at_us;
                break;
            }
        s = place(r, from, to, at_us < 0 ? 0 : at_us, next_us, out);
    }
    return s;
}

lp_status lp_plain_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    struct reader r = { .arena = a, .d = d, .at_us = -1, .end_us = -1 };
    const char *source = out->source ? out->source : "captions";
    lp_status s = LP_OK;
    lp_line l;
    lp_buf_init(&r.text, MAX_TURN_BYTES);
    out->format = "text";
    out->is_approximate = 1;
    r.is_stamped = is_stamped(text, n);
    for (size_t at = 0; s == LP_OK && lp_line_next(text, n, &at, &l);)
        s = take_line(&r, l);
    if (s == LP_OK)
        s = end_turn(&r);
    lp_buf_clear(&r.text);
    if (s == LP_OK && r.n == 0)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: no captions in it: no text follows a time",
                       source);
    if (s == LP_OK)
        s = place_all(&r, out);
    if (s == LP_OK)
        s = lp_finding_add(&out->findings, a, "captions-approximate", LP_WARNING, -1, -1, d,
                           "%s: a transcript with a time now and then: when each caption is shown "
                           "was estimated%s",
                           source,
                           r.n_before ? "; what stands before the first time was left out" : "");
    if (s == LP_OK && r.n_notices)
        s = lp_finding_add(&out->findings, a, "captions-notices", LP_NOTE, -1, -1, d,
                           "%s: lines left out that nobody said, such as who started or stopped the transcription: %zu",
                           source, r.n_notices);
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
