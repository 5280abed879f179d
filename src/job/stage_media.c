#include "job/stage_calls.h"

#include "base/file.h"
#include "encode/encode.h"
#include "job/workdir.h"
#include "session/artifact.h"

typedef lp_status (*encode_fn)(const lp_encode_job *, lp_arena *, lp_media *, lp_diag *);

typedef struct layer {
    lp_stage_id stage;
    const char *what;                   /* in a sentence */
    const char *no_encoder, *not_sound; /* codes of findings */
    encode_fn encode;
} layer;

static const layer stills = { LP_STAGE_STILLS, "slides", "slides-no-encoder", "slides-not-made",
                              lp_encode_stills };
static const layer sound = { LP_STAGE_SOUND, "sound", "sound-no-encoder", "sound-not-made",
                             lp_encode_sound };
static const layer video = { LP_STAGE_VIDEO, "video", "video-no-encoder", "video-not-made",
                             lp_encode_video };

/* Whether a failure says something about this recording and these tools, and so costs the
 * layer; anything else (memory, disk, a stop) would be another thing next time, and ends the
 * run. */
static int costs_the_layer(lp_status s)
{
    return s == LP_ERR_TOOL || s == LP_ERR_INPUT || s == LP_ERR_UNSUPPORTED;
}

/* Paths in the result are relative to the stage's folder; the record's to the work folder. */
static lp_status move_paths(lp_media *m, const char *stage, lp_arena *a, json_t **files,
                            lp_diag *d)
{
    *files = json_array();
    for (size_t i = 0; i < m->n; i++) {
        char *path = lp_path_join(a, stage, m->files[i].path);
        if (!path)
            return lp_fail_nomem(d);
        m->files[i].path = path;
        json_t *o = json_object();
        lp_json_set_str(o, "path", path);
        lp_json_set_int(o, "bytes", m->files[i].bytes);
        lp_json_set_str(o, "sha256", m->files[i].sha256);
        if (json_array_append_new(*files, o) != 0)
            return lp_fail_nomem(d);
    }
    return LP_OK;
}

static lp_status make(lp_job *j, lp_stage_call *c, const layer *l, int is_wanted, lp_diag *d)
{
    lp_media m = { .sound = -1, .video = -1 };
    const char *name = lp_stages[l->stage].name;
    lp_status s = LP_OK;
    if (is_wanted) {
        lp_encode_job e = { &j->session, &j->plan, NULL, j->n_threads, c->progress };
        char *dir = NULL;
        lp_diag why = { 0 };
        s = lp_workdir_stage_dir(j->work_dir, name, c->key, c->arena, &dir, d);
        if (s != LP_OK)
            return s;
        e.dir = dir;
        s = l->encode(&e, c->arena, &m, &why);
        if (costs_the_layer(s)) {
            m = (lp_media){ .sound = -1, .video = -1 };
            s = lp_finding_add(&m.findings, c->arena,
                               s == LP_ERR_TOOL ? l->no_encoder : l->not_sound, LP_LOSS, -1, -1,
                               d, "The %s could not be made: %s", l->what, why.text);
        } else if (s != LP_OK) {
            return lp_fail(d, s, why.code, "%s", why.text);
        }
    }
    if (s == LP_OK)
        s = move_paths(&m, name, c->arena, &c->files, d);
    if (s == LP_OK && !(c->artifact = lp_media_to_json(&m)))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_stills_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return make(j, c, &stills, j->plan.n_slides > 0, d);
}

lp_status lp_sound_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return make(j, c, &sound, j->plan.sound.stream >= 0, d);
}

lp_status lp_video_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return make(j, c, &video, j->plan.video.codec != LP_VIDEO_NONE, d);
}

lp_status lp_stills_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    lp_status s = lp_media_from_json(o, a, &j->media[LP_STAGE_STILLS], d);
    size_t n = j->media[LP_STAGE_STILLS].n_slides;
    if (s == LP_OK && n && n != j->plan.n_slides)
        s = lp_fail(d, LP_ERR_INPUT, 0, "%zu pictures for %zu slides", n, j->plan.n_slides);
    return s;
}

lp_status lp_sound_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_media_from_json(o, a, &j->media[LP_STAGE_SOUND], d);
}

lp_status lp_video_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_media_from_json(o, a, &j->media[LP_STAGE_VIDEO], d);
}
