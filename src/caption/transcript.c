#include "caption/transcript.h"

#include <string.h>

#include "base/time.h"
#include "caption/letters.h"
#include "caption/paragraphs.h"

static void write_heading(lp_buf *out, const lp_chapter *c)
{
    char at[32];
    lp_time_clock(c->t_us, at, sizeof(at));
    lp_buf_str(out, "\n== ");
    lp_text_unwrap(out, c->title);
    lp_buf_printf(out, "%s(%s) ==\n", *c->title ? " " : "", at);
}

static void write_paragraph(lp_buf *out, const lp_cue *cues, const lp_paragraph *p,
                            const char *name)
{
    char at[32];
    lp_time_clock(p->t_us, at, sizeof(at));
    lp_buf_printf(out, "\n[%s] ", at);
    if (name) {
        lp_text_unwrap(out, name);
        lp_buf_str(out, ": ");
    }
    for (size_t i = p->first; i <= p->last; i++) {
        const char *text = cues[i].text;
        const char *before = i > p->first ? cues[i - 1].text : "";
        if (*before && lp_text_has_blank_between(lp_text_last(before, strlen(before)),
                                                 lp_text_first(text, strlen(text))))
            lp_buf_char(out, ' ');
        lp_text_unwrap(out, cues[i].text);
    }
    lp_buf_char(out, '\n');
}

lp_status lp_transcript_write(lp_buf *out, const char *title, const lp_plan *plan,
                              const lp_cues *cues, lp_arena *a, lp_diag *d)
{
    int64_t *breaks = lp_arena_alloc(a, plan->n_chapters + 1, sizeof(*breaks));
    if (!breaks)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < plan->n_chapters; i++)
        breaks[i] = plan->chapters[i].t_us;
    lp_paragraph *p = NULL;
    size_t n = 0, chapter = 0;
    lp_status s =
        lp_paragraphs_make(plan->cues, plan->n_cues, breaks, plan->n_chapters, a, &p, &n, d);
    if (s != LP_OK)
        return s;
    lp_text_unwrap(out, title);
    lp_buf_char(out, '\n');
    int last_person = -1;
    for (size_t i = 0; i < n; i++) {
        for (; chapter < plan->n_chapters && plan->chapters[chapter].t_us <= p[i].t_us;
             chapter++)
            write_heading(out, &plan->chapters[chapter]);
        int is_new = p[i].person >= 0 && (size_t)p[i].person < cues->n_people &&
                     p[i].person != last_person;
        write_paragraph(out, plan->cues, &p[i], is_new ? cues->people[p[i].person].name : NULL);
        last_person = p[i].person;
    }
    for (; chapter < plan->n_chapters; chapter++)
        write_heading(out, &plan->chapters[chapter]);
    return out->failed == 1 ? lp_fail_nomem(d) : LP_OK;
}
