#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/time.h"
#include "caption/letters.h"
#include "caption/transcript.h"

#define S(t) ((int64_t)(t)*LP_SECOND_US)

static lp_cue cue_items[] = {
    { S(1), S(3), "Hello and\nwelcome.", 0, 0, 0, 0 },
    { S(3), S(5), "Today:", 0, 0, 0, 0 },
    { S(6), S(7), "A question?", 1, 0, 0, 0 },
    { S(61), S(63), "Next.", 1, 0, 0, 0 },
    { S(63), S(64), "Who?", -1, 0, 0, 0 },
};
static lp_person people[] = { { "Ada" }, { "Bo" } };
static lp_chapter chapters[] = {
    { 0, "Start" }, { S(30), "" }, { S(60), "Two" }, { S(3700), "End" }
};
static const lp_plan plan = {
    .cues = cue_items, .n_cues = 5, .chapters = chapters, .n_chapters = 4
};
static const lp_cues cues = { .people = people, .n_people = 2 };

static void speech_becomes_text_with_headings_times_and_names(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_buf out;
    lp_buf_init(&out, 10000);
    assert_int_equal(lp_transcript_write(&out, "Week 3", &plan, &cues, &a, NULL), LP_OK);
    assert_string_equal(out.data, "Week 3\n"
                                  "\n== Start (0:00) ==\n"
                                  "\n[0:01] Ada: Hello and welcome. Today:\n"
                                  "\n[0:06] Bo: A question?\n"
                                  "\n== (0:30) ==\n"
                                  "\n== Two (1:00) ==\n"
                                  "\n[1:01] Next.\n"
                                  "\n[1:03] Who?\n"
                                  "\n== End (1:01:40) ==\n");
    lp_buf_clear(&out);
    lp_arena_clear(&a);
}

static void a_word_that_was_cut_is_whole(void **state)
{
    (void)state;
    static lp_cue items[] = {
        { S(1), S(3), "See example.org/" LP_WORD_GOES_ON "\na/" LP_WORD_GOES_ON, -1, 0, 0, 0 },
        { S(3), S(5), "b.html now,\nor", -1, 0, 0, 0 },
        { S(5), S(6), "later.", -1, 0, 0, 0 },
    };
    lp_plan p = { .cues = items, .n_cues = 3 };
    lp_arena a = { 0 };
    lp_buf out;
    lp_buf_init(&out, 10000);
    assert_int_equal(lp_transcript_write(&out, "T", &p, &cues, &a, NULL), LP_OK);
    assert_string_equal(out.data, "T\n\n[0:01] See example.org/a/b.html now, or later.\n");
    lp_buf_clear(&out);
    lp_arena_clear(&a);
}

static void each_failing_allocation_is_reported(void **state)
{
    (void)state;
    lp_status s = LP_ERR_NOMEM;
    for (long n = 1; s != LP_OK; n++) {
        lp_arena a = { 0 };
        lp_buf out;
        lp_buf_init(&out, 10000);
        assert_true(n < 100);
        lp_mem_fail_at(n);
        s = lp_transcript_write(&out, "Week 3", &plan, &cues, &a, NULL);
        lp_mem_fail_at(0);
        assert_true(s == LP_OK ? !out.failed : s == LP_ERR_NOMEM);
        lp_buf_clear(&out);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speech_becomes_text_with_headings_times_and_names),
        cmocka_unit_test(a_word_that_was_cut_is_whole),
        cmocka_unit_test(each_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
