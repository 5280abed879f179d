#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "encode/drawn.h"

/* A width and a height that are no whole number of blocks. */
enum { W = 203, H = 147, STRIDE = 4 * W + 12 };

static uint8_t picture[H * STRIDE], before[H * STRIDE];
static uint32_t seed;

static int noise(int most)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)(seed >> 16) % (2 * most + 1) - most;
}

static void put(int x, int y, int r, int g, int b, int stray)
{
    const int rgb[] = { b, g, r };
    for (int c = 0; c < 3; c++) {
        int v = rgb[c] + noise(stray);
        picture[y * STRIDE + 4 * x + c] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    }
    picture[y * STRIDE + 4 * x + 3] = 255;
}

static void fill(int x0, int y0, int x1, int y1, int r, int g, int b)
{
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            put(x, y, r, g, b, 0);
}

static int is(int x, int y, int r, int g, int b)
{
    const uint8_t *p = picture + y * STRIDE + 4 * x;
    return p[0] == b && p[1] == g && p[2] == r && p[3] == 255;
}

static int clean(void)
{
    void *scratch = calloc(1, lp_drawn_scratch(W, H));
    assert_non_null(scratch);
    memcpy(before, picture, sizeof(before));
    int n = lp_drawn_clean(picture, STRIDE, W, H, scratch);
    free(scratch);
    return n;
}

/* Black strokes of two pixels on a ground, with a coder's noise in the eight pixels around them. */
static void draw_ink(int x0, int y0, int level, int stray)
{
    for (int y = y0 - 8; y < y0 + 24; y++)
        for (int x = x0 - 8; x < x0 + 24; x++)
            put(x, y, level, level, level, stray);
    for (int y = y0; y < y0 + 16; y++)
        for (int x = x0; x < x0 + 16; x += 8) {
            put(x, y, 4, 2, 3, 2);
            put(x + 1, y, 4, 2, 3, 2);
        }
}

static void noise_around_ink_becomes_ground(void **state)
{
    (void)state;
    seed = 1;
    fill(0, 0, W, H, 253, 253, 253);
    draw_ink(60, 60, 244, 12);
    assert_true(clean() >= 1);
    for (int y = 60; y < 76; y++) {
        assert_true(is(60, y, 0, 0, 0));
        assert_true(is(65, y, 253, 253, 253) && is(52, y, 253, 253, 253));
    }
    assert_true(is(W - 1, H - 1, 253, 253, 253));
}

static void a_ground_near_another_keeps_its_colour(void **state)
{
    (void)state;
    seed = 2;
    fill(0, 0, W, H, 253, 253, 253);
    fill(40, 40, 120, 100, 244, 244, 244); /* code on a slide stands on such */
    draw_ink(70, 60, 244, 5);
    assert_true(clean() >= 2);
    assert_true(is(44, 44, 244, 244, 244));
    assert_true(is(20, 20, 253, 253, 253));
    for (int y = 60; y < 76; y++)
        for (int x = 72; x < 78; x++)
            assert_true(is(x, y, 244, 244, 244)); /* and not the brighter one's, which is as near to some of it */
}

static void ink_that_is_nearly_a_ground_is_that_one(void **state)
{
    (void)state;
    seed = 5;
    fill(0, 0, W, H, 253, 253, 253);
    fill(150, 20, 190, 60, 5, 5, 5); /* a black bar: what coders make of it */
    draw_ink(30, 100, 250, 3);
    clean();
    for (int y = 100; y < 116; y++)
        assert_true(is(30, y, 5, 5, 5));
}

static void faint_lines_stay(void **state)
{
    (void)state;
    seed = 3;
    fill(0, 0, W, H, 255, 255, 255);
    fill(20, 71, 180, 72, 238, 238, 238); /* a table's line */
    fill(20, 91, 180, 92, 250, 224, 224);
    clean();
    assert_false(is(50, 71, 255, 255, 255));
    assert_false(is(50, 91, 255, 255, 255));
    const uint8_t *p = picture + 91 * STRIDE + 4 * 50;
    assert_true(p[2] > p[0]); /* red still */
}

static void grey_ink_keeps_few_levels_and_its_contrast(void **state)
{
    static const struct {
        int ground, ink, expected;
    } cases[] = { { 255, 200, 191 }, { 255, 140, 127 }, { 255, 40, 63 }, { 245, 192, 181 }, { 0, 60, 64 }, { 0, 250, 255 } };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int g = cases[i].ground, v = cases[i].ink;
        fill(0, 0, W, H, g, g, g);
        fill(60, 60, 61, 76, v, v, v);
        assert_int_equal(clean(), 1);
        for (int y = 60; y < 76; y++)
            assert_true(is(60, y, cases[i].expected, cases[i].expected, cases[i].expected));
        assert_true(is(59, 60, g, g, g));
    }
}

static void a_picture_of_no_ground_is_left_alone(void **state)
{
    (void)state;
    seed = 4;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            put(x, y, 40 + y / 2, 60 + y / 2, 90 + y / 2, 1); /* a sky */
    assert_int_equal(clean(), 0);
    assert_memory_equal(picture, before, sizeof(before));
}

static void what_was_drawn_and_never_coded_stays_as_it_is(void **state)
{
    (void)state;
    fill(0, 0, W, H, 30, 30, 30);
    fill(40, 40, 60, 60, 0, 121, 203);
    fill(100, 40, 120, 80, 60, 60, 60);
    assert_int_equal(clean(), 3);
    assert_memory_equal(picture, before, sizeof(before));
}

static void a_picture_below_a_block_is_left_alone(void **state)
{
    uint8_t small[3 * 12] = { 1, 2, 3, 4 };
    uint32_t scratch[4];
    (void)state;
    assert_int_equal(lp_drawn_scratch(3, 3), 0);
    assert_int_equal(lp_drawn_clean(small, 12, 3, 3, scratch), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_around_ink_becomes_ground),
        cmocka_unit_test(a_ground_near_another_keeps_its_colour),
        cmocka_unit_test(ink_that_is_nearly_a_ground_is_that_one),
        cmocka_unit_test(faint_lines_stay),
        cmocka_unit_test(grey_ink_keeps_few_levels_and_its_contrast),
        cmocka_unit_test(a_picture_of_no_ground_is_left_alone),
        cmocka_unit_test(what_was_drawn_and_never_coded_stays_as_it_is),
        cmocka_unit_test(a_picture_below_a_block_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
