#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "encode/limit.h"

enum { HZ = 48000, LONG = 2 * HZ + 123 };

static float in[LONG], out[LONG + LP_LIMIT_BLOCK];

/* Runs n samples of `in` through in pushes of an odd size; returns how many came out in `out`. */
static size_t run(double gain_db, double limit_db, size_t n)
{
    lp_limit l;
    size_t got = 0, k;
    lp_limit_init(&l, gain_db, limit_db);
    for (size_t i = 0; i < n; i += k) {
        k = lp_limit_room(&l);
        k = k < 331 ? k : 331;
        k = k < n - i ? k : n - i;
        float block[LP_LIMIT_BLOCK];
        size_t m = lp_limit_push(&l, in + i, k, block);
        memcpy(out + got, block, m * sizeof(*out));
        got += m;
    }
    for (size_t m; (m = lp_limit_flush(&l, out + got)) > 0;)
        got += m;
    return got;
}

static void fill_sine(double hz, double amplitude)
{
    for (size_t i = 0; i < LONG; i++)
        in[i] = (float)(amplitude * sin(2 * 3.14159265358979323846 * hz * (double)i / HZ));
}

static float peak(size_t from, size_t to)
{
    float most = 0;
    for (size_t i = from; i < to; i++)
        most = fabsf(out[i]) > most ? fabsf(out[i]) : most;
    return most;
}

static void as_much_comes_out_as_went_in_and_at_its_own_time(void **state)
{
    static const size_t lengths[] = { 0, 1, 479, 480, 481, 960, 961, 5000, LONG };
    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
        memset(in, 0, sizeof(in));
        if (lengths[i])
            in[lengths[i] - 1] = 0.5F; /* a click at the end */
        assert_int_equal(run(0, 0, lengths[i]), lengths[i]);
        if (lengths[i])
            assert_true(fabsf(out[lengths[i] - 1] - 0.5F) < 0.01F);
    }
}

static void what_is_soft_gets_the_gain_and_nothing_else(void **state)
{
    (void)state;
    fill_sine(997, 0.05);
    assert_int_equal(run(12, -4.5, LONG), LONG);
    assert_true(fabsf(peak(HZ, LONG) - 0.05F * 3.981F) < 0.002F);
}

static void no_sample_ever_exceeds_the_limit(void **state)
{
    const float limit = 0.5957F; /* -4.5 dBFS */
    uint32_t seed = 1;
    (void)state;
    for (size_t i = 0; i < LONG; i++) { /* bursts of noise of every height, and single clicks */
        seed = seed * 1664525u + 1013904223u;
        float noise = (float)(seed >> 8) / (float)(1 << 23) - 1;
        in[i] = noise * (float)(i / 700 % 9) / 8 * (i % 3001 == 0 ? 4 : 1);
    }
    in[0] = 4;
    assert_int_equal(run(20, -4.5, LONG), LONG);
    assert_true(peak(0, LONG) <= limit);
    assert_true(peak(0, LONG) > 0.98F * limit); /* and is not far below it either */
}

static void after_a_peak_the_gain_comes_back_in_a_tenth_of_a_second(void **state)
{
    (void)state;
    fill_sine(997, 0.1);
    for (size_t i = HZ; i < HZ + 480; i++)
        in[i] *= 20;
    run(0, -4.5, LONG);
    assert_true(peak(HZ + 500, HZ + 960) < 0.09F);
    assert_true(peak(HZ + HZ / 10, HZ + HZ / 5) > 0.098F);
    assert_true(peak(HZ / 2, HZ - 1000) > 0.0995F); /* it does not fall long before */
}

static void rumble_is_taken_away_and_speech_is_not(void **state)
{
    static const struct {
        double hz;
        float low, high; /* what is left of 1 */
    } rows[] = { { 20, 0.05F, 0.07F }, { 80, 0.70F, 0.715F }, { 300, 0.99F, 1.01F }, { 7001, 0.99F, 1.01F } };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        fill_sine(rows[i].hz, 0.25);
        run(0, 0, LONG);
        float left = peak(HZ, LONG) / 0.25F;
        assert_true(left > rows[i].low && left < rows[i].high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_much_comes_out_as_went_in_and_at_its_own_time),
        cmocka_unit_test(what_is_soft_gets_the_gain_and_nothing_else),
        cmocka_unit_test(no_sample_ever_exceeds_the_limit),
        cmocka_unit_test(after_a_peak_the_gain_comes_back_in_a_tenth_of_a_second),
        cmocka_unit_test(rumble_is_taken_away_and_speech_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
