#include "package/page_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "package/html.h"

/* More losses than this are counted, not listed: the page is for learners, the manifest has
 * them all. */
enum { MAX_LISTED = 12 };

static void item(lp_page *p, size_t *n)
{
    if (!(*n)++) {
        lp_buf_str(p->out,
                   "<section class=\"notice\" aria-labelledby=\"notice\">\n<h2 id=\"notice\">");
        lp_html_text(p->out, p->w->notice);
        lp_buf_str(p->out, "</h2>\n<ul>\n");
    }
}

static void sentence(lp_page *p, const char *text, size_t *n)
{
    item(p, n);
    lp_buf_str(p->out, "<li>");
    lp_html_text(p->out, text);
    lp_buf_str(p->out, "</li>\n");
}

static void losses(lp_page *p, const lp_findings *f, size_t *n, size_t *n_unlisted)
{
    for (size_t i = 0; i < f->n; i++) {
        char clock[32];
        if (f->items[i].severity != LP_LOSS)
            continue;
        if (*n >= MAX_LISTED) {
            ++*n_unlisted;
            continue;
        }
        item(p, n);
        lp_buf_str(p->out, "<li>");
        lp_time_clock(f->items[i].start_us, clock, sizeof(clock));
        if (f->items[i].start_us >= 0)
            lp_page_say(p, p->w->finding_at, clock, f->items[i].text, NULL);
        else
            lp_html_text(p->out, f->items[i].text);
        lp_buf_str(p->out, "</li>\n");
    }
}

static int has_loss(const lp_package_input *in, const char *code)
{
    const lp_findings *all[] = { &in->session->findings, &in->timeline->findings,
                                 &in->cues->findings, &in->plan->findings,
                                 &in->media->findings };
    for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
        for (size_t i = 0; i < all[k]->n; i++)
            if (all[k]->items[i].severity == LP_LOSS &&
                strcmp(all[k]->items[i].code, code) == 0)
                return 1;
    return 0;
}

static const char *where_from(const lp_page *p, const lp_cues *c)
{
    if (lp_str_eq(c->origin, "asr"))
        return c->is_reviewed ? p->w->captions_reviewed : c->is_edited ? p->w->captions_corrected : p->w->captions_asr;
    if (!lp_str_eq(c->origin, "platform") || c->is_reviewed)
        return NULL;
    return c->is_edited ? p->w->platform_corrected : p->w->captions_platform;
}

static const char *how_exact(const lp_page *p, const lp_cues *c)
{
    return c->is_approximate ? p->w->captions_approximate : NULL;
}

/* A sentence about a track; where not all languages have the same, with the language before it. */
static void about(lp_page *p, size_t i, const char *(*what)(const lp_page *, const lp_cues *), size_t *n)
{
    const lp_tracks *t = p->in->tracks;
    const char *text = what(p, t->items[i].cues);
    int is_of_all = 1;
    for (size_t k = 0; k < t->n; k++)
        is_of_all &= what(p, t->items[k].cues) == text;
    if (!text || (is_of_all && i > 0))
        return;
    if (is_of_all) {
        sentence(p, text, n);
        return;
    }
    item(p, n);
    lp_buf_str(p->out, "<li>");
    lp_page_track_name(p, &t->items[i]);
    lp_page_say(p, p->w->in_language, "", text, NULL);
    lp_buf_str(p->out, "</li>\n");
}

static void about_track(lp_page *p, size_t i, size_t *n)
{
    about(p, i, where_from, n);
    about(p, i, how_exact, n);
}

void lp_page_notice(lp_page *p)
{
    const lp_package_input *in = p->in->package;
    size_t n = 0, n_unlisted = 0;
    char number[32];
    if (!p->in->sound && !has_loss(in, "no-sound"))
        sentence(p, p->w->no_sound, &n);
    if (!p->n_slides && !p->in->video && !has_loss(in, "no-picture"))
        sentence(p, p->w->no_slides, &n);
    if (!p->in->tracks->n && !has_loss(in, "captions-missing"))
        sentence(p, p->w->no_captions, &n);
    for (size_t i = 0; i < p->in->tracks->n; i++)
        about_track(p, i, &n);
    losses(p, &in->session->findings, &n, &n_unlisted);
    losses(p, &in->timeline->findings, &n, &n_unlisted);
    losses(p, &in->cues->findings, &n, &n_unlisted);
    losses(p, &in->plan->findings, &n, &n_unlisted);
    losses(p, &in->media->findings, &n, &n_unlisted);
    if (n_unlisted) {
        snprintf(number, sizeof(number), "%zu", n_unlisted);
        lp_buf_str(p->out, "<li>");
        lp_page_say(p, p->w->more_findings, number, NULL, NULL);
        lp_buf_str(p->out, "</li>\n");
    }
    if (n)
        lp_buf_str(p->out, "</ul>\n</section>\n");
}
