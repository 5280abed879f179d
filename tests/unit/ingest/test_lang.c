#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ingest/lang.h"

static void language_tags_become_bcp_47(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "en", "en" },
        { "EN", "en" },
        { "eng", "en" },
        { "ger", "de" },
        { "deu", "de" },
        { "yue", "yue" },
        { "pt_br", "pt-BR" },
        { "zh-hant-tw", "zh-Hant-TW" },
        { "es-419", "es-419" },
        { "und", NULL },
        { "cc", NULL },
        { "yt", NULL }, /* two letters, and no language */
        { "zc-AB", NULL },
        { "cr", "cr" },
        { "zu", "zu" },
        { "iw", "he" }, /* as YouTube still writes it */
        { "transcript", NULL },
        { "e", NULL },
        { "", NULL },
        { "en-", NULL },
        { "en--US", NULL },
        { "en-123456789", NULL },
        { "12", NULL },
        { "en us", NULL },
        { "en-\xc3\xa9", NULL },
        { "hi", "hi" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        const char *got = NULL;
        assert_int_equal(lp_lang_read(&a, cases[i][0], strlen(cases[i][0]), &got, NULL), LP_OK);
        if (!lp_str_eq(got, cases[i][1]))
            fail_msg("%s: %s", cases[i][0], got ? got : "(none)");
        lp_arena_clear(&a);
    }
}

static void what_was_known_stays_when_there_is_no_language(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    const char *got = "de";
    assert_int_equal(lp_lang_read(&a, "und", 3, &got, NULL), LP_OK);
    assert_string_equal(got, "de");
    lp_mem_fail_at(1);
    assert_int_equal(lp_lang_read(&a, "en", 2, &got, NULL), LP_ERR_NOMEM);
    lp_mem_fail_at(0);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(language_tags_become_bcp_47),
        cmocka_unit_test(what_was_known_stays_when_there_is_no_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
