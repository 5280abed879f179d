#include "job/stage_calls.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "encode/encode.h"
#include "package/publish.h"
#include "package/zip.h"
#include "session/artifact.h"

enum { MAX_DEPTH = 4, MAX_EDITED_BYTES = 1 << 20 };

static const char manifest[] = "lecpack.json";

static lp_status add_file(json_t *files, const char *path, const char *name, lp_diag *d)
{
    json_t *o = json_object();
    lp_status s = LP_OK;
    lp_json_set_str(o, "path", name);
    lp_json_set_int(o, "bytes", lp_file_lstat(path).bytes);
    /* The manifest holds the hashes of all others; what a person may edit is small, and of the same size after it. */
    if (strcmp(name, manifest) == 0 || lp_file_lstat(path).bytes <= MAX_EDITED_BYTES) {
        char hex[LP_SHA256_HEX];
        int64_t bytes = 0;
        s = lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, d);
        if (s == LP_OK)
            lp_json_set_str(o, "sha256", hex);
    }
    if (json_array_append_new(files, o) != 0)
        return lp_fail_nomem(d);
    return s;
}

/* Adds every file below dir to the list, under `prefix`. */
static lp_status list_files(json_t *files, const char *dir, const char *prefix, int depth,
                            lp_arena *a, lp_diag *d)
{
    char **names = NULL;
    size_t n = 0;
    lp_status s = lp_file_list(dir, a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        char *path = lp_path_join(a, dir, names[i]);
        char *name = *prefix ? lp_path_join(a, prefix, names[i]) : names[i];
        if (!path || !name)
            s = lp_fail_nomem(d);
        else if (lp_file_lstat(path).kind == LP_FILE_DIR && depth < MAX_DEPTH)
            s = list_files(files, path, name, depth + 1, a, d);
        else
            s = add_file(files, path, name, d);
    }
    return s;
}

static char *options_text(const lp_job *j, lp_arena *a)
{
    char *rate = lp_stage_option_text(j, LP_READS_SOUND_RATE, a);
    char *video = lp_stage_option_text(j, LP_READS_VIDEO, a);
    return rate && video ? lp_arena_printf(a, "sound-rate=%s video=%s", rate, video) : NULL;
}

static json_t *summary_to_json(const lp_package_summary *p)
{
    json_t *layers = json_array(), *o = json_object();
    for (size_t i = 0; i < p->n_layers; i++) {
        json_t *l = json_object();
        lp_json_set_str(l, "id", p->layers[i].id);
        lp_json_set_int(l, "bytes", p->layers[i].bytes);
        lp_json_set_int(l, "transfer_bytes", p->layers[i].transfer_bytes);
        lp_json_set_int(l, "files", (int64_t)p->layers[i].n_files);
        if (json_array_append_new(layers, l) != 0) {
            json_decref(layers);
            json_decref(o);
            return NULL;
        }
    }
    lp_json_set_new(o, "layers", layers);
    lp_json_set_int(o, "bytes", p->bytes);
    lp_json_set_int(o, "files", (int64_t)p->n_files);
    lp_json_set_str(o, "manifest_sha256", p->manifest_sha256);
    return o;
}

lp_status lp_package_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    lp_package_summary p = { 0 };
    size_t i;
    json_t *l;
    json_array_foreach(json_object_get(o, "layers"), i, l)
    {
        if (p.n_layers == sizeof(p.layers) / sizeof(p.layers[0]))
            return lp_fail(d, LP_ERR_INPUT, 0, "package: more layers than there are");
        lp_package_layer *to = &p.layers[p.n_layers++];
        to->id = lp_json_str_dup(l, "id", a);
        to->bytes = lp_json_int(l, "bytes", 0);
        to->transfer_bytes = lp_json_int(l, "transfer_bytes", 0);
        to->n_files = (size_t)lp_json_int(l, "files", 0);
        if (!to->id)
            return lp_fail(d, LP_ERR_INPUT, 0, "package: a layer has no name");
    }
    p.bytes = lp_json_int(o, "bytes", 0);
    p.n_files = (size_t)lp_json_int(o, "files", 0);
    p.manifest_sha256 = lp_json_str_dup(o, "manifest_sha256", a);
    if (!p.manifest_sha256)
        return lp_fail(d, LP_ERR_INPUT, 0, "package: the manifest's hash is missing");
    j->summary = p;
    return LP_OK;
}

/* A package with neither slides, sound, video nor captions is none: the first layer's failure
 * is the run's. */
static lp_status check_something_is_left(const lp_job *j, lp_diag *d)
{
    static const lp_stage_id media[] = { LP_STAGE_SOUND, LP_STAGE_STILLS, LP_STAGE_VIDEO };
    if (j->cues.n || j->media[LP_STAGE_STILLS].n_slides ||
        j->media[LP_STAGE_SOUND].sound >= 0 || j->media[LP_STAGE_VIDEO].video >= 0)
        return LP_OK;
    for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++) {
        const lp_findings *f = &j->media[media[i]].findings;
        for (size_t k = 0; k < f->n; k++)
            if (f->items[k].severity == LP_LOSS)
                return lp_fail(d,
                               lp_str_ends(f->items[k].code, "-no-encoder") ? LP_ERR_TOOL
                                                                            : LP_ERR_INPUT,
                               0, "%s: nothing can be packed: %s", j->input, f->items[k].text);
    }
    return lp_fail(d, LP_ERR_INPUT, 0,
                   "%s: nothing to pack: no picture, no sound that can be heard, no captions",
                   j->input);
}

static lp_status merge_media(const lp_job *j, lp_media *all, lp_arena *a, lp_diag *d)
{
    *all = (lp_media){ .sound = -1, .video = -1 };
    lp_status s = LP_OK;
    for (int i = LP_STAGE_STILLS; s == LP_OK && i <= LP_STAGE_VIDEO; i++)
        s = lp_media_merge(all, &j->media[i], a, d);
    return s;
}

lp_status lp_package_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_media media;
    lp_package_summary summary = { 0 };
    lp_plan plan = j->plan;
    lp_status s = check_something_is_left(j, d);
    if (s == LP_OK)
        s = merge_media(j, &media, c->arena, d);
    if (s != LP_OK)
        return s;
    if (!media.n_slides) /* planned, but not made */
        plan.n_slides = 0;
    lp_package_input in = { .session = &j->session,
                            .timeline = &j->timeline,
                            .cues = &j->cues,
                            .slide_texts = &j->slide_texts,
                            .plan = &plan,
                            .media = &media,
                            .media_dir = j->work_dir,
                            .tool = "lecpack " LECPACK_VERSION,
                            .libraries = lp_encode_versions(),
                            .options = options_text(j, c->arena) };
    char *staging = lp_publish_staging(c->arena, j->output);
    if (!staging || !in.options)
        return lp_fail_nomem(d);
    s = lp_package_build(&in, staging, c->arena, &summary, d);
    if (s == LP_OK)
        s = lp_progress_check(c->progress, d);
    if (s == LP_OK)
        s = lp_publish(staging, j->output, d);
    if (s != LP_OK) {
        lp_status removed = lp_file_remove(staging, NULL);
        (void)removed; /* the first failure is the one to tell; the next build begins by
                          removing it */
        return s;
    }
    c->files = json_array();
    s = list_files(c->files, j->output, "", 0, c->arena, d);
    if (s == LP_OK && !(c->artifact = summary_to_json(&summary)))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_zip_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_status s = lp_package_zip(j->output, j->zip_path, d);
    if (s == LP_OK)
        s = lp_sha256_file(j->zip_path, hex, &bytes, 0, NULL, 0, c->progress, d);
    if (s != LP_OK)
        return s;
    json_t *file = json_object();
    lp_json_set_str(file, "path", lp_path_base(j->zip_path));
    lp_json_set_int(file, "bytes", bytes);
    c->files = json_array();
    c->artifact = json_object();
    lp_json_set_int(c->artifact, "bytes", bytes);
    lp_json_set_str(c->artifact, "sha256", hex);
    if (json_array_append_new(c->files, file) != 0 || !c->artifact)
        return lp_fail_nomem(d);
    return LP_OK;
}

lp_status lp_zip_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    (void)a;
    j->zip_bytes = lp_json_int(o, "bytes", -1);
    return j->zip_bytes >= 0 ? LP_OK : lp_fail(d, LP_ERR_INPUT, 0, "zip: the size is missing");
}
