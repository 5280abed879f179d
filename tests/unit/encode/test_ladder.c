#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>

#include "encode/ladder.h"

static void a_quick_try_says_where_to_begin(void **state)
{
    static const struct {
        int kept, bytes, most;
        lp_ladder_step begin;
    } rows[] = {
        { 0, 1000, INT_MAX, LP_LADDER_NEAR },   { 67, 1000, INT_MAX, LP_LADDER_NEAR }, { 68, 1000, INT_MAX, LP_LADDER_HIGH },
        { 88, 1000, INT_MAX, LP_LADDER_HIGH },  { 89, 1000, INT_MAX, LP_LADDER_LOW },  { 100, 1000, INT_MAX, LP_LADDER_LOW },
        { 100, 1100, 1000, LP_LADDER_LOW },     { 100, 1111, 1000, LP_LADDER_NEAR },   { 80, 800, 1000, LP_LADDER_HIGH },
        { 80, 804, 1000, LP_LADDER_NEAR },      { 100, 900, 1000, LP_LADDER_LOW },     { 100, INT_MAX, INT_MAX, LP_LADDER_LOW },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(lp_ladder_begin(rows[i].kept, rows[i].bytes, rows[i].most), rows[i].begin);
}

static void what_is_too_large_is_left_whatever_it_keeps(void **state)
{
    (void)state;
    assert_false(lp_ladder_is_too_large(1100, 1000));
    assert_true(lp_ladder_is_too_large(1111, 1000));
    assert_false(lp_ladder_is_too_large(INT_MAX, INT_MAX));
    for (int bytes = 500; bytes < 2000; bytes++)
        assert_int_equal(lp_ladder_is_too_large(bytes, 1000), lp_ladder_begin(100, bytes, 1000) == LP_LADDER_NEAR);
}

static void what_keeps_enough_is_the_end(void **state)
{
    (void)state;
    assert_int_equal(lp_ladder_next(LP_LADDER_LOW, 89), LP_LADDER_LOW);
    assert_int_equal(lp_ladder_next(LP_LADDER_HIGH, 100), LP_LADDER_HIGH);
    assert_int_equal(lp_ladder_next(LP_LADDER_NEAR, 0), LP_LADDER_NEAR);
}

static void what_keeps_too_little_goes_one_step_up(void **state)
{
    (void)state;
    assert_int_equal(lp_ladder_next(LP_LADDER_LOW, 88), LP_LADDER_HIGH);
    assert_int_equal(lp_ladder_next(LP_LADDER_HIGH, 0), LP_LADDER_NEAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quick_try_says_where_to_begin),
        cmocka_unit_test(what_is_too_large_is_left_whatever_it_keeps),
        cmocka_unit_test(what_keeps_enough_is_the_end),
        cmocka_unit_test(what_keeps_too_little_goes_one_step_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
