#include "package/page_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"
#include "caption/letters.h"
#include "caption/paragraphs.h"
#include "package/html.h"

/* A slide or a chapter that comes within this time after a cue has begun stands before that
 * cue: people begin to speak of a slide while it comes up. */
enum { LEAD_US = LP_SECOND_US / 2, TIME_CHARS = 32 };

/* A cue's times are given in hundredths. A caption stands until the next one when that comes
 * this soon: nobody sees the gap, and its end need not be written. */
enum { CENTI_US = 10000, HOLD_US = LP_SECOND_US / 5, MAX_ALT_BYTES = 1500, MAX_CUE_WORDS = 64, WORD_OFF_US = 250000 };

/* Seconds with at most 3 decimals and no zeros at the end: an hour of speech has thousands of
 * these. */
static void seconds(lp_buf *out, int64_t t_us)
{
    int64_t ms = t_us > 0 ? t_us / 1000 : 0;
    int part = (int)(ms % 1000), digits = 3;
    lp_buf_printf(out, "%lld", (long long)(ms / 1000));
    for (; part && part % 10 == 0; digits--)
        part /= 10;
    if (part)
        lp_buf_printf(out, ".%0*d", digits, part);
}

static void chapter_title(lp_page *p, size_t i)
{
    const char *title = p->in->package->plan->chapters[i].title;
    char number[TIME_CHARS];
    snprintf(number, sizeof(number), "%zu", i + 1);
    if (title && *title) {
        lp_buf_str(p->out, "<bdi");
        if (p->lang)
            lp_buf_printf(p->out, " lang=\"%s\"", p->lang);
        lp_buf_str(p->out, ">");
        lp_html_text(p->out, title);
        lp_buf_str(p->out, "</bdi>");
    } else {
        lp_page_say(p, p->w->part, number, NULL, NULL);
    }
}

static void chapter_list(lp_page *p)
{
    const lp_plan *plan = p->in->package->plan;
    if (plan->n_chapters < 2)
        return;
    lp_buf_str(p->out, "<nav class=\"chapters\" aria-label=\"");
    lp_html_attr(p->out, p->w->chapters);
    lp_buf_str(p->out, "\">\n<ol>\n");
    for (size_t i = 0; i < plan->n_chapters; i++) {
        char clock[TIME_CHARS];
        lp_time_clock(plan->chapters[i].t_us, clock, sizeof(clock));
        lp_buf_printf(p->out, "<li><a href=\"#c%zu\" data-t=\"", i + 1);
        seconds(p->out, plan->chapters[i].t_us);
        lp_buf_str(p->out, "\">");
        chapter_title(p, i);
        lp_buf_printf(p->out, " <span class=\"t\">%s</span></a></li>\n", clock);
    }
    lp_buf_str(p->out, "</ol>\n</nav>\n");
}

static void chapter_heading(lp_page *p, size_t i)
{
    lp_buf_printf(p->out, "<h2 id=\"c%zu\">", i + 1);
    chapter_title(p, i);
    lp_buf_str(p->out, "</h2>\n");
}

/* What stands on a slide, on one line; NULL where nothing was read. */
static const char *slide_words(lp_page *p, size_t i)
{
    const lp_slide_texts *texts = p->in->package->slide_texts;
    const char *text = texts ? lp_slide_words_of(texts, (int)i) : NULL;
    char *line = text ? lp_arena_strndup(p->arena, text, strnlen(text, MAX_ALT_BYTES)) : NULL;
    if (!line)
        return NULL;
    for (char *c = line; *c; c++)
        if (*c == '\n')
            *c = ' ';
    for (size_t n = strlen(line); n > 0 && !lp_utf8_is_valid(line, n); n--) /* cut inside a character */
        line[n - 1] = '\0';
    return line;
}

/* For the player: until, left, top, width, height and path of each patch. */
static void steps(lp_page *p, size_t slide)
{
    const char *before = " data-steps=\"";
    for (size_t i = 0; i < p->in->n_steps; i++) {
        const lp_page_step *s = &p->in->steps[i];
        if (s->slide != slide)
            continue;
        lp_buf_str(p->out, before);
        seconds(p->out, s->until_us);
        lp_buf_printf(p->out, " %d %d %d %d ", s->x_px, s->y_px, s->file.width_px, s->file.height_px);
        lp_html_attr(p->out, s->file.path);
        before = ";";
    }
    if (*before == ';')
        lp_buf_char(p->out, '"');
}

static void slide_figure(lp_page *p, size_t i)
{
    const lp_plan_slide *s = &p->in->package->plan->slides[i];
    const lp_page_file *f = &p->in->slides[i];
    char number[TIME_CHARS], earlier[TIME_CHARS], clock[TIME_CHARS];
    int is_again = s->same_as >= 0 && (size_t)s->same_as < i && !s->is_poster;
    snprintf(number, sizeof(number), "%zu", i + 1);
    snprintf(earlier, sizeof(earlier), "%d", s->same_as + 1);
    lp_time_clock(s->t_us, clock, sizeof(clock));

    lp_buf_printf(p->out, "<figure class=\"slide%s\" data-t=\"", is_again ? " again" : "");
    seconds(p->out, s->t_us);
    lp_buf_str(p->out, "\" data-e=\"");
    seconds(p->out, s->end_us);
    lp_buf_char(p->out, '"');
    steps(p, i);
    lp_buf_str(p->out, "><img loading=\"lazy\" src=\"");
    lp_html_attr(p->out, f->path);
    lp_buf_printf(p->out, "\" width=\"%d\" height=\"%d\" alt=\"", f->width_px, f->height_px);
    const char *text = s->is_poster || is_again ? NULL : slide_words(p, i);
    lp_page_say(p,
                s->is_poster ? p->w->picture_alt
                : is_again   ? p->w->slide_again_alt
                : text       ? p->w->slide_text_alt
                             : p->w->slide_alt,
                number, clock, text ? text : earlier);
    lp_buf_str(p->out, "\"><figcaption><a href=\"#t=");
    seconds(p->out, s->t_us);
    lp_buf_str(p->out, "\">");
    lp_page_say(p,
                s->is_poster ? p->w->picture
                : is_again   ? p->w->slide_again
                             : p->w->slide,
                number, clock, earlier);
    lp_buf_str(p->out, "</a></figcaption></figure>\n");
}

static int64_t to_package_us(const lp_plan *plan, int64_t t_us)
{
    for (size_t i = 0; i < plan->map.n; i++) {
        const lp_map_piece *m = &plan->map.pieces[i];
        if (t_us >= m->in_us && t_us < m->in_us + m->len_us)
            return t_us - m->in_us + m->out_us;
    }
    return t_us;
}

/* Where a word begins, in UTF-16 units as a script counts them; *total gets the length of all. 0 words: NULL. */
static size_t word_offsets(const char *text, size_t *offsets, size_t max, size_t *total)
{
    size_t n = 0, at = 0, left = strlen(text);
    int was_blank = 1;
    while (left > 0) {
        size_t used = 0;
        int32_t c = lp_utf8_decode(text, left, &used);
        int is_blank = c == ' ' || c == '\n';
        if (was_blank && !is_blank && n < max)
            offsets[n++] = at;
        else if (was_blank && !is_blank)
            n++;
        was_blank = is_blank;
        at += c > 0xFFFF ? 2 : 1;
        text += used;
        left -= used;
    }
    *total = at;
    return n;
}

/* Where the words of a cue begin, for a click on one. A letter is worth the same time as another: that guess is written
 * off by a letter a word, in tenths of a second, only where it is wrong somewhere by more than WORD_OFF_US. So an hour costs
 * 3 or 4 KB. The script makes the same guess. */
static void word_times(lp_page *p, const lp_track *t, size_t i, const char *text, int64_t end_us)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const lp_plan *plan = p->in->package->plan;
    const lp_cue *c = &t->items[i];
    const lp_words *w = &t->cues->words;
    size_t offsets[MAX_CUE_WORDS], total = 0;
    char off[MAX_CUE_WORDS + 1];
    int is_off = 0;
    if (c->n_words < 2 || c->n_words > MAX_CUE_WORDS || c->first_word > w->n || c->n_words > w->n - c->first_word ||
        word_offsets(text, offsets, MAX_CUE_WORDS, &total) != c->n_words)
        return;
    for (size_t k = 1; k < c->n_words; k++) {
        int64_t guess = (end_us - c->start_us) * (int64_t)offsets[k] / (int64_t)total;
        int64_t wrong = to_package_us(plan, w->items[c->first_word + k].start_us) - c->start_us - guess;
        int64_t tenths = (wrong + (wrong < 0 ? -50000 : 50000)) / 100000;
        is_off |= wrong > WORD_OFF_US || wrong < -WORD_OFF_US;
        off[k - 1] = letters[tenths < -26 ? 0 : tenths > 25 ? 51 : tenths + 26];
    }
    off[c->n_words - 1] = '\0';
    lp_buf_printf(p->out, " data-w=\"%s\"", is_off ? off : "");
}

static void cue_span(lp_page *p, const lp_track *t, size_t i)
{
    const lp_cue *c = &t->items[i];
    int64_t gap_us = i + 1 < t->n ? c[1].start_us - c->end_us : -1;
    lp_buf text; /* a browser breaks long words itself */
    lp_buf_init(&text, strlen(c->text) + 1);
    lp_text_join(&text, c->text);
    const char *shown = text.data ? text.data : "";
    if (text.failed)
        p->out->failed = 1;
    lp_buf_str(p->out, "<span data-t=\"");
    seconds(p->out, c->start_us / CENTI_US * CENTI_US);
    if (gap_us < 0 || gap_us > HOLD_US) {
        lp_buf_str(p->out, "\" data-e=\"");
        seconds(p->out, (c->end_us + CENTI_US - 1) / CENTI_US * CENTI_US);
    }
    lp_buf_char(p->out, '"');
    word_times(p, t, i, shown, gap_us < 0 || gap_us > HOLD_US ? c->end_us : c[1].start_us);
    lp_buf_char(p->out, '>');
    lp_html_text(p->out, shown);
    lp_buf_str(p->out, "</span>");
    lp_buf_clear(&text);
}

/* One paragraph: its time as a link to itself, who speaks, and a span for each cue. last_id NULL: it is not linked to. */
static void paragraph(lp_page *p, const lp_track *t, const lp_paragraph *g, int last_person, int64_t *last_id)
{
    int64_t second = g->t_us > 0 ? g->t_us / LP_SECOND_US : 0;
    char clock[TIME_CHARS];
    lp_time_clock(g->t_us, clock, sizeof(clock));
    lp_buf_str(p->out, "<p");
    if (last_id && second > *last_id) /* two paragraphs in one second: an id stands once in a page */
        lp_buf_printf(p->out, " id=\"t=%lld\"", (long long)second);
    if (last_id)
        *last_id = second;
    lp_buf_printf(p->out, "><a class=\"t\" href=\"#t=%lld\" dir=\"ltr\">%s</a> ",
                  (long long)second, clock);
    if (g->person >= 0 && g->person != last_person && (size_t)g->person < t->cues->n_people) {
        lp_buf_str(p->out, "<b><bdi>");
        lp_html_text(p->out, t->cues->people[g->person].name);
        lp_buf_str(p->out, "</bdi>:</b> ");
    }
    for (size_t i = g->first; i <= g->last && i < t->n; i++) {
        cue_span(p, t, i);
        const char *text = t->items[i].text;
        if (i < g->last && lp_text_last(text, strlen(text)) != LP_LETTER_WORD_GOES_ON)
            lp_buf_char(p->out, '\n');
    }
    lp_buf_str(p->out, "</p>\n");
}

/* Where a paragraph must end: at every chapter and slide, LEAD_US early. Rising; NULL without
 * any. */
static int64_t *break_times(const lp_page *p, size_t *n)
{
    const lp_plan *plan = p->in->package->plan;
    size_t c = 0, s = 0, cap = plan->n_chapters + p->n_slides;
    int64_t *times = lp_arena_alloc(p->arena, cap + 1, sizeof(*times));
    *n = 0;
    while (times && *n < cap) {
        int is_chapter = s == p->n_slides || (c < plan->n_chapters &&
                                              plan->chapters[c].t_us <= plan->slides[s].t_us);
        times[(*n)++] =
            (is_chapter ? plan->chapters[c++].t_us : plan->slides[s++].t_us) - LEAD_US;
    }
    return times;
}

/* Writes the chapters and slides that begin before `until_us`, in order of time, chapters
 * first. */
static void headings_and_slides(lp_page *p, size_t *c, size_t *s, int64_t until_us)
{
    const lp_plan *plan = p->in->package->plan;
    for (;;) {
        int64_t chapter = *c < plan->n_chapters ? plan->chapters[*c].t_us : INT64_MAX;
        int64_t slide = *s < p->n_slides ? plan->slides[*s].t_us : INT64_MAX;
        if (chapter <= slide && chapter < until_us)
            chapter_heading(p, (*c)++);
        else if (slide < until_us)
            slide_figure(p, (*s)++);
        else
            return;
    }
}

/* A track on its way down the page. */
struct flow {
    const lp_track *track;
    lp_paragraph *groups;
    size_t n, at;
};

/* The paragraphs that begin before `end_us`; in a box of their own where there are other languages. */
static void passage(lp_page *p, size_t i, struct flow *f, int64_t end_us, int64_t *last_id)
{
    int has_box = p->in->tracks->n > 1;
    if (f->at == f->n || f->groups[f->at].t_us >= end_us)
        return;
    if (has_box) {
        lp_buf_printf(p->out, "<div data-l=\"%zu\"", i);
        lp_page_track_lang(p, f->track);
        lp_buf_str(p->out, ">\n");
    }
    for (; f->at < f->n && f->groups[f->at].t_us < end_us; f->at++)
        paragraph(p, f->track, &f->groups[f->at], f->at ? f->groups[f->at - 1].person : -1, i ? NULL : last_id);
    if (has_box)
        lp_buf_str(p->out, "</div>\n");
}

/* From one chapter or slide to the next: what comes first, then what is said, in one language after the other. */
static lp_status transcript(lp_page *p, lp_diag *d)
{
    const lp_tracks *t = p->in->tracks;
    size_t n_breaks = 0, c = 0, s = 0;
    int64_t last_id = -1;
    int64_t *breaks = break_times(p, &n_breaks);
    struct flow *flows = lp_arena_alloc(p->arena, t->n, sizeof(*flows));
    lp_status st = breaks && flows ? LP_OK : lp_fail_nomem(d);
    for (size_t i = 0; st == LP_OK && i < t->n; i++) {
        flows[i].track = &t->items[i];
        st = lp_paragraphs_make(t->items[i].items, t->items[i].n, breaks, n_breaks, p->arena, &flows[i].groups, &flows[i].n, d);
    }
    for (size_t b = 0; st == LP_OK && b <= n_breaks; b++) {
        int64_t end_us = b < n_breaks ? breaks[b] : INT64_MAX;
        int is_empty = 1;
        for (size_t i = 0; i < t->n; i++)
            is_empty &= flows[i].at == flows[i].n || flows[i].groups[flows[i].at].t_us >= end_us;
        if (is_empty)
            continue;
        if (b)
            headings_and_slides(p, &c, &s, breaks[b - 1] + LEAD_US + 1);
        for (size_t i = 0; i < t->n; i++)
            passage(p, i, &flows[i], end_us, &last_id);
    }
    if (st == LP_OK)
        headings_and_slides(p, &c, &s, INT64_MAX);
    return st;
}

lp_status lp_page_reading(lp_page *p, lp_diag *d)
{
    size_t n_cues = p->in->tracks->n;
    lp_buf_str(p->out, "<div class=\"read\">\n");
    lp_page_notice(p);
    chapter_list(p);
    lp_page_languages(p);
    if (n_cues) {
        lp_buf_str(p->out, "<form class=\"find\" role=\"search\" hidden><label for=\"q\">");
        lp_html_text(p->out, p->w->find);
        lp_buf_str(p->out, "</label> <input type=\"search\" id=\"q\" autocomplete=\"off\"> "
                           "<output id=\"hits\" for=\"q\"></output></form>\n");
    }
    lp_buf_str(p->out, "<article id=\"text\" tabindex=\"-1\" aria-label=\"");
    lp_html_attr(p->out, n_cues ? p->w->transcript : p->w->text_and_slides);
    lp_buf_str(p->out, "\"");
    lp_page_lang(p);
    lp_buf_str(p->out, ">\n");
    lp_status st = transcript(p, d);
    lp_buf_str(p->out, "</article>\n</div>\n");
    return st;
}
