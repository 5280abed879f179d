#include "job/lint_run.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "caption/lint.h"
#include "ingest/readers.h"
#include "package/names.h"
#include "session/artifact.h"

enum { MAX_MANIFEST_BYTES = 64 << 20, DEFAULT_STYLE = 42 };

static const char manifest_name[] = "lecpack.json";

struct run {
    int style;
    const char *lang;
    lp_arena *arena;
    json_t *files;
    lp_buf *text;
    size_t n_files, n_hard, n_soft;
    lp_diag *diag;
};

static lp_status read_captions(const char *path, lp_arena *a, lp_cues *out, lp_diag *d)
{
    lp_diag why = { 0 };
    lp_status s = lp_captions_read_file(path, a, out, &why);
    if (s == LP_ERR_INPUT)
        return lp_fail(d, s, 0,
                       "%s: there are no captions in it that can be read (WebVTT, SubRip, TTML, "
                       "SubStation Alpha, SBV, or a transcript of Meet, Teams or Webex)",
                       path);
    return s == LP_OK ? s : lp_fail(d, s, why.code, "%s", why.text);
}

static json_t *breach_json(const lp_breach *b)
{
    const lp_lint_rule *rule = lp_lint_rule_of(b->code);
    json_t *o = json_object();
    lp_json_set_str(o, "rule", rule->name);
    lp_json_set_bool(o, "hard", rule->is_hard);
    lp_json_set_int(o, "caption", (int64_t)b->cue + 1);
    lp_json_set_seconds(o, "time", b->t_us);
    lp_json_set_str(o, "text", b->text);
    return o;
}

static void tell_json(struct run *r, const char *name, const lp_cues *c, const lp_breaches *b)
{
    json_t *o = json_object(), *list = json_array();
    for (size_t i = 0; i < b->n; i++)
        json_array_append_new(list, breach_json(&b->items[i]));
    lp_json_set_str(o, "path", name);
    lp_json_set_str(o, "lang", c->lang);
    lp_json_set_str(o, "format", c->format);
    lp_json_set_int(o, "captions", (int64_t)c->n);
    lp_json_set_int(o, "hard", (int64_t)b->n_hard);
    lp_json_set_int(o, "soft", (int64_t)b->n_soft);
    lp_json_set_int(o, "of_the_speech", (int64_t)b->n_speech);
    lp_json_set_int(o, "captions_with_hard", (int64_t)b->n_cues_hard);
    lp_json_set_int(o, "captions_with_soft", (int64_t)b->n_cues_soft);
    lp_json_set_new(o, "breaches", list);
    lp_json_set_new(o, "findings", lp_findings_to_json(&c->findings));
    json_array_append_new(r->files, o);
}

/* First what the reader left out or changed, which no rule can see. */
static void tell_text(struct run *r, const char *name, const lp_cues *c, const lp_breaches *b)
{
    lp_buf_printf(r->text, "%s: %zu captions; hard rules broken: %zu, soft: %zu", name, c->n,
                  b->n_hard, b->n_soft);
    if (b->n_speech)
        lp_buf_printf(r->text, "; by the speech's own speed: %zu", b->n_speech);
    lp_buf_char(r->text, '\n');
    for (size_t i = 0; i < c->findings.n; i++) {
        const lp_finding *f = &c->findings.items[i];
        size_t n = c->source && lp_str_starts(f->text, c->source) ? strlen(c->source) : 0; /* the line says that */
        lp_buf_printf(r->text, "%s: %s: %s\n", name, lp_severity_name(f->severity),
                      n && strncmp(f->text + n, ": ", 2) == 0 ? f->text + n + 2 : f->text);
    }
    for (size_t i = 0; i < b->n; i++) {
        const lp_lint_rule *rule = lp_lint_rule_of(b->items[i].code);
        char at[32];
        lp_time_vtt(b->items[i].t_us, at, sizeof(at));
        lp_buf_printf(r->text, "%s: %s: caption %zu: %s: %s%s\n", name, at, b->items[i].cue + 1,
                      rule->name, b->items[i].text, rule->is_hard ? "" : " (soft)");
    }
}

/* `name` is how the report calls the file. */
static lp_status lint_file(struct run *r, const char *path, const char *name, const char *lang)
{
    lp_cues c = { .lang = lang };
    lp_breaches b;
    lp_status s = read_captions(path, r->arena, &c, r->diag);
    if (s == LP_OK && !c.lang)
        c.lang = "und";
    if (s == LP_OK)
        s = lp_cues_lint(&c, r->style, r->arena, &b, r->diag);
    if (s != LP_OK)
        return s;
    tell_json(r, name, &c, &b);
    tell_text(r, name, &c, &b);
    r->n_files++;
    r->n_hard += b.n_hard;
    r->n_soft += b.n_soft;
    return LP_OK;
}

/* The manifest is foreign input: only plain names, and no links, are opened. */
static lp_status lint_track(struct run *r, const char *dir, const json_t *track)
{
    const char *name = lp_json_str(track, "path", NULL);
    if (!name || !lp_str_eq(lp_json_str(track, "kind", ""), "captions"))
        return LP_OK;
    if (lp_name_problem(name))
        return lp_fail(r->diag, LP_ERR_INPUT, 0,
                       "%s: its manifest names captions outside it; run lecpack verify on it",
                       dir);
    char *path = lp_path_join(r->arena, dir, name);
    if (!path)
        return lp_fail_nomem(r->diag);
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return lp_fail(r->diag, LP_ERR_INPUT, 0,
                       "%s: is missing, or no plain file; run lecpack verify on %s", path, dir);
    return lint_file(r, path, name, lp_json_str_dup(track, "lang", r->arena));
}

static lp_status lint_package(struct run *r, const char *dir, const lecpack_options *o)
{
    char *path = lp_path_join(r->arena, dir, manifest_name);
    if (!path)
        return lp_fail_nomem(r->diag);
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return lp_fail(r->diag, LP_ERR_NO_INPUT, 0,
                       "%s: not a package: it holds no %s; give a caption file or a package",
                       dir, manifest_name);
    json_t *m = NULL;
    lp_status s = lp_json_read(path, MAX_MANIFEST_BYTES, &m, r->diag);
    const json_t *tracks = s == LP_OK ? json_object_get(m, "tracks") : NULL;
    for (size_t i = 0; s == LP_OK && i < json_array_size(tracks); i++) {
        if (o->is_cancelled && o->is_cancelled(o->user))
            s = lp_fail(r->diag, LP_ERR_CANCELLED, 0, "stopped on request");
        else
            s = lint_track(r, dir, json_array_get(tracks, i));
    }
    json_decref(m);
    if (s == LP_OK && r->n_files == 0)
        lp_buf_printf(r->text, "%s: there are no captions in this package\n", dir);
    return s;
}

lp_status lp_lint_run(const char *input, const lecpack_options *o, lp_buf *json, lp_buf *text,
                      size_t *n_hard, lp_diag *d)
{
    lp_arena a = { 0 };
    struct run r = { o->caption_style ? o->caption_style : DEFAULT_STYLE,
                     o->lang,
                     &a,
                     json_array(),
                     text,
                     0,
                     0,
                     0,
                     d };
    lp_status s;
    if (r.style != 42 && r.style != 37 && r.style != 32)
        s = lp_fail(d, LP_ERR_USAGE, 0, "caption style %d: it is 42, 37 or 32", r.style);
    else if (lp_file_stat(input).kind == LP_FILE_DIR)
        s = lint_package(&r, input, o);
    else
        s = lint_file(&r, input, input, o->lang);
    json_t *root = json_object();
    lp_json_set_str(root, "input", input);
    lp_json_set_int(root, "style", r.style);
    lp_json_set_int(root, "hard", (int64_t)r.n_hard);
    lp_json_set_int(root, "soft", (int64_t)r.n_soft);
    lp_json_set_new(root, "files", r.files);
    if (s == LP_OK)
        s = lp_json_text(root, 1, json, d);
    json_decref(root);
    if (s == LP_OK)
        s = lp_buf_check(text, "report", d);
    *n_hard = r.n_hard;
    lp_arena_clear(&a);
    return s;
}
