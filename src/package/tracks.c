#include "package/tracks.h"

#include <string.h>

#include "base/str.h"

enum { MAX_LANG = 35 };

static int is_tag(const char *s)
{
    size_t n = s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") : 0;
    return n >= 2 && n <= MAX_LANG && !s[n] && !lp_str_ieq(s, "und");
}

const char *lp_tracks_lang(const lp_package_input *in)
{
    if (in->plan->n_cues && is_tag(in->cues->lang))
        return in->cues->lang;
    return is_tag(in->session->lang) ? in->session->lang : "und";
}

/* "captions.", "pt-BR", "vtt" give "captions.pt-br.vtt". */
static char *lang_path(lp_arena *a, const char *stem, const char *lang, const char *ext)
{
    char *path = lp_arena_printf(a, "%s%s.%s", stem, lang, ext);
    for (char *c = path; c && *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return path;
}

static lp_status add(lp_tracks *t, lp_track track, lp_arena *a, lp_diag *d)
{
    if (!track.n)
        return LP_OK;
    for (size_t i = 0; i < t->n; i++)
        if (lp_str_ieq(t->items[i].lang, track.lang))
            return lp_fail(d, LP_ERR_INTERNAL, 0, "captions: there are two tracks in the language %s", track.lang);
    track.vtt_path = lang_path(a, "captions.", track.lang, "vtt");
    track.srt_path = lang_path(a, "captions.", track.lang, "srt");
    track.text_path = lang_path(a, "transcript.", track.lang, "txt");
    if (!track.vtt_path || !track.srt_path || !track.text_path)
        return lp_fail_nomem(d);
    t->items[t->n++] = track;
    return LP_OK;
}

lp_status lp_tracks_make(const lp_package_input *in, lp_arena *a, lp_tracks *out, lp_diag *d)
{
    const lp_plan *plan = in->plan;
    const lp_cues *c = in->cues;
    out->n = 0;
    out->items = lp_arena_alloc(a, c->n_others + 1, sizeof(*out->items));
    if (!out->items)
        return lp_fail_nomem(d);
    lp_track first = { .cues = c, .items = plan->cues, .n = plan->n_cues, .lang = lp_tracks_lang(in) };
    lp_status s = add(out, first, a, d);
    for (size_t i = 0; s == LP_OK && out->n && i < c->n_others && i < plan->n_others; i++) {
        const lp_cues *o = &c->others[i];
        lp_track other = { .cues = o, .items = plan->others[i].cues, .n = plan->others[i].n_cues };
        other.lang = is_tag(o->lang) ? o->lang : "und";
        s = add(out, other, a, d);
    }
    return s;
}
