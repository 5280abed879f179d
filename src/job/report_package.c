#include "job/report_package.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/str.h"
#include "job/report_sources.h"
#include "job/workdir.h"
#include "package/manifest.h"
#include "report/figures.h"
#include "session/plan.h"

void lp_report_unknown(lp_report_sources *r, const char *fmt, ...)
{
    char text[1000];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    json_array_append_new(r->unknown, json_string(text));
}

char *lp_report_file(const lp_report_sources *r, const char *name)
{
    char *path = lp_path_join(r->arena, r->dir, name);
    return path && lp_file_lstat(path).kind == LP_FILE_REGULAR ? path : NULL;
}

static void layers(lp_report_sources *r)
{
    const lecpack_manifest *m = &r->manifest;
    json_t *list = json_array();
    int64_t bytes = 0, transfer = 0;
    for (size_t i = 0; i < m->n_layers; i++) {
        const lecpack_layer *l = &m->layers[i];
        double hours = (double)m->duration_us / 3.6e9;
        json_t *o = json_object();
        lp_json_set_str(o, "id", l->id);
        lp_json_set_int(o, "bytes", l->bytes);
        lp_json_set_int(o, "transfer_bytes", l->transfer_bytes);
        lp_json_set_int(o, "files", (int64_t)l->n_files);
        if (hours > 0)
            lp_json_set_new(
                o, "mb_per_hour",
                json_real(round((double)l->transfer_bytes / 1e6 / hours * 100) / 100));
        json_array_append_new(list, o);
        bytes += l->bytes;
        transfer += l->transfer_bytes;
    }
    lp_json_set_int(r->figures, "bytes", bytes);
    lp_json_set_int(r->figures, "transfer_bytes", transfer);
    lp_json_set_new(r->figures, "layers", list);
    lp_json_set_new(r->figures, "lines", lp_figures_lines(list));
}

static json_t *slide_list(const lp_report_sources *r, const json_t *slides, int64_t *with_text)
{
    json_t *list = json_array(), *slide;
    size_t i;
    json_array_foreach(slides, i, slide)
    {
        const char *path = lp_json_str(slide, "path", "");
        json_t *o = json_object();
        lp_json_set_seconds(o, "t", lp_json_get_seconds(slide, "t", 0));
        lp_json_set_seconds(o, "end", lp_json_get_seconds(slide, "end", 0));
        lp_json_set_str(o, "path", path);
        for (size_t k = 0; k < r->manifest.n_files; k++)
            if (lp_str_eq(r->manifest.files[k].path, path)) {
                lp_json_set_int(o, "bytes", r->manifest.files[k].bytes);
                lp_json_set_int(o, "width", r->manifest.files[k].width_px);
                lp_json_set_int(o, "height", r->manifest.files[k].height_px);
            }
        json_array_append_new(list, o);
        *with_text += *lp_json_str(slide, "text", "") != '\0';
    }
    return list;
}

static void slides(lp_report_sources *r)
{
    const json_t *timeline = json_object_get(r->raw, "timeline");
    const json_t *shown = json_object_get(timeline, "slides");
    json_t *o = json_object(), *legibility = json_object();
    int64_t pictures = 0, steps = 0, bytes = 0, with_text = 0;
    for (size_t i = 0; i < r->manifest.n_files; i++) {
        const lecpack_file *f = &r->manifest.files[i];
        pictures += lp_str_eq(f->role, "slide");
        steps += lp_str_eq(f->role, "step");
        bytes += lp_str_eq(f->layer, "slides") ? f->bytes : 0;
    }
    json_t *list = slide_list(r, shown, &with_text);
    lp_json_set_int(o, "shown", (int64_t)json_array_size(shown));
    lp_json_set_int(o, "pictures", pictures);
    lp_json_set_int(o, "steps", steps);
    lp_json_set_int(o, "with_text", with_text);
    lp_json_set_int(o, "bytes", bytes);
    lp_json_set_new(o, "list", list);
    lp_json_set_new(r->figures, "slides", o);
    lp_json_set_bool(legibility, "measured", 0);
    lp_json_set_str(
        legibility, "why",
        "It is not measured when packing. tools/bench does it, with the recording beside.");
    lp_json_set_new(r->figures, "legibility", legibility);
    lp_json_set_new(r->figures, "trimmed",
                    lp_figures_trimmed(json_object_get(timeline, "map"),
                                       r->manifest.duration_us,
                                       lp_json_get_seconds(r->raw, "source_duration", 0)));
}

static lp_status gather(lp_report_sources *r, lp_diag *d)
{
    lp_json_set_str(r->figures, "package", r->dir);
    lp_json_set_str(r->figures, "title", r->manifest.title);
    lp_json_set_str(r->figures, "tool", r->manifest.tool);
    lp_json_set_str(r->figures, "lang", r->manifest.lang);
    lp_json_set_seconds(r->figures, "duration", r->manifest.duration_us);
    lp_json_set_seconds(r->figures, "source_duration",
                        lp_json_get_seconds(r->raw, "source_duration", 0));
    lp_status s = lp_report_find_work(r, d);
    if (s != LP_OK)
        return s;
    layers(r);
    slides(r);
    json_t *loudness = json_object();
    lp_json_set_new(r->figures, "loudness", loudness);
    lp_json_set_new(loudness, "target_lufs", json_real(LP_SOUND_LUFS));
    s = lp_report_media(r, loudness, d);
    if (s == LP_OK)
        s = lp_report_captions(r, d);
    if (s == LP_OK)
        s = lp_report_work(r, loudness, d);
    if (s == LP_OK)
        (void)json_object_set(r->figures, "unknown", r->unknown);
    return s;
}

lp_status lp_report_package(const char *dir, const lecpack_options *o, lp_buf *json,
                            lp_buf *text, lp_buf *html, lp_diag *d)
{
    lp_arena a = { 0 };
    lp_report_sources r = { .dir = dir,
                            .work_dir = o->work_dir ? o->work_dir : lp_workdir_default(&a, dir),
                            .progress = { .is_cancelled = o->is_cancelled, .user = o->user },
                            .arena = &a,
                            .figures = json_object(),
                            .unknown = json_array() };
    lp_status s = r.work_dir && r.figures && r.unknown ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_manifest_read(dir, &a, &r.manifest, d);
    char *path = s == LP_OK ? lp_path_join(&a, dir, LP_MANIFEST_NAME) : NULL;
    if (s == LP_OK)
        s = path ? lp_json_read(path, LP_MANIFEST_MAX_BYTES, &r.raw, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = gather(&r, d);
    if (s == LP_OK)
        s = lp_json_text(r.figures, 1, json, d);
    if (s == LP_OK)
        lp_figures_text(r.figures, text);
    if (s == LP_OK)
        s = lp_buf_check(text, "report", d);
    if (s == LP_OK)
        s = lp_figures_page(r.figures, html, d);
    json_decref(r.raw);
    json_decref(r.figures);
    json_decref(r.unknown);
    lp_arena_clear(&a);
    return s;
}
