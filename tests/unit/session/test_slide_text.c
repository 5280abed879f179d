#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "session/slide_text.h"

static void a_name_under_a_face_is_no_title(void **state)
{
    (void)state;
    lp_slide_text items[] = { { 0, "Sampling\nDr Ruiz", "Sampling" },
                              { 1, "def poll(n)\nDr Ruiz", "Dr Ruiz" },
                              { 2, "Remember\nDr Ruiz", "Remember" },
                              { 3, "Remember\nthis too", "Remember" } };
    lp_slide_texts t = { .items = items, .n = 4 };
    lp_slide_titles_drop_common(&t);
    assert_string_equal(items[0].title, "Sampling");
    assert_null(items[1].title);
    assert_string_equal(items[2].title, "Remember"); /* a title that goes on is one */
    assert_string_equal(items[3].title, "Remember");
}

static void part_of_a_line_is_another_line(void **state)
{
    (void)state;
    lp_slide_text items[] = { { 0, "Sampling", "Sampling" }, { 1, "Sampling error\nx", NULL }, { 2, "Week 3: Sampling", NULL } };
    lp_slide_texts t = { .items = items, .n = 3 };
    lp_slide_titles_drop_common(&t);
    assert_string_equal(items[0].title, "Sampling");
    assert_string_equal(lp_slide_words_of(&t, 1), "Sampling error\nx");
    assert_null(lp_slide_words_of(&t, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_under_a_face_is_no_title),
        cmocka_unit_test(part_of_a_line_is_another_line),
    };
    return cmocka_run_group_tests_name("session/slide_text", tests, NULL, NULL);
}
