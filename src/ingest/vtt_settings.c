#include "ingest/vtt_settings.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/cue_text.h"

/* Longer numbers are cut: what is behind the digits that a double holds only tells how large it is. */
enum { MAX_NUMBER = 1400 };

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_word(lp_line l, const char *word)
{
    return l.n == strlen(word) && memcmp(l.s, word, l.n) == 0;
}

/* The next "name:value" of *l, which begins behind it then. 0 at the end. */
static int next_setting(lp_line *l, lp_line *name, lp_line *value)
{
    while (l->n) {
        while (l->n && is_space(*l->s))
            l->s++, l->n--;
        size_t n = 0;
        while (n < l->n && !is_space(l->s[n]))
            n++;
        const char *colon = n ? memchr(l->s, ':', n) : NULL;
        *name = (lp_line){ l->s, colon ? (size_t)(colon - l->s) : 0 };
        *value = (lp_line){ l->s + name->n + 1, colon ? n - name->n - 1 : 0 };
        l->s += n;
        l->n -= n;
        if (name->n) /* the value may be empty: that is a name too, and nothing else */
            return 1;
    }
    return 0;
}

/* [-]digits[.digits] and nothing else. */
static int read_number(lp_line l, int may_be_negative, double *out)
{
    char digits[MAX_NUMBER + 1];
    size_t i = may_be_negative && l.n && *l.s == '-', n_whole = 0, n_part = 0;
    for (; i < l.n && is_digit(l.s[i]); i++)
        n_whole++;
    int has_point = i < l.n && l.s[i] == '.';
    for (i += (size_t)has_point; has_point && i < l.n && is_digit(l.s[i]); i++)
        n_part++;
    if (!n_whole || (has_point && !n_part) || i < l.n || n_whole + 1 > MAX_NUMBER)
        return 0;
    size_t n = l.n < MAX_NUMBER ? l.n : MAX_NUMBER;
    memcpy(digits, l.s, n);
    digits[n] = '\0';
    double v = strtod(digits, NULL);
    if (v > DBL_MAX || v < -DBL_MAX)
        return 0;
    *out = v;
    return 1;
}

static int read_percent(lp_line l, double *out)
{
    double v;
    if (!l.n || l.s[l.n - 1] != '%' || !read_number((lp_line){ l.s, l.n - 1 }, 0, &v) || v > 100)
        return 0;
    *out = v;
    return 1;
}

/* Cuts l at its first comma; *rest is what follows, s NULL when there is none. */
static lp_line cut_at_comma(lp_line l, lp_line *rest)
{
    const char *comma = l.n ? memchr(l.s, ',', l.n) : NULL;
    size_t n = comma ? (size_t)(comma - l.s) : l.n;
    *rest = comma ? (lp_line){ comma + 1, l.n - n - 1 } : (lp_line){ NULL, 0 };
    return (lp_line){ l.s, n };
}

static int read_align(lp_line l, const char *const *words, lp_vtt_align *out)
{
    for (int i = LP_VTT_CENTER; i < LP_VTT_AUTO; i++)
        if (words[i] && is_word(l, words[i])) {
            *out = (lp_vtt_align)i;
            return 1;
        }
    return 0;
}

static const char *const aligns[] = { "center", "start", "end", "left", "right" };
static const char *const line_aligns[] = { "center", "start", "end", NULL, NULL };
static const char *const position_aligns[] = { "center", NULL, NULL, "line-left", "line-right" };

static void read_line(lp_line value, lp_vtt_settings *out)
{
    lp_line align, at = cut_at_comma(value, &align);
    lp_vtt_align line_align = out->line_align;
    double v;
    int is_percent = at.n && at.s[at.n - 1] == '%';
    if (!(is_percent ? read_percent(at, &v) : read_number(at, 1, &v)) ||
        (align.s && !read_align(align, line_aligns, &line_align)))
        return;
    out->has_line = 1;
    out->line = v;
    out->is_line_percent = is_percent;
    out->line_align = line_align;
}

static void read_position(lp_line value, lp_vtt_settings *out)
{
    lp_line align, at = cut_at_comma(value, &align);
    lp_vtt_align position_align = out->position_align;
    double v;
    if (!read_percent(at, &v) || (align.s && !read_align(align, position_aligns, &position_align)))
        return;
    out->has_position = 1;
    out->position = v;
    out->position_align = position_align;
}

static const lp_vtt_region *region_named(lp_line id, const lp_vtt_region *regions, size_t n)
{
    while (n-- > 0)
        if (regions[n].id && regions[n].n_id == id.n && memcmp(regions[n].id, id.s, id.n) == 0)
            return &regions[n];
    return NULL;
}

void lp_vtt_settings_read(const char *s, size_t n, const lp_vtt_region *regions, size_t n_regions, lp_vtt_settings *out)
{
    lp_line rest = { s, n }, name, value;
    *out = (lp_vtt_settings){ .size = 100, .line_align = LP_VTT_START, .position_align = LP_VTT_AUTO };
    while (next_setting(&rest, &name, &value)) {
        if (is_word(name, "region"))
            out->region = region_named(value, regions, n_regions);
        else if (is_word(name, "vertical") && (is_word(value, "rl") || is_word(value, "lr")))
            out->vertical = *value.s == 'r' ? LP_VTT_GROWS_LEFT : LP_VTT_GROWS_RIGHT;
        else if (is_word(name, "line"))
            read_line(value, out);
        else if (is_word(name, "position"))
            read_position(value, out);
        else if (is_word(name, "size"))
            read_percent(value, &out->size);
        else if (is_word(name, "align"))
            read_align(value, aligns, &out->align);
    }
    if (out->has_line || out->size < 100 || out->vertical != LP_VTT_HORIZONTAL)
        out->region = NULL;
}

static void read_anchor(lp_line value, double *x, double *y)
{
    double a, b;
    lp_line second, first = cut_at_comma(value, &second);
    if (second.s && read_percent(first, &a) && read_percent(second, &b)) {
        *x = a;
        *y = b;
    }
}

void lp_vtt_region_read(const char *s, size_t n, lp_vtt_region *out)
{
    lp_line rest = { s, n }, name, value;
    *out = (lp_vtt_region){ .width = 100, .lines = 3, .anchor_y = 100, .viewport_y = 100 };
    while (next_setting(&rest, &name, &value)) {
        if (is_word(name, "id") && (value.n || !out->id)) {
            out->id = value.s;
            out->n_id = value.n;
        } else if (is_word(name, "width")) {
            read_percent(value, &out->width);
        } else if (is_word(name, "lines") && !(value.n && memchr(value.s, '.', value.n))) {
            read_number(value, 0, &out->lines);
        } else if (is_word(name, "regionanchor")) {
            read_anchor(value, &out->anchor_x, &out->anchor_y);
        } else if (is_word(name, "viewportanchor")) {
            read_anchor(value, &out->viewport_x, &out->viewport_y);
        } else if (is_word(name, "scroll")) {
            out->scrolls_up |= is_word(value, "up");
        }
    }
}
