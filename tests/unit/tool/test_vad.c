#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/wav.h"
#include "tool/vad.h"

enum { MAX_PARTS = 12, MAX_WANT = 6, PER_MS = LP_WAV_HZ / 1000 };

typedef struct part {
    int is_voice, ms;
} part;

static const double loud = 0.2, room = 0.002;

static void push(lp_vad *v, double amplitude, int ms, uint32_t *seed)
{
    for (int i = 0; i < ms; i++) {
        float block[PER_MS];
        for (size_t k = 0; k < PER_MS; k++) {
            *seed = *seed * 1664525U + 1013904223U;
            block[k] = (float)(amplitude * ((double)(*seed >> 8) / (1 << 23) - 1));
        }
        assert_int_equal(lp_vad_push(v, block, PER_MS), 0);
    }
}

static void make(lp_vad *v, const part *parts, size_t n, double quiet)
{
    uint32_t seed = 7;
    *v = (lp_vad){ 0 };
    for (size_t i = 0; i < n; i++)
        push(v, parts[i].is_voice ? loud : quiet, parts[i].ms, &seed);
    assert_int_equal(lp_vad_finish(v), 0);
}

/* What is wanted follows from the rules: 0.20 s of room before and 0.25 s after, not into a neighbour; the smoothing moves
 * an edge by up to 0.03 s. A chunk may hold 27.55 s of voice. */
static void cuts_at_pauses_and_never_too_late(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const lp_cutting *how;
        part parts[MAX_PARTS];
        size_t n_want;
        int want_ms[MAX_WANT][2];
    } rows[] = {
        { "one voice", &lp_chunks_long, { { 0, 1000 }, { 1, 5000 }, { 0, 1000 } }, 1, { { 800, 6250 } } },
        { "a short pause is kept within", &lp_chunks_long, { { 0, 1000 }, { 1, 3000 }, { 0, 800 }, { 1, 3000 }, { 0, 1000 } }, 1, { { 800, 8050 } } },
        { "a long one cuts", &lp_chunks_long, { { 0, 1000 }, { 1, 3000 }, { 0, 1500 }, { 1, 3000 }, { 0, 1000 } }, 2, { { 800, 4250 }, { 5300, 8750 } } },
        { "room ends at a neighbour", &lp_chunks_short, { { 0, 1000 }, { 1, 3000 }, { 0, 400 }, { 1, 3000 }, { 0, 1000 } }, 2, { { 800, 4250 }, { 4200, 7650 } } },
        { "the best pause before 28 s", &lp_chunks_long, { { 0, 3000 }, { 1, 12000 }, { 0, 600 }, { 1, 9000 }, { 0, 600 }, { 1, 9000 }, { 0, 3000 } }, 2,
          { { 2800, 24850 }, { 25000, 34450 } } },
        { "a longer one counts more than a later", &lp_chunks_long, { { 0, 3000 }, { 1, 12000 }, { 0, 1100 }, { 1, 9000 }, { 0, 200 }, { 1, 9000 }, { 0, 3000 } }, 2,
          { { 2800, 15250 }, { 15900, 34550 } } },
        { "a click is nobody", &lp_chunks_long, { { 0, 2000 }, { 1, 60 }, { 0, 2000 }, { 1, 2000 }, { 0, 1000 } }, 1, { { 3860, 6310 } } },
    };
    for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
        lp_vad v;
        lp_arena a = { 0 };
        lp_chunk *c = NULL;
        size_t n = 0;
        make(&v, rows[r].parts, MAX_PARTS, room);
        assert_int_equal(lp_chunks_cut(&v, 0, v.n, rows[r].how, &a, &c, &n, NULL), LP_OK);
        if (n != rows[r].n_want)
            fail_msg("%s: %zu chunks", rows[r].name, n);
        for (size_t i = 0; i < n; i++) {
            int64_t start_ms = c[i].start_us / 1000, end_ms = c[i].end_us / 1000;
            if (llabs(start_ms - rows[r].want_ms[i][0]) > 40 || llabs(end_ms - rows[r].want_ms[i][1]) > 40)
                fail_msg("%s: chunk %zu is %lld to %lld ms", rows[r].name, i, (long long)start_ms, (long long)end_ms);
        }
        lp_arena_clear(&a);
        lp_vad_clear(&v);
    }
}

static void who_draws_no_breath_is_cut_all_the_same(void **state)
{
    (void)state;
    static const part parts[] = { { 0, 10000 }, { 1, 100000 }, { 0, 10000 } };
    const lp_cutting *const hows[] = { &lp_chunks_long, &lp_chunks_short };
    for (size_t k = 0; k < 2; k++) {
        lp_vad v;
        lp_arena a = { 0 };
        lp_chunk *c = NULL;
        size_t n = 0;
        make(&v, parts, 3, room);
        assert_int_equal(lp_chunks_cut(&v, 0, v.n, hows[k], &a, &c, &n, NULL), LP_OK);
        assert_true(n >= 4);
        for (size_t i = 0; i < n; i++) {
            assert_true(c[i].end_us - c[i].start_us <= hows[k]->most_us);
            /* nothing is lost and nothing comes twice */
            assert_true(i == 0 || c[i].start_us == c[i - 1].end_us);
        }
        assert_in_range(c[0].start_us, 9700000, 9900000);
        assert_in_range(c[n - 1].end_us, 110200000, 110400000);
        lp_arena_clear(&a);
        lp_vad_clear(&v);
    }
}

static void silence_has_no_voice_and_even_noise_is_all_voice(void **state)
{
    (void)state;
    static const part nothing[] = { { 0, 12000 } };
    lp_vad v;
    make(&v, nothing, 1, 0);
    assert_int_equal(lp_vad_voice_us(&v, 0, 12000000), 0);
    lp_vad_clear(&v);
    make(&v, nothing, 1, 0.0001); /* -85 dBFS */
    assert_int_equal(lp_vad_voice_us(&v, 0, 12000000), 0);
    lp_vad_clear(&v);
    make(&v, nothing, 1, 0.1);
    assert_true(v.is_flat);
    assert_int_equal(lp_vad_voice_us(&v, 0, 12000000), 12000000);
    assert_int_equal(lp_vad_voice_us(&v, 11000000, 99000000), 1000000);
    lp_vad_clear(&v);
    make(&v, nothing, 0, 0);
    assert_int_equal(lp_vad_is_voice(&v, 0), 0);
    lp_vad_clear(&v);
}

/* A microphone that was muted for most of the time leaves digital silence, which says nothing about the room. */
static void a_muted_microphone_does_not_hide_the_pauses(void **state)
{
    (void)state;
    uint32_t seed = 3;
    lp_vad v = { 0 };
    push(&v, 0, 60000, &seed);
    for (int i = 0; i < 5; i++) {
        push(&v, 0.02, 2000, &seed); /* a loud room */
        push(&v, loud, 3000, &seed);
    }
    assert_int_equal(lp_vad_finish(&v), 0);
    assert_in_range(lp_vad_voice_us(&v, 0, 100000000), 14500000, 15500000);
    lp_vad_clear(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_at_pauses_and_never_too_late),
        cmocka_unit_test(who_draws_no_breath_is_cut_all_the_same),
        cmocka_unit_test(silence_has_no_voice_and_even_noise_is_all_voice),
        cmocka_unit_test(a_muted_microphone_does_not_hide_the_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
