#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "session/finding.h"

static lp_status add(lp_findings *f, lp_arena *a, lp_severity severity, const char *text)
{
    return lp_finding_add(f, a, "a-code", severity, -1, -1, NULL, "%s", text);
}

static void a_finding_is_kept_as_it_was_given(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_findings f = { 0 };
    assert_int_equal(
        lp_finding_add(&f, &a, "file-cut-short", LP_LOSS, 5, 9, NULL, "%s: %d s", "a.mp4", 3),
        LP_OK);
    assert_int_equal(f.n, 1);
    assert_string_equal(f.items[0].code, "file-cut-short");
    assert_int_equal(f.items[0].severity, LP_LOSS);
    assert_int_equal(f.items[0].start_us, 5);
    assert_int_equal(f.items[0].end_us, 9);
    assert_string_equal(f.items[0].text, "a.mp4: 3 s");
    lp_arena_clear(&a);
}

static void the_text_of_a_finding_is_fit_to_be_shown(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_findings f = { 0 };
    assert_int_equal(add(&f, &a, LP_NOTE, "red \x1b[31m and \xff"), LP_OK);
    assert_string_equal(f.items[0].text, "red  and \xef\xbf\xbd");
    char big[5000];
    for (size_t i = 0; i + 2 < sizeof(big); i += 2)
        memcpy(big + i, "\xc3\xa9",
               2); /* cut in the middle of a letter or not, it stays UTF-8 */
    big[sizeof(big) - 2] = '\0';
    assert_int_equal(add(&f, &a, LP_NOTE, big), LP_OK);
    assert_true(lp_utf8_is_valid(f.items[1].text, strlen(f.items[1].text)));
    assert_true(strlen(f.items[1].text) < 1100);
    lp_arena_clear(&a);
}

static void the_worst_finding_is_found_wherever_it_stands(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_findings f = { 0 };
    assert_int_equal(lp_findings_worst(&f), LP_NOTE);
    assert_int_equal(add(&f, &a, LP_WARNING, "x"), LP_OK);
    assert_int_equal(lp_findings_worst(&f), LP_WARNING);
    assert_int_equal(add(&f, &a, LP_LOSS, "x"), LP_OK);
    assert_int_equal(add(&f, &a, LP_NOTE, "x"), LP_OK);
    assert_int_equal(lp_findings_worst(&f), LP_LOSS);
    lp_arena_clear(&a);
}

static void a_flood_of_findings_ends_with_one_that_says_so(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_findings f = { 0 };
    for (int i = 0; i < 3000; i++)
        assert_int_equal(add(&f, &a, LP_NOTE, "again"), LP_OK);
    assert_int_equal(f.n, 1000);
    assert_string_equal(f.items[998].text, "again");
    assert_string_equal(f.items[999].text, "more findings than can be listed");
    lp_arena_clear(&a);
}

static void each_severity_has_its_word(void **state)
{
    (void)state;
    assert_string_equal(lp_severity_name(LP_NOTE), "note");
    assert_string_equal(lp_severity_name(LP_WARNING), "warning");
    assert_string_equal(lp_severity_name(LP_LOSS), "loss");
}

static void when_memory_is_out_no_finding_is_half_added(void **state)
{
    (void)state;
    for (long n = 1; n <= 2; n++) {
        lp_arena a = { 0 };
        lp_findings f = { 0 };
        lp_mem_fail_at(n);
        assert_int_equal(add(&f, &a, LP_NOTE, "x"), LP_ERR_NOMEM);
        lp_mem_fail_at(0);
        assert_int_equal(f.n, 0);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_kept_as_it_was_given),
        cmocka_unit_test(the_text_of_a_finding_is_fit_to_be_shown),
        cmocka_unit_test(the_worst_finding_is_found_wherever_it_stands),
        cmocka_unit_test(a_flood_of_findings_ends_with_one_that_says_so),
        cmocka_unit_test(each_severity_has_its_word),
        cmocka_unit_test(when_memory_is_out_no_finding_is_half_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
