#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static void what_is_appended_stands_there_in_order(void **state)
{
    (void)state;
    lp_buf b;
    lp_buf_init(&b, 1 << 20);
    lp_buf_str(&b, "a");
    lp_buf_char(&b, 'b');
    lp_buf_bytes(&b, "c\0d", 3);
    lp_buf_printf(&b, "%d-%s", 42, "x");
    assert_int_equal(lp_buf_check(&b, "test", NULL), LP_OK);
    assert_int_equal(b.len, 9);
    assert_memory_equal(b.data, "abc\0d42-x", 10); /* with the final zero */
    lp_buf_clear(&b);
}

static void it_grows_by_any_amount_up_to_its_maximum(void **state)
{
    (void)state;
    lp_buf b;
    lp_diag d = { 0 };
    char block[1000];
    memset(block, 'x', sizeof(block));
    lp_buf_init(&b, 100000);
    for (int i = 0; i < 100; i++)
        lp_buf_bytes(&b, block, sizeof(block));
    assert_int_equal(lp_buf_check(&b, "test", &d), LP_OK);
    assert_int_equal(b.len, 100000);
    lp_buf_char(&b, 'y');
    assert_int_equal(b.len, 100000);
    assert_int_equal(lp_buf_check(&b, "page", &d), LP_ERR_INPUT);
    assert_string_equal(d.text, "page: larger than 100000 bytes");
    lp_buf_clear(&b);
}

static void after_a_failure_the_rest_is_dropped(void **state)
{
    (void)state;
    lp_buf b;
    lp_buf_init(&b, 5);
    lp_buf_str(&b, "abc");
    lp_buf_str(&b, "too long");
    lp_buf_str(&b, "d"); /* would fit, but then there would be a hole */
    assert_string_equal(b.data, "abc");
    lp_buf_printf(&b, "%s", "e");
    assert_string_equal(b.data, "abc");
    lp_buf_clear(&b);
}

static void an_empty_one_is_an_empty_string(void **state)
{
    (void)state;
    lp_buf b;
    lp_buf_init(&b, 0);
    assert_int_equal(lp_buf_check(&b, "test", NULL), LP_OK);
    assert_string_equal(b.data, "");
    lp_buf_clear(&b);
    lp_buf_clear(&b); /* twice does no harm */
}

static void missing_memory_shows_at_the_check(void **state)
{
    (void)state;
    lp_buf b;
    lp_diag d = { 0 };
    lp_buf_init(&b, 100);
    lp_mem_fail_at(1);
    lp_buf_str(&b, "abc");
    lp_mem_fail_at(0);
    assert_int_equal(lp_buf_check(&b, "test", &d), LP_ERR_NOMEM);
    assert_int_equal(d.status, LP_ERR_NOMEM);
    lp_buf_clear(&b);
    lp_buf_str(&b, "new"); /* cleared, it can be used again */
    assert_int_equal(lp_buf_check(&b, "test", NULL), LP_OK);
    lp_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_appended_stands_there_in_order),
        cmocka_unit_test(it_grows_by_any_amount_up_to_its_maximum),
        cmocka_unit_test(after_a_failure_the_rest_is_dropped),
        cmocka_unit_test(an_empty_one_is_an_empty_string),
        cmocka_unit_test(missing_memory_shows_at_the_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
