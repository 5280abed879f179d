#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "av/hash.h"
#include "lesson.h"
#include "package/player_files.h"

/* Value of base64 digit c. */
static int digit(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return (int)(strchr(digits, c) - digits);
}

static void assert_hash_in_policy(const char *page, const char *directive, const void *bytes,
                                  size_t n)
{
    char want[LP_SHA256_HEX], got[LP_SHA256_HEX] = { 0 };
    lp_diag d = { 0 };
    assert_int_equal(lp_sha256_bytes(bytes, n, want, &d), LP_OK);
    const char *p = strstr(page, directive);
    assert_non_null(p);
    p += strlen(directive);
    assert_int_equal(strncmp(p, " 'sha256-", 9), 0);
    p += 9;
    for (size_t i = 0; i < 64; i++) { /* hex digit i is bits 4i .. 4i+3 */
        unsigned two = (unsigned)digit(p[4 * i / 6]) << 6 |
                       (unsigned)(4 * i / 6 < 42 ? digit(p[4 * i / 6 + 1]) : 0);
        got[i] = "0123456789abcdef"[two >> (8 - 4 * i % 6) & 15];
    }
    assert_string_equal(got, want);
    assert_int_equal(strncmp(p + 43, "='", 2), 0);
}

static void the_policy_allows_only_the_script_and_style_that_are_there(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    char *page = written(&l);
    assert_hash_in_policy(page, "style-src", lp_player_app_css, lp_player_app_css_bytes);
    assert_hash_in_policy(page, "script-src", lp_player_app_js, lp_player_app_js_bytes);
    assert_non_null(strstr(page, "default-src 'none'; img-src 'self' data:; media-src 'self' "
                                 "blob:; connect-src 'self'"));
    assert_null(strstr(page, " style=\"")); /* the policy would drop it */
    assert_null(strstr(page, "innerHTML"));
    assert_null(strstr(page, "http://"));
    assert_null(strstr(page, "https://"));
    lp_free(page);
}

static void no_learner_pays_for_comments(void **state)
{
    (void)state;
    const char *texts[] = { (const char *)lp_player_app_js, (const char *)lp_player_app_css,
                            (const char *)lp_player_review_js, (const char *)lp_player_review_css };
    static const char *const parts[] = { "'use strict';", ":root {", "'use strict';", "body {" };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_null(strstr(texts[i], "/*"));
        assert_non_null(strstr(texts[i], parts[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_policy_allows_only_the_script_and_style_that_are_there),
        cmocka_unit_test(no_learner_pays_for_comments),
    };
    return cmocka_run_group_tests_name("package/page_code", tests, NULL, NULL);
}
