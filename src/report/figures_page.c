#include "report/figures.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "package/html.h"
#include "report/figures_chart.h"

static const char style[] =
    ":root{--paper:#fdfcfa;--ink:#1c2227;--soft:#565e66;--line:#d9d5cd;--link:#0a5a8c;--text:#"
    "5b5f66;"
    "--slides:#0a5a8c;--sound:#b35c00;--video:#2f7d4f;--extra:#7a4f9a;color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e6e3dd;--soft:#a7afb6;"
    "--line:#353b41;--link:#84c7f2;--text:#a7afb6;--slides:#84c7f2;--sound:#f2b38a;--video:#"
    "8fd3a8;"
    "--extra:#cfa9ea}}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--paper);color:var(--ink);"
    "font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 "
    ".5rem}"
    "p{margin:.4rem 0}.soft{color:var(--soft)}"
    ".wide{overflow-x:auto}:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
    "table{border-collapse:collapse;width:100%}caption{text-align:start;color:var(--soft)}"
    "th,td{text-align:start;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);"
    "vertical-align:top;overflow-wrap:normal}td.n,th.n{text-align:end;white-space:nowrap}"
    "svg{display:block;width:100%}.minutes{height:10rem;border:1px solid var(--line)}"
    ".bar{height:.6rem;min-width:4rem;margin-top:.45rem}summary{padding:.4rem 0;cursor:pointer}"
    ".text{fill:var(--text)}.slides{fill:var(--slides)}.sound{fill:var(--sound)}"
    ".video{fill:var(--video)}.extra{fill:var(--extra)}.time{fill:var(--link)}"
    ".ends{display:flex;justify-content:space-between}"
    ".key{display:flex;flex-wrap:wrap;gap:.25rem "
    "1.25rem;list-style:none;padding:0;margin:.4rem 0}"
    ".key svg{display:inline-block;width:.9rem;height:.9rem;margin-inline-end:.4rem}";

static void cell(lp_buf *out, const char *text)
{
    lp_buf_str(out, "<td class=\"n\">");
    lp_html_text(out, text);
    lp_buf_str(out, "</td>");
}

static void bytes_cell(lp_buf *out, const json_t *o, const char *key)
{
    char words[LP_FIGURE_CHARS] = "not known";
    if (json_is_number(json_object_get(o, key)))
        lp_figure_bytes(lp_json_int(o, key, 0), words);
    cell(out, words);
}

static const char compared[] = "Compared"; /* the column of bars */

static void head_cells(lp_buf *out, const char *const *names, size_t n)
{
    lp_buf_str(out, "<thead><tr>");
    for (size_t i = 0; i < n; i++)
        lp_buf_printf(out, "<th scope=\"col\"%s>%s</th>",
                      i && strcmp(names[i], compared) != 0 ? " class=\"n\"" : "", names[i]);
    lp_buf_str(out, "</tr></thead>\n<tbody>\n");
}

/* A table that may be wider than the window is scrolled by itself, from the keyboard too. */
static void open_table(lp_buf *out, const char *label)
{
    lp_buf_printf(
        out, "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"><table>",
        label);
}

static void close_table(lp_buf *out)
{
    lp_buf_str(out, "</tbody></table></div>\n");
}

static void put_layers(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "Layer", "To fetch", "On disk",
                                         "Files", "An hour",  compared };
    const json_t *layers = json_object_get(figures, "layers");
    size_t i;
    json_t *layer;
    lp_buf_str(out, "<h2>Bytes of each layer</h2>\n");
    open_table(out, "Bytes of each layer");
    head_cells(out, heads, sizeof(heads) / sizeof(heads[0]));
    json_array_foreach(layers, i, layer)
    {
        const char *id = lp_json_str(layer, "id", "?");
        char words[LP_FIGURE_CHARS];
        lp_buf_printf(out, "<tr><th scope=\"row\">%s</th>", id);
        bytes_cell(out, layer, "transfer_bytes");
        bytes_cell(out, layer, "bytes");
        snprintf(words, sizeof(words), "%lld", (long long)lp_json_int(layer, "files", 0));
        cell(out, words);
        snprintf(words, sizeof(words), "%.1f MB", lp_json_real(layer, "mb_per_hour", 0));
        cell(out, words);
        lp_buf_str(out, "<td>");
        lp_chart_bar((double)lp_json_int(layer, "transfer_bytes", 0),
                     (double)lp_json_int(figures, "transfer_bytes", 0), id, out);
        lp_buf_str(out, "</td></tr>\n");
    }
    close_table(out);
}

static void put_minutes(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "From", "Slides", "Sound", "Video" };
    static const char *const keys[] = { "slides", "sound", "video" };
    const json_t *minutes = json_object_get(figures, "minutes");
    char words[LP_FIGURE_CHARS], clock[32];
    lp_buf picture;
    size_t i;
    json_t *minute;
    lp_buf_init(&picture, out->max);
    int64_t most = lp_chart_minutes(minutes, &picture);
    lp_figure_bytes(most, words);
    lp_time_clock(lp_json_get_seconds(figures, "duration", 0), clock, sizeof(clock));
    lp_buf_printf(out,
                  "<h2>Bytes of each minute</h2>\n<p class=\"soft\">The highest bar: %s a "
                  "minute</p>\n",
                  words);
    lp_buf_str(out, picture.data ? picture.data : "");
    out->failed |= picture.failed;
    lp_buf_clear(&picture);
    lp_buf_printf(
        out, "<p class=\"soft ends\"><span>0:00</span><span>%s</span></p>\n<ul class=\"key\">",
        clock);
    for (size_t k = 0; k < 3; k++)
        lp_buf_printf(out,
                      "<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"%s\" "
                      "width=\"1\" height=\"1\"/></svg>%s</li>",
                      keys[k],
                      k == 0   ? "slides (lowest in a bar)"
                      : k == 1 ? "sound (in the middle)"
                               : "video (on top)");
    lp_buf_str(out, "</ul>\n<details><summary>The bytes of each minute as a table</summary>\n");
    open_table(out, "Bytes of each minute");
    head_cells(out, heads, 4);
    json_array_foreach(minutes, i, minute)
    {
        lp_time_clock(lp_json_int(minute, "minute", 0) * 60 * LP_SECOND_US, clock,
                      sizeof(clock));
        lp_buf_printf(out, "<tr><th scope=\"row\">%s</th>", clock);
        for (size_t k = 0; k < 3; k++)
            bytes_cell(out, minute, keys[k]);
        lp_buf_str(out, "</tr>\n");
    }
    close_table(out);
    lp_buf_str(out, "</details>\n");
}

static void put_lines(const json_t *figures, lp_buf *out)
{
    const json_t *layers = json_object_get(figures, "layers");
    size_t i, k;
    json_t *layer, *line;
    lp_buf_str(out, "<h2>Download times</h2>\n<p class=\"soft\">At the rate of the line alone; "
                    "losses and pauses come on top.</p>\n");
    open_table(out, "Download times");
    lp_buf_str(out, "<thead><tr><th scope=\"col\">Line</th>");
    json_array_foreach(layers, i, layer) lp_buf_printf(
        out, "<th scope=\"col\" class=\"n\">%s</th>", lp_json_str(layer, "id", "?"));
    lp_buf_str(out, "<th scope=\"col\" class=\"n\">all</th></tr></thead>\n<tbody>\n");
    json_array_foreach(json_object_get(figures, "lines"), k, line)
    {
        const json_t *seconds = json_object_get(line, "seconds");
        char words[LP_FIGURE_CHARS];
        lp_buf_printf(out, "<tr><th scope=\"row\">%s</th>", lp_json_str(line, "says", "?"));
        json_array_foreach(layers, i, layer)
        {
            lp_figure_seconds(lp_json_real(seconds, lp_json_str(layer, "id", "?"), 0), words);
            cell(out, words);
        }
        lp_figure_seconds(lp_json_real(seconds, "all", 0), words);
        cell(out, words);
        lp_buf_str(out, "</tr>\n");
    }
    close_table(out);
}

static void put_slides(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "Shown from", "Bytes", "Width", "Height" };
    const json_t *s = json_object_get(figures, "slides");
    size_t i;
    json_t *slide;
    lp_buf_printf(
        out,
        "<h2>Slides</h2>\n<p>%lld found, in %lld pictures and %lld earlier states of "
        "them. The words of %lld are known.",
        (long long)lp_json_int(s, "shown", 0), (long long)lp_json_int(s, "pictures", 0),
        (long long)lp_json_int(s, "steps", 0), (long long)lp_json_int(s, "with_text", 0));
    if (json_object_get(s, "lossless"))
        lp_buf_printf(out, " %lld pictures are kept without any loss.",
                      (long long)lp_json_int(s, "lossless", 0));
    lp_buf_str(out, "</p>\n<p>Legibility: ");
    lp_html_text(out, lp_json_str(json_object_get(figures, "legibility"), "why", ""));
    lp_buf_str(out, "</p>\n");
    if (json_array_size(json_object_get(s, "list")) == 0)
        return;
    lp_buf_str(out, "<details><summary>The slides as a table</summary>\n");
    open_table(out, "Slides");
    head_cells(out, heads, 4);
    json_array_foreach(json_object_get(s, "list"), i, slide)
    {
        char clock[32], words[LP_FIGURE_CHARS];
        lp_time_clock(lp_json_get_seconds(slide, "t", 0), clock, sizeof(clock));
        lp_buf_printf(out, "<tr><th scope=\"row\">%s</th>", clock);
        bytes_cell(out, slide, "bytes");
        snprintf(words, sizeof(words), "%lld", (long long)lp_json_int(slide, "width", 0));
        cell(out, words);
        snprintf(words, sizeof(words), "%lld", (long long)lp_json_int(slide, "height", 0));
        cell(out, words);
        lp_buf_str(out, "</tr>\n");
    }
    close_table(out);
    lp_buf_str(out, "</details>\n");
}

static void level_row(lp_buf *out, const char *name, const json_t *o)
{
    if (o)
        lp_buf_printf(out,
                      "<tr><th scope=\"row\">%s</th><td class=\"n\">%.1f LUFS</td>"
                      "<td class=\"n\">%.1f dBFS</td></tr>\n",
                      name, lp_json_real(o, "lufs", 0), lp_json_real(o, "peak_db", 0));
}

static void put_loudness(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "Sound", "Loudness (EBU R 128)", "Highest sample" };
    const json_t *l = json_object_get(figures, "loudness");
    lp_buf_str(out, "<h2>Loudness</h2>\n");
    if (!json_object_get(l, "before") && !json_object_get(l, "after")) {
        lp_buf_str(out, "<p>Not known, or there is no sound.</p>\n");
        return;
    }
    lp_buf_printf(out, "<p>Wanted: %.0f LUFS.", lp_json_real(l, "target_lufs", 0));
    if (json_object_get(l, "gain_db"))
        lp_buf_printf(out, " The sound was changed by %+.1f dB%s.",
                      lp_json_real(l, "gain_db", 0),
                      lp_json_bool(l, "limited", 0) ? ", its peaks held down" : "");
    lp_buf_str(out, "</p>\n");
    open_table(out, "Loudness before and after");
    head_cells(out, heads, 3);
    level_row(out, "Recording", json_object_get(l, "before"));
    level_row(out, "Package", json_object_get(l, "after"));
    close_table(out);
}

static void put_trimmed(const json_t *figures, lp_buf *out)
{
    const json_t *cuts = json_object_get(json_object_get(figures, "trimmed"), "cuts");
    size_t i;
    json_t *cut;
    lp_buf_str(out, "<h2>Cut out</h2>\n");
    if (json_array_size(cuts) == 0) {
        lp_buf_str(out, "<p>Nothing: the package is as long as the recording.</p>\n");
        return;
    }
    lp_buf_str(out, "<ul>\n");
    json_array_foreach(cuts, i, cut)
    {
        char from[32], to[32];
        lp_time_clock(lp_json_get_seconds(cut, "start", 0), from, sizeof(from));
        lp_time_clock(lp_json_get_seconds(cut, "end", 0), to, sizeof(to));
        lp_buf_printf(out, "<li>%s to %s of the recording; why is not written down</li>\n",
                      from, to);
    }
    lp_buf_str(out, "</ul>\n");
}

static void put_captions(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "File",        "From",        "Captions",
                                         "Words",       "Mean c/s",    "Most c/s",
                                         "Hard breaks", "Soft breaks", "Doubtful words" };
    static const char *const counts[] = { "cues", "words" };
    static const char *const later[] = { "hard", "soft", "doubtful_words" };
    const json_t *list = json_object_get(figures, "captions");
    size_t i;
    json_t *c;
    lp_buf_str(out, "<h2>Captions</h2>\n");
    if (json_array_size(list) == 0) {
        lp_buf_str(out, "<p>None.</p>\n");
        return;
    }
    lp_buf_str(
        out, "<p class=\"soft\">c/s: characters a second. Breaks of rules: lecpack lint tells "
             "where.</p>\n");
    open_table(out, "Captions");
    head_cells(out, heads, sizeof(heads) / sizeof(heads[0]));
    json_array_foreach(list, i, c)
    {
        char words[LP_FIGURE_CHARS];
        lp_buf_str(out, "<tr><th scope=\"row\">");
        lp_html_text(out, lp_json_str(c, "path", "?"));
        lp_buf_str(out, "</th>");
        cell(out, lp_json_str(c, "origin", "?"));
        for (size_t k = 0; k < 2; k++) {
            snprintf(words, sizeof(words), "%lld", (long long)lp_json_int(c, counts[k], 0));
            cell(out, words);
        }
        for (size_t k = 0; k < 2; k++) {
            snprintf(words, sizeof(words), "%.1f",
                     lp_json_real(c, k ? "max_cps" : "mean_cps", 0));
            cell(out, words);
        }
        for (size_t k = 0; k < 3; k++) {
            snprintf(words, sizeof(words), "%lld", (long long)lp_json_int(c, later[k], 0));
            cell(out, json_object_get(c, later[k]) ? words : "\xe2\x80\x93");
        }
        lp_buf_str(out, "</tr>\n");
    }
    close_table(out);
}

static void put_sentences(const json_t *list, const char *heading, const char *none,
                          lp_buf *out)
{
    size_t i;
    json_t *o;
    lp_buf_printf(out, "<h2>%s</h2>\n", heading);
    if (json_array_size(list) == 0) {
        lp_buf_printf(out, "<p>%s</p>\n", none);
        return;
    }
    lp_buf_str(out, "<ul>\n");
    json_array_foreach(list, i, o)
    {
        lp_buf_str(out, "<li>");
        if (json_is_object(o)) {
            lp_html_text(out, lp_json_str(o, "severity", "note"));
            lp_buf_str(out, ": ");
        }
        lp_html_text(out,
                     json_is_string(o) ? json_string_value(o) : lp_json_str(o, "text", ""));
        lp_buf_str(out, "</li>\n");
    }
    lp_buf_str(out, "</ul>\n");
}

static void put_stages(const json_t *figures, lp_buf *out)
{
    static const char *const heads[] = { "Stage", "Time", compared };
    const json_t *stages = json_object_get(figures, "stages");
    double most = 0;
    size_t i;
    json_t *stage;
    if (json_array_size(stages) == 0)
        return;
    json_array_foreach(stages, i, stage) most =
        lp_json_real(stage, "seconds", 0) > most ? lp_json_real(stage, "seconds", 0) : most;
    lp_buf_str(out,
               "<h2>Time of each stage</h2>\n<p class=\"soft\">When each was made last. Stills "
               "and sound run together.</p>\n");
    open_table(out, "Time of each stage");
    head_cells(out, heads, 3);
    json_array_foreach(stages, i, stage)
    {
        double seconds = lp_json_real(stage, "seconds", -1);
        char words[LP_FIGURE_CHARS] = "not known";
        if (seconds >= 0)
            lp_figure_seconds(seconds, words);
        lp_buf_printf(out, "<tr><th scope=\"row\">%s</th>", lp_json_str(stage, "stage", "?"));
        cell(out, words);
        lp_buf_str(out, "<td>");
        lp_chart_bar(seconds, most, "time", out);
        lp_buf_str(out, "</td></tr>\n");
    }
    close_table(out);
}

static void put_head(const json_t *figures, lp_buf *out)
{
    char length[40], bytes[LP_FIGURE_CHARS];
    const char *title = lp_json_str(figures, "title", "");
    lp_buf_printf(out, "<style>%s</style>\n<title>Report: ", style);
    lp_html_text(out, title);
    lp_buf_str(out, "</title>\n</head>\n<body>\n<main>\n<h1>Report: ");
    lp_html_text(out, title);
    lp_time_words(lp_json_get_seconds(figures, "duration", 0), length, sizeof(length));
    lp_figure_bytes(lp_json_int(figures, "bytes", 0), bytes);
    lp_buf_str(out, "</h1>\n<p>");
    lp_html_text(out, lp_json_str(figures, "package", ""));
    lp_buf_printf(out, ": %s, %s; made by ", length, bytes);
    lp_html_text(out, lp_json_str(figures, "tool", "?"));
    lp_buf_str(out, "</p>\n");
}

lp_status lp_figures_page(const json_t *figures, lp_buf *out, lp_diag *d)
{
    lp_buf_str(out,
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src ");
    lp_status s = lp_html_csp_hash(out, (const unsigned char *)style, sizeof(style) - 1, d);
    if (s != LP_OK)
        return s;
    lp_buf_str(out, "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    put_head(figures, out);
    put_layers(figures, out);
    put_minutes(figures, out);
    put_lines(figures, out);
    put_slides(figures, out);
    put_loudness(figures, out);
    put_trimmed(figures, out);
    put_captions(figures, out);
    put_sentences(json_object_get(figures, "findings"), "Findings", "None.", out);
    put_stages(figures, out);
    if (json_array_size(json_object_get(figures, "unknown")))
        put_sentences(json_object_get(figures, "unknown"), "Not known", "", out);
    lp_buf_str(out, "</main>\n</body>\n</html>\n");
    return lp_buf_check(out, "page of the report", d);
}
