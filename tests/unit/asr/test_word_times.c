#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "asr/word_times.h"

enum { FRAMES = 100, TOKENS = 4 };

static void each_token_begins_where_it_looks(void **state)
{
    (void)state;
    /* bright stretches of the rows, each at least as wide as the median can see */
    static const int from[TOKENS] = { 0, 20, 45, 80 }, to[TOKENS] = { 20, 45, 80, FRAMES };
    float rows[TOKENS * FRAMES];
    int first[TOKENS];
    for (int t = 0; t < TOKENS; t++)
        for (int f = 0; f < FRAMES; f++)
            rows[t * FRAMES + f] = f >= from[t] && f < to[t] ? 1 : -1;
    rows[2 * FRAMES + 3] = 500; /* one stray look, which the median takes away */
    assert_int_equal(lp_align_tokens(rows, TOKENS, FRAMES, first), 0);
    for (int t = 0; t < TOKENS; t++)
        assert_int_equal(first[t], from[t]);
}

static void the_path_never_goes_back(void **state)
{
    (void)state;
    uint32_t seed = 11;
    static const size_t sizes[][2] = { { 1, 1 }, { 1, 50 }, { 9, 3 }, { 30, 31 }, { 3, 100 } };
    for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
        float rows[3000];
        int first[64];
        size_t n = sizes[k][0], m = sizes[k][1];
        for (size_t i = 0; i < n * m; i++) {
            seed = seed * 1664525U + 1013904223U;
            rows[i] = (float)(seed >> 20) / 1000.0F;
        }
        memset(first, 0x7f, sizeof(first));
        assert_int_equal(lp_align_tokens(rows, n, m, first), 0);
        assert_int_equal(first[0], 0);
        for (size_t i = 0; i < n; i++)
            assert_true(first[i] >= (i ? first[i - 1] : 0) && first[i] < (int)m);
    }
    assert_int_equal(lp_align_tokens(NULL, 0, 10, NULL), 0);
    assert_int_equal(lp_align_tokens(NULL, 10, 0, NULL), 0);
}

static void heads_are_brought_to_one_scale(void **state)
{
    (void)state;
    static const float small[] = { 0.001F, 0.002F, 0.003F }, even[] = { 0.5F, 0.5F, 0.5F };
    float row[3] = { 0 };
    lp_align_add_head(row, small, 3, 1);
    /* (x - 0.002) / sqrt(2/3 * 0.001^2), by hand */
    assert_true(fabsf(row[0] + 1.2247F) < 1e-3F && fabsf(row[1]) < 1e-3F && fabsf(row[2] - 1.2247F) < 1e-3F);
    lp_align_add_head(row, even, 3, 1);
    assert_true(fabsf(row[2] - 1.2247F) < 1e-3F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_token_begins_where_it_looks),
        cmocka_unit_test(the_path_never_goes_back),
        cmocka_unit_test(heads_are_brought_to_one_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
