#include "package/page_parts.h"

#include "package/html.h"

void lp_page_languages(lp_page *p)
{
    const lp_tracks *t = p->in->tracks;
    if (t->n < 2)
        return;
    lp_buf_str(p->out, "<fieldset class=\"langs\"><legend>");
    lp_html_text(p->out, p->w->choose_language);
    lp_buf_str(p->out, "</legend>\n");
    for (size_t i = 0; i < t->n; i++) {
        lp_buf_printf(p->out, "<label><input type=\"radio\" name=\"lang\" id=\"l%zu\" autocomplete=\"off\" value=\"", i);
        lp_html_attr(p->out, t->items[i].lang);
        lp_buf_str(p->out, i ? "\"> " : "\" checked> ");
        lp_page_track_name(p, &t->items[i]);
        lp_buf_str(p->out, "</label>\n");
    }
    lp_buf_str(p->out, "</fieldset>\n");
}

/* Without a script the choice needs :has(); an old browser that does not know it shows all languages, and no choice. */
void lp_page_languages_style(const lp_page *p, lp_buf *out)
{
    size_t n = p->in->tracks->n;
    if (n < 2)
        return;
    lp_buf_str(out, "\n.langs { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; border: 0; padding: 0; margin: 1rem 0; }\n"
                    ".langs legend { padding: 0; }\n"
                    ".langs input { inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--link); }\n"
                    "@media print { .langs { display: none; } }\n"
                    "@supports not selector(:has(a)) { html:not(.js) .langs { display: none; } }\n");
    for (size_t i = 0; i < n; i++)
        lp_buf_printf(out, ".read:has(#l%zu:checked) [data-l]:not([data-l=\"%zu\"]) { display: none; }\n", i, i);
}
