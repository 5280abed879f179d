#include "caption/layout.h"

#include <string.h>

#include "base/time.h"
#include "caption/lint.h"
#include "caption/word_pieces.h"

enum { MAX_TEXT_BYTES = 1 << 20, CLOSE_US = 500000 };

/* Costs, in the unit of the breaks in word_pieces.h. A soft rule costs more than any good break
 * gives back, a hard one more than all else. A boundary off its word costs little: far less
 * than a rule, enough to leave it at the word where nothing is gained. */
static const double cue_cost = 30, inner_sentence_cost = 8, orphan_cost = 40, soft_cost = 600,
                    hard_cost = 15000, over_cost = 20, balance_cost = 60, pause_cost = 60, line_share = 0.6,
                    cut_word_cost = 4000, late_cost = 120, early_cost = 160; /* the last two: a second */
enum { TINY = 20, ORPHAN = 12 };                       /* columns */
static const int64_t long_pause_us = 800000, broken_off_us = 1500000;

/* Where a cue may begin, seen from its first word: at one of so many places, evenly spread over
 * the time that is allowed; those in between come with even_out(). More of them find a little
 * more time to lend, in time that grows with their square. */
enum { N_OFFSETS = 21, AT_WORD = N_OFFSETS / 2 };

/* One cue as chosen: pieces first..end, the second line from `split` (0: one line). */
struct made {
    size_t first, end, split;
    int64_t start_us, end_us;
};

struct step { /* the best way to a place between pieces, and a boundary at one of the offsets */
    double cost;
    uint32_t from;
    int32_t from_offset;
};

struct layout {
    const lp_piece *p;
    size_t n;
    const lp_text_size *before; /* of all pieces before each, with their blanks */
    size_t line, wanted;        /* characters */
    int64_t not_before_us, until_us;
};

static lp_text_size size_of(const struct layout *l, size_t first, size_t end)
{
    lp_text_size z = { l->before[end].n_narrow - l->before[first].n_narrow,
                       l->before[end].n_wide - l->before[first].n_wide };
    z.n_narrow -= (size_t)l->p[end - 1].has_blank;
    return z;
}

/* Whether piece i goes on with the word of the piece before it, where else a blank would be read. */
static int is_in_word(const struct layout *l, size_t i)
{
    if (i == 0 || i >= l->n || l->p[i - 1].word != l->p[i].word)
        return 0;
    const lp_piece *last = &l->p[i - 1], *next = &l->p[i];
    return lp_text_has_blank_between(lp_text_last(last->text, last->n), lp_text_first(next->text, next->n));
}

/* What there is to read: a line end takes as long as a blank, unless the script has none. */
static size_t columns_of(const struct layout *l, size_t first, size_t end, size_t split)
{
    size_t columns = lp_text_columns(size_of(l, first, end));
    if (split == 0 || l->p[split - 1].has_blank || is_in_word(l, split))
        return columns;
    const lp_piece *last = &l->p[split - 1], *next = &l->p[split];
    return columns + (size_t)lp_text_has_blank_between(lp_text_last(last->text, last->n),
                                                       lp_text_first(next->text, next->n));
}

static int fits_line(lp_text_size z, size_t line)
{
    return z.n_narrow * LP_LINE_WIDE + z.n_wide * line <= LP_LINE_WIDE * line;
}

/* Of a second line that begins with piece i. */
static double line_break_cost(const struct layout *l, size_t first, size_t i)
{
    const lp_piece *last = &l->p[i - 1];
    double cost = (last->break_cost < LP_BREAK_BAD ? line_share : 1) * last->break_cost;
    for (size_t k = i - 1; !last->ends_sentence && k > first; k--) {
        if (lp_text_columns(size_of(l, k, i)) >= ORPHAN)
            break;
        if (l->p[k - 1].ends_sentence)
            return cost + line_share * orphan_cost; /* "the plan. I / would .." */
    }
    return cost;
}

/* The cost of the best two lines of the pieces, with the place of the second in *split (0 for
 * one line); -1 when they do not fit. */
static double lines_cost(const struct layout *l, size_t first, size_t end, size_t *split)
{
    lp_text_size all = size_of(l, first, end);
    double best = -1;
    *split = 0;
    if (fits_line(all, l->wanted))
        return 0;
    if (fits_line(all, l->line))
        best = soft_cost;
    for (size_t i = first + 1; i < end; i++) {
        lp_text_size one = size_of(l, first, i), two = size_of(l, i, end);
        if (!fits_line(one, l->line) || !fits_line(two, l->line))
            continue;
        double lean =
            ((double)lp_text_columns(one) - (double)lp_text_columns(two)) / (double)l->line;
        double cost = line_break_cost(l, first, i) + balance_cost * lean * lean;
        cost += fits_line(one, l->wanted) ? 0 : soft_cost;
        cost += fits_line(two, l->wanted) ? 0 : soft_cost;
        if (best < 0 || cost < best) {
            best = cost;
            *split = i;
        }
    }
    return best;
}

static double time_cost(int64_t shown_us, double columns)
{
    if (shown_us > LP_CUE_LONG_US)
        shown_us = LP_CUE_LONG_US;
    double seconds = shown_us > 0 ? (double)shown_us / 1e6 : 0, cost = 0;
    double cps = seconds > 0.001 ? columns / seconds : columns * 1000;
    double over = cps - LP_CUE_MOST_CPS < 1000 ? cps - LP_CUE_MOST_CPS : 1000;
    if (over > 0) /* two that are a little too fast rather than one that flashes by */
        cost += hard_cost + over_cost * over * (10 + over);
    else if (cps > LP_CUE_WANTED_CPS)
        cost += soft_cost + 20 * (cps - LP_CUE_WANTED_CPS);
    if (shown_us < LP_CUE_LEAST_US)
        cost += hard_cost * (2 - seconds);
    else if (shown_us < LP_CUE_SHORT_US)
        cost += soft_cost;
    return cost;
}

static int64_t offset_us(int offset)
{
    return (int64_t)LP_CUE_OFFSET_US * (offset - AT_WORD) / AT_WORD;
}

static double offset_cost(int offset)
{
    double seconds = (double)offset_us(offset) / 1e6;
    return seconds < 0 ? -early_cost * seconds : late_cost * seconds;
}

/* What the sound and the sentences say against showing these pieces together. */
static double sense_cost(const struct layout *l, size_t first, size_t end)
{
    double cost = cue_cost + l->p[end - 1].break_cost + (is_in_word(l, end) ? cut_word_cost : 0);
    if (end < l->n && l->p[end - 1].break_cost == LP_BREAK_BAD &&
        l->p[end].start_us - l->p[end - 1].end_us > broken_off_us)
        cost += LP_BREAK_AUXILIARY - LP_BREAK_BAD; /* "and the .." [silence] "so, next" */
    size_t columns = lp_text_columns(size_of(l, first, end)), since = first;
    for (size_t i = first; i + 1 < end; i++) {
        int64_t pause_us = l->p[i + 1].start_us - l->p[i].end_us;
        if (pause_us > long_pause_us)
            cost += pause_cost * (double)(pause_us - long_pause_us) / 1e6;
        if (l->p[i].ends_sentence) {
            cost += inner_sentence_cost;
            since = i + 1;
        }
    }
    if (since > first && !l->p[end - 1].ends_sentence &&
        lp_text_columns(size_of(l, since, end)) < ORPHAN)
        cost += orphan_cost; /* ".. of the slope. And" */
    if (columns < TINY &&
        !(l->p[end - 1].ends_sentence && (first == 0 || l->p[first - 1].ends_sentence)))
        cost += 2 * (double)(TINY - columns);
    return cost;
}

static int64_t start_at(const struct layout *l, size_t i, int offset)
{
    int64_t start_us = l->p[i].start_us + offset_us(offset);
    return start_us > l->not_before_us ? start_us : l->not_before_us;
}

static int cheapest(const struct step *here)
{
    int best = 0;
    for (int k = 1; k < N_OFFSETS; k++)
        if (here[k].cost >= 0 && (here[best].cost < 0 || here[k].cost < here[best].cost))
            best = k;
    return best;
}

/* Takes the cue of pieces i..end into the steps behind it, from each boundary to each. One that
 * has time enough in any case begins where it was cheapest to get to. */
static void take_cue(const struct layout *l, size_t i, size_t end, double cost,
                     double columns, struct step *steps)
{
    const struct step *here = steps + i * N_OFFSETS;
    struct step *there = steps + end * N_OFFSETS;
    int64_t first_us = end < l->n ? start_at(l, end, 0) : l->until_us;
    int from = 0, from_end = N_OFFSETS;
    if (time_cost(first_us - start_at(l, i, N_OFFSETS - 1), columns) <= 0) {
        from = cheapest(here);
        from_end = from + 1;
    }
    for (; from < from_end; from++) {
        int64_t start_us = start_at(l, i, from);
        for (int to = end < l->n ? 0 : AT_WORD; to < N_OFFSETS; to++) {
            double all = here[from].cost + cost + offset_cost(to);
            if (here[from].cost < 0 || (there[to].cost >= 0 && all >= there[to].cost))
                continue;
            int64_t end_us = end < l->n ? start_at(l, end, to) : l->until_us;
            all += time_cost(end_us - start_us, columns);
            if (there[to].cost < 0 || all < there[to].cost)
                there[to] = (struct step){ all, (uint32_t)i, from };
            if (end == l->n)
                break;
        }
    }
}

/* Takes every cue that can begin at piece i into the steps behind it. */
static void go_on_from(const struct layout *l, size_t i, struct step *steps)
{
    for (size_t end = i + 1; end <= l->n; end++) {
        if (end > i + 1 && (l->p[end - 1].person != l->p[i].person ||
                            l->p[end - 1].end_us - l->p[i].start_us > LP_CUE_LONG_US))
            return;
        size_t split;
        double lines = lines_cost(l, i, end, &split);
        if (lines < 0)
            return;
        take_cue(l, i, end, lines + sense_cost(l, i, end),
                 (double)columns_of(l, i, end, split), steps);
    }
}

static void choose(const struct layout *l, struct step *steps, struct made *cues,
                   size_t *n_cues)
{
    for (size_t i = 0; i < (l->n + 1) * N_OFFSETS; i++)
        steps[i].cost = -1;
    for (int o = 0; o < N_OFFSETS; o++)
        steps[o].cost = offset_cost(o);
    for (size_t i = 0; i < l->n; i++)
        go_on_from(l, i, steps);
    size_t n = 0;
    const struct step *last = &steps[l->n * N_OFFSETS + AT_WORD];
    for (const struct step *at = last; at >= steps + N_OFFSETS; n++)
        at = &steps[at->from * N_OFFSETS + (size_t)at->from_offset];
    *n_cues = n;
    size_t end = l->n;
    for (const struct step *at = last; at >= steps + N_OFFSETS;) {
        cues[--n] = (struct made){ .first = at->from,
                                   .end = end,
                                   .start_us = start_at(l, at->from, at->from_offset) };
        (void)lines_cost(l, at->from, end, &cues[n].split);
        end = at->from;
        at = &steps[at->from * N_OFFSETS + (size_t)at->from_offset];
    }
}

static int64_t good_us(const struct layout *l, const struct made *c)
{
    int64_t read_us =
        (int64_t)columns_of(l, c->first, c->end, c->split) * LP_SECOND_US / LP_CUE_WANTED_CPS +
        1;
    return read_us > LP_CUE_SHORT_US ? read_us : LP_CUE_SHORT_US;
}

/* Moves each boundary back to its word as far as no reader needs the time. */
static void even_out(const struct layout *l, struct made *cues, size_t n)
{
    for (size_t k = 1; k < n; k++) { /* late ones, which give the cue before them time */
        int64_t word_us = l->p[cues[k].first].start_us;
        int64_t read_us = cues[k - 1].start_us + good_us(l, &cues[k - 1]);
        read_us = read_us > word_us ? read_us : word_us;
        if (read_us < cues[k].start_us)
            cues[k].start_us = read_us;
    }
    for (size_t k = n; k-- > 0;) { /* early ones, which give it to their own */
        int64_t word_us = l->p[cues[k].first].start_us;
        int64_t read_us =
            (k + 1 < n ? cues[k + 1].start_us : l->until_us) - good_us(l, &cues[k]);
        read_us = read_us < word_us ? read_us : word_us;
        if (read_us > cues[k].start_us)
            cues[k].start_us = read_us;
    }
}

static void place(const struct layout *l, struct made *cues, size_t n)
{
    int64_t floor_us = l->not_before_us;
    even_out(l, cues, n);
    for (size_t k = 0; k < n; k++) {
        struct made *c = &cues[k];
        if (c->start_us < floor_us)
            c->start_us = floor_us;
        int64_t next_us = k + 1 < n ? c[1].start_us : l->until_us;
        int64_t said_us = l->p[c->end - 1].end_us, end_us = c->start_us + good_us(l, c);
        end_us = said_us > end_us ? said_us : end_us;
        if (end_us > c->start_us + LP_CUE_LONG_US)
            end_us = c->start_us + LP_CUE_LONG_US;
        if (end_us > next_us)
            end_us = next_us;
        if (end_us < c->start_us + 1000)
            end_us = c->start_us + 1000;
        c->end_us = floor_us = end_us;
    }
    for (size_t k = 0; k + 1 < n; k++) { /* small gaps flicker, and the time helps to read */
        int64_t gap_us = cues[k + 1].start_us - cues[k].end_us;
        if (gap_us <= 0 || gap_us >= CLOSE_US)
            continue;
        if (cues[k + 1].start_us - cues[k].start_us <= LP_CUE_LONG_US)
            cues[k].end_us = cues[k + 1].start_us;
        else if (gap_us < LP_CUE_GAP_US)
            cues[k].end_us = cues[k + 1].start_us - LP_CUE_GAP_US;
    }
}

static lp_status add_cue(const struct layout *l, const struct made *c, size_t first_word,
                         int has_words, lp_arena *a, lp_buf *text, lp_cues *out, lp_diag *d)
{
    text->len = 0;
    for (size_t i = c->first; i < c->end; i++) {
        if (i > c->first && i == c->split)
            lp_buf_str(text, is_in_word(l, i) ? LP_WORD_GOES_ON "\n" : "\n");
        else if (i > c->first && l->p[i - 1].has_blank)
            lp_buf_char(text, ' ');
        lp_buf_bytes(text, l->p[i].text, l->p[i].n);
    }
    if (is_in_word(l, c->end))
        lp_buf_str(text, LP_WORD_GOES_ON);
    lp_status s = lp_buf_check(text, "caption", d);
    if (s == LP_OK)
        s = lp_cues_add(out, a, c->start_us, c->end_us, text->data, l->p[c->first].person, d);
    if (s != LP_OK || !has_words)
        return s;
    const lp_piece *first = &l->p[c->first], *last = &l->p[c->end - 1];
    size_t from = first->word + (first->is_word_start ? 0 : 1);
    out->items[out->n - 1].n_words = last->word + 1 - from;
    if (last->word + 1 > from)
        out->items[out->n - 1].first_word = first_word + from;
    return LP_OK;
}

lp_status lp_pieces_layout(const lp_piece *p, size_t n, const lp_layout_options *o,
                           int64_t not_before_us, int64_t until_us, size_t first_word,
                           int has_words, lp_arena *a, lp_cues *out, lp_diag *d)
{
    lp_arena scratch = { 0 };
    lp_buf text;
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_text_size *before = lp_arena_alloc(&scratch, n + 1, sizeof(*before));
    struct step *steps = lp_arena_alloc(&scratch, (n + 1) * N_OFFSETS, sizeof(*steps));
    struct made *cues = lp_arena_alloc(&scratch, n + 1, sizeof(*cues));
    size_t line = (size_t)o->line_chars, n_cues = 0;
    struct layout l = {
        p,       n, before, line, line < LP_LINE_WANTED ? line : LP_LINE_WANTED, not_before_us,
        until_us
    };
    lp_status s = before && steps && cues ? LP_OK : lp_fail_nomem(d);
    if (s != LP_OK || n == 0)
        goto done;
    for (size_t i = 0; i < n; i++) {
        before[i + 1].n_narrow =
            before[i].n_narrow + p[i].size.n_narrow + (size_t)p[i].has_blank;
        before[i + 1].n_wide = before[i].n_wide + p[i].size.n_wide;
    }
    choose(&l, steps, cues, &n_cues);
    place(&l, cues, n_cues);
    for (size_t k = 0; s == LP_OK && k < n_cues; k++)
        s = add_cue(&l, &cues[k], first_word, has_words, a, &text, out, d);
done:
    lp_buf_clear(&text);
    lp_arena_clear(&scratch);
    return s;
}

lp_layout_options lp_layout_options_checked(const lp_layout_options *o)
{
    lp_layout_options own = *o;
    if (own.line_chars != 37 && own.line_chars != 32)
        own.line_chars = 42;
    return own;
}

lp_status lp_cues_layout(lp_cues *c, const lp_layout_options *o, lp_arena *a, lp_diag *d)
{
    lp_layout_options own = lp_layout_options_checked(o);
    lp_cues made = { 0 };
    lp_piece *p;
    size_t n;
    lp_status s = lp_pieces_make(c->words.items, c->words.n, c->lang, &own, a, &p, &n, d);
    if (s == LP_OK)
        s = lp_pieces_layout(p, n, &own, 0,
                             own.duration_us > 0 ? own.duration_us : INT64_MAX / 4, 0, 1, a,
                             &made, d);
    if (s != LP_OK)
        return s;
    c->items = made.items;
    c->n = made.n;
    c->cap = made.cap;
    return LP_OK;
}
