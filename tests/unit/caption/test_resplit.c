#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "caption/lint.h"
#include "caption/resplit.h"
#include "unit/caption/speech.h"

static const char long_text[] =
    "The first thing to say about the standard error is that it is not the standard deviation, "
    "although both are written in the same unit. It gets smaller when the sample gets larger, "
    "and so on.";

static const lp_layout_options options = { .line_chars = 42 };

static void add(lp_cues *c, lp_arena *a, int64_t start_ms, int64_t end_ms, const char *text,
                int person)
{
    assert_int_equal(lp_cues_add(c, a, start_ms * 1000, end_ms * 1000, text, person, NULL),
                     LP_OK);
}

static size_t hard(const lp_cues *c, lp_arena *a, const char **first)
{
    lp_breaches b;
    assert_int_equal(lp_cues_lint(c, 42, a, &b, NULL), LP_OK);
    *first = "";
    for (size_t i = 0; i < b.n && !**first; i++)
        if (lp_lint_rule_of(b.items[i].code)->is_hard)
            *first = b.items[i].text;
    return b.n_hard;
}

static void a_word_that_was_cut_for_a_line_is_one_word_again(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en", .source = "a.vtt" };
    add(&c, &a, 0, 12000, "The page of it is\nexample.org/" LP_WORD_GOES_ON "\ncourse.html and we shall read it together.", -1);
    assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
    int has_whole = 0;
    for (size_t i = 0; i < c.n; i++)
        has_whole |= strstr(c.items[i].text, "example.org/course.html") != NULL;
    assert_true(c.n > 1 && has_whole);
    lp_arena_clear(&a);
}

static void a_cue_of_25_s_becomes_several_and_no_word_is_lost(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en", .source = "a.vtt" };
    lp_words all = { 0 };
    size_t n_split = 0;
    const char *why;
    add(&c, &a, 0, 2000, "Before it.", 0);
    add(&c, &a, 2000, 27000, long_text, 1);
    add(&c, &a, 27000, 29000, "Behind it,\nas it was.", 0);
    for (size_t i = 0; i < c.n; i++) {
        lp_word w = { 0, 0, c.items[i].text, -1, 0 };
        assert_int_equal(lp_words_add(&all, &a, w, NULL), LP_OK);
    }
    for (size_t i = 0; i < all.n; i++) /* without blanks, to compare */
        for (char *p = (char *)(uintptr_t)all.items[i].text; *p;)
            if (*p == ' ' || *p == '\n')
                memmove(p, p + 1, strlen(p));
            else
                p++;
    assert_int_equal(lp_cues_resplit(&c, &options, &a, &n_split, NULL), LP_OK);
    assert_int_equal(n_split, 1);
    assert_true(c.n >= 5);
    assert_true(speech_same_text(&all, c.items, c.n));
    if (hard(&c, &a, &why))
        fail_msg("%s", why);
    assert_string_equal(c.items[0].text, "Before it.");
    assert_string_equal(c.items[c.n - 1].text, "Behind it,\nas it was.");
    assert_int_equal(c.items[1].start_us, 2000000);
    for (size_t i = 1; i + 1 < c.n; i++) {
        assert_int_equal(c.items[i].person, 1);
        assert_true(c.items[i].end_us <= 27000000);
        assert_int_equal(c.items[i].n_words, 0); /* their times were never known */
    }
    assert_int_equal(c.findings.n, 1);
    assert_string_equal(c.findings.items[0].code, "captions-resplit");
    lp_arena_clear(&a);
}

static void time_is_shared_out_by_length_and_stops(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    add(&c, &a, 0, 12000,
        "A sentence of exactly forty characters.. Another one of the same forty letters...",
        -1);
    assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
    assert_int_equal(c.n, 2);
    int64_t at_us =
        c.items[1].start_us; /* half the text and the stop: a little more than half */
    assert_true(at_us > 6200000 && at_us < 6800000);
    lp_arena_clear(&a);
}

static void word_times_are_used_where_there_are_any(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    static const char *const said[] = { "We",   "begin.", "Then,",     "much", "later,",
                                        "we",   "go",     "on",        "with", "something",
                                        "that", "is",     "different." };
    enum { N = sizeof(said) / sizeof(said[0]) };
    for (size_t i = 0; i < N + 1; i++) { /* the first is of another cue */
        int64_t t_us = i == 0  ? 0
                       : i < 3 ? 2000000 + (int64_t)i * 400000
                               : 15000000 + (int64_t)i * 400000;
        lp_word w = { t_us, t_us + 300000, i == 0 ? "Well." : said[i - 1], 1, 5 };
        assert_int_equal(lp_words_add(&c.words, &a, w, NULL), LP_OK);
    }
    add(&c, &a, 2400, 24000,
        "We begin. Then, much later, we go on\nwith something that is different.", 0);
    c.items[0].first_word = 1;
    c.items[0].n_words = N;
    assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
    assert_int_equal(c.n, 2);
    assert_string_equal(c.items[0].text, "We begin.");
    assert_int_equal(c.items[0].first_word, 1);
    assert_int_equal(c.items[0].n_words, 2);
    assert_int_equal(c.items[1].start_us, 16200000);
    assert_int_equal(c.items[1].first_word, 3);
    assert_int_equal(c.items[1].n_words, N - 2);
    assert_int_equal(c.items[1].person, 0);
    lp_arena_clear(&a);
}

static void words_that_say_something_else_are_not_believed(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    lp_word w = { 0, 1, "Nothing", 1, -1 };
    assert_int_equal(lp_words_add(&c.words, &a, w, NULL), LP_OK);
    add(&c, &a, 0, 25000, long_text, -1);
    c.items[0].n_words = 1;
    assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
    assert_true(c.n >= 3);
    assert_int_equal(c.items[0].n_words, 0);
    lp_arena_clear(&a);
}

static void what_can_be_read_stays_as_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        int end_ms, want_end_ms;
        size_t want_n;
    } cases[] = {
        { "two lines", "the author's own\nline break", 3000, 3000, 1 },
        { "too fast shows on into the gap", "this is fast, and yet a caption", 900, 1823, 1 },
        { "a sound that lasts", "[music]", 25000, 7000, 1 },
        { "three lines that fit two", "a\nb\nc", 3000, 3000, 1 },
        { "a line that is too long", "This line would not fit into forty-two characters.", 5000,
          5000, 1 },
        { "60 characters in 9 s",
          "Sixty characters in nine seconds are two captions, not more.", 9000, 0, 2 },
        { "no blanks at all",
          "今天我们讨论回归分析的基本假设和残差的分布，然后做一个例子。今天我们讨论回归分析",
          11000, 0, 2 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        const char *why;
        add(&c, &a, 0, cases[i].end_ms, cases[i].text, -1);
        assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
        if (c.n != cases[i].want_n ||
            (cases[i].want_end_ms && c.items[0].end_us / 1000 != cases[i].want_end_ms))
            fail_msg("%s: %zu cues, the first to %lld us: %s", cases[i].name, c.n,
                     (long long)c.items[0].end_us, c.items[0].text);
        if (hard(&c, &a, &why))
            fail_msg("%s: %s", cases[i].name, why);
        lp_arena_clear(&a);
    }
}

static void a_short_cue_shows_on_but_not_into_the_next(void **state)
{
    (void)state;
    static const struct {
        int next_ms, want_end_ms;
    } cases[] = { { 400, 400 }, { 700, 700 }, { 1050, 1050 }, { 1200, 1000 } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        add(&c, &a, 0, 400, "Yes.", 0);
        add(&c, &a, cases[i].next_ms, 4000, "And then?", 1);
        assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
        assert_int_equal(c.n, 2);
        assert_int_equal(c.items[0].end_us, cases[i].want_end_ms * 1000);
        assert_int_equal(c.items[1].start_us, cases[i].next_ms * 1000);
        lp_arena_clear(&a);
    }
}

static void a_fast_cue_takes_of_the_gap_behind_it(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    const char *why;
    add(&c, &a, 0, 4000, long_text, -1); /* 190 characters in 4 s: 47 a second */
    add(&c, &a, 20000, 22000, "Later.", -1);
    assert_int_equal(lp_cues_resplit(&c, &options, &a, NULL, NULL), LP_OK);
    if (hard(&c, &a, &why))
        fail_msg("%s", why);
    lp_arena_clear(&a);
}

static void a_lecture_of_blocks_becomes_readable(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    lp_words w = { 0 };
    lp_buf text;
    const char *why;
    assert_int_equal(speech_make(&w, &a, 3000, 99, 0), 0);
    lp_buf_init(&text, 100000);
    for (size_t i = 0; i < w.n;
         i += 40) { /* blocks of 40 words, as some platforms export them */
        size_t end = i + 40 < w.n ? i + 40 : w.n;
        text.len = 0;
        for (size_t k = i; k < end; k++)
            lp_buf_printf(&text, "%s%s", k > i ? k % 3 ? " " : "\n" : "", w.items[k].text);
        assert_int_equal(lp_buf_check(&text, "text", NULL), LP_OK);
        add(&c, &a, w.items[i].start_us / 1000, w.items[end - 1].end_us / 1000, text.data, 0);
    }
    lp_buf_clear(&text);
    size_t n_before = c.n, n_split;
    assert_int_equal(lp_cues_resplit(&c, &options, &a, &n_split, NULL), LP_OK);
    assert_int_equal(n_split, n_before);
    assert_true(speech_same_text(&w, c.items, c.n));
    if (hard(&c, &a, &why))
        fail_msg("%s", why);
    lp_arena_clear(&a);
}

static void each_failing_allocation_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        add(&c, &a, 0, 25000, long_text, -1);
        lp_mem_fail_at(n);
        lp_status s = lp_cues_resplit(&c, &options, &a, NULL, NULL);
        lp_mem_fail_at(0);
        assert_true(s == LP_OK ? c.n >= 3 : c.n == 1);
        lp_arena_clear(&a);
        if (s == LP_OK) {
            assert_true(n > 5);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_was_cut_for_a_line_is_one_word_again),
        cmocka_unit_test(a_cue_of_25_s_becomes_several_and_no_word_is_lost),
        cmocka_unit_test(time_is_shared_out_by_length_and_stops),
        cmocka_unit_test(word_times_are_used_where_there_are_any),
        cmocka_unit_test(words_that_say_something_else_are_not_believed),
        cmocka_unit_test(what_can_be_read_stays_as_it_is),
        cmocka_unit_test(a_short_cue_shows_on_but_not_into_the_next),
        cmocka_unit_test(a_fast_cue_takes_of_the_gap_behind_it),
        cmocka_unit_test(a_lecture_of_blocks_becomes_readable),
        cmocka_unit_test(each_failing_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
