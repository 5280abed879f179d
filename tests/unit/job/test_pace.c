#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "job/pace.h"

enum { SEC = 1000000 };

static void begin(lp_pace *p, const lecpack_options *o)
{
    assert_int_equal(lp_pace_init(p, o, NULL), LP_OK);
    p->begun_us = 0;
    p->duration_us = 600 * (int64_t)SEC;
    (void)lp_pace_add(p, "one", 10);
    (void)lp_pace_add(p, "two", 30);
    (void)lp_pace_add(p, "none", 0);
}

static void the_fraction_is_the_weighted_sum_of_the_stages(void **state)
{
    (void)state;
    static const lecpack_options o = { 0 };
    lp_pace p;
    begin(&p, &o);
    lecpack_progress at = lp_pace_at(&p, 0, 50, 100, 10 * SEC);
    assert_float_equal(at.fraction, 0.125, 1e-9);
    assert_float_equal(at.eta_s, 70, 1e-6);  /* an eighth took 10 s */
    assert_float_equal(at.speed, 7.5, 1e-6); /* an eighth of 600 s in 10 s */
    at = lp_pace_at(&p, 1, 10, 100, 10 * SEC);
    assert_float_equal(at.fraction, 0.2, 1e-9); /* both run at the same time */
    assert_string_equal(at.stage, "two");
    lp_pace_clear(&p);
}

static void the_fraction_never_falls(void **state)
{
    (void)state;
    static const lecpack_options o = { 0 };
    lp_pace p;
    begin(&p, &o);
    double high = lp_pace_at(&p, 1, 80, 100, SEC).fraction;
    assert_float_equal(lp_pace_at(&p, 1, 20, 100, SEC).fraction, high, 1e-9);
    assert_true(lp_pace_at(&p, 1, 500, 100, SEC).fraction <= 1);
    lp_pace_clear(&p);
}

static void a_stage_that_was_up_to_date_does_not_count_as_speed(void **state)
{
    (void)state;
    static const lecpack_options o = { 0 };
    lp_pace p;
    begin(&p, &o);
    lp_pace_finish(&p, 0, 1);
    lecpack_progress at = lp_pace_at(&p, 1, 50, 100, 10 * SEC);
    assert_float_equal(at.fraction, 0.625, 1e-9);
    assert_float_equal(at.eta_s, 10, 1e-6);
    lp_pace_clear(&p);
}

static void before_anything_is_done_no_end_is_promised(void **state)
{
    (void)state;
    static const lecpack_options o = { 0 };
    lp_pace p;
    begin(&p, &o);
    lecpack_progress at = lp_pace_at(&p, 0, 0, 0, 5 * SEC);
    assert_true(at.eta_s < 0);
    assert_float_equal(at.speed, 0, 1e-9);
    lp_pace_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fraction_is_the_weighted_sum_of_the_stages),
        cmocka_unit_test(the_fraction_never_falls),
        cmocka_unit_test(a_stage_that_was_up_to_date_does_not_count_as_speed),
        cmocka_unit_test(before_anything_is_done_no_end_is_promised),
    };
    return cmocka_run_group_tests_name("job/pace", tests, NULL, NULL);
}
