#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "survey/speech.h"

enum { HZ = 48000, MAX_PARTS = 8, MAX_WANT = 4 };

/* Noise of a steady level from a fixed generator: uniform, so its mean square is amplitude^2 / 3. */
static void push_noise(lp_speech *v, double amplitude, int ms, uint32_t *seed)
{
    for (int i = 0; i < ms; i++) {
        float block[HZ / 1000];
        for (size_t k = 0; k < HZ / 1000; k++) {
            *seed = *seed * 1664525U + 1013904223U;
            block[k] = (float)(amplitude * ((double)(*seed >> 8) / (1 << 23) - 1));
        }
        assert_int_equal(lp_speech_push(v, block, HZ / 1000), 0);
    }
}

static const double loud = 0.2, hum = 0.0006, none = 0;

/* What is wanted follows from the rule: 0.20 s before, 0.25 s after, joined when less than 0.3 s is left between. */
static void finds_the_loud_parts_with_room_around_them(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct {
            int is_loud, ms;
        } parts[MAX_PARTS];
        size_t n_want;
        int want_ms[MAX_WANT][2];
    } rows[] = {
        { "one part", { { 0, 2000 }, { 1, 3000 }, { 0, 2000 } }, 1, { { 1800, 5250 } } },
        { "two far apart", { { 0, 1000 }, { 1, 2000 }, { 0, 2000 }, { 1, 2000 }, { 0, 1000 } }, 2,
          { { 800, 3250 }, { 4800, 7250 } } },
        { "a breath of 0.7 s stays in", { { 0, 2000 }, { 1, 2000 }, { 0, 700 }, { 1, 2000 }, { 0, 2000 } }, 1,
          { { 1800, 6950 } } },
        { "a pause of 0.8 s does not", { { 0, 2000 }, { 1, 2000 }, { 0, 800 }, { 1, 2000 }, { 0, 2000 } }, 2,
          { { 1800, 4250 }, { 4600, 7050 } } },
        { "no room before the start or after the end", { { 1, 2000 }, { 0, 3000 }, { 1, 2000 } }, 2,
          { { 0, 2250 }, { 4800, 7000 } } },
    };
    const double floors[] = { hum, none };
    for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(*rows); i++) {
        size_t r = i / 2, n = 0;
        uint32_t seed = 7;
        lp_speech v;
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        lp_span *spans = NULL;
        lp_speech_init(&v);
        for (size_t k = 0; k < MAX_PARTS; k++)
            push_noise(&v, rows[r].parts[k].is_loud ? loud : floors[i % 2], rows[r].parts[k].ms, &seed);
        assert_int_equal(lp_speech_finish(&v, &a, &spans, &n, &d), LP_OK);
        if (n != rows[r].n_want)
            fail_msg("%s: %zu spans, not %zu", rows[r].name, n, rows[r].n_want);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(spans[k].start_us, rows[r].want_ms[k][0] * 1000);
            assert_int_equal(spans[k].end_us, rows[r].want_ms[k][1] * 1000);
        }
        lp_speech_clear(&v);
        lp_arena_clear(&a);
    }
}

static void finds_nothing_where_nobody_can_be_heard(void **state)
{
    (void)state;
    static const struct {
        double amplitude;
        int ms;
    } rows[] = { { 0, 0 }, { 0, 5000 }, { 0.0001, 5000 }, { 0.01, 5000 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        uint32_t seed = 3;
        size_t n = 9;
        lp_speech v;
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        lp_span *spans = NULL;
        lp_speech_init(&v);
        push_noise(&v, rows[i].amplitude, rows[i].ms, &seed);
        assert_int_equal(lp_speech_finish(&v, &a, &spans, &n, &d), LP_OK);
        assert_int_equal(n, 0);
        lp_speech_clear(&v);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_loud_parts_with_room_around_them),
        cmocka_unit_test(finds_nothing_where_nobody_can_be_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
