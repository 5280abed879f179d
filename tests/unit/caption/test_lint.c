#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <math.h>

#include "caption/lint.h"

#define C42 "123456789 123456789 123456789 123456789 12"

static void figures_of_a_small_set_are_right(void **state)
{
    (void)state;
    static const lp_cue cues[] = {
        { 0, 2000000, "two words", -1, 0, 0, 0 }, /* 9 characters in 2 s */
        { 1000000, 2000000, "caf\xc3\xa9 of thirty letters, more", -1, 0,
          0, 0 }, /* 28 in 1 s; overlaps */
        { 5000000, 9000000, C42 "\n" C42 "3\nx", -1, 0,
          0, 0 }, /* 42 + 43 + 1 and two line ends: 88 in 4 s */
    };
    lp_caption_quality q = lp_caption_lint(cues, 3);
    assert_int_equal(q.n_cues, 3);
    assert_int_equal(q.n_words, 2 + 5 + 11);
    assert_int_equal(q.covered_us, 6000000);
    assert_true(fabs(q.max_cps - 28) < 1e-9);
    assert_true(fabs(q.mean_cps - (9 + 28 + 88) / 7.0) < 1e-9);
    assert_int_equal(q.n_fast, 2);
    assert_int_equal(q.max_line_chars, 43);
    assert_int_equal(q.n_long_lines, 1);
    assert_int_equal(q.max_lines, 3);
    assert_int_equal(q.n_tall, 1);
    assert_int_equal(q.n_overlaps, 1);
}

static void no_cues_give_zeros(void **state)
{
    (void)state;
    lp_caption_quality q = lp_caption_lint(NULL, 0);
    assert_int_equal(q.n_cues, 0);
    assert_true(q.mean_cps >= 0 && q.mean_cps <= 0);
}

/* Each rule at its limit, and just beyond it. */
static void each_rule_has_its_limit(void **state)
{
    (void)state;
#define W16                                                                                    \
    "\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4" \
    "\xbb\x8a"                                                                                 \
    "\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4\xbb\x8a\xe4" \
    "\xbb\x8a"
    static const struct {
        const char *name, *text;
        int start_ms, end_ms; /* behind a cue of 0 to 2 s */
        const char *want;
    } cases[] = {
        { "two lines", "x\ny", 2000, 4000, "" },
        { "three lines", "x\ny\nz", 2000, 4000, "too-many-lines " },
        { "42 characters", C42, 2000, 6000, "line-long " },
        { "43 characters", C42 "3", 2000, 6000, "line-too-long " },
        { "37 characters", "123456789 123456789 123456789 1234567", 2000, 6000, "" },
        { "a point over a letter is none", "a\xcc\x81" C42, 2000, 6000, "line-too-long " },
        { "points over letters are none",
          "1234e\xcc\x81"
          "6789 123456789 123456789 1234567",
          2000, 6000, "" },
        { "16 wide characters", W16, 2000, 6000, "" },
        { "17 wide characters", W16 "\xe4\xbb\x8a", 2000, 6000, "line-too-long " },
        { "7 s", "a", 2000, 9000, "" },
        { "7.01 s", "a", 2000, 9010, "shown-too-long " },
        { "1 s", "a", 2000, 3000, "" },
        { "0.9 s", "a", 2000, 2900, "shown-briefly " },
        { "0.833 s", "a", 2000, 2833, "shown-briefly " },
        { "0.8 s", "a", 2000, 2800, "shown-too-briefly " },
        { "17 a second", "1234567 1234567 1234567 1234567 12", 2000, 4000, "" },
        { "17.5 a second", "1234567 1234567 1234567 1234567 123", 2000, 4000, "fast " },
        { "20 a second", "1234567 1234567 123456x\n1234567 12345678", 2000, 4000, "fast " },
        { "20.5 a second", "1234567 1234567 123456x\n1234567 123456789", 2000, 4000,
          "too-fast " },
        { "wide ones count twice", W16 "\n" W16, 2000, 5000, "too-fast " },
        { "a gap of 0.08 s", "a", 2080, 4000, "" },
        { "a gap of 0.05 s", "a", 2050, 4000, "flicker " },
        { "a rounded overlap", "a", 1999, 4000, "" },
        { "an overlap", "a", 1990, 4000, "overlap " },
        { "an article at the end of a line", "on the\nslope", 2000, 4000, "bad-break " },
        { "an article whose noun needs a line", "the\nRindfleischetikettierungsueberwachungen",
          2000, 6000, "" },
        { "a preposition that ends its phrase", "which came later on\nas we saw", 2000, 4000,
          "" },
        { "and one that does not", "which came from on\nhigh", 2000, 4000, "bad-break " },
        { "one word can be no shorter", "Rindfleischetikettierungsueberwachungen1", 2000, 6000,
          "" },
        { "a line end between wide ones is no blank", W16 "\nab", 2000, 4000, "" },
        { "between others it is read", "1234567 1234567 1234567x\nxx23456789", 2000, 4000,
          "fast " },
        { "a preposition with a comma is none", "what it is for,\nthough", 2000, 4000, "" },
        { "a number in two lines", "all of 3\n000", 2000, 4000, "split-number " },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en-GB" };
        lp_breaches b;
        char got[200] = "";
        assert_int_equal(lp_cues_add(&c, &a, 0, 2000000, "First.", -1, NULL), LP_OK);
        assert_int_equal(lp_cues_add(&c, &a, cases[i].start_ms * INT64_C(1000),
                                     cases[i].end_ms * INT64_C(1000), cases[i].text, -1, NULL),
                         LP_OK);
        assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
        for (size_t k = 0; k < b.n; k++)
            snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s ",
                     lp_lint_rule_of(b.items[k].code)->name);
        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%s: %s", cases[i].name, got);
        assert_int_equal(b.n_hard + b.n_soft, b.n);
        lp_arena_clear(&a);
    }
}

static void a_cue_is_in_step_with_its_first_word(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    lp_breaches b;
    lp_word w = { 1000000, 1500000, "Late.", 1, -1 };
    assert_int_equal(lp_words_add(&c.words, &a, w, NULL), LP_OK);
    assert_int_equal(lp_cues_add(&c, &a, 1400000, 3000000, "Late.", -1, NULL), LP_OK);
    c.items[0].n_words = 1;
    assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
    assert_int_equal(b.n, 0);
    c.items[0].start_us = 1600000;
    assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
    assert_int_equal(b.n, 1);
    assert_int_equal(b.items[0].code, LP_LINT_OFFSET);
    c.items[0].text = "te."; /* the rest of the word: when it was said is not known */
    assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
    assert_int_equal(b.n, 0);
    lp_arena_clear(&a);
}

/* Cues of `chars` characters each: how many breaches are put down to the speech. */
static void too_fast_for_a_reader_is_the_speech_where_all_around_is(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct {
            int ms, chars, gap_ms; /* shown; the gap is in front */
        } cues[4];
        size_t n_fast, n_speech;
    } cases[] = {
        { "one among slow ones", { { 3000, 30, 0 }, { 2000, 37, 0 }, { 3000, 30, 0 } }, 1, 0 },
        { "9 s at 18.3", { { 3000, 55, 0 }, { 3000, 55, 0 }, { 3000, 55, 0 } }, 3, 3 },
        { "6.9 s at 18.7", { { 2300, 43, 0 }, { 2300, 43, 0 }, { 2300, 43, 0 } }, 3, 0 },
        { "9 s at 17.5: 0.4 s more were enough",
          { { 3000, 52, 0 }, { 3000, 52, 0 }, { 3000, 52, 0 } }, 3, 0 },
        { "with a pause", { { 3000, 55, 0 }, { 3000, 55, 300 }, { 3000, 55, 300 } }, 3, 0 },
        { "one of two in 8 s at 18.6", { { 4200, 70, 0 }, { 4000, 80, 0 } }, 1, 1 },
        { "12 s at 22, above either limit",
          { { 3000, 66, 0 }, { 3000, 66, 0 }, { 3000, 66, 0 }, { 3000, 66, 0 } }, 4, 4 },
        { "a hard one in 9 s at 18.9", { { 3000, 54, 0 }, { 3000, 62, 0 }, { 3000, 54, 0 } }, 3, 2 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        lp_breaches b;
        int64_t t_us = 1000000;
        size_t n_fast = 0;
        for (size_t k = 0; k < 4 && cases[i].cues[k].ms; k++) {
            char text[100] = "";
            for (int z = 0; z < cases[i].cues[k].chars; z++) /* two lines, five letters a word */
                text[z] = z == cases[i].cues[k].chars / 2 ? '\n' : z % 6 == 5 ? ' ' : 'x';
            t_us += cases[i].cues[k].gap_ms * INT64_C(1000);
            int64_t end_us = t_us + cases[i].cues[k].ms * INT64_C(1000);
            assert_int_equal(lp_cues_add(&c, &a, t_us, end_us, text, -1, NULL), LP_OK);
            t_us = end_us;
        }
        assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
        for (size_t k = 0; k < b.n; k++)
            n_fast += b.items[k].code == LP_LINT_FAST || b.items[k].code == LP_LINT_FAST_SOFT;
        if (n_fast != cases[i].n_fast || b.n_speech != cases[i].n_speech)
            fail_msg("%s: %zu fast, %zu by the speech", cases[i].name, n_fast, b.n_speech);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_a_small_set_are_right),
        cmocka_unit_test(no_cues_give_zeros),
        cmocka_unit_test(each_rule_has_its_limit),
        cmocka_unit_test(a_cue_is_in_step_with_its_first_word),
        cmocka_unit_test(too_fast_for_a_reader_is_the_speech_where_all_around_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
