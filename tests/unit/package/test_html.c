#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "package/html.h"

static const struct {
    const char *in, *text, *attr;
} cases[] = {
    { "", "", "" },
    { "plain", "plain", "plain" },
    { "</script><script>alert(1)", "&lt;/script&gt;&lt;script&gt;alert(1)",
      "&lt;/script&gt;&lt;script&gt;alert(1)" },
    { "a & b &amp; c", "a &amp; b &amp;amp; c", "a &amp; b &amp;amp; c" },
    { "\" onload='x'", "\" onload='x'", "&quot; onload=&#39;x&#39;" },
    { "caf\xc3\xa9 \xe0\xa4\x95", "caf\xc3\xa9 \xe0\xa4\x95", "caf\xc3\xa9 \xe0\xa4\x95" },
    { "\xe2\x80\xae"
      "fdp.exe\xe2\x80\xac<",
      "fdp.exe&lt;", "fdp.exe&lt;" }, /* override, pop */
    { "a\xe2\x81\xa6"
      "b\xe2\x81\xa9",
      "ab", "ab" }, /* isolates */
    { "bell\x07 esc\x1b[31m", "bell esc", "bell esc" },
    { "cut \xe2\x82<b>", "cut \xef\xbf\xbd\xef\xbf\xbd&lt;b&gt;",
      "cut \xef\xbf\xbd\xef\xbf\xbd&lt;b&gt;" }, /* no < is eaten by a sequence cut short */
    { "line\nbreak\ttab", "line\nbreak\ttab", "line\nbreak\ttab" },
};

static void text_can_not_leave_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_diag d = { 0 };
        lp_buf text, attr;
        lp_buf_init(&text, 4096);
        lp_buf_init(&attr, 4096);
        lp_html_text(&text, cases[i].in);
        lp_html_attr(&attr, cases[i].in);
        assert_int_equal(lp_buf_check(&text, "text", &d), LP_OK);
        assert_int_equal(lp_buf_check(&attr, "attr", &d), LP_OK);
        assert_string_equal(text.data, cases[i].text);
        assert_string_equal(attr.data, cases[i].attr);
        lp_buf_clear(&text);
        lp_buf_clear(&attr);
    }
}

static void json_in_a_script_element_can_not_end_it_and_means_the_same(void **state)
{
    (void)state;
    static const char json[] = "{\"a\":\"</script><!-- & \\u2028 \\\"\"}";
    lp_diag d = { 0 };
    lp_buf out;
    lp_buf_init(&out, 4096);
    lp_json_in_html(&out, json, strlen(json));
    assert_int_equal(lp_buf_check(&out, "json", &d), LP_OK);
    assert_string_equal(out.data,
                        "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028 \\\"\"}");

    json_t *before = NULL, *after = NULL;
    assert_int_equal(lp_json_parse(json, strlen(json), "before", &before, &d), LP_OK);
    assert_int_equal(lp_json_parse(out.data, out.len, "after", &after, &d), LP_OK);
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    lp_buf_clear(&out);
}

static void patterns_are_filled_and_what_fills_them_is_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *args[2];
        size_t n;
        const char *want;
    } fills[] = {
        { "Slide {1}, shown at {2}", { "3", "4:05" }, 2, "Slide 3, shown at 4:05" },
        { "{2} before {1}", { "<b>", "\"" }, 2, "&quot; before &lt;b&gt;" },
        { "{1}", { "{1}{2}" }, 1, "{1}{2}" }, /* what is filled in is not filled again */
        { "{2} {x} {", { "a" }, 1, "{2} {x} {" },
        { "\xe2\x88\x92"
          "10 s",
          { NULL },
          0,
          "\xe2\x88\x92"
          "10 s" },
    };
    for (size_t i = 0; i < sizeof(fills) / sizeof(fills[0]); i++) {
        lp_diag d = { 0 };
        lp_buf out;
        lp_buf_init(&out, 4096);
        lp_html_fill(&out, fills[i].pattern, fills[i].args, fills[i].n);
        assert_int_equal(lp_buf_check(&out, "fill", &d), LP_OK);
        assert_string_equal(out.data, fills[i].want);
        lp_buf_clear(&out);
    }
}

static void a_failed_allocation_is_kept_for_the_check(void **state)
{
    (void)state;
    lp_diag d = { 0 };
    lp_buf out;
    lp_buf_init(&out, 4096);
    lp_mem_fail_at(1);
    lp_html_text(&out, "a<b");
    lp_mem_fail_at(0);
    assert_int_equal(lp_buf_check(&out, "text", &d), LP_ERR_NOMEM);
    lp_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_can_not_leave_its_place),
        cmocka_unit_test(json_in_a_script_element_can_not_end_it_and_means_the_same),
        cmocka_unit_test(patterns_are_filled_and_what_fills_them_is_escaped),
        cmocka_unit_test(a_failed_allocation_is_kept_for_the_check),
    };
    return cmocka_run_group_tests_name("package/html", tests, NULL, NULL);
}
