#include "package/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "package/direction.h"
#include "package/html.h"
#include "package/lang_names.h"
#include "package/page_parts.h"
#include "package/player_files.h"

void lp_page_size(int64_t bytes, char out[LP_PAGE_SIZE_CHARS])
{
    if (bytes < 1000)
        snprintf(out, LP_PAGE_SIZE_CHARS, "%lld bytes", (long long)(bytes > 0 ? bytes : 0));
    else if (bytes <= 999000)
        snprintf(out, LP_PAGE_SIZE_CHARS, "%lld kB", (long long)((bytes + 999) / 1000));
    else {
        const char *unit = bytes <= 999900000 ? "MB" : "GB";
        int64_t tenth = bytes <= 999900000 ? 100000 : 100000000;
        int64_t n = bytes / tenth + (bytes % tenth != 0);
        snprintf(out, LP_PAGE_SIZE_CHARS, "%lld.%d %s", (long long)(n / 10), (int)(n % 10),
                 unit);
    }
}

void lp_page_say(lp_page *p, const char *pattern, const char *one, const char *two,
                 const char *three)
{
    const char *args[] = { one, two, three };
    lp_html_fill(p->out, pattern, args, three ? 3 : two ? 2 : one ? 1 : 0);
}

static void put_lang(lp_buf *out, const char *lang)
{
    if (lang)
        lp_buf_printf(out, " lang=\"%s\"", lang);
    lp_buf_printf(out, " dir=\"%s\"", lang ? (lp_lang_is_rtl(lang) ? "rtl" : "ltr") : "auto");
}

void lp_page_lang(lp_page *p)
{
    put_lang(p->out, p->lang);
}

/* A tag that can stand in lang="": letters, digits and hyphens as BCP 47 (RFC 5646) has them,
 * and not "und". */
static const char *good_lang(const char *s)
{
    size_t n =
        s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") : 0;
    return n >= 2 && n <= 35 && !s[n] && !lp_str_ieq(s, "und") ? s : NULL;
}

void lp_page_track_lang(lp_page *p, const lp_track *t)
{
    put_lang(p->out, good_lang(t->lang));
}

void lp_page_track_name(lp_page *p, const lp_track *t)
{
    char name[LP_LANG_NAME_BYTES];
    if (!good_lang(t->lang)) {
        lp_buf_str(p->out, "<bdi>");
        lp_html_text(p->out, p->w->language_unknown);
    } else {
        lp_lang_name(t->lang, name);
        lp_buf_str(p->out, "<bdi");
        lp_page_track_lang(p, t);
        lp_buf_str(p->out, ">");
        lp_html_text(p->out, name);
    }
    lp_buf_str(p->out, "</bdi>");
}

/* "2025-03-12T10:00:00" begins with a real-looking date: writes <time>, else nothing. */
static void date(lp_page *p, const char *recorded)
{
    int month, day;
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; shape[i]; i++)
        if (!recorded ||
            (shape[i] == 'd' ? recorded[i] < '0' || recorded[i] > '9' : recorded[i] != '-'))
            return;
    month = (recorded[5] - '0') * 10 + recorded[6] - '0';
    day = (recorded[8] - '0') * 10 + recorded[9] - '0';
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return;
    char year_text[8], day_text[8];
    snprintf(year_text, sizeof(year_text), "%.4s", recorded);
    snprintf(day_text, sizeof(day_text), "%d", day);
    lp_buf_printf(p->out, "<time datetime=\"%.10s\">", recorded);
    lp_page_say(p, p->w->date, day_text, p->w->months[month - 1], year_text);
    lp_buf_str(p->out, "</time> · ");
}

static int by_path(const void *a, const void *b)
{
    return strcmp((*(const lp_page_file *const *)a)->path,
                  (*(const lp_page_file *const *)b)->path);
}

/* Bytes of the slide files, equal paths once. -1: memory is out. */
static int64_t slide_bytes(const lp_page *p)
{
    const lp_page_file **f = lp_arena_alloc(p->arena, p->n_slides + 1, sizeof(*f));
    int64_t sum = 0;
    if (!f)
        return -1;
    for (size_t i = 0; i < p->n_slides; i++)
        f[i] = &p->in->slides[i];
    qsort(f, p->n_slides, sizeof(*f), by_path);
    for (size_t i = 0; i < p->n_slides; i++)
        if (i == 0 || strcmp(f[i]->path, f[i - 1]->path) != 0)
            sum += f[i]->bytes;
    return sum;
}

static void cost(lp_page *p, const char *words, int64_t bytes)
{
    char size[LP_PAGE_SIZE_CHARS];
    lp_page_size(bytes, size);
    lp_page_say(p, words, size, NULL, NULL);
    lp_buf_char(p->out, ' ');
}

static void header(lp_page *p, int64_t text_bytes, int64_t slides_bytes)
{
    char words[32];
    lp_buf_str(p->out, "<header>\n<h1");
    lp_page_lang(p);
    lp_buf_str(p->out, ">");
    lp_html_text(p->out, p->in->package->session->title);
    lp_buf_str(p->out, "</h1>\n<p class=\"facts\">");
    date(p, p->in->package->session->recorded);
    lp_time_words(p->in->package->plan->duration_us, words, sizeof(words));
    lp_html_text(p->out, words);
    lp_buf_str(p->out, " · <span>");
    cost(p, p->w->cost_text, text_bytes);
    if (p->n_slides)
        cost(p, p->w->cost_slides, slides_bytes);
    if (p->in->sound)
        cost(p, p->w->cost_sound, p->in->sound->bytes);
    if (p->in->video)
        cost(p, p->w->cost_video, p->in->video->bytes);
    lp_buf_str(p->out, "</span></p>\n</header>\n");
}

static void file_link(lp_page *p, const char *path, const char *words, int64_t bytes)
{
    char size[LP_PAGE_SIZE_CHARS];
    lp_buf_str(p->out, "<li><a href=\"");
    lp_html_attr(p->out, path);
    lp_buf_str(p->out, "\">");
    lp_page_size(bytes, size);
    lp_page_say(p, words, size, NULL, NULL);
    lp_buf_str(p->out, "</a></li>\n");
}

/* With several languages each link says its own. */
static void track_link(lp_page *p, const lp_track *t, const char *path, const char *words)
{
    if (p->in->tracks->n < 2) {
        file_link(p, path, words, 0);
        return;
    }
    lp_buf_str(p->out, "<li><a href=\"");
    lp_html_attr(p->out, path);
    if (good_lang(t->lang)) {
        lp_buf_str(p->out, "\" hreflang=\"");
        lp_html_attr(p->out, t->lang);
    }
    lp_buf_str(p->out, "\">");
    lp_page_say(p, p->w->in_language, words, "", NULL);
    lp_page_track_name(p, t);
    lp_buf_str(p->out, "</a></li>\n");
}

static void track_links(lp_page *p)
{
    for (size_t i = 0; i < p->in->tracks->n; i++) {
        const lp_track *t = &p->in->tracks->items[i];
        track_link(p, t, t->vtt_path, p->w->file_captions);
        track_link(p, t, t->srt_path, p->w->file_captions_srt);
        track_link(p, t, t->text_path, p->w->file_transcript);
    }
}

static void footer(lp_page *p)
{
    const lp_page_input *in = p->in;
    lp_buf_str(p->out, "<footer>\n<h2>");
    lp_html_text(p->out, p->w->files);
    lp_buf_str(p->out, "</h2>\n<ul>\n");
    if (in->sound)
        file_link(p, in->sound->path, p->w->file_sound, in->sound->bytes);
    if (in->video)
        file_link(p, in->video->path, p->w->file_video, in->video->bytes);
    track_links(p);
    file_link(p, "lecpack.json", p->w->file_manifest, 0);
    lp_buf_str(p->out, "</ul>\n<p>");
    lp_page_say(p, p->w->made_by, in->package->tool, in->package->session->media.name, NULL);
    lp_buf_str(p->out, "</p>\n</footer>\n");
}

/* What the script says, as data that it reads: the script itself has no words. */
static lp_status script_words(lp_page *p, lp_diag *d)
{
    const lp_page_words *w = p->w;
    const struct {
        const char *key, *text;
    } words[] = {
        { "play", w->play },   { "pause", w->pause },          { "slideOf", w->slide_of },
        { "of", w->of },       { "resumed", w->resumed },      { "soundLost", w->sound_lost },
        { "whole", w->whole }, { "videoLost", w->video_lost }, { "slidesLost", w->slides_lost },
        { "hits", w->hits },   { "noHits", w->no_hits }
    };
    lp_buf json;
    lp_buf_init(&json, 1 << 16);
    json_t *o = json_object();
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        lp_json_set_str(o, words[i].key, words[i].text);
    lp_status s = lp_json_text(o, 0, &json, d);
    if (s == LP_OK) {
        lp_buf_str(p->out, "<script type=\"application/json\" id=\"words\">");
        lp_json_in_html(p->out, json.data, json.len);
        lp_buf_str(p->out, "</script>\n");
    }
    json_decref(o);
    lp_buf_clear(&json);
    return s;
}

/* Everything after the facts line. */
static lp_status body(lp_page *p, lp_diag *d)
{
    lp_buf_str(p->out, "<main id=\"lp\" data-id=\"");
    lp_html_attr(p->out, p->in->id);
    lp_buf_printf(p->out, "\" data-dur=\"%.3f\">\n",
                  (double)p->in->package->plan->duration_us / 1e6);
    lp_buf_str(p->out, "<div class=\"cols\">\n");
    lp_page_player(p);
    lp_status s = lp_page_reading(p, d);
    lp_buf_str(p->out, "</div>\n</main>\n");
    footer(p);
    return s == LP_OK ? script_words(p, d) : s;
}

/* The style of the whole page, and the little that only a page of several languages has. */
static lp_status styles(lp_page *p, const lp_buf *languages, int is_hash, lp_diag *d)
{
    const char *bytes[] = { (const char *)lp_player_app_css, languages->data };
    const size_t sizes[] = { lp_player_app_css_bytes, languages->len };
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < 2 && sizes[i]; i++) {
        if (is_hash) {
            lp_buf_char(p->out, ' ');
            s = lp_html_csp_hash(p->out, (const unsigned char *)bytes[i], sizes[i], d);
            continue;
        }
        lp_buf_str(p->out, "<style>");
        lp_buf_bytes(p->out, bytes[i], sizes[i]);
        lp_buf_str(p->out, "</style>\n");
    }
    return s;
}

static lp_status head(lp_page *p, lp_diag *d)
{
    lp_buf languages;
    lp_buf_init(&languages, 1 << 16);
    lp_page_languages_style(p, &languages);
    lp_buf_str(p->out, "<!DOCTYPE html>\n<html lang=\"");
    lp_html_attr(p->out, p->w->lang);
    lp_buf_str(
        p->out,
        "\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; style-src");
    lp_status s = lp_buf_check(&languages, "index.html", d);
    if (s == LP_OK)
        s = styles(p, &languages, 1, d);
    lp_buf_str(p->out, "; script-src ");
    if (s == LP_OK)
        s = lp_html_csp_hash(p->out, lp_player_app_js, lp_player_app_js_bytes, d);
    lp_buf_str(p->out,
               "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" "
               "content=\"");
    lp_html_attr(p->out, p->in->package->tool);
    lp_buf_str(p->out, "\">\n<title>");
    lp_html_text(p->out, p->in->package->session->title);
    lp_buf_str(p->out, "</title>\n");
    if (s == LP_OK)
        s = styles(p, &languages, 0, d);
    lp_buf_str(p->out, "</head>\n<body>\n<a class=\"skip\" href=\"#text\">");
    lp_html_text(p->out, p->w->skip);
    lp_buf_str(p->out, "</a>\n");
    lp_buf_clear(&languages);
    return s;
}

/* The body goes into a buffer of its own first, because the line above it says how large it is.
 */
static lp_status write_page(lp_page *p, lp_buf *rest, lp_buf *out, lp_diag *d)
{
    int64_t slides = slide_bytes(p);
    if (slides < 0)
        return lp_fail_nomem(d);
    p->out = rest;
    lp_status s = body(p, d);
    if (s == LP_OK)
        s = lp_buf_check(rest, "index.html", d);
    p->out = out;
    size_t before = out->len;
    if (s == LP_OK)
        s = head(p, d);
    if (s != LP_OK)
        return s;
    header(p, (int64_t)(out->len - before + rest->len + lp_player_app_js_bytes), slides);
    lp_buf_bytes(out, rest->data, rest->len);
    lp_buf_str(out, "<script>");
    lp_buf_bytes(out, lp_player_app_js, lp_player_app_js_bytes);
    lp_buf_str(out, "</script>\n</body>\n</html>\n");
    return lp_buf_check(out, "index.html", d);
}

lp_status lp_page_write(const lp_page_input *in, lp_buf *out, lp_diag *d)
{
    const lp_package_input *from = in->package;
    const char *lang = good_lang(from->cues->n ? from->cues->lang : NULL);
    lp_arena arena = { 0 };
    lp_page p = { .in = in, .w = &lp_page_words_en, .keys = lp_page_keys_en, .arena = &arena };
    p.lang = lang ? lang : good_lang(from->session->lang);
    p.n_slides = in->n_slides < from->plan->n_slides ? in->n_slides : from->plan->n_slides;
    lp_buf rest;
    lp_buf_init(&rest, out->max - out->len);
    lp_status s = write_page(&p, &rest, out, d);
    lp_buf_clear(&rest);
    lp_arena_clear(&arena);
    return s;
}
