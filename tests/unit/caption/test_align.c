#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "caption/align.h"
#include "unit/caption/speech.h"

/* Words at 0.5 s each: 0.4 s of sound. */
static void hear(lp_words *w, lp_arena *a, const char *text)
{
    int64_t t_us = 1000000;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        lp_word word = { t_us, t_us + 400000, lp_arena_strndup(a, p, n), 0.75F, 4 };
        assert_int_equal(lp_words_add(w, a, word, NULL), LP_OK);
        t_us += 500000;
        p += n + (p[n] == ' ');
    }
}

static void align(const char *text, const lp_words *heard, lp_arena *a, lp_cues *c,
                  lp_align_result *r)
{
    lp_diag d = { 0 };
    if (lp_words_align(text, strlen(text), heard, 0, a, c, r, &d) != LP_OK)
        fail_msg("%s", d.text);
}

static const char *list(const lp_cues *c, lp_arena *a)
{
    char *all = lp_arena_printf(a, "%s", "");
    for (size_t i = 0; i < c->words.n; i++) {
        const lp_word *w = &c->words.items[i];
        all = lp_arena_printf(a, "%s%s@%lld%s%s ", all, w->text, (long long)w->start_us / 1000,
                              w->p < 0 ? "?" : "",
                              w->person >= 0 && w->person < 4 ? c->people[w->person].name : "");
    }
    return all;
}

static void the_text_takes_the_times_of_what_was_heard(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *heard, *want;
    } cases[] = {
        { "spelling and points are the text's", "Hello, World!\r\nIt's me.",
          "hello world its me", "Hello,@1000 World!@1500 It's@2000 me.@2500 " },
        { "nearly the same", "We analyse colours.", "we analyze colors",
          "We@1000 analyse@1500 colours.@2000 " },
        { "another word stands for it", "There are 3 of them.", "there are three of them",
          "There@1000 are@1500 3@2000? of@2500 them.@3000 " },
        { "a word not heard lies between", "one two extra three", "one two three",
          "one@1000 two@1500 extra@1900? three@2000 " },
        { "a heard word that is not in the text", "one three", "one um three",
          "one@1000 three@2000 " },
        { "before and behind all that was heard", "oh one two yes", "one two",
          "oh@820? one@1000 two@1500 yes@1900? " },
        { "headings, rules and times are not said",
          "# Title\nBig\n=====\n[0:01] one\n== Part 1 (0:00) ==\n00:00:02 "
          "two\n\n-----\n(0:03)\nthree",
          "one two three", "one@1000 two@1500 three@2000 " },
        { "our own transcript comes back",
          "The title\n\n== Start (0:00) ==\n\n[0:01] one two\n", "one two",
          "one@1000 two@1500 " },
        { "labels of those who speak twice",
          "Ada B: one\nBo: two\nAda B: three\nfour\nBo: five", "one two three four five",
          "one@1000Ada B two@1500Bo three@2000Ada B four@2500Ada B five@3000Bo " },
        { "labels in other letters, and of one who goes on",
          "Ada B: one\n\nADA B (continues): two\n\n(Bo): three", "one two three",
          "one@1000Ada B two@1500Ada B (Bo):@1900?Ada B three@2000Ada B " },
        { "who speaks once, where every paragraph names its speaker",
          "Ada B: one\n\nEve: two\n\nExample: three\n\nAda B: four\n\nAda B: five\nsix", "one two example three four five six",
          "one@1000Ada B two@1500Eve Example:@2000Eve three@2500Eve four@3000Ada B five@3500Ada B "
          "six@4000Ada B " },
        { "who speaks once, where few paragraphs do", "Ada B: one\n\nEve: two\n\nthree\n\nAda B: four", "one two three four",
          "one@1000Ada B Eve:@1400?Ada B two@1500Ada B three@2000Ada B four@2500Ada B " },
        { "a mark before a name", "one\n>> ANN: two\n>>Bo Wu: three", "one two three", "one@1000 two@1500ANN three@2000Bo Wu " },
        { "a colon makes no label", "Note: one\nand so: two\nhttp://x two",
          "note one and so two",
          "Note:@1000 one@1500 and@2000 so:@2500 two@3000 http://x@3400? two@3940? " },
        { "Chinese by characters", "今天我们讨论，回归。", "今天 我们 讨轮 回归",
          "今@1000 天@1200 我@1500 们@1700 讨@2000 论，@2200? 回@2500 归。@2700 " },
        { "a dash is no word but stays", "one \xe2\x80\x94 two", "one two",
          "one@1000 \xe2\x80\x94@1400? two@1500 " },
        { "nothing heard", "one two", "", "one@0? two@240? " },
        { "no text", " \n\n", "one two", "" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        lp_words heard = { 0 };
        lp_align_result r;
        hear(&heard, &a, cases[i].heard);
        align(cases[i].text, &heard, &a, &c, &r);
        if (strcmp(list(&c, &a), cases[i].want) != 0)
            fail_msg("%s:\n%s", cases[i].name, list(&c, &a));
        lp_arena_clear(&a);
    }
}

static void lines_that_are_left_out_are_counted(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_words heard = { 0 };
    lp_align_result r;
    hear(&heard, &a, "one two");
    align("# Title\n\nBig\n=====\none\n\n-----\n\n== Part ==\ntwo", &heard, &a, &c, &r);
    assert_int_equal(r.n_headings, 3); /* a rule says nothing */
    align("one two", &heard, &a, &c, &r);
    assert_int_equal(r.n_headings, 0);
    lp_arena_clear(&a);
}

static void a_person_who_is_known_needs_no_second_turn(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_words heard = { 0 };
    lp_align_result r;
    assert_int_equal(lp_cues_person(&c, &a, "Ada", 3), 0);
    hear(&heard, &a, "one two");
    align("Ada: one\nNote: two", &heard, &a, &c, &r);
    assert_string_equal(list(&c, &a), "one@1000Ada Note:@1400?Ada two@1500Ada ");
    lp_arena_clear(&a);
}

static void long_passages_that_differ_are_told(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_words heard = { 0 };
    lp_align_result r;
    hear(&heard, &a,
         "one two three four five six seven eight nine ten "
         "this the was only said and never put down in writing "
         "eleven twelve thirteen um fourteen fifteen "
         "red green blue black white and cyan pink grey brown teal end of it");
    align("One two three four. This paragraph of the script, of more than eight words, was "
          "skipped. "
          "Five six seven eight nine ten. "
          "Eleven twelve thirteen fourteen fifteen "
          "alpha beta gamma delta epsilon and zeta eta theta iota kappa end of it",
          &heard, &a, &c, &r);
    assert_int_equal(r.n_stretches, 3);
    assert_int_equal(r.stretches[0].n_text, 12);
    assert_int_equal(r.stretches[0].n_heard, 0);
    assert_string_equal(r.stretches[0].text,
                        "This paragraph of the script, of more than eight words, was skipped.");
    assert_string_equal(r.stretches[0].heard, "");
    assert_int_equal(r.stretches[0].start_us, 2900000);
    assert_int_equal(r.stretches[1].n_text, 0);
    assert_int_equal(r.stretches[1].n_heard, 11);
    assert_string_equal(r.stretches[1].heard,
                        "this the was only said and never put down in writing");
    assert_int_equal(r.stretches[1].start_us, 6000000);
    assert_int_equal(r.stretches[1].end_us, 11400000);
    assert_int_equal(r.stretches[2].n_text, 10); /* "and" alone does not part it */
    assert_int_equal(r.stretches[2].n_heard, 10);
    assert_string_equal(r.stretches[2].text,
                        "alpha beta gamma delta epsilon and zeta eta theta iota kappa");
    lp_arena_clear(&a);
}

/* What an engine makes of speech: of 100 words it mishears 5, misses 3 and invents 2. */
static void mishear(const lp_words *said, lp_words *heard, lp_arena *a)
{
    struct speech_seed s = { 4711 };
    for (size_t i = 0; i < said->n; i++) {
        uint32_t what = speech_random(&s, 100);
        lp_word w = said->items[i];
        if (what < 3)
            continue;
        if (what < 8)
            w.text = speech_vocabulary[speech_random(&s, 100)];
        assert_int_equal(lp_words_add(heard, a, w, NULL), LP_OK);
        w.start_us = w.end_us;
        w.text = "uh";
        if (what >= 98)
            assert_int_equal(lp_words_add(heard, a, w, NULL), LP_OK);
    }
}

static char *written(const lp_words *w, lp_arena *a)
{
    lp_buf b;
    lp_buf_init(&b, 1 << 24);
    for (size_t i = 0; i < w->n; i++)
        lp_buf_printf(&b, "%s%c", w->items[i].text, i % 12 ? ' ' : '\n');
    assert_int_equal(lp_buf_check(&b, "text", NULL), LP_OK);
    char *s = lp_arena_strndup(a, b.data, b.len);
    lp_buf_clear(&b);
    return s;
}

static void a_lecture_of_10000_words_is_aligned_at_once(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_words said = { 0 }, heard = { 0 };
    lp_align_result r;
    assert_int_equal(speech_make(&said, &a, 10000, 77, 0), 0);
    mishear(&said, &heard, &a);
    const char *text = written(&said, &a);
    clock_t from = clock();
    align(text, &heard, &a, &c, &r);
    clock_t took = clock() - from; /* of this process: others may be busy */
    assert_int_equal(c.words.n, 10000);
    size_t n_off = 0;
    int64_t before_us = 0, sum_us = 0;
    for (size_t i = 0; i < 10000; i++) {
        assert_string_equal(c.words.items[i].text, said.items[i].text);
        assert_true(c.words.items[i].start_us >= before_us);
        before_us = c.words.items[i].start_us;
        int64_t off_us = before_us - said.items[i].start_us;
        n_off += off_us > 500000 || off_us < -500000;
        sum_us += off_us < 0 ? -off_us : off_us;
    }
    if (getenv("TELL"))
        printf("%lld ms; same %zu, off by more than 0.5 s: %zu, mean %lld us, stretches %zu\n",
               (long long)took * 1000 / CLOCKS_PER_SEC, r.n_same, n_off,
               (long long)sum_us / 10000, r.n_stretches);
    assert_true(r.n_same > 9100);
    assert_true(n_off < 50);
    assert_int_equal(r.n_stretches, 0);
    assert_true(took < CLOCKS_PER_SEC);
    lp_arena_clear(&a);
}

/* The recording begins late, and two passages were said in the other's place. */
static void what_is_missing_or_moved_does_not_upset_the_rest(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_words said = { 0 }, heard = { 0 };
    lp_align_result r;
    enum { LATE = 3000, ONE = 4000, OTHER = 8000, LONG = 40 };
    assert_int_equal(speech_make(&said, &a, 10000, 78, 0), 0);
    for (size_t i = LATE; i < said.n; i++)
        assert_int_equal(lp_words_add(&heard, &a, said.items[i], NULL), LP_OK);
    for (size_t i = 0; i < LONG; i++) {
        heard.items[ONE - LATE + i].text = said.items[OTHER + i].text;
        heard.items[OTHER - LATE + i].text = said.items[ONE + i].text;
    }
    align(written(&said, &a), &heard, &a, &c, &r);
    for (size_t i = 0; i < 10000; i++) {
        assert_true(i == 0 || c.words.items[i].start_us >= c.words.items[i - 1].start_us);
        if (i > LATE + 10 && (i < ONE - 10 || i > ONE + LONG + 10) &&
            (i < OTHER - 10 || i > OTHER + LONG + 10))
            assert_int_equal(c.words.items[i].start_us, said.items[i].start_us);
    }
    assert_int_equal(r.n_stretches, 3);
    lp_arena_clear(&a);
}

static void texts_without_anchors_do_not_take_for_ever(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        lp_words said = { 0 }, heard = { 0 };
        lp_align_result r;
        for (size_t i = 0; i < 10000; i++) {
            lp_word w = { (int64_t)i * 400000, (int64_t)i * 400000 + 300000,
                          kind == 0 ? "the"
                          : i % 2   ? "of"
                                    : "the",
                          1, -1 };
            assert_int_equal(lp_words_add(&said, &a, w, NULL), LP_OK);
            w.text = kind == 2 ? "nothing" : w.text;
            if (kind != 1 || i % 10)
                assert_int_equal(lp_words_add(&heard, &a, w, NULL), LP_OK);
        }
        clock_t from = clock();
        align(written(&said, &a), &heard, &a, &c, &r);
        clock_t took = clock() - from; /* of this process: others may be busy */
        if (getenv("TELL"))
            printf("kind %d: %lld ms, same %zu\n", kind,
                   (long long)took * 1000 / CLOCKS_PER_SEC, r.n_same);
        assert_int_equal(c.words.n, 10000);
        assert_int_equal(r.n_same, kind == 0 ? 10000 : kind == 1 ? 9000 : 0);
        assert_int_equal(r.n_stretches, kind == 2);
        assert_true(took < CLOCKS_PER_SEC);
        lp_arena_clear(&a);
    }
}

static void each_failing_allocation_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        lp_words heard = { 0 };
        lp_align_result r;
        hear(&heard, &a, "a b c d e f one two three four five six seven eight nine ten x y z");
        const char *text = "Ada: a b c d e f\nAda: x y z";
        lp_mem_fail_at(n);
        lp_status s = lp_words_align(text, strlen(text), &heard, 0, &a, &c, &r, NULL);
        lp_mem_fail_at(0);
        size_t n_words = c.words.n;
        lp_arena_clear(&a);
        if (s == LP_OK) {
            assert_int_equal(n_words, 9);
            assert_true(n > 10);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
        assert_int_equal(n_words, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_takes_the_times_of_what_was_heard),
        cmocka_unit_test(lines_that_are_left_out_are_counted),
        cmocka_unit_test(a_person_who_is_known_needs_no_second_turn),
        cmocka_unit_test(long_passages_that_differ_are_told),
        cmocka_unit_test(a_lecture_of_10000_words_is_aligned_at_once),
        cmocka_unit_test(what_is_missing_or_moved_does_not_upset_the_rest),
        cmocka_unit_test(texts_without_anchors_do_not_take_for_ever),
        cmocka_unit_test(each_failing_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
