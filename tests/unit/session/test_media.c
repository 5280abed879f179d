#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "session/media.h"

static void layers_are_joined_and_their_positions_follow(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_media all = { .sound = -1, .video = -1 };
    lp_media_file stills[] = { { .path = "s/1.webp", .role = LP_MEDIA_STILL },
                               { .path = "s/2.webp", .role = LP_MEDIA_STILL },
                               { .path = "s/2-1.webp", .role = LP_MEDIA_STEP } };
    lp_media_step step = { 1, 0, 2, 30, 40 };
    int slide_file[] = { 0, 1, 0 };
    lp_media_file one_sound = { .path = "sound.webm", .role = LP_MEDIA_SOUND };
    lp_media_file one_video = { .path = "video.webm", .role = LP_MEDIA_VIDEO };
    lp_finding note = { "a-code", LP_WARNING, 1, 2, "50 % is less" };
    lp_media sound = {
        .files = &one_sound, .n = 1, .sound = 0, .video = -1, .findings = { &note, 1, 1 }
    };
    lp_media still = { .files = stills,
                       .n = 3,
                       .slide_file = slide_file,
                       .n_slides = 3,
                       .steps = &step,
                       .n_steps = 1,
                       .sound = -1,
                       .video = -1 };
    lp_media video = { .files = &one_video, .n = 1, .sound = -1, .video = 0 };
    assert_int_equal(lp_media_merge(&all, &sound, &a, NULL), LP_OK);
    assert_int_equal(lp_media_merge(&all, &still, &a, NULL), LP_OK);
    assert_int_equal(lp_media_merge(&all, &video, &a, NULL), LP_OK);
    assert_int_equal(all.n, 5);
    assert_int_equal(all.sound, 0);
    assert_int_equal(all.video, 4);
    assert_int_equal(all.n_slides, 3);
    assert_string_equal(all.files[all.slide_file[1]].path, "s/2.webp");
    assert_int_equal(all.slide_file[0], all.slide_file[2]);
    assert_int_equal(all.n_steps, 1);
    assert_string_equal(all.files[all.steps[0].file].path, "s/2-1.webp");
    assert_true(all.steps[0].slide == 1 && all.steps[0].x_px == 30 && all.steps[0].y_px == 40);
    assert_int_equal(all.findings.n, 1);
    assert_string_equal(all.findings.items[0].text, "50 % is less");
    lp_arena_clear(&a);
}

static void a_merge_without_memory_says_so(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_media all = { .sound = -1, .video = -1 };
    lp_media_file file = { .path = "sound.webm", .role = LP_MEDIA_SOUND };
    lp_media sound = { .files = &file, .n = 1, .sound = 0, .video = -1 };
    lp_mem_fail_at(1);
    assert_int_equal(lp_media_merge(&all, &sound, &a, NULL), LP_ERR_NOMEM);
    lp_mem_fail_at(0);
    assert_int_equal(all.sound, -1);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_are_joined_and_their_positions_follow),
        cmocka_unit_test(a_merge_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
