#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "plan/make.h"

#define S INT64_C(1000000)
#define N(x) (sizeof(x) / sizeof((x)[0]))

static const lp_plan_options good = { 16000, LP_VIDEO_AV1 };
static const lp_session with_video = { .video = 0 };

static const struct {
    const char *name;
    lp_video_codec wanted;
    int video, n_slides, w, h, motion_s; /* of 100 s */
    lp_video_plan want;
} video_cases[] = {
    { "screen", LP_VIDEO_AV1, 0, 1, 1280, 720, 0, { LP_VIDEO_AV1, 1280, 720, 5000, 58, 9, 128, 60 * S, 0 } },
    { "H.264", LP_VIDEO_H264, 0, 1, 1280, 720, 0, { LP_VIDEO_H264, 1280, 720, 5000, 40, 8, 128, 60 * S, 0 } },
    { "large", LP_VIDEO_AV1, 0, 1, 3840, 2160, 0, { LP_VIDEO_AV1, 1920, 1080, 5000, 58, 9, 128, 60 * S, 0 } },
    { "too high", LP_VIDEO_AV1, 0, 1, 1080, 2160, 0, { LP_VIDEO_AV1, 540, 1080, 5000, 58, 9, 128, 60 * S, 0 } },
    { "fills the box", LP_VIDEO_AV1, 0, 1, 2148, 1074, 0, { LP_VIDEO_AV1, 1920, 960, 5000, 58, 9, 128, 60 * S, 0 } },
    { "odd", LP_VIDEO_AV1, 0, 1, 1367, 769, 0, { LP_VIDEO_AV1, 1366, 768, 5000, 58, 9, 128, 60 * S, 0 } },
    { "half moves", LP_VIDEO_AV1, 0, 1, 1280, 720, 50, { LP_VIDEO_AV1, 1280, 720, 5000, 58, 9, 128, 60 * S, 0 } },
    { "film", LP_VIDEO_AV1, 0, 1, 1280, 720, 51, { LP_VIDEO_AV1, 640, 360, 12500, 55, 8, 128, 60 * S, 1 } },
    { "none wanted", LP_VIDEO_NONE, 0, 1, 1280, 720, 0, { .codec = LP_VIDEO_NONE } },
    { "no video", LP_VIDEO_AV1, -1, 1, 1280, 720, 0, { .codec = LP_VIDEO_NONE } },
    { "no slides", LP_VIDEO_AV1, 0, 0, 1280, 720, 0, { .codec = LP_VIDEO_NONE } },
};

static void video_fits_its_box_and_its_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(video_cases); i++) {
        lp_arena a = { 0 };
        lp_slide slide = { 0 };
        lp_span motion = { 0, video_cases[i].motion_s * S };
        lp_timeline t = { .duration_us = 100 * S, .slides = &slide, .n_slides = (size_t)video_cases[i].n_slides,
                          .width_px = video_cases[i].w, .height_px = video_cases[i].h, .motion = &motion,
                          .n_motion = 1 };
        lp_session s = { .video = video_cases[i].video };
        lp_cues c = { 0 };
        lp_plan_options o = { 16000, video_cases[i].wanted };
        const lp_video_plan *w = &video_cases[i].want;
        lp_plan p;
        assert_int_equal(lp_plan_make(&s, &t, &c, NULL, &o, &a, &p, NULL), LP_OK);
        const lp_video_plan *v = &p.video;
        int has_preset = w->codec != LP_VIDEO_AV1 || v->preset == w->preset; /* H.264's is free */
        if (v->codec != w->codec || v->width_px != w->width_px || v->height_px != w->height_px || v->crf != w->crf ||
            v->max_fps_milli != w->max_fps_milli || v->is_motion != w->is_motion || !has_preset ||
            v->max_key_frames_apart != w->max_key_frames_apart || v->max_key_us != w->max_key_us)
            fail_msg("%s: codec %d, %dx%d, crf %d, %d", video_cases[i].name, (int)v->codec, v->width_px,
                     v->height_px, v->crf, v->max_fps_milli);
        lp_arena_clear(&a);
    }
}

static const struct {
    double loudness, peak, wanted, gain;
    int has_limiter;
} sound_cases[] = { /* the limiter begins 4.5 dB below full scale */
    { -16, -4.6, 0, 0, 0 },    { -16, -4.4, 0, 0, 1 },  { -20, -8.6, 4, 4, 0 },     { -20, -8.4, 4, 4, 1 },
    { -60, -50, 44, 30, 0 }, { 10, 0, -26, -20, 0 }, { -70, -90, 12, 0, 0 },
};

static void a_picture_too_small_for_av1_costs_no_layer(void **state)
{
    static const struct {
        int w, h;
        lp_video_codec wanted, got;
    } rows[] = {
        { 2, 720, LP_VIDEO_AV1, LP_VIDEO_NONE },     { 8190, 16, LP_VIDEO_AV1, LP_VIDEO_NONE },
        { 62, 62, LP_VIDEO_AV1, LP_VIDEO_NONE },     { 64, 64, LP_VIDEO_AV1, LP_VIDEO_AV1 },
        { 62, 62, LP_VIDEO_H264, LP_VIDEO_H264 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_slide slide = { .end_us = 60 * S };
        lp_timeline t = { .duration_us = 60 * S, .slides = &slide, .n_slides = 1, .width_px = rows[i].w, .height_px = rows[i].h };
        lp_cues c = { 0 };
        lp_arena a = { 0 };
        lp_plan p;
        lp_plan_options o = { good.sound_bps, rows[i].wanted };
        assert_int_equal(lp_plan_make(&with_video, &t, &c, NULL, &o, &a, &p, NULL), LP_OK);
        assert_int_equal(p.video.codec, rows[i].got);
        assert_int_equal(p.n_slides, 1);
        assert_int_equal(p.findings.n, rows[i].got == LP_VIDEO_NONE ? 1 : 0);
        if (p.findings.n)
            assert_int_equal(p.findings.items[0].severity, LP_NOTE);
        lp_arena_clear(&a);
    }
}

static void sound_is_brought_to_its_loudness(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(sound_cases); i++) {
        lp_arena a = { 0 };
        lp_timeline t = { .duration_us = S };
        lp_cues c = { 0 };
        lp_plan p;
        t.sound = (lp_sound_survey){ .stream = 3, .mix = LP_MIX_RIGHT, .loudness_lufs = sound_cases[i].loudness,
                                     .peak_db = sound_cases[i].peak, .gain_db = sound_cases[i].wanted };
        assert_int_equal(lp_plan_make(&with_video, &t, &c, NULL, &good, &a, &p, NULL), LP_OK);
        assert_int_equal(p.sound.stream, 3);
        assert_int_equal(p.sound.mix, LP_MIX_RIGHT);
        assert_int_equal(p.sound.rate_bps, 16000);
        assert_true(p.sound.limit_db <= -1 && p.sound.limit_db >= -1);
        if (p.sound.gain_db < sound_cases[i].gain - 1e-9 || p.sound.gain_db > sound_cases[i].gain + 1e-9 ||
            p.sound.has_limiter != sound_cases[i].has_limiter)
            fail_msg("%g LUFS, peak %g: gain %g, limiter %d", sound_cases[i].loudness, sound_cases[i].peak,
                     p.sound.gain_db, p.sound.has_limiter);
        lp_arena_clear(&a);
    }
}

static void a_low_rate_takes_more_of_the_loudness(void **state)
{
    static const struct {
        int rate_bps;
        double gain_db;
    } rows[] = { { 8000, 4.7 }, { 12000, 4.7 }, { 16000, 4 }, { 32000, 4 } };
    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        lp_arena a = { 0 };
        lp_timeline t = { .duration_us = S, .sound = { .loudness_lufs = -20, .peak_db = -12, .gain_db = 4 } };
        lp_cues c = { 0 };
        lp_plan_options o = good;
        lp_plan p;
        o.sound_bps = rows[i].rate_bps;
        assert_int_equal(lp_plan_make(&with_video, &t, &c, NULL, &o, &a, &p, NULL), LP_OK);
        assert_true(p.sound.gain_db > rows[i].gain_db - 1e-9 && p.sound.gain_db < rows[i].gain_db + 1e-9);
        lp_arena_clear(&a);
    }
}

static void slides_cuts_and_cues_are_taken_over(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_slide_step step = { 2 * S, S, 10, 20, 30, 40 };
    lp_slide slides[] = { { 0, 4 * S, 3 * S, -1, 0, &step, 1 }, { 4 * S, 10 * S, 5 * S, 0, 1, NULL, 0 } };
    int64_t cuts[] = { 0, 4 * S };
    lp_timeline t = { .duration_us = 10 * S, .slides = slides, .n_slides = 2, .cuts = cuts, .n_cuts = 2,
                      .width_px = 801, .height_px = 601 };
    lp_cue items[] = { { 0, S, "a", -1, 0, 0, 0 }, { 9 * S, 12 * S, "b", 1, 0, 0, 0 },
                       { 10 * S, 11 * S, "c", -1, 0, 0, 0 } };
    lp_cues others[] = { { 0 }, { .items = items + 1, .n = 2 } };
    lp_cues c = { .items = items, .n = 3, .others = others, .n_others = 2 };
    lp_plan p;
    assert_int_equal(lp_plan_make(&with_video, &t, &c, NULL, &good, &a, &p, NULL), LP_OK);
    assert_int_equal(p.duration_us, 10 * S);
    assert_int_equal(p.map.n, 1);
    assert_true(p.map.pieces[0].out_us == 0 && p.map.pieces[0].in_us == 0 && p.map.pieces[0].len_us == 10 * S);
    assert_int_equal(p.width_px, 801);
    assert_int_equal(p.height_px, 601);
    assert_int_equal(p.n_slides, 2);
    assert_true(p.slides[1].t_us == 4 * S && p.slides[1].end_us == 10 * S && p.slides[1].picture_us == 5 * S);
    assert_true(p.slides[0].same_as == -1 && p.slides[1].same_as == 0 && p.slides[1].is_poster);
    assert_int_equal(p.slides[0].n_steps, 1);
    assert_memory_equal(p.slides[0].steps, &step, sizeof(step));
    assert_int_equal(p.slides[1].n_steps, 0);
    assert_int_equal(p.n_key_times, 2);
    assert_int_equal(p.key_times[1], 4 * S);
    assert_int_equal(p.n_cues, 2);
    assert_int_equal(p.cues[1].end_us, 10 * S);
    assert_int_equal(p.cues[1].person, 1);
    assert_int_equal(p.n_others, 2);
    assert_int_equal(p.others[0].n_cues, 0);
    assert_int_equal(p.others[1].n_cues, 1);
    assert_int_equal(p.others[1].cues[0].end_us, 10 * S);
    lp_arena_clear(&a);
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    const struct {
        lp_plan_options o;
        lp_status want;
    } cases[] = {
        { { 5999, LP_VIDEO_AV1 }, LP_ERR_USAGE },        { { 6000, LP_VIDEO_AV1 }, LP_OK },
        { { 64000, LP_VIDEO_H264 }, LP_OK },             { { 64001, LP_VIDEO_AV1 }, LP_ERR_USAGE },
        { { 16000, (lp_video_codec)3 }, LP_ERR_USAGE },
    };
    for (size_t i = 0; i < N(cases); i++) {
        lp_arena a = { 0 };
        lp_timeline t = { .duration_us = S };
        lp_cues c = { 0 };
        lp_plan p;
        lp_diag d = { 0 };
        if (lp_plan_make(&with_video, &t, &c, NULL, &cases[i].o, &a, &p, &d) != cases[i].want)
            fail_msg("%d bit/s, codec %d: %d", cases[i].o.sound_bps, (int)cases[i].o.video, (int)d.status);
        assert_int_equal(d.status, cases[i].want);
        lp_arena_clear(&a);
    }
}

static void memory_that_runs_out_is_said(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_timeline t = { .duration_us = S };
    lp_cues c = { 0 };
    lp_plan p;
    lp_mem_fail_at(1);
    lp_status s = lp_plan_make(&with_video, &t, &c, NULL, &good, &a, &p, NULL);
    lp_mem_fail_at(0);
    assert_int_equal(s, LP_ERR_NOMEM);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(video_fits_its_box_and_its_kind),
        cmocka_unit_test(a_picture_too_small_for_av1_costs_no_layer),
        cmocka_unit_test(sound_is_brought_to_its_loudness),
        cmocka_unit_test(a_low_rate_takes_more_of_the_loudness),
        cmocka_unit_test(slides_cuts_and_cues_are_taken_over),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
