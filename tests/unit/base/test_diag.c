#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/diag.h"

static void the_first_message_wins(void **state)
{
    (void)state;
    lp_diag d = { 0 };
    assert_int_equal(lp_fail(&d, LP_ERR_INPUT, 7, "%s: bad", "a.mp4"), LP_ERR_INPUT);
    assert_int_equal(lp_fail(&d, LP_ERR_IO, 8, "later"),
                     LP_ERR_IO); /* each caller gets its own status back */
    assert_int_equal(d.status, LP_ERR_INPUT);
    assert_int_equal(d.code, 7);
    assert_string_equal(d.text, "a.mp4: bad");
    assert_int_equal(lp_fail(NULL, LP_ERR_IO, 0, "nobody listens"), LP_ERR_IO);
}

static void a_message_is_one_line_and_fits(void **state)
{
    (void)state;
    lp_diag d = { 0 };
    char big[2000];
    memset(big, 'x', sizeof(big) - 1);
    big[sizeof(big) - 1] = '\0';
    big[1] = '\n';
    big[2] = '\x1b';
    assert_int_equal(lp_fail(&d, LP_ERR_INPUT, 0, "%s", big), LP_ERR_INPUT);
    assert_int_equal(strlen(d.text), sizeof(d.text) - 1);
    assert_memory_equal(d.text, "x  x", 4);
}

static void system_errors_become_what_an_operator_must_do(void **state)
{
    (void)state;
    static const struct {
        int err;
        lp_status want;
    } cases[] = { { ENOSPC, LP_ERR_FULL },  { EDQUOT, LP_ERR_FULL }, { EFBIG, LP_ERR_FULL },
                  { ENOMEM, LP_ERR_NOMEM }, { EIO, LP_ERR_IO },      { EACCES, LP_ERR_IO } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_diag d = { 0 };
        assert_int_equal(lp_fail_errno(&d, cases[i].err, "/x/y", "write"), cases[i].want);
        assert_int_equal(d.code, cases[i].err);
        assert_memory_equal(d.text, "/x/y: write", 11);
    }
    lp_diag d = { 0 };
    assert_int_equal(lp_fail_nomem(&d), LP_ERR_NOMEM);
    assert_string_equal(d.text, "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_message_wins),
        cmocka_unit_test(a_message_is_one_line_and_fits),
        cmocka_unit_test(system_errors_become_what_an_operator_must_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
