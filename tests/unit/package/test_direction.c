#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "package/direction.h"

static void a_language_tag_says_which_way_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *lang;
        int is_rtl;
    } rows[] = { { "ar", 1 },
                 { "AR-EG", 1 },
                 { "he", 1 },
                 { "fa-IR", 1 },
                 { "ur", 1 },
                 { "ckb", 1 },
                 { "pa-Arab", 1 },
                 { "ku-arab-IQ", 1 },
                 { "en", 0 },
                 { "und", 0 },
                 { "pa", 0 },
                 { "ar-Latn", 0 },
                 { "arn", 0 },
                 { "hex", 0 },
                 { "en-1996", 0 },
                 { "", 0 },
                 { NULL, 0 },
                 { "-", 0 },
                 { "averylongsubtag-Arab", 1 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (lp_lang_is_rtl(rows[i].lang) != rows[i].is_rtl)
            fail_msg("%s", rows[i].lang ? rows[i].lang : "NULL");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        a_language_tag_says_which_way_it_is_written) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
