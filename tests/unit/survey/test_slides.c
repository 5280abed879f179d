#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "survey/slides.h"

enum { SEC = 1000000 };

/* A picture is drawn in words: each letter is a block of 10 x 6 cells of text somewhere on a white page; capitals are
 * strokes of a pen over the block of the small letter; '.' is a cursor, '#' a page of another background. */
static void draw(const char *what, lp_grid *g)
{
    memset(g->mean, 235, sizeof(g->mean));
    memset(g->edge, 0, sizeof(g->edge));
    for (; *what; what++) {
        if (*what == '#') {
            memset(g->mean, 40, sizeof(g->mean));
            continue;
        }
        int is_pen = *what >= 'A' && *what <= 'Z', slot = *what == '.' ? 60 : (*what | 32) - 'a';
        int w = *what == '.' ? 3 : 10, h = *what == '.' ? 3 : 6;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                int i = (4 + slot / 10 * 10 + y) * LP_GRID_W + 4 + slot % 10 * 15 + x;
                g->mean[i] = (uint8_t)(is_pen ? g->mean[i] - 20 : 180 + (x * 7 + y * 5) % 20);
                g->edge[i] = (uint8_t)(is_pen ? g->edge[i] + 10 : 30 + (x + y) % 5);
            }
    }
}

static const struct {
    const char *what, *film; /* pictures, half a second each, split by blanks; '-' repeats the last */
    size_t n;
    int start[4]; /* in half seconds */
} films[] = {
    { "one picture", "ab - - - - -", 1, { 0 } },
    { "another takes its place", "ab - - - cd - - - - -", 2, { 0, 4 } },
    { "a build, line by line", "a - - ab - - abc - - abcd - - -", 1, { 0 } },
    { "pen strokes over the text", "ab - - abA - - abAB - - abABb - -", 1, { 0 } },
    { "a cursor that comes and goes", "ab - ab. - ab - ab. - ab - ab. - ab -", 1, { 0 } },
    { "a flicker", "ab - - cd ab - - cd ab - - -", 1, { 0 } },
    { "a fade over three pictures", "ab - - abc# cd# ef# gh - - - - -", 2, { 0, 6 } },
    { "there and back again", "ab - - - cd - - - - - ab - - - - -", 3, { 0, 4, 10 } },
    { "one line of four replaced", "abcd - - - - abce - - - - - - - -", 2, { 0, 5 } },
};

static lp_status play(lp_slides *t, const char *film, int64_t *end_us, lp_diag *d)
{
    lp_grid g;
    char word[32] = "";
    lp_status s = LP_OK;
    *end_us = 0;
    while (*film && s == LP_OK) {
        size_t n = strcspn(film, " ");
        if (film[0] != '-') {
            memcpy(word, film, n);
            word[n] = '\0';
        }
        draw(word, &g);
        s = lp_slides_push(t, *end_us, &g, NULL, 0, d);
        *end_us += SEC / 2;
        film += n + (film[n] == ' ');
    }
    return s;
}

static void finds_slides_and_leaves_builds_pens_and_cursors_alone(void **state)
{
    (void)state;
    for (size_t f = 0; f < sizeof(films) / sizeof(films[0]); f++) {
        lp_slides *t = NULL;
        lp_arena a = { 0 };
        lp_slide *s = NULL;
        size_t n = 99;
        int64_t end_us = 0;
        print_message("%s\n", films[f].what);
        assert_int_equal(lp_slides_new(&t, NULL), LP_OK);
        assert_int_equal(play(t, films[f].film, &end_us, NULL), LP_OK);
        assert_int_equal(lp_slides_finish(t, end_us, &a, &s, &n, NULL), LP_OK);
        assert_int_equal(n, films[f].n);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(s[i].start_us, films[f].start[i] * (SEC / 2));
            assert_int_equal(s[i].end_us, i + 1 < n ? s[i + 1].start_us : end_us);
            assert_in_range(s[i].picture_us, s[i].start_us, s[i].end_us - 1);
        }
        lp_slides_free(&t);
        lp_arena_clear(&a);
    }
}

/* Plays a film to its end; the list lives in `a`. */
static size_t slides_of(const char *film, lp_arena *a, lp_slide **s)
{
    lp_slides *t = NULL;
    size_t n = 0;
    int64_t end_us = 0;
    assert_int_equal(lp_slides_new(&t, NULL), LP_OK);
    assert_int_equal(play(t, film, &end_us, NULL), LP_OK);
    assert_int_equal(lp_slides_finish(t, end_us, a, s, &n, NULL), LP_OK);
    lp_slides_free(&t);
    return n;
}

static void the_picture_of_a_build_is_its_last_state(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_slide *s = NULL;
    assert_int_equal(slides_of("a - - ab - - abc - - # - - - -", &a, &s), 2);
    assert_true(s[0].picture_us >= 7 * SEC / 2 && s[0].picture_us < 9 * SEC / 2);
    lp_arena_clear(&a);
}

static void a_key_frame_that_stays_is_taken_when_it_is_calm(void **state)
{
    static const struct {
        int key_at, told_at; /* half seconds; the slide's last line comes at 2, the next slide at 8 */
        int expected;
    } cases[] = { { 4, 0, 4 }, { 4, 6, 6 }, { 0, 1, -1 }, { 0, 0, -1 } };
    (void)state;
    for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
        lp_slides *t = NULL;
        lp_arena a = { 0 };
        lp_slide *s = NULL;
        lp_grid g;
        size_t n = 0;
        assert_int_equal(lp_slides_new(&t, NULL), LP_OK);
        for (int i = 0; i < 20; i++) {
            draw(i < 2 ? "ab" : i < 8 ? "abc" : "fgh", &g);
            assert_int_equal(lp_slides_push(t, (int64_t)i * SEC / 2, &g, NULL, i == cases[c].key_at, NULL), LP_OK);
            if (i == cases[c].key_at && cases[c].told_at)
                lp_slides_calm(t, (int64_t)cases[c].told_at * SEC / 2);
            else if (i == cases[c].key_at + 1)
                lp_slides_calm(t, 7 * SEC / 2); /* after no key frame: ignored */
        }
        assert_int_equal(lp_slides_finish(t, 10 * SEC, &a, &s, &n, NULL), LP_OK);
        assert_int_equal(n, 2);
        if (cases[c].expected >= 0)
            assert_int_equal(s[0].picture_us, cases[c].expected * (SEC / 2));
        else /* the build went on after the key frame: the last rest */
            assert_in_range(s[0].picture_us, 3 * SEC / 2, 7 * SEC / 2);
        lp_slides_free(&t);
        lp_arena_clear(&a);
    }
}

static void a_slide_that_comes_again_is_known(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_slide *s = NULL;
    assert_int_equal(slides_of("ab - - - cd - - - ab - - - cde - - -", &a, &s), 4);
    assert_int_equal(s[2].same_as, 0);
    assert_int_equal(s[3].same_as, -1);
    lp_arena_clear(&a);
}

/* Pushed at each time; a key frame where it is known to stay until calm_s. */
typedef struct shot {
    int at_s;
    const char *what;
    int is_key, calm_s;
} shot;

static void steps_are_those_before_the_picture_of_a_slide_that_is_new(void **state)
{
    static const shot after[] = { { 30, "fgh", 0, 0 }, { 31, "fgh", 0, 0 }, { 32, "fgh", 0, 0 } };
    static const struct {
        const char *what;
        shot shots[8];
        int slide, n_steps, until_s, picture_s;
    } cases[] = {
        { "crossed later", { { 0, "ab", 1, 1 }, { 12, "abA", 1, 13 } }, 0, 1, 12, 1 },
        { "the picture is from before the stroke", { { 0, "ab", 1, 1 }, { 8, "abA", 1, 9 } }, 0, 0, 0, 0 },
        { "no key frame shows it", { { 0, "ab", 1, 1 }, { 12, "abA", 0, 0 } }, 0, 0, 0, 0 },
        { "a slide that came before",
          { { 0, "abA", 1, 1 }, { 2, "klm", 0, 0 }, { 3, "klm", 0, 0 }, { 5, "klm", 0, 0 }, { 6, "ab", 0, 0 }, { 7, "ab", 0, 0 },
            { 9, "ab", 0, 0 }, { 22, "abA", 1, 23 } },
          2, 0, 0, 0 },
    };
    (void)state;
    for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
        lp_slides *t = NULL;
        lp_arena a = { 0 };
        lp_slide *s = NULL;
        lp_grid g;
        size_t n = 0;
        print_message("%s\n", cases[c].what);
        assert_int_equal(lp_slides_new(&t, NULL), LP_OK);
        for (size_t i = 0; i < 11; i++) {
            const shot *k = i < 8 ? &cases[c].shots[i] : &after[i - 8];
            if (!k->what)
                continue;
            draw(k->what, &g);
            assert_int_equal(lp_slides_push(t, (int64_t)k->at_s * SEC, &g, NULL, k->is_key, NULL), LP_OK);
            if (k->calm_s)
                lp_slides_calm(t, (int64_t)k->calm_s * SEC);
        }
        assert_int_equal(lp_slides_finish(t, 40 * SEC, &a, &s, &n, NULL), LP_OK);
        assert_true(n > (size_t)cases[c].slide + 1);
        s += cases[c].slide;
        assert_int_equal(s->same_as, cases[c].slide ? 0 : -1);
        assert_int_equal(s->n_steps, cases[c].n_steps);
        if (s->n_steps) {
            assert_int_equal(s->steps[0].until_us, cases[c].until_s * SEC);
            assert_int_equal(s->steps[0].picture_us, cases[c].picture_s * SEC);
        }
        lp_slides_free(&t);
        lp_arena_clear(&a);
    }
}

static void cells_under_the_mask_do_not_count(void **state)
{
    (void)state;
    uint8_t mask[LP_GRID_CELLS];
    lp_slides *t = NULL;
    lp_arena a = { 0 };
    lp_slide *s = NULL;
    lp_grid g;
    size_t n = 0;
    memset(mask, 0, sizeof(mask));
    for (int y = 0; y < 12; y++)
        memset(mask + y * LP_GRID_W, 1, LP_GRID_W); /* the row of a to j */
    assert_int_equal(lp_slides_new(&t, NULL), LP_OK);
    for (int i = 0; i < 20; i++) {
        draw(i / 5 % 2 ? "abkl" : "cdkl", &g);
        assert_int_equal(lp_slides_push(t, (int64_t)i * SEC, &g, mask, 0, NULL), LP_OK);
    }
    assert_int_equal(lp_slides_finish(t, 20 * SEC, &a, &s, &n, NULL), LP_OK);
    assert_int_equal(n, 1);
    lp_slides_free(&t);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_slides_and_leaves_builds_pens_and_cursors_alone),
        cmocka_unit_test(the_picture_of_a_build_is_its_last_state),
        cmocka_unit_test(a_key_frame_that_stays_is_taken_when_it_is_calm),
        cmocka_unit_test(a_slide_that_comes_again_is_known),
        cmocka_unit_test(steps_are_those_before_the_picture_of_a_slide_that_is_new),
        cmocka_unit_test(cells_under_the_mask_do_not_count),
    };
    return cmocka_run_group_tests_name("survey/slides", tests, NULL, NULL);
}
