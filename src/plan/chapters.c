#include "plan/chapters.h"

#include <string.h>

#include "base/time.h"

enum {
    PAUSE_US = 1500000,
    MAX_CHAPTERS = 10000,
    SECTION_WORDS = 8, /* beside its heading a slide that opens a section has no more */
    MORE_THAN_A_PAUSE = 2,
};

/* 15 an hour at most, and one in ten minutes at least. */
static const int64_t min_chapter_us = INT64_C(240) * LP_SECOND_US, max_chapter_us = INT64_C(600) * LP_SECOND_US;
static const int64_t min_last_us = INT64_C(60) * LP_SECOND_US; /* what is left at the end for a chapter of its own */

static lp_status add_chapter(lp_plan *p, lp_arena *a, size_t *cap, int64_t t_us, const char *title, lp_diag *d)
{
    char *name = lp_arena_strdup(a, title ? title : "");
    if (!name || lp_arena_grow(a, (void **)&p->chapters, p->n_chapters, cap, sizeof(*p->chapters), MAX_CHAPTERS) != 0)
        return lp_fail_nomem(d);
    p->chapters[p->n_chapters++] = (lp_chapter){ t_us, name };
    return LP_OK;
}

static lp_status take_marks(const lp_session *s, lp_arena *a, lp_plan *p, lp_diag *d)
{
    size_t cap = 0;
    lp_status r = LP_OK;
    for (size_t i = 0; r == LP_OK && i < s->n_marks; i++) {
        int64_t at = i == 0 ? 0 : s->marks[i].t_us;
        if (i && (at <= p->chapters[p->n_chapters - 1].t_us || at >= p->duration_us))
            continue;
        r = add_chapter(p, a, &cap, at, s->marks[i].title, d);
    }
    return r;
}

/* ---- where one begins ---- */

/* Whether speech rests around t for PAUSE_US or longer. */
static int is_in_pause(const lp_sound_survey *s, int64_t t_us)
{
    for (size_t i = 0; i + 1 < s->n_speech; i++)
        if (s->speech[i + 1].start_us - s->speech[i].end_us >= PAUSE_US && t_us >= s->speech[i].end_us - LP_SECOND_US &&
            t_us <= s->speech[i + 1].start_us + LP_SECOND_US)
            return 1;
    return 0;
}

static const lp_slide_text *read_on(const lp_timeline *t, const lp_slide_texts *texts, size_t slide)
{
    int same = t->slides[slide].same_as;
    return texts ? lp_slide_text_of(texts, same >= 0 ? same : (int)slide) : NULL;
}

/* How much a slide looks like the beginning of a subject. `before` is the heading shown before it; NULL: none. */
static int weight(const lp_timeline *t, const lp_slide_texts *texts, size_t slide, const char *before)
{
    const lp_slide_text *text = read_on(t, texts, slide);
    int w = is_in_pause(&t->sound, t->slides[slide].start_us);
    if (text && text->title && !(before && strcmp(before, text->title) == 0)) {
        w += MORE_THAN_A_PAUSE;
        w += lp_slide_text_count(text->text) <= lp_slide_text_count(text->title) + SECTION_WORDS ? MORE_THAN_A_PAUSE : 0;
    }
    return w;
}

static int64_t best_slide(const lp_timeline *t, const lp_slide_texts *texts, int64_t from, int64_t to)
{
    const char *before = NULL;
    int64_t best_us = -1;
    int best = -1;
    for (size_t i = 0; i < t->n_slides && t->slides[i].start_us < to; i++) {
        const lp_slide_text *text = read_on(t, texts, i);
        int w = t->slides[i].start_us >= from ? weight(t, texts, i, before) : -1;
        if (w > best) {
            best = w;
            best_us = t->slides[i].start_us;
        }
        before = text && text->title ? text->title : before;
    }
    return best_us;
}

/* The best beginning of a chapter in [from, to): a slide, else where speech goes on after a pause; else `to`. */
static int64_t best_start(const lp_timeline *t, const lp_slide_texts *texts, int64_t from, int64_t to)
{
    int64_t slide = best_slide(t, texts, from, to);
    if (slide >= 0)
        return slide;
    for (size_t i = 0; i + 1 < t->sound.n_speech; i++) {
        int64_t end = t->sound.speech[i].end_us, next = t->sound.speech[i + 1].start_us;
        if (next - end >= PAUSE_US && next >= from && next < to)
            return next;
    }
    return to;
}

/* ---- what it is called ---- */

static int has_title(const lp_plan *p, size_t n, const char *title)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(p->chapters[i].title, title) == 0)
            return 1;
    return 0;
}

static void name_chapters(const lp_timeline *t, const lp_slide_texts *texts, lp_plan *p)
{
    for (size_t c = 0; c < p->n_chapters; c++) {
        int64_t from = p->chapters[c].t_us, to = c + 1 < p->n_chapters ? p->chapters[c + 1].t_us : p->duration_us;
        for (size_t i = 0; i < t->n_slides && 5 * (t->slides[i].start_us - from) < 4 * (to - from); i++) { /* the last fifth leads on */
            const lp_slide_text *text = t->slides[i].end_us > from ? read_on(t, texts, i) : NULL;
            if (text && text->title && !has_title(p, c, text->title)) {
                p->chapters[c].title = text->title;
                break;
            }
        }
    }
}

lp_status lp_plan_chapters(const lp_session *s, const lp_timeline *t, const lp_slide_texts *texts, lp_arena *a, lp_plan *p,
                           lp_diag *d)
{
    size_t cap = 0;
    int64_t last = 0;
    if (s->n_marks >= 2)
        return take_marks(s, a, p, d);
    lp_status r = add_chapter(p, a, &cap, 0, NULL, d);
    while (r == LP_OK && p->duration_us - last >= min_chapter_us + 2 * min_last_us) {
        int64_t to = last + max_chapter_us < p->duration_us ? last + max_chapter_us : p->duration_us;
        int64_t at = best_start(t, texts, last + min_chapter_us, to);
        if (at >= p->duration_us - min_last_us)
            break;
        r = add_chapter(p, a, &cap, at, NULL, d);
        last = at;
    }
    if (r == LP_OK)
        name_chapters(t, texts, p);
    return r;
}
