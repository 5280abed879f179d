#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "encode/near.h"

enum { W = 53, H = 19, STRIDE = 4 * W + 12 };

static uint8_t picture[H * STRIDE], plain[H * STRIDE], line[8 * W];

static void fill_noise(int width_of_noise)
{
    uint32_t seed = 7;
    for (int i = 0; i < H * STRIDE; i++) {
        seed = seed * 1664525u + 1013904223u;
        picture[i] = (uint8_t)(i % STRIDE % 4 == 3 ? 255 : 120 + (int)(seed >> 16) % width_of_noise);
    }
    memcpy(plain, picture, sizeof(plain));
}

/* libwebp's loop, pixel by pixel: what the vector code has to give. */
static void do_it_plainly(void)
{
    uint8_t was[H * STRIDE];
    for (int bits = 5; bits > 0; bits--) {
        memcpy(was, plain, sizeof(was));
        for (int y = 1; y < H - 1; y++)
            for (int x = 1; x < W - 1; x++) {
                const uint8_t *p = was + y * STRIDE + 4 * x;
                int is_even = 1;
                for (int c = 0; c < 3; c++)
                    is_even &= abs(p[c] - p[c - 4]) < 1 << bits && abs(p[c] - p[c + 4]) < 1 << bits &&
                               abs(p[c] - p[c - STRIDE]) < 1 << bits && abs(p[c] - p[c + STRIDE]) < 1 << bits;
                for (int c = 0; c < 3 && !is_even; c++) {
                    int mask = (1 << bits) - 1, up = p[c] + (mask >> 1) + ((p[c] >> bits) & 1);
                    plain[y * STRIDE + 4 * x + c] = (uint8_t)(up > 255 ? 255 : up & ~mask);
                }
            }
    }
}

static void it_does_to_every_pixel_what_libwebp_does(void **state)
{
    static const int noises[] = { 1, 3, 9, 20, 40, 136 };
    (void)state;
    for (size_t i = 0; i < sizeof(noises) / sizeof(*noises); i++) {
        fill_noise(noises[i]);
        do_it_plainly();
        lp_near_lossless(picture, STRIDE, W, H, line);
        assert_memory_equal(picture, plain, sizeof(plain));
    }
}

static void an_even_picture_stays_as_it_is(void **state)
{
    (void)state;
    fill_noise(2);
    lp_near_lossless(picture, STRIDE, W, H, line);
    assert_memory_equal(picture, plain, sizeof(plain));
}

static void no_pixel_strays_by_more_than_half_of_32(void **state)
{
    int changed = 0;
    (void)state;
    fill_noise(136);
    lp_near_lossless(picture, STRIDE, W, H, line);
    for (int i = 0; i < H * STRIDE; i++) {
        assert_true(abs(picture[i] - plain[i]) <= 16);
        changed += picture[i] != plain[i];
    }
    assert_true(changed > W * H);
}

static void the_smallest_pictures_have_nothing_inside(void **state)
{
    (void)state;
    for (int w = 1; w < 3; w++)
        for (int h = 1; h < 3; h++) {
            fill_noise(136);
            lp_near_lossless(picture, STRIDE, w, h, line);
            assert_memory_equal(picture, plain, sizeof(plain));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_does_to_every_pixel_what_libwebp_does),
        cmocka_unit_test(an_even_picture_stays_as_it_is),
        cmocka_unit_test(no_pixel_strays_by_more_than_half_of_32),
        cmocka_unit_test(the_smallest_pictures_have_nothing_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
