#include "package/manifest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "av/hash.h"
#include "base/str.h"
#include "caption/lint.h"

lp_status lp_manifest_id(const lp_package_input *in, lp_arena *a, const char **id, lp_diag *d)
{
    char h[LP_SHA256_HEX];
    lp_sha256 *sha = lp_sha256_new();
    if (!sha)
        return lp_fail_nomem(d);
    const char *parts[] = { in->session->media.sha256, in->session->title, in->options, in->cues->source };
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i])
            lp_sha256_add(sha, parts[i], strlen(parts[i]) + 1);
    lp_sha256_hex(&sha, h);
    *id = lp_arena_printf(a, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", h, h + 8, h + 13, h + 17, h + 20);
    return *id ? LP_OK : lp_fail_nomem(d);
}

static const char *direction(const char *lang)
{
    static const char *const rtl[] = { "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb" };
    size_t n = strcspn(lang, "-");
    for (size_t i = 0; i < sizeof(rtl) / sizeof(rtl[0]); i++)
        if (strlen(rtl[i]) == n && strncmp(rtl[i], lang, n) == 0)
            return "rtl";
    return "ltr";
}

static json_t *string_list(const char *const *s, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_string(s[i]));
    return list;
}

static json_t *people(const lp_cues *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->n_people; i++) {
        char id[24];
        json_t *o = json_object();
        snprintf(id, sizeof(id), "s%zu", i + 1);
        lp_json_set_str(o, "id", id);
        lp_json_set_str(o, "name", c->people[i].name);
        lp_json_set_bool(o, "pseudonym", 1);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *layers(const lp_manifest_input *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->n_layers; i++) {
        const lecpack_layer *l = &in->layers[i];
        static const char *const textual[] = { "textual" }, *const visual[] = { "textual", "visual" },
                          *const auditory[] = { "auditory" }, *const both[] = { "auditory", "visual" };
        json_t *o = json_object();
        lp_json_set_str(o, "id", l->id);
        lp_json_set_new(o, "needs", string_list(l->needs, l->n_needs));
        lp_json_set_int(o, "bytes", l->bytes);
        lp_json_set_int(o, "transfer", l->transfer_bytes);
        lp_json_set_int(o, "files", (int64_t)l->n_files);
        json_t *enough = lp_str_eq(l->id, "text")     ? string_list(textual, in->package->cues->n ? 1 : 0)
                         : lp_str_eq(l->id, "slides") ? string_list(visual, 2)
                         : lp_str_eq(l->id, "sound")  ? string_list(auditory, 1)
                         : lp_str_eq(l->id, "video")  ? string_list(both, 2)
                                                      : json_array();
        lp_json_set_new(o, "sufficient", enough);
        lp_json_set_str(o, "says", l->says);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *files(const lp_manifest_input *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->n_files; i++) {
        const lecpack_file *f = &in->files[i];
        json_t *o = json_object();
        lp_json_set_str(o, "path", f->path);
        lp_json_set_str(o, "layer", f->layer);
        lp_json_set_str(o, "role", f->role);
        lp_json_set_str(o, "type", f->type);
        lp_json_set_int(o, "bytes", f->bytes);
        lp_json_set_str(o, "sha256", f->sha256);
        if (f->n_pieces) {
            lp_json_set_int(o, "piece", f->piece_bytes);
            lp_json_set_new(o, "pieces", string_list(f->pieces, f->n_pieces));
        }
        if (f->width_px > 0) {
            lp_json_set_int(o, "width", f->width_px);
            lp_json_set_int(o, "height", f->height_px);
        }
        if (f->t_us >= 0)
            lp_json_set_seconds(o, "t", f->t_us);
        if (f->duration_us >= 0)
            lp_json_set_seconds(o, "duration", f->duration_us);
        lp_json_set_str(o, "lang", f->lang);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *tracks(const lp_manifest_input *in)
{
    const lp_cues *c = in->package->cues;
    const lp_plan *p = in->package->plan;
    json_t *list = json_array(), *o, *q;
    if (!in->captions_path)
        return list;
    lp_caption_quality lint = lp_caption_lint(p->cues, p->n_cues);
    o = json_object();
    q = json_object();
    lp_json_set_str(o, "path", in->captions_path);
    lp_json_set_str(o, "kind", "captions");
    lp_json_set_str(o, "lang", c->lang);
    lp_json_set_str(o, "origin", c->origin);
    lp_json_set_str(o, "format", c->format);
    lp_json_set_str(o, "encoding", c->encoding);
    lp_json_set_int(q, "cues", (int64_t)lint.n_cues);
    lp_json_set_int(q, "words", (int64_t)lint.n_words);
    lp_json_set_new(q, "max_cps", json_real(round(lint.max_cps * 10) / 10));
    lp_json_set_int(q, "fast_cues", (int64_t)lint.n_fast);
    lp_json_set_int(q, "max_line", (int64_t)lint.max_line_chars);
    lp_json_set_int(q, "max_lines", (int64_t)lint.max_lines);
    lp_json_set_int(q, "overlaps", (int64_t)lint.n_overlaps);
    lp_json_set_new(o, "quality", q);
    json_array_append_new(list, o);
    return list;
}

static json_t *timeline(const lp_manifest_input *in)
{
    const lp_plan *p = in->package->plan;
    json_t *o = json_object(), *chapters = json_array(), *slides = json_array(), *map = json_array();
    for (size_t i = 0; i < p->n_chapters; i++) {
        json_t *c = json_object();
        lp_json_set_seconds(c, "t", p->chapters[i].t_us);
        lp_json_set_str(c, "title", p->chapters[i].title);
        json_array_append_new(chapters, c);
    }
    for (size_t i = 0; in->slide_paths && i < p->n_slides; i++) {
        json_t *s = json_object();
        lp_json_set_seconds(s, "t", p->slides[i].t_us);
        lp_json_set_seconds(s, "end", p->slides[i].end_us);
        lp_json_set_str(s, "path", in->slide_paths[i]);
        json_array_append_new(slides, s);
    }
    for (size_t i = 0; i < p->map.n; i++) {
        json_t *piece = json_array();
        json_array_append_new(piece, lp_json_seconds(p->map.pieces[i].out_us));
        json_array_append_new(piece, lp_json_seconds(p->map.pieces[i].in_us));
        json_array_append_new(piece, lp_json_seconds(p->map.pieces[i].len_us));
        json_array_append_new(map, piece);
    }
    lp_json_set_new(o, "chapters", chapters);
    lp_json_set_new(o, "slides", slides);
    lp_json_set_new(o, "events", json_array());
    lp_json_set_new(o, "map", map);
    return o;
}

static json_t *a11y(const lp_manifest_input *in)
{
    const lp_package_input *p = in->package;
    int cues = in->captions_path != NULL, slides = in->slide_paths != NULL, sound = p->media->sound >= 0;
    json_t *o = json_object(), *mode = json_array(), *enough = json_array(), *features = json_array();
    static const char *const textual[] = { "textual" }, *const auditory[] = { "auditory" };
    if (cues) {
        json_array_append_new(mode, json_string("textual"));
        json_array_append_new(enough, string_list(textual, 1));
        json_array_append_new(features, json_string("captions"));
        json_array_append_new(features, json_string("transcript"));
    }
    if (sound) {
        json_array_append_new(mode, json_string("auditory"));
        json_array_append_new(enough, string_list(auditory, 1));
    }
    if (slides)
        json_array_append_new(mode, json_string("visual"));
    json_array_append_new(features, json_string("structuralNavigation"));
    lp_json_set_new(o, "accessMode", mode);
    lp_json_set_new(o, "accessModeSufficient", enough);
    lp_json_set_new(o, "accessibilityFeature", features);
    lp_json_set_str(o, "captions", cues ? p->cues->origin : "missing");
    lp_json_set_str(o, "accessibilitySummary",
                    cues ? "Captions and a transcript are there, not checked by a person here. Slides are pictures without a "
                           "description."
                         : "There are no captions and no transcript. Slides are pictures without a description.");
    return o;
}

static void add_findings(json_t *list, const lp_findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        json_t *o = json_object();
        lp_json_set_str(o, "code", f->items[i].code);
        lp_json_set_str(o, "severity", lp_severity_name(f->items[i].severity));
        if (f->items[i].start_us >= 0) {
            lp_json_set_seconds(o, "start", f->items[i].start_us);
            lp_json_set_seconds(o, "end", f->items[i].end_us);
        }
        lp_json_set_str(o, "text", f->items[i].text);
        json_array_append_new(list, o);
    }
}

static json_t *provenance(const lp_manifest_input *in)
{
    const lp_package_input *p = in->package;
    json_t *o = json_object(), *sources = json_array(), *m = json_object();
    lp_json_set_str(m, "name", p->session->media.name);
    lp_json_set_int(m, "bytes", p->session->media.bytes);
    lp_json_set_str(m, "sha256", p->session->media.sha256);
    lp_json_set_seconds(m, "duration", p->session->duration_us);
    json_array_append_new(sources, m);
    for (size_t i = 0; i < p->session->n_captions; i++) {
        const lp_caption_source *c = &p->session->captions[i];
        if (c->kind != LP_CAPTION_FILE || !lp_str_eq(c->file.name, p->cues->source))
            continue;
        m = json_object();
        lp_json_set_str(m, "name", c->file.name);
        lp_json_set_int(m, "bytes", c->file.bytes);
        lp_json_set_str(m, "sha256", c->file.sha256);
        json_array_append_new(sources, m);
    }
    lp_json_set_str(o, "tool", p->tool);
    lp_json_set_str(o, "libraries", p->libraries);
    lp_json_set_str(o, "options", p->options);
    lp_json_set_new(o, "sources", sources);
    return o;
}

json_t *lp_manifest_json(const lp_manifest_input *in)
{
    const lp_package_input *p = in->package;
    json_t *o = json_object(), *totals = json_object(), *findings = json_array();
    int64_t bytes = 0;
    for (size_t i = 0; i < in->n_files; i++)
        bytes += in->files[i].bytes;
    lp_json_set_int(totals, "bytes", bytes);
    lp_json_set_int(totals, "files", (int64_t)in->n_files);
    add_findings(findings, &p->session->findings);
    add_findings(findings, &p->timeline->findings);
    add_findings(findings, &p->cues->findings);
    add_findings(findings, &p->plan->findings);
    add_findings(findings, &p->media->findings);
    lp_json_set_str(o, "format", "lecpack");
    lp_json_set_str(o, "version", LECPACK_MANIFEST_VERSION);
    lp_json_set_str(o, "id", in->id);
    lp_json_set_int(o, "rev", 1);
    lp_json_set_str(o, "title", p->session->title);
    lp_json_set_str(o, "lang", p->session->lang);
    lp_json_set_str(o, "dir", direction(p->session->lang));
    lp_json_set_str(o, "recorded", p->session->recorded);
    lp_json_set_seconds(o, "duration", p->plan->duration_us);
    lp_json_set_seconds(o, "source_duration", p->session->duration_us);
    lp_json_set_new(o, "people", people(p->cues));
    lp_json_set_new(o, "totals", totals);
    lp_json_set_new(o, "layers", layers(in));
    lp_json_set_new(o, "files", files(in));
    lp_json_set_new(o, "tracks", tracks(in));
    lp_json_set_new(o, "timeline", timeline(in));
    lp_json_set_new(o, "a11y", a11y(in));
    lp_json_set_new(o, "findings", findings);
    lp_json_set_new(o, "provenance", provenance(in));
    lp_json_set_new(o, "rights", json_object());
    return o;
}
