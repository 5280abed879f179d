#include "job/report.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "report/figures.h"
#include "session/artifact.h"

enum { MAX_FINDINGS_TOLD = 20 };

static double minutes_of(int64_t bytes, lp_net_id line)
{
    return (double)bytes * 8 / lp_net_lines[line].bps / 60;
}

static double mb_per_hour(int64_t bytes, int64_t duration_us)
{
    return duration_us > 0 ? (double)bytes / 1e6 * 3600 * LP_SECOND_US / (double)duration_us
                           : 0;
}

static json_t *rounded(double v)
{
    return json_real(round(v * 100) / 100);
}

static int append(json_t *list, const lp_findings *f)
{
    json_t *more = lp_findings_to_json(f);
    int rc = more ? json_array_extend(list, more) : -1;
    json_decref(more);
    return rc;
}

typedef struct finding_lists {
    const lp_findings *items[9];
    size_t n;
} finding_lists;

static finding_lists all_findings(const lp_job *j)
{
    return (finding_lists){ { &j->edited_findings, &j->session.findings, &j->timeline.findings, &j->slide_texts.findings,
                              &j->cues.findings, &j->plan.findings, &j->media[LP_STAGE_STILLS].findings,
                              &j->media[LP_STAGE_SOUND].findings,
                              &j->media[LP_STAGE_VIDEO].findings },
                            9 };
}

json_t *lp_report_to_json(const lp_report *r)
{
    const lp_job *j = r->job;
    const lp_package_summary *p = &j->summary;
    json_t *o = json_object(), *layers = json_array(), *missing = json_array(),
           *findings = json_array();
    int failed = !o || !layers || !missing || !findings;
    for (size_t i = 0; !failed && i < p->n_layers; i++) {
        const lp_package_layer *l = &p->layers[i];
        json_t *e = json_object();
        lp_json_set_str(e, "id", l->id);
        lp_json_set_int(e, "bytes", l->bytes);
        lp_json_set_int(e, "transfer_bytes", l->transfer_bytes);
        lp_json_set_int(e, "files", (int64_t)l->n_files);
        lp_json_set_new(e, "mb_per_hour",
                        rounded(mb_per_hour(l->transfer_bytes, j->plan.duration_us)));
        lp_json_set_new(e, "minutes_2g",
                        rounded(minutes_of(l->transfer_bytes, LP_NET_2G)));
        lp_json_set_new(e, "minutes_3g",
                        rounded(minutes_of(l->transfer_bytes, LP_NET_3G)));
        failed |= json_array_append_new(layers, e) != 0;
    }
    for (size_t i = 0; i < r->n_missing; i++)
        failed |= json_array_append_new(missing, json_string(r->missing[i])) != 0;
    finding_lists f = all_findings(j);
    for (size_t i = 0; !failed && i < f.n; i++)
        failed |= append(findings, f.items[i]) != 0;
    lp_json_set_str(o, "output", j->output);
    lp_json_set_str(o, "zip", j->zip_path);
    if (j->stale_zip)
        lp_json_set_str(o, "stale_zip", j->stale_zip);
    lp_json_set_bool(o, "up_to_date", r->is_up_to_date);
    lp_json_set_str(o, "title", j->session.title);
    lp_json_set_str(o, "lang", j->session.lang);
    lp_json_set_seconds(o, "duration", j->plan.duration_us);
    lp_json_set_int(o, "slides", (int64_t)j->plan.n_slides);
    lp_json_set_int(o, "cues", (int64_t)j->plan.n_cues);
    lp_json_set_int(o, "bytes", p->bytes);
    lp_json_set_int(o, "files", (int64_t)p->n_files);
    lp_json_set_str(o, "manifest_sha256", p->manifest_sha256);
    lp_json_set_new(o, "layers", layers);
    lp_json_set_new(o, "missing_layers", missing);
    lp_json_set_new(o, "findings", findings);
    if (failed) {
        json_decref(o);
        return NULL;
    }
    return o;
}

/* Text that came from a recording, as a terminal may show it: clean, on one line. */
static void put_foreign(lp_buf *out, const char *s)
{
    lp_utf8_clean_line(out, s, strlen(s));
}

static void put_bytes(lp_buf *out, int64_t bytes)
{
    if (bytes < 10000)
        lp_buf_printf(out, "%" PRId64 " B", bytes);
    else if (bytes < 10000000)
        lp_buf_printf(out, "%.0f kB", (double)bytes / 1e3);
    else
        lp_buf_printf(out, "%.1f MB", (double)bytes / 1e6);
}

static void put_minutes(lp_buf *out, const char *line, double minutes)
{
    char words[40];
    lp_time_words((int64_t)(minutes * 60 * LP_SECOND_US), words, sizeof(words));
    lp_buf_printf(out, ", %s on %s", minutes * 60 < 0.5 ? "1 s" : words, line);
}

/* What became of corrections is told when they are taken; after that it is in the JSON alone. */
static void put_findings(lp_buf *out, const lp_findings *f, int with_edits, size_t *told)
{
    for (size_t i = 0; i < f->n; i++) {
        if (!with_edits && lp_str_eq(f->items[i].code, "captions-edited"))
            continue;
        if (++*told > MAX_FINDINGS_TOLD)
            continue;
        lp_buf_printf(out, "  %s: ", lp_severity_name(f->items[i].severity));
        if (f->items[i].start_us >= 0) {
            char at[32];
            lp_time_clock(f->items[i].start_us, at, sizeof(at));
            lp_buf_printf(out, "at %s: ", at);
        }
        put_foreign(out, f->items[i].text);
        lp_buf_char(out, '\n');
    }
}

static void put_untold(lp_buf *out, size_t told)
{
    if (told > MAX_FINDINGS_TOLD)
        lp_buf_printf(out, "  and %zu more: see --json\n", told - MAX_FINDINGS_TOLD);
}

static int has_layer(const lp_package_summary *p, const char *id)
{
    for (size_t i = 0; i < p->n_layers; i++)
        if (strcmp(p->layers[i].id, id) == 0)
            return 1;
    return 0;
}

void lp_report_text(const lp_report *r, lp_buf *out)
{
    const lp_job *j = r->job;
    char words[40];
    lp_time_words(j->plan.duration_us, words, sizeof(words));
    put_foreign(out, j->output);
    lp_buf_printf(out, ": %s; \"", r->is_up_to_date  ? "up to date, nothing to do"
                                 : r->is_zip_alone ? "up to date, its zip was made"
                                                   : "packed");
    put_foreign(out, j->session.title ? j->session.title : "");
    lp_buf_printf(out, "\", %s, ", words);
    put_bytes(out, j->summary.bytes);
    lp_buf_str(out, "\n");
    for (size_t i = 0; i < j->summary.n_layers; i++) {
        const lp_package_layer *l = &j->summary.layers[i];
        lp_buf_printf(out, "  %-7s", l->id);
        put_bytes(out, l->transfer_bytes);
        lp_buf_printf(out, " to download (%.1f MB per hour)",
                      mb_per_hour(l->transfer_bytes, j->plan.duration_us));
        put_minutes(out, "2G", minutes_of(l->transfer_bytes, LP_NET_2G));
        put_minutes(out, "3G", minutes_of(l->transfer_bytes, LP_NET_3G));
        lp_buf_char(out, '\n');
    }
    for (size_t i = 0; i < r->n_missing; i++)
        lp_buf_printf(out, "  %-6s %s\n", r->missing[i],
                      has_layer(&j->summary, r->missing[i]) ? "mostly damaged" : "could not be made");
    finding_lists f = all_findings(j);
    size_t told = 0;
    int is_made = !r->is_up_to_date && !r->is_zip_alone;
    for (size_t i = 0; i < f.n; i++)
        put_findings(out, f.items[i], is_made || f.items[i] != &j->cues.findings, &told);
    put_untold(out, told);
    lp_buf_str(out, "Open ");
    put_foreign(out, j->output);
    lp_buf_str(out, "/index.html in a browser.\n");
    if (j->zip_path) {
        lp_buf_str(out, "In one file: ");
        put_foreign(out, j->zip_path);
        lp_buf_str(out, " (");
        put_bytes(out, j->zip_bytes);
        lp_buf_str(out, ")\n");
    }
    if (j->stale_zip) {
        put_foreign(out, j->stale_zip);
        lp_buf_str(out, " is of an older package; run again with --zip to make it anew, or remove it\n");
    }
}

json_t *lp_report_session_json(const lp_session *s)
{
    json_t *o = lp_session_to_json(s);
    if (o)
        (void)json_object_del(o, "landings"); /* thousands of places that help nobody but the reader of packets */
    return o;
}

static void put_length(lp_buf *out, int64_t t_us)
{
    char words[40];
    lp_time_words(t_us, words, sizeof(words));
    lp_buf_str(out, t_us < 0 ? "not said" : words);
}

static void put_stream(lp_buf *out, const lp_session *s, size_t i)
{
    static const char *const kinds[] = { "video", "sound", "subtitle", "other" };
    const lp_stream *st = &s->streams[i];
    lp_buf_printf(out, "  stream %d: %s, ", st->index,
                  st->is_cover ? "cover picture" : kinds[st->kind]);
    put_foreign(out, st->codec ? st->codec : "unknown codec");
    if (st->kind == LP_STREAM_VIDEO)
        lp_buf_printf(out, ", %dx%d", st->width_px, st->height_px);
    if (st->kind == LP_STREAM_AUDIO)
        lp_buf_printf(out, ", %d Hz, %d channel%s", st->rate_hz, st->n_channels,
                      st->n_channels == 1 ? "" : "s");
    if (st->lang) {
        lp_buf_str(out, ", ");
        put_foreign(out, st->lang);
    }
    lp_buf_printf(out, ", %" PRId64 " packets, ", st->n_packets);
    put_bytes(out, st->bytes);
    if (!st->can_decode && st->kind != LP_STREAM_OTHER)
        lp_buf_str(out, ", no decoder for it here");
    if ((int)i == s->video || (int)i == s->audio)
        lp_buf_str(out, ", used");
    lp_buf_char(out, '\n');
}

void lp_report_session_text(const lp_session *s, lp_buf *out)
{
    put_foreign(out, s->media.name ? s->media.name : "");
    lp_buf_str(out, ": \"");
    put_foreign(out, s->title ? s->title : "");
    lp_buf_str(out, "\", ");
    put_foreign(out, s->container ? s->container : "unknown container");
    lp_buf_str(out, ", ");
    put_bytes(out, s->media.bytes);
    lp_buf_str(out, "\n  length: claimed ");
    put_length(out, s->claimed_us);
    lp_buf_str(out, ", found ");
    put_length(out, s->duration_us);
    lp_buf_str(out, "\n  language: ");
    put_foreign(out, s->lang && !lp_str_ieq(s->lang, "und") ? s->lang : "not known");
    lp_buf_char(out, '\n');
    for (size_t i = 0; i < s->n_streams; i++)
        put_stream(out, s, i);
    for (size_t i = 0; i < s->n_captions; i++) {
        const lp_caption_source *c = &s->captions[i];
        lp_buf_str(out, "  captions: ");
        if (c->kind == LP_CAPTION_FILE)
            put_foreign(out, c->file.name);
        else
            lp_buf_printf(out, "stream %d", c->stream);
        lp_buf_str(out, ", ");
        put_foreign(out, c->format ? c->format : "unknown format");
        lp_buf_str(out, ", ");
        put_foreign(out, c->lang ? c->lang : "language unknown");
        lp_buf_char(out, '\n');
    }
    if (!s->n_captions)
        lp_buf_str(out, "  captions: none\n");
    for (size_t i = 0; i < s->n_marks; i++) {
        char at[32];
        lp_time_clock(s->marks[i].t_us, at, sizeof(at));
        lp_buf_printf(out, "  chapter %s ", at);
        put_foreign(out, s->marks[i].title);
        lp_buf_char(out, '\n');
    }
    size_t told = 0;
    put_findings(out, &s->findings, 1, &told);
    put_untold(out, told);
}
