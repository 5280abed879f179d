#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/time.h"

static void times_are_written_for_people_and_players(void **state)
{
    (void)state;
    static const struct {
        int64_t t_us;
        const char *clock, *vtt, *words;
    } cases[] = {
        { 0, "0:00", "00:00:00.000", "0 s" },
        { -5000000, "0:00", "00:00:00.000", "0 s" },
        { 499, "0:00", "00:00:00.000", "0 s" },
        { 500, "0:00", "00:00:00.001", "0 s" },
        { 999999, "0:00", "00:00:01.000", "1 s" },
        { 59999500, "0:59", "00:01:00.000", "1 min 0 s" },
        { 245000000, "4:05", "00:04:05.000", "4 min 5 s" },
        { 3599000000, "59:59", "00:59:59.000", "59 min 59 s" },
        { 3600000000, "1:00:00", "01:00:00.000", "1 h 0 min" },
        { INT64_C(11520000000), "3:12:00", "03:12:00.000", "3 h 12 min" },
        { INT64_C(360000000000), "100:00:00", "100:00:00.000", "100 h 0 min" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char clock[32], vtt[32], words[32];
        lp_time_clock(cases[i].t_us, clock, sizeof(clock));
        lp_time_vtt(cases[i].t_us, vtt, sizeof(vtt));
        lp_time_words(cases[i].t_us, words, sizeof(words));
        if (strcmp(clock, cases[i].clock) != 0 || strcmp(vtt, cases[i].vtt) != 0 ||
            strcmp(words, cases[i].words) != 0)
            fail_msg("%lld: %s %s %s", (long long)cases[i].t_us, clock, vtt, words);
    }
}

static void a_short_buffer_is_not_overrun(void **state)
{
    (void)state;
    char out[4];
    lp_time_vtt(INT64_MAX - 1000, out, sizeof(out));
    assert_int_equal(strlen(out), 3);
    lp_time_clock(INT64_MAX - 1000, out, sizeof(out));
    assert_int_equal(strlen(out), 3);
}

static void the_monotonic_clock_does_not_go_back(void **state)
{
    (void)state;
    int64_t a = lp_time_monotonic_us(), b = lp_time_monotonic_us();
    assert_true(b >= a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_written_for_people_and_players),
        cmocka_unit_test(a_short_buffer_is_not_overrun),
        cmocka_unit_test(the_monotonic_clock_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
