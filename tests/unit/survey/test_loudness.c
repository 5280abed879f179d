#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/limiter.h"
#include "survey/loudness.h"

enum { HZ = 48000 };

/* Pushes a sine in blocks of an odd size, so that no block ends where a measuring step does. */
static void push_sine(lp_loudness *l, double hz, double amplitude, int seconds)
{
    float block[777];
    int64_t total = (int64_t)seconds * HZ;
    for (int64_t i = 0; i < total;) {
        size_t n = 0;
        for (; n < sizeof(block) / sizeof(*block) && i < total; n++, i++)
            block[n] = (float)(amplitude * sin(2 * 3.14159265358979323846 * hz * (double)i / HZ));
        assert_int_equal(lp_loudness_push(l, block, n), 0);
    }
}

static double from_db(double db)
{
    return pow(10, db / 20);
}

/* BS.1770-4: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS, and dB for dB below that. */
static void a_997_hz_sine_reads_3_below_its_level(void **state)
{
    static const double levels_db[] = { 0, -20, -23, -40, -60 };
    (void)state;
    for (size_t i = 0; i < sizeof(levels_db) / sizeof(*levels_db); i++) {
        lp_loudness l;
        lp_loudness_init(&l);
        push_sine(&l, 997, from_db(levels_db[i]), 5);
        assert_true(fabs(lp_loudness_lufs(&l) - (levels_db[i] - 3.01)) < 0.05);
        assert_true(fabs(lp_loudness_peak_db(&l) - levels_db[i]) < 0.05);
        lp_loudness_clear(&l);
    }
}

/* The K-weighting: bass counts less, treble more, by the curve of BS.1770-4, figures 2 and 4. */
static void bass_counts_less_and_treble_more(void **state)
{
    (void)state;
    static const struct {
        double hz, low_lu, high_lu; /* bounds against 997 Hz at the same level */
    } rows[] = { { 20, -25, -10 }, { 50, -6, -3 }, { 4000, 2.5, 3.5 }, { 10000, 3, 3.7 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_loudness l;
        lp_loudness_init(&l);
        push_sine(&l, rows[i].hz, from_db(-20), 3);
        double against = lp_loudness_lufs(&l) - (-20 - 3.01);
        assert_true(against > rows[i].low_lu && against < rows[i].high_lu);
        lp_loudness_clear(&l);
    }
}

static void long_pauses_do_not_make_it_softer(void **state)
{
    (void)state;
    lp_loudness l;
    lp_loudness_init(&l);
    push_sine(&l, 997, from_db(-23), 20);
    push_sine(&l, 997, 0, 60);            /* below -70 LUFS: the absolute gate */
    push_sine(&l, 997, from_db(-50), 60); /* more than 10 LU below: the relative gate */
    assert_true(fabs(lp_loudness_lufs(&l) - (-23 - 3.01)) < 0.2);
    lp_loudness_clear(&l);
}

static void silence_and_nothing_at_all_read_minus_70(void **state)
{
    (void)state;
    for (int seconds = 0; seconds < 3; seconds++) {
        lp_loudness l;
        lp_loudness_init(&l);
        push_sine(&l, 997, 0, seconds);
        assert_true(lp_loudness_lufs(&l) == -70);
        assert_true(lp_loudness_peak_db(&l) == -120);
        lp_loudness_clear(&l);
    }
}

static void the_peak_is_the_highest_sample_of_either_sign(void **state)
{
    (void)state;
    lp_loudness l;
    float x[9600];
    lp_loudness_init(&l);
    memset(x, 0, sizeof(x));
    x[100] = 0.25F;
    x[5000] = -0.5F;
    assert_int_equal(lp_loudness_push(&l, x, 9600), 0);
    assert_true(fabs(lp_loudness_peak_db(&l) + 6.0206) < 0.001);
    lp_loudness_clear(&l);
}

static void the_gain_of_even_sound_is_the_plain_difference(void **state)
{
    lp_loudness l;
    double gain = 0;
    (void)state;
    lp_loudness_init(&l);
    push_sine(&l, 997, from_db(-30), 5);
    assert_int_equal(lp_loudness_gain_db(&l, -16, -4.5, &gain), 0);
    assert_true(fabs(gain - (33.01 - 16)) < 0.1);
    lp_loudness_clear(&l);
}

/* Speech has peaks far above its loudness: the limiter takes them, and the gain has to make up for it. The chain is
 * carried out here, so that what was foretold is compared with what comes. */
static void the_gain_makes_up_for_what_the_limiter_takes(void **state)
{
    enum { SECONDS = 20, N_BLOCKS = SECONDS * 100 };
    static float x[N_BLOCKS][LP_LIMIT_BLOCK];
    const double limit = from_db(-4.5);
    lp_loudness before, after;
    double gain_db = 0, border = 1, need = 1, next_need = 1;
    (void)state;
    lp_loudness_init(&before);
    lp_loudness_init(&after);
    for (size_t b = 0; b < N_BLOCKS; b++) {
        double level = from_db(b % 20 < 2 ? -10 : b % 50 < 30 ? -26 : -60);
        for (size_t i = 0; i < LP_LIMIT_BLOCK; i++)
            x[b][i] = (float)(level * sin(0.13 * (double)(b * LP_LIMIT_BLOCK + i)));
        assert_int_equal(lp_loudness_push(&before, x[b], LP_LIMIT_BLOCK), 0);
    }
    assert_int_equal(lp_loudness_gain_db(&before, -16, -4.5, &gain_db), 0);
    double plain_db = -16 - lp_loudness_lufs(&before);
    assert_true(gain_db > plain_db + 0.5 && gain_db < plain_db + 10);
    for (size_t b = 0; b <= N_BLOCKS; b++, need = next_need) {
        float peak = 0;
        for (size_t i = 0; b < N_BLOCKS && i < LP_LIMIT_BLOCK; i++) {
            x[b][i] *= (float)from_db(gain_db);
            peak = fabsf(x[b][i]) > peak ? fabsf(x[b][i]) : peak;
        }
        next_need = lp_limit_need(peak, limit);
        if (b == 0)
            border = next_need;
        double next = b ? lp_limit_border(border, need, next_need) : border;
        for (size_t i = 0; b && i < LP_LIMIT_BLOCK; i++)
            x[b - 1][i] *= (float)(border + (next - border) * (double)i / LP_LIMIT_BLOCK);
        if (b)
            assert_int_equal(lp_loudness_push(&after, x[b - 1], LP_LIMIT_BLOCK), 0);
        border = next;
    }
    assert_true(fabs(lp_loudness_lufs(&after) + 16) < 0.15);
    assert_true(lp_loudness_peak_db(&after) < -4.499);
    lp_loudness_clear(&before);
    lp_loudness_clear(&after);
}

static void silence_gets_no_gain(void **state)
{
    (void)state;
    for (int seconds = 0; seconds < 3; seconds++) {
        lp_loudness l;
        double gain = 9;
        lp_loudness_init(&l);
        push_sine(&l, 997, 0, seconds);
        assert_int_equal(lp_loudness_gain_db(&l, -16, -4.5, &gain), 0);
        assert_true(gain >= 0 && gain <= 0);
        lp_loudness_clear(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_997_hz_sine_reads_3_below_its_level),
        cmocka_unit_test(bass_counts_less_and_treble_more),
        cmocka_unit_test(long_pauses_do_not_make_it_softer),
        cmocka_unit_test(silence_and_nothing_at_all_read_minus_70),
        cmocka_unit_test(the_peak_is_the_highest_sample_of_either_sign),
        cmocka_unit_test(the_gain_of_even_sound_is_the_plain_difference),
        cmocka_unit_test(the_gain_makes_up_for_what_the_limiter_takes),
        cmocka_unit_test(silence_gets_no_gain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
