#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "asr/tokens.h"

static void pieces_become_the_text_they_write(void **state)
{
    (void)state;
    static const char table[] = "<unk>\n<s>\n</s>\n<0x00>\n<0x0A>\n<0xE2>\n\xe2\x96\x81the\ning\n\xe2\x96\x81\xe2\x96\x81\n<0xG0>\n<0x0a>\n\nlast";
    static const char *const want[] = { "", "", "", "", "\n", "\xe2", " the", "ing", "  ", "<0xG0>", "<0x0a>", "", "last" };
    lp_arena a = { 0 };
    lp_tokens t;
    assert_int_equal(lp_tokens_parse(&t, &a, table, strlen(table), NULL), LP_OK);
    assert_int_equal(t.n, sizeof(want) / sizeof(*want));
    for (size_t i = 0; i < t.n; i++)
        assert_string_equal(lp_tokens_text(&t, (int)i), want[i]);
    assert_string_equal(lp_tokens_text(&t, -1), "");
    assert_string_equal(lp_tokens_text(&t, 32767), "");
    assert_true(lp_tokens_begins_word(lp_tokens_text(&t, 6)));
    assert_false(lp_tokens_begins_word(lp_tokens_text(&t, 7)));
    lp_arena_clear(&a);
}

static void an_empty_table_is_refused(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_tokens t;
    lp_diag d = { 0 };
    assert_int_equal(lp_tokens_parse(&t, &a, "", 0, &d), LP_ERR_TOOL);
    assert_non_null(strstr(d.text, "empty"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_become_the_text_they_write),
        cmocka_unit_test(an_empty_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
