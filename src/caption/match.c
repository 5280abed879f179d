#include "caption/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    GRAM = 4,             /* words of an anchor, at first */
    FULL_CELLS = 4000000, /* up to here every edit is looked at */
    BAND_CELLS = 64 << 20,
    HALF_BAND = 1024,
    GAP_COST = 3,   /* a word on one side only */
    NEAR_COST = 2,  /* spelled otherwise */
    OTHER_COST = 5, /* another word: a little better than two gaps */
    NO_COST = INT32_MAX / 2
};

enum { FROM_BOTH = 0, FROM_A = 1, FROM_B = 2 };

struct gram {
    uint64_t hash;
    size_t at;
};

struct anchor {
    size_t a, b;
};

struct match {
    const lp_token *a, *b;
    ptrdiff_t *pair;
};

uint64_t lp_token_hash(const char *fold)
{
    uint64_t h = 0xcbf29ce484222325U; /* FNV-1a */
    for (const char *p = fold; *p; p++)
        h = (h ^ (unsigned char)*p) * 0x100000001b3U;
    return *fold ? h : 0;
}

lp_kinship lp_token_kinship(const lp_token *a, const lp_token *b)
{
    if (a->hash == b->hash)
        return a->hash ? LP_KIN_SAME : LP_KIN_NONE;
    if (!a->hash || !b->hash || a->fold[0] != b->fold[0])
        return LP_KIN_NONE;
    size_t na = strlen(a->fold), nb = strlen(b->fold), front = 0, back = 0;
    size_t least = na < nb ? na : nb, most = na < nb ? nb : na;
    if (least < 3 || most > 3 * least)
        return LP_KIN_NONE;
    while (front < least && a->fold[front] == b->fold[front])
        front++;
    while (front + back < least && a->fold[na - 1 - back] == b->fold[nb - 1 - back])
        back++;
    return 10 * (front + back) >= 7 * most ? LP_KIN_NEAR : LP_KIN_NONE;
}

/* ---- edits ---- */

static int edit_cost(const lp_token *a, const lp_token *b)
{
    lp_kinship k = lp_token_kinship(a, b);
    return k == LP_KIN_SAME ? 0 : k == LP_KIN_NEAR ? NEAR_COST : OTHER_COST;
}

struct band { /* row i holds columns lo(i) .. lo(i) + width - 1 of 0..nb */
    size_t na, nb, half, width;
};

static size_t band_lo(const struct band *w, size_t i)
{
    size_t centre = (size_t)((double)i * (double)w->nb / (double)w->na);
    return w->width > w->nb || centre < w->half ? 0 : centre - w->half;
}

static size_t band_hi(const struct band *w, size_t i)
{
    size_t hi = band_lo(w, i) + w->width - 1;
    return hi < w->nb ? hi : w->nb;
}

/* Follows the cheapest edits back from the end. */
static void take_pairs(const struct match *m, const struct band *w, size_t a0, size_t b0,
                       const unsigned char *from)
{
    size_t i = w->na, j = w->nb;
    while (i > 0 || j > 0) {
        int step = i == 0 ? FROM_B : j == 0 ? FROM_A : from[i * w->width + (j - band_lo(w, i))];
        if (step == FROM_BOTH)
            m->pair[a0 + i - 1] = (ptrdiff_t)(b0 + j - 1);
        i -= step != FROM_B;
        j -= step != FROM_A;
    }
}

static lp_status edit(const struct match *m, size_t a0, size_t a1, size_t b0, size_t b1,
                      lp_diag *d)
{
    struct band w = { a1 - a0, b1 - b0, 0, b1 - b0 + 1 };
    if (w.na > FULL_CELLS / w.nb) {
        w.half = BAND_CELLS / 2 / (w.na + 1);
        w.half = w.half > HALF_BAND ? HALF_BAND : w.half;
        w.half = w.half < 2 * w.nb / w.na + 2 ? 2 * w.nb / w.na + 2 : w.half;
        w.width = 2 * w.half + 1 < w.width ? 2 * w.half + 1 : w.width;
    }
    unsigned char *from = lp_calloc(w.na + 1, w.width);
    int32_t *rows = lp_calloc(2 * (w.nb + 2), sizeof(*rows));
    lp_status s = from && rows ? LP_OK : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i <= w.na; i++) {
        int32_t *row = rows + (i % 2) * (w.nb + 2) + 1,
                *up = rows + ((i + 1) % 2) * (w.nb + 2) + 1;
        size_t lo = band_lo(&w, i), hi = band_hi(&w, i);
        for (size_t j = i ? band_hi(&w, i - 1) + 1 : 0; j <= hi; j++)
            up[j] = NO_COST; /* beyond the row above */
        if (i && lo == band_lo(&w, i - 1))
            up[(ptrdiff_t)lo - 1] = NO_COST;
        row[(ptrdiff_t)lo - 1] = NO_COST;
        for (size_t j = lo; j <= hi; j++) {
            int32_t best = i == 0 && j == 0 ? 0 : NO_COST;
            int step = FROM_BOTH;
            if (i > 0 && j > 0 && up[j - 1] < NO_COST)
                best = up[j - 1] + edit_cost(&m->a[a0 + i - 1], &m->b[b0 + j - 1]);
            if (i > 0 && up[j] + GAP_COST < best) {
                best = up[j] + GAP_COST;
                step = FROM_A;
            }
            if (j > 0 && row[j - 1] + GAP_COST < best) {
                best = row[j - 1] + GAP_COST;
                step = FROM_B;
            }
            row[j] = best;
            from[i * w.width + (j - lo)] = (unsigned char)step;
        }
    }
    if (s == LP_OK)
        take_pairs(m, &w, a0, b0, from);
    lp_free(from);
    lp_free(rows);
    return s;
}

/* ---- anchors ---- */

static int by_hash(const void *x, const void *y)
{
    const struct gram *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static int by_a(const void *x, const void *y)
{
    const struct anchor *a = x, *b = y;
    return a->a < b->a ? -1 : a->a > b->a;
}

/* The passages of k words that occur once, by hash; returns how many. */
static size_t unique_grams(const lp_token *t, size_t from, size_t to, size_t k, struct gram *g)
{
    size_t n = 0, kept = 0;
    for (size_t i = from; i + k <= to; i++) {
        uint64_t h = 0;
        int is_whole = 1;
        for (size_t j = 0; j < k; j++) {
            h = (h ^ t[i + j].hash) * 0x9e3779b97f4a7c15U;
            h ^= h >> 29;
            is_whole = is_whole && t[i + j].hash;
        }
        if (is_whole)
            g[n++] = (struct gram){ h, i };
    }
    qsort(g, n, sizeof(*g), by_hash);
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || g[i - 1].hash != g[i].hash) &&
            (i + 1 == n || g[i + 1].hash != g[i].hash))
            g[kept++] =
                g[i]; /* kept <= i: what is overwritten was compared before, or is itself */
    return kept;
}

/* The longest rising chain of anchors, which are by a, in place; returns its length. */
static size_t rising_chain(struct anchor *c, size_t n, size_t *ends, size_t *before)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        size_t lo = 0, hi = len;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (c[ends[mid]].b < c[i].b)
                lo = mid + 1;
            else
                hi = mid;
        }
        before[i] = lo ? ends[lo - 1] : n;
        ends[lo] = i;
        len = lo + 1 > len ? lo + 1 : len;
    }
    size_t at = len ? ends[len - 1] : n;
    for (size_t k = len; k-- > 0; at = before[at])
        ends[k] = at;
    for (size_t k = 0; k < len; k++)
        c[k] = c[ends[k]];
    return len;
}

static lp_status find_anchors(const struct match *m, size_t a0, size_t a1, size_t b0, size_t b1,
                              size_t k, struct anchor **out, size_t *n_out, lp_diag *d)
{
    size_t na = a1 - a0, nb = b1 - b0, n = 0;
    struct gram *ga = lp_calloc(na, sizeof(*ga)), *gb = lp_calloc(nb, sizeof(*gb));
    struct anchor *c = lp_calloc(na, sizeof(*c));
    size_t *links = lp_calloc(2 * na, sizeof(*links));
    lp_status s = ga && gb && c && links ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK) {
        na = unique_grams(m->a, a0, a1, k, ga);
        nb = unique_grams(m->b, b0, b1, k, gb);
        for (size_t i = 0, j = 0; i < na && j < nb;) {
            if (ga[i].hash == gb[j].hash)
                c[n++] = (struct anchor){ ga[i++].at, gb[j++].at };
            else if (ga[i].hash < gb[j].hash)
                i++;
            else
                j++;
        }
        qsort(c, n, sizeof(*c), by_a);
        n = rising_chain(c, n, links, links + (a1 - a0));
    }
    lp_free(ga);
    lp_free(gb);
    lp_free(links);
    if (s != LP_OK || n == 0) {
        lp_free(c);
        c = NULL;
    }
    *out = c;
    *n_out = s == LP_OK ? n : 0;
    return s;
}

static lp_status match_range(const struct match *m, size_t a0, size_t a1, size_t b0, size_t b1,
                             size_t k, lp_diag *d)
{
    for (; a0 < a1 && b0 < b1 && lp_token_kinship(&m->a[a0], &m->b[b0]) == LP_KIN_SAME;
         a0++, b0++)
        m->pair[a0] = (ptrdiff_t)b0;
    for (; a0 < a1 && b0 < b1 && lp_token_kinship(&m->a[a1 - 1], &m->b[b1 - 1]) == LP_KIN_SAME;
         a1--, b1--)
        m->pair[a1 - 1] = (ptrdiff_t)(b1 - 1);
    if (a0 == a1 || b0 == b1)
        return LP_OK;
    struct anchor *c = NULL;
    size_t n = 0;
    lp_status s = LP_OK;
    for (; s == LP_OK && n == 0 && k > 0 && (a1 - a0) > FULL_CELLS / (b1 - b0);
         k = n ? k : k / 2)
        s = find_anchors(m, a0, a1, b0, b1, k, &c, &n, d);
    if (s == LP_OK && n == 0)
        return edit(m, a0, a1, b0, b1, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        if (c[i].a < a0 ||
            c[i].b < b0) /* overlaps the one before it: their words are one run */
            continue;
        s = match_range(m, a0, c[i].a, b0, c[i].b, k, d);
        for (size_t j = 0; j < k && c[i].a + j < a1; j++)
            m->pair[c[i].a + j] = (ptrdiff_t)(c[i].b + j);
        a0 = c[i].a + k;
        b0 = c[i].b + k;
    }
    if (s == LP_OK)
        s = match_range(m, a0, a1, b0, b1, k, d);
    lp_free(c);
    return s;
}

lp_status lp_tokens_match(const lp_token *a, size_t na, const lp_token *b, size_t nb,
                          ptrdiff_t *pair, lp_diag *d)
{
    struct match m = { a, b, pair };
    for (size_t i = 0; i < na; i++)
        pair[i] = -1;
    return match_range(&m, 0, na, 0, nb, GRAM, d);
}
