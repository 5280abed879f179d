#include "job/stage_calls.h"

#include <string.h>

#include "base/str.h"
#include "encode/encode.h"
#include "ingest/ingest.h"
#include "job/stage_survey.h"
#include "plan/make.h"
#include "session/artifact.h"

static lp_status take(lp_stage_call *c, json_t *artifact, lp_diag *d)
{
    c->artifact = artifact;
    return artifact ? LP_OK : lp_fail_nomem(d);
}

/* Where a file lies and when it was last touched is not what it is: with its hash known,
 * neither belongs in the artifact, so that a recording that was moved or copied is not surveyed
 * again. */
static void forget_place(lp_source *s)
{
    s->path = s->name;
    if (s->sha256)
        s->mtime_ns = 0;
}

lp_status lp_ingest_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    const lecpack_options *p = j->options;
    lp_ingest_options o = { p->title, p->lang, p->captions, p->more_captions, p->n_more_captions };
    lp_session s = { 0 };
    lp_status st = lp_ingest(j->input, &o, c->arena, c->progress, &s, d);
    if (st != LP_OK)
        return st;
    forget_place(&s.media);
    for (size_t i = 0; i < s.n_captions; i++)
        if (s.captions[i].kind == LP_CAPTION_FILE)
            forget_place(&s.captions[i].file);
    return take(c, lp_session_to_json(&s), d);
}

/* The place of a source today. */
static const char *place_of(const lp_job *j, const lp_source *s, size_t first)
{
    for (size_t i = first; i < j->n_files; i++)
        if (lp_str_eq(j->files[i].name, s->name) && j->files[i].bytes == s->bytes)
            return j->files[i].path;
    return NULL;
}

lp_status lp_ingest_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    lp_session s = { 0 };
    lp_status st = lp_session_from_json(o, a, &s, d);
    if (st != LP_OK)
        return st;
    s.media.path = place_of(j, &s.media, 0);
    if (!s.media.path)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: is not the file that was read", j->input);
    for (size_t i = 0; i < s.n_captions; i++) {
        lp_source *f = &s.captions[i].file;
        if (s.captions[i].kind == LP_CAPTION_FILE && !(f->path = place_of(j, f, 1)))
            return lp_fail(d, LP_ERR_INPUT, 0, "%s: is not the file that was read", f->name);
    }
    j->session = s;
    return LP_OK;
}

lp_status lp_survey_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_timeline t = { 0 };
    lp_status s = lp_stage_survey(&j->session, j->n_threads, c->progress, c->arena, &t, d);
    return s == LP_OK ? take(c, lp_timeline_to_json(&t), d) : s;
}

lp_status lp_survey_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_timeline_from_json(o, a, &j->timeline, d);
}

lp_status lp_plan_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lecpack_video v = j->options->video;
    lp_plan_options o = { j->options->sound_bps, v == LECPACK_VIDEO_AV1    ? LP_VIDEO_AV1
                                                 : v == LECPACK_VIDEO_H264 ? LP_VIDEO_H264
                                                                           : LP_VIDEO_NONE };
    lp_plan p = { 0 };
    lp_status s = lp_plan_make(&j->session, &j->timeline, &j->cues, &j->slide_texts, &o, c->arena, &p, d);
    return s == LP_OK ? take(c, lp_plan_to_json(&p), d) : s;
}

lp_status lp_plan_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_plan_from_json(o, a, &j->plan, d);
}
