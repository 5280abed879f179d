#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "caption/lint.h"

#define C42 "123456789 123456789 123456789 123456789 12"

static void figures_of_a_small_set_are_right(void **state)
{
    (void)state;
    static const lp_cue cues[] = {
        { 0, 2000000, "two words", -1, 0, 0 }, /* 9 characters in 2 s */
        { 1000000, 2000000, "caf\xc3\xa9 of thirty letters, more",
          -1, 0, 0 }, /* 28 in 1 s; overlaps */
        { 5000000, 9000000, C42 "\n" C42 "3\nx",
          -1, 0, 0 }, /* 42 + 43 + 1 and two line ends: 88 in 4 s */
    };
    lp_caption_quality q = lp_caption_lint(cues, 3);
    assert_int_equal(q.n_cues, 3);
    assert_int_equal(q.n_words, 2 + 5 + 11);
    assert_int_equal(q.covered_us, 6000000);
    assert_true(fabs(q.max_cps - 28) < 1e-9);
    assert_true(fabs(q.mean_cps - (9 + 28 + 88) / 7.0) < 1e-9);
    assert_int_equal(q.n_fast, 2);
    assert_int_equal(q.max_line_chars, 43);
    assert_int_equal(q.n_long_lines, 1);
    assert_int_equal(q.max_lines, 3);
    assert_int_equal(q.n_tall, 1);
    assert_int_equal(q.n_overlaps, 1);
}

static void no_cues_give_zeros(void **state)
{
    (void)state;
    lp_caption_quality q = lp_caption_lint(NULL, 0);
    assert_int_equal(q.n_cues, 0);
    assert_true(q.mean_cps >= 0 && q.mean_cps <= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_a_small_set_are_right),
        cmocka_unit_test(no_cues_give_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
