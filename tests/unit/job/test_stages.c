#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "job/report.h"
#include "job/stages.h"

static void every_stage_has_all_fields_and_needs_only_earlier_ones(void **state)
{
    (void)state;
    for (int id = 0; id < LP_STAGES; id++) {
        const lp_stage *s = &lp_stages[id];
        assert_non_null(s->name);
        assert_true(s->version >= 1 && s->weight >= 1 && s->n_needs <= LP_STAGE_NEEDS);
        assert_non_null(s->run);
        assert_non_null(s->load);
        assert_non_null(s->files_base);
        for (size_t i = 0; i < s->n_needs; i++) {
            assert_true((int)s->needs[i].stage < id);
            for (size_t k = 0; k < i; k++)
                assert_int_not_equal(s->needs[i].stage, s->needs[k].stage);
        }
    }
}

static void options_are_told_apart_by_what_was_given(void **state)
{
    (void)state;
    static const struct {
        lecpack_options o;
        unsigned option;
        const char *text;
    } rows[] = {
        { { .title = NULL }, LP_READS_TITLE, "auto" },
        { { .title = "auto" }, LP_READS_TITLE, "=auto" },
        { { .lang = "fr" }, LP_READS_LANG, "=fr" },
        { { .captions = "a.vtt" }, LP_READS_CAPTIONS, "given" },
        { { .sound_bps = 16000 }, LP_READS_SOUND_RATE, "16000" },
        { { .video = LECPACK_VIDEO_AV1 }, LP_READS_VIDEO, "av1" },
        { { .video = LECPACK_VIDEO_H264 }, LP_READS_VIDEO, "h264" },
        { { .video = LECPACK_VIDEO_NONE }, LP_READS_VIDEO, "none" },
    };
    lp_arena a = { 0 };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_job j = { .options = &rows[i].o };
        assert_string_equal(lp_stage_option_text(&j, rows[i].option, &a), rows[i].text);
    }
    lp_arena_clear(&a);
}

static void a_layer_is_missing_when_it_was_planned_and_not_made(void **state)
{
    (void)state;
    static const struct {
        size_t slides_planned, slides_made;
        int sound_planned, sound_made;
        lp_video_codec video_planned;
        int video_made;
        const char *missing[3];
    } rows[] = {
        { 3, 3, 0, 0, LP_VIDEO_AV1, 0, { NULL } },
        { 0, 0, -1, -1, LP_VIDEO_NONE, -1, { NULL } },
        { 3, 0, 0, 0, LP_VIDEO_NONE, -1, { "slides" } },
        { 3, 3, 1, -1, LP_VIDEO_H264, 0, { "sound" } },
        { 2, 0, 0, -1, LP_VIDEO_AV1, -1, { "slides", "sound", "video" } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_job j = { 0 };
        const char *ids[4] = { NULL };
        j.plan.n_slides = rows[i].slides_planned;
        j.plan.sound.stream = rows[i].sound_planned;
        j.plan.video.codec = rows[i].video_planned;
        j.media[LP_STAGE_STILLS].n_slides = rows[i].slides_made;
        j.media[LP_STAGE_SOUND].sound = rows[i].sound_made;
        j.media[LP_STAGE_VIDEO].video = rows[i].video_made;
        size_t n = lp_stage_missing_layers(&j, ids);
        for (size_t k = 0; k < 3; k++) {
            if (rows[i].missing[k])
                assert_string_equal(ids[k], rows[i].missing[k]);
            assert_int_equal(k < n, rows[i].missing[k] != NULL);
        }
    }
}

static void a_stream_that_can_not_be_decoded_is_a_missing_layer(void **state)
{
    (void)state;
    lp_finding picture = { "picture-not-decoded", LP_LOSS, -1, -1, "x" }, sound = { "sound-not-decoded", LP_LOSS, -1, -1, "x" };
    const char *ids[4] = { NULL };
    lp_job j = { .plan.sound.stream = -1, .timeline = { .sound.stream = -1, .findings = { &picture, 1, 1 } } };
    assert_int_equal(lp_stage_missing_layers(&j, ids), 1);
    assert_string_equal(ids[0], "slides");
    j.timeline.findings.items = &sound;
    assert_int_equal(lp_stage_missing_layers(&j, ids), 1);
    assert_string_equal(ids[0], "sound");
    j.timeline.sound.stream = j.plan.sound.stream = 0; /* another track was taken */
    assert_int_equal(lp_stage_missing_layers(&j, ids), 0);
}

static void captions_are_missing_when_an_engine_was_and_nothing_else_gave_any(void **state)
{
    (void)state;
    lp_finding f[] = { { "other", LP_NOTE, -1, -1, "x" }, { "captions-missing", LP_LOSS, -1, -1, "no engine" } };
    const char *ids[4] = { NULL };
    lp_job j = { .plan.sound.stream = -1, .cues.findings = { f, 2, 2 } };
    assert_int_equal(lp_stage_missing_layers(&j, ids), 1);
    assert_string_equal(ids[0], "captions");
    j.cues.n = 1; /* a person typed some */
    assert_int_equal(lp_stage_missing_layers(&j, ids), 0);
    j.cues.n = 0;
    j.cues.findings.n = 1; /* music: an engine listened and heard no word */
    assert_int_equal(lp_stage_missing_layers(&j, ids), 0);
}

static void the_report_prices_each_layer_and_shows_foreign_text_clean(void **state)
{
    (void)state;
    static char zip[] = "out.zip";
    lp_finding f = { "file-cut-short", LP_LOSS, 65000000, 70000000,
                     "talk.mp4: \x1b[31mends early" };
    lp_job j = { .output = "out", .zip_path = zip, .zip_bytes = 12345678 };
    lp_report r = { .job = &j, .is_up_to_date = 0, .missing = { "video" }, .n_missing = 1 };
    lp_buf out;
    lp_buf_init(&out, 1 << 16);
    j.session.title = "Two\nlines";
    j.session.findings = (lp_findings){ &f, 1, 1 };
    j.plan.duration_us = (int64_t)1800 * 1000000;
    j.summary = (lp_package_summary){ .layers = { { "text", 90000, 21000, 5 },
                                                  { "sound", 3000000, 3000000, 1 } },
                                      .n_layers = 2,
                                      .bytes = 3090000 };
    lp_report_text(&r, &out);
    assert_int_equal(lp_buf_check(&out, "report", NULL), LP_OK);
    /* 21000 bytes are 168 kbit: 4.8 s at 35 kbit/s, 0.42 s at 400; 3 MB: 685.7 s and 60 s */
    assert_string_equal(
        out.data,
        "out: packed; \"Two lines\", 30 min 0 s, 3090 kB\n"
        "  text   21 kB to download (0.0 MB per hour), 5 s on 2G, 1 s on 3G\n"
        "  sound  3000 kB to download (6.0 MB per hour), 11 min 26 s on 2G, 1 min 0 s on 3G\n"
        "  video  could not be made\n"
        "  loss: at 1:05: talk.mp4: ends early\n"
        "Open out/index.html in a browser.\n"
        "In one file: out.zip (12.3 MB)\n");
    lp_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stage_has_all_fields_and_needs_only_earlier_ones),
        cmocka_unit_test(options_are_told_apart_by_what_was_given),
        cmocka_unit_test(a_layer_is_missing_when_it_was_planned_and_not_made),
        cmocka_unit_test(a_stream_that_can_not_be_decoded_is_a_missing_layer),
        cmocka_unit_test(captions_are_missing_when_an_engine_was_and_nothing_else_gave_any),
        cmocka_unit_test(the_report_prices_each_layer_and_shows_foreign_text_clean),
    };
    return cmocka_run_group_tests_name("job/stages", tests, NULL, NULL);
}
