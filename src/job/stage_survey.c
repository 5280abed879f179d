#include "job/stage_survey.h"

#include "base/parallel.h"
#include "job/survey_picture.h"
#include "job/survey_sound.h"

/* Sound and picture are looked at side by side, each with an arena of its own kept until both are done. */
typedef struct survey {
    const lp_session *s;
    size_t n_threads;
    const lp_progress *p;
    lp_arena *picture_arena, *sound_arena;
    lp_timeline *out;
    lp_findings sound_findings;
    lp_status picture_status;
    lp_diag picture_diag;
} survey;

static lp_status half(void *user, size_t i, size_t worker, lp_diag *d)
{
    survey *v = user;
    (void)worker;
    if (i == 1)
        return lp_survey_sound(v->s, v->p, v->sound_arena, &v->out->sound, &v->sound_findings, d);
    v->picture_status = lp_survey_picture(v->s, v->n_threads, v->p, v->picture_arena, v->out, &v->picture_diag);
    lp_status r = v->picture_status;
    if (r == LP_OK || r == LP_ERR_INPUT || r == LP_ERR_UNSUPPORTED)
        return LP_OK; /* a picture that can not be decoded costs the slides, not the sound */
    return lp_fail(d, r, v->picture_diag.code, "%s", v->picture_diag.text);
}

static lp_status add_findings(survey *v, lp_arena *a, lp_diag *d)
{
    lp_status r = LP_OK;
    for (size_t i = 0; r == LP_OK && i < v->sound_findings.n; i++) {
        const lp_finding *f = &v->sound_findings.items[i];
        r = lp_finding_add(&v->out->findings, a, f->code, f->severity, f->start_us, f->end_us, d, "%s", f->text);
    }
    if (r == LP_OK && v->picture_status != LP_OK)
        r = lp_finding_add(&v->out->findings, a, "picture-not-decoded", LP_LOSS, -1, -1, d, "%s", v->picture_diag.text);
    return r;
}

lp_status lp_stage_survey(const lp_session *s, size_t n_threads, const lp_progress *p, lp_arena *a, lp_timeline *out,
                          lp_diag *d)
{
    /* The sound's arena lives inside the recording's: what it holds is needed as long as the timeline. */
    lp_arena sound_arena = { 0 };
    *out = (lp_timeline){ .duration_us = s->duration_us, .sound = { .stream = -1 } };
    survey v = { .s = s, .n_threads = n_threads, .p = p, .picture_arena = a, .sound_arena = &sound_arena, .out = out };
    if (s->video >= 0) {
        out->width_px = s->streams[s->video].width_px;
        out->height_px = s->streams[s->video].height_px;
    }
    lp_status r = s->video < 0 ? half(&v, 1, 0, d)
                  : s->n_audio_candidates == 0 ? half(&v, 0, 0, d)
                                               : lp_parallel(2, n_threads > 1 ? 2 : 1, half, &v, d);
    lp_arena_adopt(a, &sound_arena);
    if (r == LP_OK && v.picture_status != LP_OK && out->sound.stream < 0)
        return lp_fail(d, v.picture_status, v.picture_diag.code, "%s", v.picture_diag.text);
    if (r == LP_OK)
        r = add_findings(&v, a, d);
    if (v.picture_status != LP_OK) {
        out->slides = NULL;
        out->n_slides = 0;
    }
    return r;
}
