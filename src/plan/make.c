#include "plan/make.h"

#include <string.h>

#include "base/time.h"
#include "plan/chapters.h"

enum {
    MIN_RATE = 6000, MAX_RATE = 64000,
    SCREEN_W = 1920, SCREEN_H = 1080, FILM_W = 640, FILM_H = 360,
    AV1_LEAST = 64,
};

/* The largest even size within the box with the picture's shape, never larger than the picture. */
static void fit(int w, int h, int box_w, int box_h, int *out_w, int *out_h)
{
    int64_t fit_w = w, fit_h = h; /* whole numbers: a fraction just under the box would lose two pixels */
    if (fit_w > box_w) {
        fit_h = (int64_t)h * box_w / w;
        fit_w = box_w;
    }
    if (fit_h > box_h) {
        fit_w = (int64_t)w * box_h / h;
        fit_h = box_h;
    }
    *out_w = (int)fit_w & ~1;
    *out_h = (int)fit_h & ~1;
    *out_w = *out_w < 2 ? 2 : *out_w;
    *out_h = *out_h < 2 ? 2 : *out_h;
}

static lp_status copy_slides(const lp_timeline *t, lp_arena *a, lp_plan *p, lp_diag *d)
{
    p->slides = lp_arena_alloc(a, t->n_slides, sizeof(*p->slides));
    p->key_times = lp_arena_alloc(a, t->n_cuts, sizeof(*p->key_times));
    if (!p->slides || !p->key_times)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < t->n_slides; i++) {
        const lp_slide *s = &t->slides[i];
        p->slides[i] = (lp_plan_slide){ .t_us = s->start_us, .end_us = s->end_us, .picture_us = s->picture_us,
                                        .steps = s->steps, .n_steps = s->n_steps, .same_as = s->same_as,
                                        .is_poster = s->is_poster };
    }
    p->n_slides = t->n_slides;
    if (t->n_cuts)
        memcpy(p->key_times, t->cuts, t->n_cuts * sizeof(*p->key_times));
    p->n_key_times = t->n_cuts;
    p->width_px = t->width_px;
    p->height_px = t->height_px;
    return LP_OK;
}

static lp_status copy_track(const lp_cues *c, int64_t duration_us, lp_arena *a, lp_cue **out, size_t *n, lp_diag *d)
{
    *n = 0;
    *out = lp_arena_alloc(a, c->n, sizeof(**out));
    if (!*out)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < c->n; i++) {
        lp_cue q = c->items[i];
        if (q.start_us >= duration_us)
            continue;
        if (q.end_us > duration_us)
            q.end_us = duration_us;
        if (q.end_us > q.start_us)
            (*out)[(*n)++] = q;
    }
    return LP_OK;
}

static lp_status copy_cues(const lp_cues *c, lp_arena *a, lp_plan *p, lp_diag *d)
{
    lp_status s = copy_track(c, p->duration_us, a, &p->cues, &p->n_cues, d);
    p->others = s == LP_OK ? lp_arena_alloc(a, c->n_others, sizeof(*p->others)) : NULL;
    if (s == LP_OK && !p->others)
        return lp_fail_nomem(d);
    for (; s == LP_OK && p->n_others < c->n_others; p->n_others++) {
        lp_plan_track *t = &p->others[p->n_others];
        s = copy_track(&c->others[p->n_others], p->duration_us, a, &t->cues, &t->n_cues, d);
    }
    return s;
}

static void plan_sound(const lp_sound_survey *s, int rate_bps, lp_sound_plan *out)
{
    double gain = s->loudness_lufs <= -69 ? 0 : s->gain_db + (rate_bps < 16000 ? LP_SOUND_LOW_RATE_DB : 0);
    gain = gain > 30 ? 30 : gain < -20 ? -20 : gain;
    *out = (lp_sound_plan){ .stream = s->stream, .mix = s->mix, .rate_bps = rate_bps, .gain_db = gain,
                            .limit_db = LP_SOUND_CEILING_DB,
                            .has_limiter = s->peak_db + gain > LP_SOUND_CEILING_DB - LP_SOUND_CODER_DB };
}

static void plan_video(const lp_session *s, const lp_timeline *t, lp_video_codec wanted, lp_video_plan *out)
{
    int64_t moving = 0;
    *out = (lp_video_plan){ .codec = LP_VIDEO_NONE };
    if (s->video < 0 || t->n_slides == 0 || wanted == LP_VIDEO_NONE || t->width_px <= 0 || t->height_px <= 0)
        return;
    for (size_t i = 0; i < t->n_motion; i++)
        moving += t->motion[i].end_us - t->motion[i].start_us;
    out->codec = wanted;
    out->is_motion = 2 * moving > t->duration_us;
    fit(t->width_px, t->height_px, out->is_motion ? FILM_W : SCREEN_W, out->is_motion ? FILM_H : SCREEN_H, &out->width_px,
        &out->height_px);
    out->max_fps_milli = out->is_motion ? 12500 : 5000;
    out->crf = wanted == LP_VIDEO_H264 ? 40 : out->is_motion ? 55 : 58;
    out->preset = out->is_motion ? 8 : 9; /* of what stands still 9 makes no more bytes in less time */
    out->max_key_frames_apart = 128;
    out->max_key_us = 60 * LP_SECOND_US;
}

/* SVT-AV1 takes no picture of less than 64 lines or columns; the slides show all that there is to see in one. */
static lp_status leave_out_tiny(const lp_session *s, lp_arena *a, lp_plan *p, lp_diag *d)
{
    const lp_video_plan v = p->video;
    if (v.codec != LP_VIDEO_AV1 || (v.width_px >= AV1_LEAST && v.height_px >= AV1_LEAST))
        return LP_OK;
    p->video = (lp_video_plan){ .codec = LP_VIDEO_NONE };
    return lp_finding_add(&p->findings, a, "picture-too-small", LP_NOTE, -1, -1, d,
                          "%s: its picture of %dx%d is too small for AV1 video, which takes %d lines and columns or more; the "
                          "slides show it",
                          s->media.name ? s->media.name : "the recording", v.width_px, v.height_px, AV1_LEAST);
}

lp_status lp_plan_make(const lp_session *s, const lp_timeline *t, const lp_cues *c, const lp_slide_texts *texts,
                       const lp_plan_options *o, lp_arena *a, lp_plan *out, lp_diag *d)
{
    *out = (lp_plan){ .duration_us = t->duration_us };
    if (o->sound_bps < MIN_RATE || o->sound_bps > MAX_RATE)
        return lp_fail(d, LP_ERR_USAGE, 0, "sound rate %d: it is between %d and %d bit/s", o->sound_bps, MIN_RATE, MAX_RATE);
    if (o->video != LP_VIDEO_NONE && o->video != LP_VIDEO_AV1 && o->video != LP_VIDEO_H264)
        return lp_fail(d, LP_ERR_USAGE, 0, "video codec %d: there is no such choice", (int)o->video);
    out->map.pieces = lp_arena_alloc(a, 1, sizeof(*out->map.pieces));
    if (!out->map.pieces)
        return lp_fail_nomem(d);
    out->map.pieces[0] = (lp_map_piece){ 0, 0, t->duration_us };
    out->map.n = 1;
    lp_status r = copy_slides(t, a, out, d);
    if (r == LP_OK)
        r = copy_cues(c, a, out, d);
    if (r == LP_OK)
        r = lp_plan_chapters(s, t, texts, a, out, d);
    plan_sound(&t->sound, o->sound_bps, &out->sound);
    plan_video(s, t, o->video, &out->video);
    return r == LP_OK ? leave_out_tiny(s, a, out, d) : r;
}
