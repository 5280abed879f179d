#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "survey/gops.h"

enum { S = 1000000, PER_SECOND = 5, MIN_US = 5 * S };

static lp_video_packet packets[600];

/* A key frame every `apart` seconds, small packets between. Returns how many packets. */
static size_t make_packets(int seconds, int apart)
{
    size_t n = 0;
    for (int i = 0; i < seconds * PER_SECOND; i++) {
        int is_key = i % (apart * PER_SECOND) == 0;
        packets[n++] = (lp_video_packet){ (int64_t)i * S / PER_SECOND, is_key ? 40000 : 100, is_key };
    }
    return n;
}

static void key_frames_cut_the_stream(void **state)
{
    lp_arena a = { 0 };
    lp_gop *g = NULL;
    size_t n = 0;
    (void)state;
    assert_int_equal(lp_gops_find(packets, make_packets(30, 10), MIN_US, 30 * S, &a, &g, &n, NULL), LP_OK);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(g[i].start_us, (int64_t)i * 10 * S);
        assert_int_equal(g[i].end_us, (int64_t)(i + 1) * 10 * S);
        assert_true(g[i].is_steady);
        assert_int_equal(g[i].big_us, -1);
    }
    lp_arena_clear(&a);
}

static void key_frames_that_follow_soon_are_one_gop_that_is_not_steady(void **state)
{
    lp_arena a = { 0 };
    lp_gop *g = NULL;
    size_t n = 0;
    (void)state;
    assert_int_equal(lp_gops_find(packets, make_packets(12, 2), MIN_US, 12 * S, &a, &g, &n, NULL), LP_OK);
    assert_int_equal(n, 2);
    assert_int_equal(g[0].end_us, 6 * S);
    assert_false(g[0].is_steady);
    assert_int_equal(g[0].big_us, 4 * S);
    lp_arena_clear(&a);
}

static void a_large_packet_counts_only_well_after_the_key_frame(void **state)
{
    static const struct {
        int at_ms, bytes;
        int64_t big_us;
    } rows[] = { { 1000, 9000, -1 }, { 5000, 9000, 5 * S }, { 5000, 3000, -1 }, { 9800, 9000, 9800000 } };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_gop *g = NULL;
        size_t n = 0, all = make_packets(20, 10);
        packets[rows[i].at_ms * PER_SECOND / 1000].bytes = rows[i].bytes;
        assert_int_equal(lp_gops_find(packets, all, MIN_US, 20 * S, &a, &g, &n, NULL), LP_OK);
        assert_int_equal(n, 2);
        assert_int_equal(g[0].big_us, rows[i].big_us);
        assert_int_equal(g[0].is_steady, rows[i].big_us < 0);
        assert_int_equal(g[0].is_still, i == 0); /* what comes soon after the key frame sharpens it */
        assert_true(g[1].is_still);
        assert_true(g[1].is_steady);
        lp_arena_clear(&a);
    }
}

static void without_a_key_frame_the_first_packet_begins_the_only_gop(void **state)
{
    lp_arena a = { 0 };
    lp_gop *g = NULL;
    size_t n = 0, all = make_packets(20, 10);
    (void)state;
    for (size_t i = 0; i < all; i++)
        packets[i].is_key = 0;
    assert_int_equal(lp_gops_find(packets, all, MIN_US, 20 * S, &a, &g, &n, NULL), LP_OK);
    assert_int_equal(n, 1);
    assert_int_equal(g[0].start_us, 0);
    assert_int_equal(g[0].end_us, 20 * S);
    assert_int_equal(lp_gops_find(packets, 0, MIN_US, 20 * S, &a, &g, &n, NULL), LP_OK);
    assert_int_equal(n, 0);
    lp_arena_clear(&a);
}

static void cells_that_move_in_half_of_the_bursts_are_masked_with_their_neighbours(void **state)
{
    static uint8_t moved[4][LP_GRID_CELLS], mask[LP_GRID_CELLS];
    const uint8_t *bursts[4] = { moved[0], moved[1], moved[2], moved[3] };
    const int often = 40 * LP_GRID_W + 80, once = 10 * LP_GRID_W + 10, corner = LP_GRID_CELLS - 1;
    (void)state;
    memset(moved, 0, sizeof(moved));
    moved[0][often] = moved[3][often] = moved[1][once] = 1;
    moved[0][corner] = moved[1][corner] = moved[2][corner] = 1;
    assert_int_equal(lp_gops_mask(bursts, 4, mask), 0); /* percent, of 13 cells */
    int marked = 0;
    for (int c = 0; c < LP_GRID_CELLS; c++)
        marked += mask[c];
    assert_int_equal(marked, 9 + 4);
    assert_true(mask[often - LP_GRID_W - 1] && mask[often + LP_GRID_W + 1] && !mask[once]);
    assert_int_equal(lp_gops_mask(bursts, 2, mask), 0); /* too few to judge */
    assert_false(mask[often]);
    memset(moved, 1, sizeof(moved));
    assert_int_equal(lp_gops_mask(bursts, 4, mask), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_frames_cut_the_stream),
        cmocka_unit_test(key_frames_that_follow_soon_are_one_gop_that_is_not_steady),
        cmocka_unit_test(a_large_packet_counts_only_well_after_the_key_frame),
        cmocka_unit_test(without_a_key_frame_the_first_packet_begins_the_only_gop),
        cmocka_unit_test(cells_that_move_in_half_of_the_bursts_are_masked_with_their_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
