#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "survey/steps.h"

enum { SEC = 1000000 };

typedef struct box {
    int x, y, w, h;
} box;

static void fill(lp_grid *g, box b, uint8_t mean, uint8_t edge)
{
    for (int y = b.y; y < b.y + b.h; y++)
        for (int x = b.x; x < b.x + b.w; x++) {
            g->mean[y * LP_GRID_W + x] = mean;
            g->edge[y * LP_GRID_W + x] = edge;
        }
}

/* Two lines of text on white. */
static void page(lp_grid *g)
{
    fill(g, (box){ 0, 0, LP_GRID_W, LP_GRID_H }, 235, 0);
    fill(g, (box){ 20, 20, 80, 3 }, 190, 30);
    fill(g, (box){ 20, 30, 80, 3 }, 190, 30);
}

static const struct {
    const char *what;
    box drawn;
    uint8_t mean, edge;
    int is_step;
} strokes[] = {
    { "down across both lines", { 40, 10, 2, 40 }, 120, 40, 1 },
    { "a circle's side over a word's end, most of it beside", { 98, 20, 8, 3 }, 150, 40, 1 },
    { "below the text only", { 20, 50, 60, 2 }, 120, 20, 0 },
    { "a new line of text", { 20, 40, 80, 3 }, 190, 30, 0 },
    { "a cursor on the text", { 40, 20, 3, 4 }, 120, 40, 0 },
    { "the text fades", { 20, 20, 80, 3 }, 215, 10, 0 },
    { "the text goes", { 20, 20, 80, 3 }, 235, 0, 0 },
};

static void only_what_crosses_words_makes_a_step(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++) {
        lp_steps s;
        lp_grid g;
        print_message("%s\n", strokes[i].what);
        page(&g);
        lp_steps_begin(&s, 5 * SEC, &g);
        lp_steps_push(&s, 10 * SEC, &g, NULL);
        lp_steps_calm(&s, 11 * SEC);
        fill(&g, strokes[i].drawn, strokes[i].mean, strokes[i].edge);
        lp_steps_push(&s, 20 * SEC, &g, NULL);
        assert_int_equal(s.n, strokes[i].is_step);
        if (!s.n)
            continue;
        assert_int_equal(s.items[0].until_us, 20 * SEC);
        assert_int_equal(s.items[0].picture_us, 11 * SEC);
        assert_true(s.items[0].x == strokes[i].drawn.x && s.items[0].y == strokes[i].drawn.y &&
                    s.items[0].w == strokes[i].drawn.w && s.items[0].h == strokes[i].drawn.h);
    }
}

static void masked_cells_and_strokes_that_follow_at_once_make_none(void **state)
{
    lp_steps s;
    lp_grid g;
    uint8_t mask[LP_GRID_CELLS] = { 0 };
    (void)state;
    page(&g);
    lp_steps_begin(&s, 0, &g);
    memset(mask + 10 * LP_GRID_W, 1, 40 * LP_GRID_W);
    fill(&g, strokes[0].drawn, 120, 40);
    lp_steps_push(&s, 10 * SEC, &g, mask);
    assert_int_equal(s.n, 0);
    lp_steps_push(&s, 3 * SEC, &g, NULL); /* three seconds after the slide began */
    assert_int_equal(s.n, 0);
}

/* Other words in the place of the second line, beside which a few of the old ones are crossed. */
static void words_that_go_make_none(void **state)
{
    lp_steps s;
    lp_grid g;
    (void)state;
    page(&g);
    lp_steps_begin(&s, 0, &g);
    fill(&g, (box){ 20, 30, 80, 3 }, 235, 0);
    fill(&g, strokes[0].drawn, 120, 40);
    lp_steps_push(&s, 10 * SEC, &g, NULL);
    assert_int_equal(s.n, 0);
}

/* The rim of a webcam: cells that change alone, here and there over the words. */
static void cells_that_change_alone_make_none(void **state)
{
    lp_steps s;
    lp_grid g;
    (void)state;
    page(&g);
    lp_steps_begin(&s, 0, &g);
    for (int i = 0; i < 30; i++)
        fill(&g, (box){ 20 + 2 * i, 20 + 10 * (i % 2), 1, 1 }, 120, 40);
    lp_steps_push(&s, 10 * SEC, &g, NULL);
    assert_int_equal(s.n, 0);
}

/* A page crossed once more every ten seconds. */
static void of_many_steps_the_shortest_go(void **state)
{
    lp_steps s;
    lp_grid g;
    (void)state;
    page(&g);
    lp_steps_begin(&s, 0, &g);
    int64_t t = 0;
    for (int i = 0; i <= LP_STEPS_MOST; i++) {
        t += i == 4 ? 6 * SEC : 10 * SEC;
        fill(&g, (box){ 22 + 8 * i, 15, 2, 20 }, 120, 40);
        lp_steps_push(&s, t, &g, NULL);
    }
    assert_int_equal(s.n, LP_STEPS_MOST);
    assert_int_equal(s.items[0].until_us, 10 * SEC);
    assert_int_equal(s.items[2].until_us, 30 * SEC);
    assert_int_equal(s.items[3].until_us, 46 * SEC); /* was until 40 */
    assert_int_equal(s.items[4].until_us, 56 * SEC);
    /* each reaches to what came next, of which its end may show the beginning */
    assert_true(s.items[0].x == 22 && s.items[0].w == 10);
    assert_true(s.items[3].x == 22 + 8 * 3 && s.items[3].w == 18);
    assert_int_equal(s.items[LP_STEPS_MOST - 1].until_us, t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_crosses_words_makes_a_step),
        cmocka_unit_test(masked_cells_and_strokes_that_follow_at_once_make_none),
        cmocka_unit_test(words_that_go_make_none),
        cmocka_unit_test(cells_that_change_alone_make_none),
        cmocka_unit_test(of_many_steps_the_shortest_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
