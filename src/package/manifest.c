#include "package/manifest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "av/hash.h"
#include "base/str.h"
#include "caption/lint.h"
#include "package/direction.h"

int lp_manifest_is_side_file(const char *path)
{
    return lp_str_eq(path, LP_MANIFEST_NAME) || lp_str_eq(path, LP_METALINK_NAME) ||
           lp_str_eq(path, LP_SUMS_NAME);
}

lp_status lp_manifest_id(const char *source_sha256, const char *options,
                         char id[LP_MANIFEST_ID_CHARS], lp_diag *d)
{
    /* the name space for URLs of RFC 9562, 6.6 */
    static const unsigned char url_space[] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                               0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
    unsigned char u[20];
    lp_buf name;
    lp_buf_init(&name, 1 << 20);
    lp_buf_bytes(&name, url_space, sizeof(url_space));
    lp_buf_printf(&name, "urn:sha-256:%s?%s", source_sha256 ? source_sha256 : "",
                  options ? options : "");
    lp_status s = lp_buf_check(&name, "options", d);
    if (s == LP_OK)
        s = lp_sha1_bytes(name.data, name.len, u, d);
    lp_buf_clear(&name);
    if (s != LP_OK)
        return s;
    u[6] = (unsigned char)((u[6] & 0x0f) | 0x50);
    u[8] = (unsigned char)((u[8] & 0x3f) | 0x80);
    size_t at = (size_t)snprintf(id, LP_MANIFEST_ID_CHARS, "urn:uuid:");
    for (size_t i = 0; i < 16; i++) {
        const char *dash = i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        at += (size_t)snprintf(id + at, LP_MANIFEST_ID_CHARS - at, "%s%02x", dash, u[i]);
    }
    return LP_OK;
}

static void add_str(json_t *array, const char *s)
{
    if (array)
        (void)json_array_append_new(array, json_string(s));
}

static void add_new(json_t *array, json_t *v)
{
    if (array && v)
        (void)json_array_append_new(array, v);
    else
        json_decref(v);
}

/* At most 3 decimals, and a whole number without any. */
static void set_real(json_t *o, const char *key, double v)
{
    lp_json_set_seconds(o, key, isfinite(v) && fabs(v) < 1e9 ? (int64_t)llround(v * 1e6) : 0);
}

static const lecpack_file *has_role(const lp_manifest_input *in, const char *role)
{
    for (size_t i = 0; i < in->n_files; i++)
        if (strcmp(in->files[i].role, role) == 0)
            return &in->files[i];
    return NULL;
}

static json_t *people(const lp_cues *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->n_people; i++) {
        char id[32];
        json_t *o = json_object();
        snprintf(id, sizeof(id), "s%zu", i + 1);
        lp_json_set_str(o, "id", id);
        lp_json_set_str(o, "name", c->people[i].name);
        lp_json_set_bool(o, "pseudonym", 1);
        add_new(list, o);
    }
    return list;
}

static json_t *totals(const lp_manifest_input *in)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < in->n_files; i++)
        bytes += in->files[i].bytes;
    json_t *o = json_object();
    lp_json_set_int(o, "bytes", bytes);
    lp_json_set_int(o, "files", (int64_t)in->n_files);
    return o;
}

/* What a learner has with this layer and those that it needs (schema.org accessModeSufficient).
 */
static json_t *sufficient(const lp_manifest_input *in, const char *id)
{
    json_t *list = json_array();
    int is_text = strcmp(id, "text") == 0, is_slides = strcmp(id, "slides") == 0;
    int is_sound = strcmp(id, "sound") == 0, is_video = strcmp(id, "video") == 0;
    int has_sound = has_role(in, "sound") != NULL;
    if ((is_text || is_slides) && in->tracks->n)
        add_str(list, "textual");
    if (is_sound || (is_video && has_sound))
        add_str(list, "auditory");
    if ((is_slides && (in->tracks->n || !has_sound)) || is_video)
        add_str(list, "visual");
    return list;
}

static json_t *layers(const lp_manifest_input *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->n_layers; i++) {
        const lecpack_layer *l = &in->layers[i];
        json_t *o = json_object(), *needs = json_array();
        lp_json_set_str(o, "id", l->id);
        for (size_t k = 0; k < l->n_needs; k++)
            add_str(needs, l->needs[k]);
        lp_json_set_new(o, "needs", needs);
        lp_json_set_int(o, "bytes", l->bytes);
        lp_json_set_int(o, "transfer", l->transfer_bytes);
        lp_json_set_int(o, "files", (int64_t)l->n_files);
        lp_json_set_new(o, "sufficient", sufficient(in, l->id));
        lp_json_set_str(o, "says", l->says);
        add_new(list, o);
    }
    return list;
}

static json_t *file(const lecpack_file *f)
{
    json_t *o = json_object();
    lp_json_set_str(o, "path", f->path);
    lp_json_set_str(o, "layer", f->layer);
    lp_json_set_str(o, "role", f->role);
    lp_json_set_str(o, "type", f->type);
    lp_json_set_int(o, "bytes", f->bytes);
    lp_json_set_str(o, "sha256", f->sha256);
    if (f->width_px > 0) {
        lp_json_set_int(o, "width", f->width_px);
        lp_json_set_int(o, "height", f->height_px);
    }
    if (f->t_us >= 0)
        lp_json_set_seconds(o, "t", f->t_us);
    if (f->duration_us >= 0)
        lp_json_set_seconds(o, "duration", f->duration_us);
    lp_json_set_str(o, "lang", f->lang);
    if (f->n_pieces) {
        json_t *pieces = json_array();
        for (size_t i = 0; i < f->n_pieces; i++)
            add_str(pieces, f->pieces[i]);
        lp_json_set_int(o, "piece", f->piece_bytes);
        lp_json_set_new(o, "pieces", pieces);
    }
    return o;
}

static json_t *files(const lp_manifest_input *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->n_files; i++)
        add_new(list, file(&in->files[i]));
    return list;
}

static json_t *quality(const lp_track *t)
{
    lp_caption_quality q = lp_caption_lint(t->items, t->n);
    json_t *o = json_object();
    lp_json_set_int(o, "words", (int64_t)q.n_words);
    lp_json_set_seconds(o, "covered", q.covered_us);
    set_real(o, "mean_cps", q.mean_cps);
    set_real(o, "max_cps", q.max_cps);
    lp_json_set_int(o, "fast_cues", (int64_t)q.n_fast);
    lp_json_set_int(o, "max_line", (int64_t)q.max_line_chars);
    lp_json_set_int(o, "long_lines", (int64_t)q.n_long_lines);
    lp_json_set_int(o, "max_lines", (int64_t)q.max_lines);
    lp_json_set_int(o, "tall_cues", (int64_t)q.n_tall);
    lp_json_set_int(o, "overlaps", (int64_t)q.n_overlaps);
    return o;
}

/* What heard the speech, and how sure it is of it. */
static json_t *engine(const lp_cues *c)
{
    json_t *o = json_object();
    float mean = -1, least = -1;
    size_t n_doubtful = 0;
    lp_words_p(&c->words, 0, c->words.n, &mean, &least);
    for (size_t i = 0; i < c->words.n; i++)
        n_doubtful += c->words.items[i].p >= 0 && c->words.items[i].p < 0.3F;
    lp_json_set_str(o, "name", c->engine);
    lp_json_set_str(o, "model", c->model);
    lp_json_set_str(o, "model_sha256", c->model_sha256);
    if (mean >= 0)
        set_real(o, "mean_p", mean);
    lp_json_set_int(o, "doubtful_words", (int64_t)n_doubtful);
    lp_json_set_int(o, "not_recognised", (int64_t)c->n_unheard);
    return o;
}

static json_t *track(const lp_track *t)
{
    const lp_cues *c = t->cues;
    size_t n_checked = 0;
    for (size_t i = 0; i < t->n; i++)
        n_checked += t->items[i].is_checked;
    json_t *o = json_object();
    lp_json_set_str(o, "path", t->vtt_path);
    lp_json_set_str(o, "kind", "captions");
    lp_json_set_str(o, "lang", t->lang);
    lp_json_set_str(o, "dir", lp_lang_is_rtl(t->lang) ? "rtl" : "ltr");
    lp_json_set_str(o, "origin", c->origin);
    lp_json_set_new(o, "checked_by", json_null());
    lp_json_set_str(o, "source", c->source);
    lp_json_set_str(o, "format", c->format);
    lp_json_set_str(o, "encoding", c->encoding);
    lp_json_set_bool(o, "reviewed", c->is_reviewed);
    if (c->source_lang)
        lp_json_set_str(o, "source_lang", c->source_lang);
    if (c->is_edited)
        lp_json_set_bool(o, "corrected", 1);
    if (c->is_edited && !c->is_reviewed)
        lp_json_set_int(o, "checked", (int64_t)n_checked);
    if (c->is_approximate)
        lp_json_set_bool(o, "approximate", 1);
    if (c->engine)
        lp_json_set_new(o, "engine", engine(c));
    lp_json_set_int(o, "cues", (int64_t)t->n);
    lp_json_set_new(o, "quality", quality(t));
    return o;
}

static json_t *tracks(const lp_manifest_input *in)
{
    json_t *list = json_array();
    for (size_t i = 0; i < in->tracks->n; i++)
        add_new(list, track(&in->tracks->items[i]));
    return list;
}

json_t *lp_chapter_title(const lp_plan *p, size_t i)
{
    const char *title = p->chapters[i].title;
    return *title ? json_string(title) : json_sprintf("Part %zu", i + 1);
}

static void slide_text(json_t *slide, const lp_slide_text *read)
{
    lp_json_set_str(slide, "title", read ? read->title : NULL);
    lp_json_set_str(slide, "text", read ? read->text : NULL);
    lp_json_set_str(slide, "text_origin", read ? "ocr" : NULL);
}

/* The patches of one slide; none: no list. */
static void add_steps(json_t *slide, const lp_manifest_input *in, size_t i)
{
    json_t *list = NULL;
    for (size_t k = 0; k < in->n_steps; k++) {
        const lp_page_step *step = &in->steps[k];
        if (step->slide != i)
            continue;
        json_t *o = json_object();
        lp_json_set_seconds(o, "until", step->until_us);
        lp_json_set_str(o, "path", step->file.path);
        lp_json_set_int(o, "x", step->x_px);
        lp_json_set_int(o, "y", step->y_px);
        lp_json_set_int(o, "width", step->file.width_px);
        lp_json_set_int(o, "height", step->file.height_px);
        if (!list)
            list = json_array();
        add_new(list, o);
    }
    if (list)
        lp_json_set_new(slide, "steps", list);
}

static json_t *timeline(const lp_manifest_input *in)
{
    const lp_plan *p = in->package->plan;
    json_t *chapters = json_array(), *slides = json_array(), *map = json_array(),
           *o = json_object();
    for (size_t i = 0; i < p->n_chapters; i++) {
        json_t *c = json_object();
        lp_json_set_seconds(c, "t", p->chapters[i].t_us);
        lp_json_set_new(c, "title", lp_chapter_title(p, i));
        add_new(chapters, c);
    }
    for (size_t i = 0; i < p->n_slides; i++) {
        json_t *s = json_object();
        lp_json_set_seconds(s, "t", p->slides[i].t_us);
        lp_json_set_seconds(s, "end", p->slides[i].end_us);
        lp_json_set_str(s, "path", in->slide_paths[i]);
        if (in->package->slide_texts)
            slide_text(s, lp_slide_text_of(in->package->slide_texts, (int)i));
        add_steps(s, in, i);
        add_new(slides, s);
    }
    for (size_t i = 0; i < p->map.n; i++) {
        json_t *pair = json_array();
        add_new(pair, lp_json_seconds(p->map.pieces[i].out_us));
        add_new(pair, lp_json_seconds(p->map.pieces[i].in_us));
        add_new(map, pair);
    }
    lp_json_set_new(o, "chapters", chapters);
    lp_json_set_new(o, "slides", slides);
    lp_json_set_new(o, "events", json_array());
    lp_json_set_new(o, "map", map);
    return o;
}

static void add_mode(json_t *list, const char *one, const char *two)
{
    json_t *mode = json_array();
    add_str(mode, one);
    if (two)
        add_str(mode, two);
    add_new(list, mode);
}

/* Only what holds for this package; the words are those of
 * https://www.w3.org/community/reports/a11y-discov-vocab/ */
static json_t *a11y(const lp_manifest_input *in)
{
    int has_text = in->tracks->n > 0, has_sound = has_role(in, "sound") != NULL;
    int has_video = has_role(in, "video") != NULL,
        has_picture = has_video || has_role(in, "slide");
    json_t *modes = json_array(), *enough = json_array(), *features = json_array(),
           *hazards = json_array();
    if (has_text) {
        add_str(modes, "textual");
        add_mode(enough, "textual", NULL);
    }
    if (has_sound)
        add_str(modes, "auditory");
    if (has_picture)
        add_str(modes, "visual");
    if (has_sound || has_picture)
        add_mode(enough, has_sound ? "auditory" : "visual",
                 has_sound && has_picture ? "visual" : NULL);
    if (has_text && has_sound)
        add_str(features, "captions");
    if (has_text)
        add_str(features, "transcript");
    if (in->package->plan->n_chapters)
        add_str(features, "structuralNavigation");
    if (has_text && has_sound)
        add_str(features, "synchronizedAudioText");
    add_str(hazards, has_video ? "unknownFlashingHazard" : "noFlashingHazard");
    add_str(hazards, has_video ? "unknownMotionSimulationHazard" : "noMotionSimulationHazard");
    add_str(hazards, has_sound ? "unknownSoundHazard" : "noSoundHazard");
    lp_buf says;
    lp_buf_init(&says, 4096);
    lp_buf_str(&says, has_text ? "Everything said can be read as text."
                               : "There is no text of what is said.");
    if (has_sound)
        lp_buf_str(&says,
                   has_text ? " The sound has captions." : " The sound has no captions.");
    if (has_picture)
        lp_buf_str(&says, " The pictures are not described.");
    lp_buf_str(&says, " All can be used by keyboard.");
    json_t *o = json_object();
    lp_json_set_new(o, "accessMode", modes);
    lp_json_set_new(o, "accessModeSufficient", enough);
    lp_json_set_new(o, "accessibilityFeature", features);
    lp_json_set_new(o, "accessibilityHazard", hazards);
    lp_json_set_str(o, "accessibilitySummary", says.data);
    lp_buf_clear(&says);
    return o;
}

static void add_finding(json_t *list, const lp_finding *f)
{
    json_t *o = json_object();
    lp_json_set_str(o, "code", f->code);
    lp_json_set_str(o, "severity", lp_severity_name(f->severity));
    if (f->start_us >= 0) {
        lp_json_set_seconds(o, "start", f->start_us);
        lp_json_set_seconds(o, "end", f->end_us > f->start_us ? f->end_us : f->start_us);
    }
    lp_json_set_str(o, "text", f->text);
    add_new(list, o);
}

static json_t *findings(const lp_manifest_input *in)
{
    static const lp_finding no_captions = { "captions-missing", LP_LOSS, -1, -1,
                                            "There are no captions and there is no transcript: "
                                            "who can not hear it has only the pictures." };
    const lp_package_input *p = in->package;
    const lp_findings *all[] = { &p->session->findings, &p->timeline->findings,
                                 &p->cues->findings, &p->plan->findings, &p->media->findings };
    int is_said = 0;
    json_t *list = json_array();
    for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
        for (size_t i = 0; i < all[k]->n; i++) {
            add_finding(list, &all[k]->items[i]);
            is_said |= strcmp(all[k]->items[i].code, no_captions.code) == 0;
        }
    for (size_t i = 0; p->slide_texts && i < p->slide_texts->findings.n; i++)
        add_finding(list, &p->slide_texts->findings.items[i]);
    if (!in->tracks->n && !is_said)
        add_finding(list, &no_captions);
    return list;
}

static void add_source(json_t *list, const lp_source *s, int64_t duration_us)
{
    json_t *o = json_object();
    lp_json_set_str(o, "name", s->name);
    lp_json_set_int(o, "bytes", s->bytes);
    lp_json_set_str(o, "sha256", s->sha256);
    if (duration_us >= 0)
        lp_json_set_seconds(o, "duration", duration_us);
    add_new(list, o);
}

/* Whether a track was made of the file with this name. */
static int is_used(const lp_tracks *t, const char *name)
{
    for (size_t i = 0; name && i < t->n; i++)
        if (lp_str_eq(t->items[i].cues->source, name))
            return 1;
    return 0;
}

static json_t *provenance(const lp_manifest_input *in)
{
    const lp_package_input *p = in->package;
    json_t *sources = json_array(), *o = json_object();
    add_source(sources, &p->session->media, p->session->duration_us);
    for (size_t i = 0; i < p->session->n_captions; i++) {
        const lp_caption_source *c = &p->session->captions[i];
        if (c->kind == LP_CAPTION_FILE && is_used(in->tracks, c->file.name))
            add_source(sources, &c->file, -1);
    }
    lp_json_set_str(o, "tool", p->tool);
    lp_json_set_str(o, "libraries", p->libraries);
    lp_json_set_str(o, "options", p->options);
    lp_json_set_new(o, "sources", sources);
    return o;
}

json_t *lp_manifest_to_json(const lp_manifest_input *in)
{
    const lp_package_input *p = in->package;
    json_t *o = json_object();
    lp_json_set_str(o, "format", "lecpack");
    lp_json_set_str(o, "version", LECPACK_MANIFEST_VERSION);
    lp_json_set_str(o, "id", in->id);
    lp_json_set_int(o, "rev", 1);
    lp_json_set_str(o, "title", p->session->title);
    lp_json_set_str(o, "lang", in->lang);
    lp_json_set_str(o, "dir", lp_lang_is_rtl(in->lang) ? "rtl" : "ltr");
    lp_json_set_str(o, "recorded", p->session->recorded);
    lp_json_set_seconds(o, "duration", p->plan->duration_us);
    lp_json_set_seconds(o, "source_duration", p->session->duration_us);
    lp_json_set_new(o, "people", people(p->cues));
    lp_json_set_new(o, "totals", totals(in));
    lp_json_set_new(o, "layers", layers(in));
    lp_json_set_new(o, "files", files(in));
    lp_json_set_str(o, "captions", in->tracks->n ? "present" : "missing");
    lp_json_set_new(o, "tracks", tracks(in));
    lp_json_set_new(o, "timeline", timeline(in));
    lp_json_set_new(o, "a11y", a11y(in));
    lp_json_set_new(o, "findings", findings(in));
    lp_json_set_new(o, "provenance", provenance(in));
    lp_json_set_new(o, "rights", json_object());
    return o;
}
