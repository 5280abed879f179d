#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "asr/orders.h"

static void chunks_are_read_line_by_line(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_order *o;
    size_t n;
    assert_int_equal(lp_orders_parse("# id start end\n1\t0.000\t9.5\r\n\n1000000\t9.5\t39.5", "c.tsv", &a, &o, &n, NULL), LP_OK);
    assert_int_equal(n, 2);
    assert_int_equal(o[0].id, 1);
    assert_true(o[0].start < 1e-9 && o[0].end > 9.49 && o[0].end < 9.51);
    assert_int_equal(o[1].id, 1000000);
    assert_int_equal(lp_orders_parse("", "c.tsv", &a, &o, &n, NULL), LP_OK);
    assert_int_equal(n, 0);
    lp_arena_clear(&a);
}

static void a_line_that_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const rows[] = { "1\t0", "x\t0\t1", "-1\t0\t1", "1\t-1\t1", "1\t2\t1", "1\t1\t1", "1\t0\t30.1", "1\t0\tnan", "1\tinf\tinf", "1\t0\t1x", "1 0 1" };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_order *o;
        size_t n;
        lp_diag d = { 0 };
        char text[64] = "5\t0\t1\n";
        strncat(text, rows[i], 40);
        if (lp_orders_parse(text, "c.tsv", &a, &o, &n, &d) != LP_ERR_INPUT || !strstr(d.text, "c.tsv: line 2"))
            fail_msg("\"%s\": %s", rows[i], d.text);
        lp_arena_clear(&a);
    }
}

static void terms_have_a_time_and_a_boost(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_term *t;
    size_t n;
    lp_diag d = { 0 };
    assert_int_equal(lp_terms_parse("0\t10\tComfyUI\n5\t15\tconfidence interval\t2.5\n0\t9\tx\n0\t9\tloud\t100\n", "t.tsv", &a, &t, &n, NULL), LP_OK);
    assert_int_equal(n, 3);
    assert_string_equal(t[0].text, "ComfyUI");
    assert_true(t[0].boost > 2.9F && t[0].boost < 3.1F);
    assert_string_equal(t[1].text, "confidence interval");
    assert_true(t[1].boost > 2.4F && t[1].boost < 2.6F && t[1].start > 4.9);
    assert_true(t[2].boost > 5.9F && t[2].boost < 6.1F); /* louder than 6 makes words up */
    assert_int_equal(lp_terms_parse("0\t10\n", "t.tsv", &a, &t, &n, &d), LP_ERR_INPUT);
    assert_non_null(strstr(d.text, "t.tsv: line 1"));
    assert_int_equal(lp_terms_parse("0\t10\tterm\tloud\n", "t.tsv", &a, &t, &n, &d), LP_ERR_INPUT);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks_are_read_line_by_line),
        cmocka_unit_test(a_line_that_is_wrong_is_named),
        cmocka_unit_test(terms_have_a_time_and_a_boost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
