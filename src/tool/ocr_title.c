/* The heading of a slide, from the sizes of its lines.
 *
 * A box that tesseract draws round a word is as tall as the word's letters: "error" has half the height of "Sampling" in one
 * and the same size of type. So each height is first divided by what the letters make of it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tool/ocr.h"

enum { MAX_LINES = 40, MAX_TITLE_CHARS = 60, LEAST_LETTERS = 5 };

static const double stands_out = 1.15; /* a heading to the text of its slide, in size */
static const double as_large = 0.85;   /* two lines of one size, measured */

typedef struct text_line {
    size_t first, n; /* words */
    double size_px;
    int top_px, left_px, letters, others;
} text_line;

/* Size of the type: from the top of an "l" to the foot of a "p". */
static double type_size(const lp_ocr_word *w)
{
    int is_tall = 0, is_deep = 0;
    for (size_t i = 0; i < w->n; i++) {
        char c = w->text[i];
        is_deep |= strchr("gjpqy", c) && c;
        is_tall |= !(c >= 'a' && c <= 'z') || (strchr("bdfhijklt", c) && c);
    }
    double part = is_tall && is_deep ? 1 : is_tall ? 0.78 : is_deep ? 0.74 : 0.54;
    return w->height_px / part;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof(*v), by_size);
    return v[n / 2];
}

static void count_letters(const lp_ocr_word *w, text_line *l)
{
    for (size_t i = 0; i < w->n; i++) {
        unsigned char c = (unsigned char)w->text[i];
        int is_letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= 0xC3 && c != 0xE2); /* not signs: ©, bullets, arrows */
        l->letters += is_letter;
        l->others += !is_letter && (c & 0xC0) != 0x80;
    }
}

static text_line line_at(const lp_ocr_word *w, size_t n, size_t first, double *sizes)
{
    text_line l = { .first = first, .top_px = w[first].top_px, .left_px = w[first].left_px };
    for (size_t i = first; i < n && lp_ocr_same_line(&w[i], &w[first]); i++) {
        sizes[l.n++] = type_size(&w[i]);
        l.top_px = w[i].top_px < l.top_px ? w[i].top_px : l.top_px;
        count_letters(&w[i], &l);
    }
    l.size_px = median(sizes, l.n);
    return l;
}

static int may_be_title(const text_line *l)
{
    return l->letters >= LEAST_LETTERS && l->letters >= l->others && l->letters + l->others <= MAX_TITLE_CHARS;
}

/* The topmost of the largest lines; NULL: none may be one. */
static const text_line *heading(const text_line *lines, size_t n)
{
    const text_line *best = NULL;
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        if (may_be_title(&lines[i]) && lines[i].size_px > largest)
            largest = lines[i].size_px;
    for (size_t i = 0; i < n; i++)
        if (may_be_title(&lines[i]) && lines[i].size_px >= as_large * largest && (!best || lines[i].top_px < best->top_px))
            best = &lines[i];
    return best;
}

/* Whether b goes on with a heading that began in a: right below it, as large, and set alike. */
static int goes_on(const text_line *a, const text_line *b)
{
    int below_px = b->top_px - a->top_px;
    return b != a && below_px > a->size_px / 2 && below_px < 1.8 * a->size_px && may_be_title(b) && a->letters + a->others + b->letters + b->others <= MAX_TITLE_CHARS &&
           b->size_px >= as_large * a->size_px && b->size_px * as_large <= a->size_px && abs(b->left_px - a->left_px) < 8 * a->size_px;
}

static const text_line *second(const text_line *title, const text_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (goes_on(title, &lines[i]))
            return &lines[i];
    return NULL;
}

/* Whether a heading is larger than what else stands on the slide, or there is nothing else. */
static int is_apart(const lp_ocr_word *w, size_t n, const text_line *title, const text_line *more, double *sizes)
{
    size_t others = 0;
    for (size_t i = 0; i < n; i++)
        if (!lp_ocr_same_line(&w[i], &w[title->first]) && !(more && lp_ocr_same_line(&w[i], &w[more->first])))
            sizes[others++] = type_size(&w[i]);
    return others == 0 || title->size_px >= stands_out * median(sizes, others);
}

static void write_words(const lp_ocr_word *w, const text_line *l, lp_buf *out)
{
    for (size_t i = l->first; i < l->first + l->n; i++) {
        if (out->len)
            lp_buf_char(out, ' ');
        lp_buf_bytes(out, w[i].text, w[i].n);
    }
}

lp_status lp_ocr_title(const lp_ocr_word *w, size_t n, lp_arena *a, lp_buf *out, lp_diag *d)
{
    text_line lines[MAX_LINES];
    size_t n_lines = 0;
    double *sizes = lp_arena_alloc(a, n + 1, sizeof(*sizes));
    if (!sizes)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n; i += lines[n_lines++].n) {
        if (n_lines == MAX_LINES)
            return LP_OK; /* so much text is a document or a program's window */
        lines[n_lines] = line_at(w, n, i, sizes);
    }
    const text_line *title = heading(lines, n_lines), *more = title ? second(title, lines, n_lines) : NULL;
    if (!title || !is_apart(w, n, title, more, sizes))
        return LP_OK;
    write_words(w, title, out);
    if (more)
        write_words(w, more, out);
    return LP_OK;
}
