#include "report/figures.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

enum { MAX_FINDINGS = 20 };

/* Text from a recording, as a terminal may show it: clean, on one line. */
static void put_foreign(lp_buf *out, const char *s)
{
    lp_utf8_clean_line(out, s, strlen(s));
}

static void put_layers(const json_t *figures, lp_buf *out)
{
    const json_t *layers = json_object_get(figures, "layers");
    const json_t *lines = json_object_get(figures, "lines");
    size_t i, k;
    json_t *layer, *line;
    char words[LP_FIGURE_CHARS];
    lp_buf_printf(out, "\nSize and download   %10s", "to fetch");
    json_array_foreach(lines, k, line)
        lp_buf_printf(out, "  %12s", lp_json_str(line, "id", "?"));
    lp_buf_char(out, '\n');
    for (i = 0; i <= json_array_size(layers); i++) {
        layer = json_array_get(layers, i);
        const char *id = layer ? lp_json_str(layer, "id", "?") : "all";
        const json_t *of = layer ? layer : figures;
        lp_figure_bytes(lp_json_int(of, "transfer_bytes", 0), words);
        lp_buf_printf(out, "  %-16s  %10s", id, words);
        json_array_foreach(lines, k, line)
        {
            lp_figure_seconds(lp_json_real(json_object_get(line, "seconds"), id, 0), words);
            lp_buf_printf(out, "  %12s", words);
        }
        lp_buf_char(out, '\n');
    }
}

/* Where the bytes lie: a bar for each minute, of those to come for slides, sound and video. */
static void put_minutes(const json_t *figures, lp_buf *out)
{
    enum { BAR = 40, MOST_ROWS = 30 };
    static const char *const ids[] = { "slides", "sound", "video" };
    const json_t *minutes = json_object_get(figures, "minutes");
    size_t n = json_array_size(minutes), step = (n + MOST_ROWS - 1) / MOST_ROWS;
    int64_t most = 1, sums[MOST_ROWS] = { 0 };
    for (size_t i = 0; i < n; i++) {
        int64_t *sum = &sums[i / step];
        for (size_t k = 0; k < 3; k++)
            *sum += lp_json_int(json_array_get(minutes, i), ids[k], 0);
        most = *sum > most ? *sum : most;
    }
    lp_buf_printf(out, "\nBytes by time       %s\n",
                  step > 1 ? "slides, sound and video, some minutes a line"
                           : "slides, sound and video, a minute a line");
    for (size_t i = 0; i * step < n; i++) {
        char words[LP_FIGURE_CHARS], clock[32];
        lp_time_clock((int64_t)(i * step) * 60 * LP_SECOND_US, clock, sizeof(clock));
        lp_figure_bytes(sums[i], words);
        lp_buf_printf(out, "  %-16s  %10s  %.*s\n", clock, words, (int)(sums[i] * BAR / most),
                      "########################################");
    }
}

static void put_level(lp_buf *out, const char *label, const json_t *o)
{
    if (o)
        lp_buf_printf(out, "  %-16s  %.1f LUFS, highest sample %.1f dBFS\n", label,
                      lp_json_real(o, "lufs", 0), lp_json_real(o, "peak_db", 0));
}

static void put_sound(const json_t *figures, lp_buf *out)
{
    const json_t *l = json_object_get(figures, "loudness");
    lp_buf_printf(out, "\nLoudness            (wanted: %.0f LUFS)\n",
                  lp_json_real(l, "target_lufs", 0));
    put_level(out, "recording", json_object_get(l, "before"));
    put_level(out, "package", json_object_get(l, "after"));
    if (json_object_get(l, "gain_db"))
        lp_buf_printf(out, "  %-16s  %+.1f dB%s\n", "change", lp_json_real(l, "gain_db", 0),
                      lp_json_bool(l, "limited", 0) ? ", its peaks held down" : "");
    if (json_object_size(l) < 2)
        lp_buf_str(out, "  not known, or there is no sound\n");
}

static void put_slides(const json_t *figures, lp_buf *out)
{
    const json_t *s = json_object_get(figures, "slides");
    char words[LP_FIGURE_CHARS];
    lp_figure_bytes(lp_json_int(s, "bytes", 0), words);
    lp_buf_printf(out,
                  "\nSlides\n  %-16s  %lld, in %lld pictures and %lld earlier states, %s\n"
                  "  %-16s  known of %lld\n",
                  "found", (long long)lp_json_int(s, "shown", 0),
                  (long long)lp_json_int(s, "pictures", 0),
                  (long long)lp_json_int(s, "steps", 0), words, "words",
                  (long long)lp_json_int(s, "with_text", 0));
    if (json_object_get(s, "lossless"))
        lp_buf_printf(out, "  %-16s  %lld without any loss\n", "pictures",
                      (long long)lp_json_int(s, "lossless", 0));
    lp_buf_printf(out, "  %-16s  %s\n", "legibility",
                  lp_json_str(json_object_get(figures, "legibility"), "why", "not measured"));
}

static void put_trimmed(const json_t *figures, lp_buf *out)
{
    const json_t *t = json_object_get(figures, "trimmed");
    size_t i;
    json_t *cut;
    lp_buf_str(out, "\nCut out\n");
    json_array_foreach(json_object_get(t, "cuts"), i, cut)
    {
        char from[32], to[32];
        lp_time_clock(lp_json_get_seconds(cut, "start", 0), from, sizeof(from));
        lp_time_clock(lp_json_get_seconds(cut, "end", 0), to, sizeof(to));
        lp_buf_printf(out, "  %s to %s of the recording; why is not written down\n", from, to);
    }
    if (i == 0)
        lp_buf_str(out, "  nothing: the package is as long as the recording\n");
}

static void put_captions(const json_t *figures, lp_buf *out)
{
    const json_t *list = json_object_get(figures, "captions");
    size_t i;
    json_t *c;
    lp_buf_str(out, "\nCaptions\n");
    json_array_foreach(list, i, c)
    {
        lp_buf_str(out, "  ");
        put_foreign(out, lp_json_str(c, "path", "?"));
        lp_buf_printf(
            out, ": %s; %lld captions, %lld words; %.1f characters a second, at most %.1f\n",
            lp_json_str(c, "origin", "?"), (long long)lp_json_int(c, "cues", 0),
            (long long)lp_json_int(c, "words", 0), lp_json_real(c, "mean_cps", 0),
            lp_json_real(c, "max_cps", 0));
        if (json_object_get(c, "hard"))
            lp_buf_printf(
                out, "    rules broken: %lld hard, %lld soft (lecpack lint tells where)\n",
                (long long)lp_json_int(c, "hard", 0), (long long)lp_json_int(c, "soft", 0));
        if (json_object_get(c, "engine"))
            lp_buf_printf(
                out, "    heard by %s: %lld doubtful words, %lld stretches without words; %s\n",
                lp_json_str(c, "engine", "?"), (long long)lp_json_int(c, "doubtful_words", 0),
                (long long)lp_json_int(c, "not_recognised", 0),
                lp_json_bool(c, "reviewed", 0) ? "reviewed" : "not reviewed");
    }
    if (i == 0)
        lp_buf_str(out, "  none\n");
}

static void put_findings(const json_t *figures, lp_buf *out)
{
    const json_t *list = json_object_get(figures, "findings");
    size_t n = json_array_size(list);
    lp_buf_str(out, n ? "\nFindings\n" : "\nFindings\n  none\n");
    for (size_t i = 0; i < n && i < MAX_FINDINGS; i++) {
        const json_t *f = json_array_get(list, i);
        lp_buf_printf(out, "  %s: ", lp_json_str(f, "severity", "note"));
        put_foreign(out, lp_json_str(f, "text", ""));
        lp_buf_char(out, '\n');
    }
    if (n > MAX_FINDINGS)
        lp_buf_printf(out, "  and %zu more: see --json\n", n - MAX_FINDINGS);
}

static void put_stages(const json_t *figures, lp_buf *out)
{
    size_t i;
    json_t *stage;
    if (json_array_size(json_object_get(figures, "stages")) == 0)
        return;
    lp_buf_str(
        out, "\nTime of each stage  (when it was made last; stills and sound run together)\n");
    json_array_foreach(json_object_get(figures, "stages"), i, stage)
    {
        char words[LP_FIGURE_CHARS] = "not known";
        if (json_is_number(json_object_get(stage, "seconds")))
            lp_figure_seconds(lp_json_real(stage, "seconds", 0), words);
        lp_buf_printf(out, "  %-16s  %10s\n", lp_json_str(stage, "stage", "?"), words);
    }
}

void lp_figures_text(const json_t *figures, lp_buf *out)
{
    char length[40], bytes[LP_FIGURE_CHARS];
    size_t i;
    json_t *sentence;
    lp_time_words(lp_json_get_seconds(figures, "duration", 0), length, sizeof(length));
    lp_figure_bytes(lp_json_int(figures, "bytes", 0), bytes);
    put_foreign(out, lp_json_str(figures, "package", ""));
    lp_buf_str(out, ": \"");
    put_foreign(out, lp_json_str(figures, "title", ""));
    lp_buf_printf(out, "\", %s, %s\n", length, bytes);
    put_layers(figures, out);
    put_minutes(figures, out);
    put_slides(figures, out);
    put_sound(figures, out);
    put_trimmed(figures, out);
    put_captions(figures, out);
    put_findings(figures, out);
    put_stages(figures, out);
    json_array_foreach(json_object_get(figures, "unknown"), i, sentence)
    {
        lp_buf_str(out, i ? "  " : "\nNot known\n  ");
        put_foreign(out, json_string_value(sentence));
        lp_buf_char(out, '\n');
    }
}
