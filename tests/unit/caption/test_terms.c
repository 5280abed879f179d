#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "caption/terms.h"

static void names_and_terms_come_first_and_common_words_do_not_come(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    const char *terms[LP_TERMS_MOST];
    int n = lp_terms_find("What is heteroscedasticity?\nThe ANOVA table, with residuals; Breusch-Pagan test of week 3\n"
                          "anova p = 0.42 x2 https://example.org/abc",
                          &a, terms);
    static const char *const want[] = { "ANOVA", "heteroscedasticity", "Breusch-Pagan", "residuals", "example.org" };
    assert_true(n >= 4);
    for (int i = 0; i < 4; i++) {
        int is_there = 0;
        for (int k = 0; k < 4; k++)
            is_there |= strcmp(terms[k], want[i]) == 0;
        if (!is_there)
            fail_msg("%s is not among the first four", want[i]);
    }
    assert_string_equal(terms[0], "ANOVA");
    for (int i = 0; i < n; i++) {
        assert_string_not_equal(terms[i], "anova"); /* is there already */
        assert_string_not_equal(terms[i], "What");
        assert_string_not_equal(terms[i], "week");
        assert_string_not_equal(terms[i], "0.42");
    }
    lp_arena_clear(&a);
}

static void a_slide_full_of_words_gives_fifteen(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    const char *terms[LP_TERMS_MOST];
    char text[2000];
    size_t n = 0;
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "gradient%c%c ", 'a' + i / 26, 'a' + i % 26);
    assert_int_equal(lp_terms_find(text, &a, terms), LP_TERMS_MOST);
    assert_int_equal(lp_terms_find("", &a, terms), 0);
    assert_int_equal(lp_terms_find("of the and 42 -- ...", &a, terms), 0);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_terms_come_first_and_common_words_do_not_come),
        cmocka_unit_test(a_slide_full_of_words_gives_fifteen),
    };
    return cmocka_run_group_tests_name("caption/terms", tests, NULL, NULL);
}
