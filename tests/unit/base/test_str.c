#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/str.h"

static void strings_are_compared(void **state)
{
    (void)state;
    assert_true(lp_str_eq("a", "a"));
    assert_false(lp_str_eq("a", "A"));
    assert_false(lp_str_eq("a", NULL));
    assert_false(lp_str_eq(NULL, "a"));
    assert_true(lp_str_eq(NULL, NULL));
    assert_true(lp_str_ieq("aBc", "AbC"));
    assert_false(lp_str_ieq("ab", "abc"));
    assert_false(lp_str_ieq("abc", "ab"));
    assert_false(lp_str_ieq("\xc3\xa9", "\xc3\x89")); /* ASCII only */
    assert_false(lp_str_ieq("[", "{"));               /* a bit apart, like a and A */
}

static void beginnings_and_ends_are_found(void **state)
{
    (void)state;
    assert_true(lp_str_starts("abc", "ab"));
    assert_true(lp_str_starts("abc", ""));
    assert_false(lp_str_starts("ab", "abc"));
    assert_false(lp_str_starts("Abc", "ab"));
    assert_true(lp_str_ends("a.MP4", ".mp4"));
    assert_true(lp_str_ends("a", ""));
    assert_false(lp_str_ends("mp4", ".mp4"));
}

static void the_first_of_two_bytes_is_found_wherever_it_stands(void **state)
{
    (void)state;
    static const char others[] = { 0, 1, 'a', 0x7f, (char)0x80, (char)0xff, '\n' + 1, '\r' - 1, (char)('\n' | 0x80) };
    for (size_t k = 0; k < sizeof(others); k++) {
        for (size_t n = 0; n < 35; n++) {
            char s[40];
            memset(s, others[k], sizeof(s));
            s[n] = '\n'; /* behind what is given: not seen */
            assert_int_equal(lp_str_before(s, n, '\n', '\r'), n);
            for (size_t at = 0; at < n; at++) {
                s[at] = at % 2 ? '\n' : '\r';
                assert_int_equal(lp_str_before(s, n, '\n', '\r'), at);
                assert_int_equal(lp_str_before(s, n, '\r', '\n'), at);
                s[n - 1] = at % 2 ? '\r' : '\n'; /* the other one, behind it */
                assert_int_equal(lp_str_before(s, n, '\n', '\r'), at < n - 1 ? at : n - 1);
                s[at] = s[n - 1] = others[k];
            }
        }
    }
}

static void whole_numbers_are_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        int64_t max, want; /* -1: refused */
    } cases[] = {
        { "0", 10, 0 },
        { "10", 10, 10 },
        { "007", 10, 7 },
        { "11", 10, -1 },
        { "", 10, -1 },
        { "-1", 10, -1 },
        { "+1", 10, -1 },
        { " 1", 10, -1 },
        { "1 ", 10, -1 },
        { "1x", 10, -1 },
        { "3", 2, -1 },
        { "9223372036854775807", INT64_MAX, INT64_MAX },
        { "9223372036854775808", INT64_MAX, -1 },
        { "99999999999999999999", INT64_MAX, -1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t v = -7;
        int rc = lp_str_int(cases[i].s, cases[i].max, &v);
        if (rc != (cases[i].want < 0 ? -1 : 0) || v != (cases[i].want < 0 ? -7 : cases[i].want))
            fail_msg("%s: %d, %lld", cases[i].s, rc, (long long)v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_compared),
        cmocka_unit_test(beginnings_and_ends_are_found),
        cmocka_unit_test(the_first_of_two_bytes_is_found_wherever_it_stands),
        cmocka_unit_test(whole_numbers_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
