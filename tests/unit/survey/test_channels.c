#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "survey/channels.h"

enum { FRAMES = 4800 };

/* Both sides carry `shared`, and noise of their own. */
static void chooses_how_two_sides_become_one(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double left, right, own;
        lp_sound_mix want;
    } rows[] = {
        { "equal sides", 0.3, 0.3, 0, LP_MIX_MONO },
        { "unlike sides", 0, 0, 0.3, LP_MIX_MONO },
        { "silence", 0, 0, 0, LP_MIX_MONO },
        { "right is silent", 0.3, 0, 0, LP_MIX_LEFT },
        { "left is silent", 0, 0.3, 0, LP_MIX_RIGHT },
        { "right 31 dB below", 0.5, 0.5 * 0.0282, 0, LP_MIX_LEFT },
        { "left 31 dB below", 0.5 * 0.0282, 0.5, 0, LP_MIX_RIGHT },
        { "right 29 dB below", 0.5, 0.5 * 0.0355, 0, LP_MIX_MONO },
        { "sides that cancel", 0.3, -0.3, 0, LP_MIX_LEFT },
        { "sides that nearly cancel", 0.3, -0.3, 0.1, LP_MIX_LEFT },
        { "a little against each other", 0.3, -0.1, 0.4, LP_MIX_MONO },
    };
    for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
        static float lr[2 * FRAMES];
        lp_channels c = { 0 };
        uint32_t seed = 5;
        double noise[2];
        for (size_t i = 0; i < FRAMES; i++) {
            for (size_t k = 0; k < 2; k++) {
                seed = seed * 1664525U + 1013904223U;
                noise[k] = (double)(seed >> 8) / (1 << 23) - 1;
            }
            double x = sin((double)i * 0.05);
            lr[2 * i] = (float)(rows[r].left * x + rows[r].own * noise[0]);
            lr[2 * i + 1] = (float)(rows[r].right * x + rows[r].own * noise[1]);
        }
        lp_channels_push(&c, lr, 1000);
        lp_channels_push(&c, lr + 2000, FRAMES - 1000);
        if (lp_channels_mix(&c) != rows[r].want)
            fail_msg("%s: mix %d, not %d", rows[r].name, (int)lp_channels_mix(&c), (int)rows[r].want);
    }
}

static void one_channel_is_the_mean_or_the_side_asked_for(void **state)
{
    (void)state;
    static const float lr[] = { 1.0F, 0.5F, -0.5F, 0.25F };
    static const struct {
        lp_sound_mix mix;
        float want[2];
    } rows[] = { { LP_MIX_MONO, { 0.75F, -0.125F } }, { LP_MIX_LEFT, { 1.0F, -0.5F } }, { LP_MIX_RIGHT, { 0.5F, 0.25F } } };
    for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
        float mono[2] = { 9, 9 };
        lp_channels_to_mono(rows[r].mix, lr, 2, mono);
        assert_true(mono[0] == rows[r].want[0] && mono[1] == rows[r].want[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_how_two_sides_become_one),
        cmocka_unit_test(one_channel_is_the_mean_or_the_side_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
