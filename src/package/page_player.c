#include "package/page_parts.h"

#include "base/str.h"
#include "base/time.h"
#include "package/html.h"

/* The controls are hidden until the script shows them: without scripts the browser's own sound
 * control is there. */

static void button(lp_page *p, const char *action, const char *shown, const char *label)
{
    lp_buf_printf(p->out, "<button type=\"button\" data-do=\"%s\"", action);
    if (label) {
        lp_buf_str(p->out, " aria-label=\"");
        lp_html_attr(p->out, label);
        lp_buf_str(p->out, "\"");
    }
    lp_buf_str(p->out, ">");
    lp_html_text(p->out, shown);
    lp_buf_str(p->out, "</button>\n");
}

static void toggle(lp_page *p, const char *name, const char *label, const char *size)
{
    lp_buf_printf(p->out, "<button type=\"button\" data-do=\"%s\" aria-pressed=\"false\">",
                  name);
    lp_page_say(p, label, size, NULL, NULL);
    lp_buf_str(p->out, "</button>\n");
}

static void choice(lp_page *p, const char *id, const char *label, const char *const *values,
                   const char *unit, const char *chosen)
{
    lp_buf_str(p->out, "<label>");
    lp_html_text(p->out, label);
    lp_buf_printf(p->out, " <select id=\"%s\">", id);
    for (; *values; values++)
        lp_buf_printf(p->out, "<option value=\"%s\"%s>%s%s</option>", *values,
                      lp_str_eq(*values, chosen) ? " selected" : "", *values, unit);
    lp_buf_str(p->out, "</select></label>\n");
}

static void stage(lp_page *p)
{
    const lp_page_input *in = p->in;
    if (!p->n_slides && !in->video)
        return;
    lp_buf_str(p->out, "<figure id=\"stage\" hidden>");
    if (p->n_slides)
        lp_buf_printf(p->out, "<img id=\"pic\" width=\"%d\" height=\"%d\" alt=\"\">",
                      in->slides[0].width_px, in->slides[0].height_px);
    if (p->n_slides && in->n_steps)
        lp_buf_str(p->out, "<svg id=\"steps\" aria-hidden=\"true\"></svg>");
    if (in->video) {
        lp_buf_printf(
            p->out,
            "<video id=\"video\" muted playsinline preload=\"none\" width=\"%d\" height=\"%d\" "
            "tabindex=\"-1\" hidden src=\"",
            in->video->width_px, in->video->height_px);
        lp_html_attr(p->out, in->video->path);
        lp_buf_str(p->out, "\"></video>");
    }
    lp_buf_str(p->out, "</figure>\n");
}

static void caption_line(lp_page *p)
{
    if (!p->in->tracks->n)
        return;
    lp_buf_str(p->out, "<p id=\"cap\"");
    lp_page_lang(p);
    lp_buf_str(p->out, " hidden></p>\n");
}

static void main_controls(lp_page *p)
{
    lp_buf_str(p->out, "<div id=\"bar\" hidden>\n<input type=\"range\" id=\"seek\" min=\"0\" "
                       "step=\"1\" value=\"0\" "
                       "max=\"");
    const lp_plan *plan = p->in->package->plan;
    char total[32];
    int64_t s = (plan->duration_us + 999999) / 1000000;
    lp_buf_printf(p->out, "%lld\" aria-label=\"", (long long)(s > 0 ? s : 0));
    lp_html_attr(p->out, p->w->position);
    lp_buf_str(p->out, "\">\n<div class=\"row\">\n");
    if (p->in->sound || p->in->video) {
        lp_buf_str(p->out,
                   "<button type=\"button\" id=\"play\" data-do=\"play\" aria-label=\"");
        lp_html_attr(p->out, p->w->play);
        lp_buf_str(p->out, "\"></button>\n");
    }
    button(p, "back", p->w->back, NULL);
    button(p, "fwd", p->w->forward, NULL);
    lp_buf_str(p->out,
               "<span class=\"clock\"><span id=\"time\"></span><span class=\"total\"> / ");
    lp_time_clock(plan->duration_us, total, sizeof(total));
    lp_buf_printf(p->out, "%s</span></span>\n", total);
    lp_buf_str(p->out, "</div>\n</div>\n");
}

static void pair(lp_page *p, const char *back, const char *back_label, const char *on,
                 const char *on_label, const char *between)
{
    lp_buf_str(p->out, "<span class=\"pair\">");
    button(p, back, "‹", back_label);
    lp_buf_str(p->out, "<span class=\"count\">");
    lp_html_text(p->out, between);
    lp_buf_str(p->out, "</span>\n");
    button(p, on, "›", on_label);
    lp_buf_str(p->out, "</span>\n");
}

static void more_controls(lp_page *p)
{
    static const char *const speeds[] = { "0.5",  "0.75", "1",   "1.25", "1.5",
                                          "1.75", "2",    "2.5", "3",    NULL };
    static const char *const sizes[] = { "100", "125", "150", "200", NULL };
    const lp_plan *plan = p->in->package->plan;
    char size[LP_PAGE_SIZE_CHARS];
    lp_buf_str(p->out, "<div id=\"tools\" class=\"row\" hidden>\n");
    if (p->n_slides)
        pair(p, "slide-", p->w->slide_prev, "slide+", p->w->slide_next, "");
    if (p->in->sound || p->in->video)
        choice(p, "speed", p->w->speed, speeds, "×", "1");
    if (p->in->tracks->n)
        toggle(p, "cc", p->w->captions, NULL);
    if (p->in->video) {
        lp_page_size(p->in->video->bytes, size);
        toggle(p, "video", p->w->video, size);
    }
    lp_buf_str(p->out, "<details id=\"more\"><summary>");
    lp_html_text(p->out, p->w->more);
    lp_buf_str(p->out, "</summary><div class=\"row\">\n");
    if (p->in->tracks->n)
        toggle(p, "follow", p->w->follow, NULL);
    if (plan->n_chapters > 1)
        pair(p, "chap-", p->w->chapter_prev, "chap+", p->w->chapter_next, p->w->chapter);
    if (p->n_slides || p->in->video)
        button(p, "full", p->w->full, NULL);
    choice(p, "size", p->w->size, sizes, " %", "100");
    lp_buf_str(p->out, "<details id=\"help\"><summary>");
    lp_html_text(p->out, p->w->help);
    lp_buf_str(p->out,
               "</summary><div>\n<label><input type=\"checkbox\" id=\"keys\" checked> ");
    lp_html_text(p->out, p->w->keys_on);
    lp_buf_str(p->out, "</label>\n<dl>\n");
    for (const lp_page_key *k = p->keys; k->key; k++) {
        lp_buf_str(p->out, "<div><dt>");
        lp_html_text(p->out, k->key);
        lp_buf_str(p->out, "</dt><dd>");
        lp_html_text(p->out, k->does);
        lp_buf_str(p->out, "</dd></div>\n");
    }
    lp_buf_str(p->out, "</dl></div></details>\n</div></details>\n</div>\n");
}

void lp_page_player(lp_page *p)
{
    lp_buf_str(p->out, "<section class=\"side\" aria-label=\"");
    lp_html_attr(p->out, p->w->player);
    lp_buf_str(p->out, "\">\n<div id=\"player\">\n");
    stage(p);
    caption_line(p);
    if (p->in->sound) {
        lp_buf_str(p->out, "<audio id=\"sound\" controls preload=\"metadata\" src=\"");
        lp_html_attr(p->out, p->in->sound->path);
        lp_buf_str(p->out, "\"></audio>\n");
    }
    main_controls(p);
    lp_buf_str(p->out, "</div>\n<p id=\"say\" role=\"status\"></p>\n");
    more_controls(p);
    lp_buf_str(p->out, "</section>\n");
}
