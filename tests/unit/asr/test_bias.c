#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "asr/bias.h"

static const lp_term terms[] = { { 0, 100, "ComfyUI", 3 }, { 0, 100, "confidence interval", 2 }, { 50, 60, "residual", 4 }, { 0, 100, "confound", 5 } };

static void what_goes_on_with_a_term_is_lifted(void **state)
{
    (void)state;
    static const struct {
        const char *said, *next;
        double start;
        float boost;
    } rows[] = {
        { "", " Com", 0, 3 },
        { " the Com", "fy", 0, 3 },
        { " the Comfy", "UI", 0, 3 },
        { " the ComfyUI", "s", 0, 0 },       /* goes beyond it */
        { " the", " com", 0, 0 },            /* case counts */
        { " the", " C", 0, 0 },              /* one byte is too little */
        { " Tele", "Com", 0, 0 },            /* within a word */
        { " a", " confidence", 0, 2 },
        { " a confidence", " inter", 0, 2 }, /* a term of two words */
        { " a confidence", " in", 0, 2 },
        { " a", " inter", 0, 0 },            /* its second word alone */
        { " a", " conf", 0, 5 },             /* the best of two */
        { " the", " resid", 40, 4 },         /* the chunk is 40 to 55 s: it reaches into the term's time */
        { " the", " resid", 0, 0 },
        { " the", "", 0, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_bias b;
        lp_bias_begin(&b, terms, 4, rows[i].start, rows[i].start + 15);
        lp_bias_said(&b, rows[i].said);
        float got = lp_bias_of(&b, rows[i].next);
        if (got < rows[i].boost || got > rows[i].boost)
            fail_msg("\"%s\" + \"%s\": %g", rows[i].said, rows[i].next, (double)got);
    }
}

static void a_long_talk_is_forgotten_but_for_its_end(void **state)
{
    (void)state;
    lp_bias b;
    lp_bias_begin(&b, terms, 4, 0, 15);
    for (int i = 0; i < 1000; i++) {
        lp_bias_said(&b, i % 3 ? " word" : "andanother");
        assert_true(b.n_history < LP_BIAS_HISTORY);
    }
    char huge[512];
    memset(huge, 'x', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    lp_bias_said(&b, huge);
    assert_true(b.n_history < LP_BIAS_HISTORY);
    assert_true(lp_bias_of(&b, huge) < 0.1F);
    lp_bias_said(&b, " confidence");
    assert_true(lp_bias_of(&b, " interval") > 1.9F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_on_with_a_term_is_lifted),
        cmocka_unit_test(a_long_talk_is_forgotten_but_for_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
