#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "encode/patch.h"

enum { W = 62, H = 46, MARKS = 16 * 12 };

typedef uint8_t canvas[H][W][4];

static void fill(canvas c, lp_rect r, uint8_t b, uint8_t g, uint8_t red)
{
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            memcpy(c[y][x], (uint8_t[]){ b, g, red, 255 }, 4);
}

static void find(canvas was, canvas now, lp_rect within, uint8_t *marks, lp_rect *bounds)
{
    lp_patch_find((lp_patch_picture){ was[0][0], 4 * W }, (lp_patch_picture){ now[0][0], 4 * W }, within, marks, bounds);
}

static void what_differs_is_bounded_with_its_surroundings(void **state)
{
    static const lp_rect all = { 0, 0, W, H };
    static const struct {
        const char *what;
        lp_rect within, drawn; /* drawn on the later picture, in red */
        uint8_t red;           /* of it; the paper is white */
        lp_rect bounds;
    } cases[] = {
        { "nothing", { 0, 0, W, H }, { 0, 0, 0, 0 }, 0, { 0, 0, 0, 0 } },
        { "a stroke", { 0, 0, W, H }, { 20, 20, 8, 2 }, 200, { 16, 16, 16, 12 } },
        { "a faint stroke", { 0, 0, W, H }, { 20, 20, 8, 2 }, 220, { 0, 0, 0, 0 } },
        { "one pixel", { 0, 0, W, H }, { 20, 20, 1, 1 }, 0, { 0, 0, 0, 0 } },
        { "in the last corner", { 0, 0, W, H }, { W - 2, H - 2, 2, 2 }, 0, { 56, 40, 6, 6 } },
        { "in the first corner", { 0, 0, W, H }, { 0, 0, 2, 2 }, 0, { 0, 0, 8, 8 } },
        { "outside", { 0, 0, 32, H }, { 40, 20, 8, 8 }, 0, { 0, 0, 0, 0 } },
        { "across the border", { 8, 4, 32, 30 }, { 30, 8, 20, 4 }, 0, { 24, 4, 16, 12 } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        canvas was, now;
        uint8_t marks[MARKS];
        lp_rect got;
        print_message("%s\n", cases[i].what);
        fill(was, all, 255, 255, 255);
        fill(now, all, 255, 255, 255);
        fill(now, cases[i].drawn, 255, 255, cases[i].red);
        find(was, now, cases[i].within, marks, &got);
        assert_memory_equal(&got, &cases[i].bounds, sizeof(got));
    }
}

static void only_what_differs_stays_in_the_patch(void **state)
{
    static const lp_rect all = { 0, 0, W, H }, text = { 4, 20, 50, 4 };
    canvas was, now, patch;
    uint8_t marks[MARKS];
    lp_rect at;
    (void)state;
    fill(was, all, 255, 255, 255);
    fill(was, text, 0, 0, 0);
    memcpy(now, was, sizeof(was));
    fill(now, (lp_rect){ 8, 8, 4, 30 }, 0, 0, 200); /* two strokes across the line of text */
    fill(now, (lp_rect){ 40, 8, 4, 30 }, 0, 0, 200);
    find(was, now, all, marks, &at);
    assert_true(at.x == 4 && at.y == 4 && at.w == 44 && at.h == 40);
    for (int y = 0; y < at.h; y++)
        memcpy(patch[y], was[at.y + y][at.x], 4 * (size_t)at.w);
    lp_patch_cut(patch[0][0], 4 * W, all, marks, at);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int is_inside = x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h;
            const uint8_t *p = is_inside ? patch[y - at.y][x - at.x] : now[y][x];
            const uint8_t *shown = p[3] ? p : now[y][x]; /* laid over the later picture it gives the earlier one */
            assert_memory_equal(shown, was[y][x], 4);
        }
    assert_int_equal(patch[20 - at.y][24 - at.x][3], 0); /* between the strokes the slide itself is seen */
    assert_int_equal(patch[20 - at.y][8 - at.x][3], 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_differs_is_bounded_with_its_surroundings),
        cmocka_unit_test(only_what_differs_stays_in_the_patch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
