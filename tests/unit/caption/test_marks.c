#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "caption/marks.h"

static void only_whole_lines_of_comments_are_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        int has_list, is_reviewed;
    } rows[] = {
        { "", 0, 0, 0 },
        { "WEBVTT\n\nNOTE checked\n00:00:08.000\n01:02:03.004\n", 2, 1, 0 },
        { "WEBVTT\r\n\r\nNOTE checked \r\n00:00:08.000\t\r\n\r\n00:00:09.000\r\n", 1, 1, 0 },
        { "WEBVTT\n\nNOTE checked\n\nNOTE checked\n00:00:08.000", 1, 1, 0 },
        { "WEBVTT\n\nNOTE checked\n", 0, 1, 0 },
        { "WEBVTT\n\nNOTE checked\n8\n0:8\n00:00:08\n00:00:08.000 x\nx\n00:00:07.000\n", 1, 1, 0 },
        { "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nNOTE checked\n00:00:08.000\n", 0, 0, 0 }, /* a caption that says so */
        { "WEBVTT\n\nNOTE checked by Ada\n00:00:08.000\n", 0, 0, 0 },
        { "WEBVTT\n\nNOTE reviewed\n\n00:00:01.000 --> 00:00:02.000\nHi\n", 0, 0, 1 },
        { "WEBVTT\rLanguage: en\r\rNOTE reviewed", 0, 0, 1 },
        { "WEBVTT\n\nNOTE not reviewed\n", 0, 0, 0 },
        { "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nNOTE reviewed\n", 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_arena a = { 0 };
        lp_marks m = { 0 };
        assert_int_equal(lp_marks_read(rows[i].text, strlen(rows[i].text), &a, &m, NULL), LP_OK);
        if (m.n != rows[i].n || m.has_list != rows[i].has_list || m.is_reviewed != rows[i].is_reviewed)
            fail_msg("row %zu: %zu marks, list %d, reviewed %d", i, m.n, m.has_list, m.is_reviewed);
        lp_arena_clear(&a);
    }
}

static void marks_are_read_as_they_were_written(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_marks m = { 0 }, again = { 0 };
    lp_buf out;
    assert_int_equal(lp_marks_add(&m, &a, 8000400, NULL), LP_OK); /* published to the millisecond */
    assert_int_equal(lp_marks_add(&m, &a, INT64_C(360000000000) + 4000, NULL), LP_OK);
    lp_buf_init(&out, 1000);
    lp_marks_write(&m, &out);
    assert_string_equal(out.data, "\nNOTE checked\n00:00:08.000\n100:00:00.004\n");
    assert_int_equal(lp_marks_read(out.data, out.len, &a, &again, NULL), LP_OK);
    assert_int_equal(again.n, 2);
    assert_true(lp_marks_has(&again, 8000400));
    assert_true(lp_marks_has(&again, INT64_C(360000000000) + 4000));
    assert_false(lp_marks_has(&again, 8001000));
    assert_false(lp_marks_has(&again, 7999000));
    lp_buf_clear(&out);
    lp_arena_clear(&a);
}

static void memory_that_is_out_is_told(void **state)
{
    (void)state;
    static const char text[] = "NOTE checked\n00:00:08.000\n";
    lp_arena a = { 0 };
    lp_marks m = { 0 };
    lp_mem_fail_at(1);
    lp_status s = lp_marks_read(text, sizeof(text) - 1, &a, &m, NULL);
    lp_mem_fail_at(0);
    assert_int_equal(s, LP_ERR_NOMEM);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_whole_lines_of_comments_are_marks),
        cmocka_unit_test(marks_are_read_as_they_were_written),
        cmocka_unit_test(memory_that_is_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
