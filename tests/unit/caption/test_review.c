#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "caption/review.h"

static lp_word words[] = {
    { 0, 1, "Sure.", 0.9F, -1 }, { 2, 3, "the", 0.7F, -1 }, { 2, 3, "variense", 0.12F, -1 },
    { 2, 3, "is", 0.45F, -1 },   { 4, 5, "low", 0.5F, -1 }, { 4, 5, "all", 0.55F, -1 },
    { 6, 7, "unknown", -1, -1 }, { 8, 9, "head-o-de-side", 0.8F, -1 }, { 8, 9, "[Applause]", 0.1F, -1 },
    { 8, 9, "\xe2\x99\xaa", 0.1F, -1 },
};
static lp_cue items[] = {
    { 1000000, 3000000, "Sure.", -1, 0, 1, 0 },
    { 3000000, 5000000, "the variense is", -1, 1, 3, 0 },
    { 9000000, 11000000, "low all", -1, 4, 2, 0 },
    { 11000000, 13000000, "unknown", -1, 6, 1, 0 },
    { 13000000, 13900000, "This is far too fast to be read.", -1, 0, 0, 0 },
    { 20000000, 30000000, "a\nb\nc", -1, 0, 0, 0 },
    { 31000000, 33000000, "good", -1, 0, 0, 0 },
    { 33000000, 35000000, "head-o-de-side", -1, 7, 1, 0 },
    { 35000000, 37000000, "[Applause]", -1, 8, 1, 0 }, /* nobody said it */
    { 37000000, 37500000, "\xe2\x99\xaa", -1, 9, 1, 0 },
};
static const lp_cues cues = { .items = items, .n = 10, .lang = "en", .words = { words, 10, 10 } };
static const lp_span lost[] = { { 6000000, 8000000 }, { 40000000, 41000000 } };

static void what_may_be_wrong_is_listed_by_its_doubt_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        int64_t start_us;
        ptrdiff_t cue;
        unsigned doubts;
        const char *text;
    } want[] = {
        { 3000000, 1, LP_DOUBT_WORDS, "12 % sure of \"variense\", 45 % of \"is\"" }, /* 0.09 + 0.77 + 0.30; "the" has 0.7 */
        { 6000000, -1, LP_DOUBT_LOST, "speech that was not recognised" },          /* 2 s: 1 */
        { 40000000, -1, LP_DOUBT_LOST, "speech that was not recognised" },                                         /* 1 s: 0.5 */
        { 9000000, 2, LP_DOUBT_WORDS, "50 % sure of \"low\", 55 % of \"all\"" },     /* 0.25 + 0.20 */
        { 33000000, 7, LP_DOUBT_WORDS, "80 % sure of \"head-o-de-side\"" },          /* 0.04 + 0.4 */
        { 13000000, 4, LP_DOUBT_FAST, "35.6 characters a second; at most 20" },
        { 20000000, 5, LP_DOUBT_FORM, "3 lines; at most 2; shown for 10.000 s; at most 7" },
    };
    lp_arena a = { 0 };
    lp_review r;
    assert_int_equal(lp_cues_review(&cues, 42, lost, 2, &a, &r, NULL), LP_OK);
    assert_int_equal(r.n, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < r.n; i++) {
        assert_string_equal(r.items[i].text, want[i].text);
        assert_int_equal(r.items[i].start_us, want[i].start_us);
        assert_int_equal(r.items[i].cue, want[i].cue);
        assert_int_equal(r.items[i].doubts, want[i].doubts);
    }
    assert_string_equal(r.items[0].word, "variense");
    lp_arena_clear(&a);
}

/* 200 captions of 3 s in an hour, each with one doubtful word: one takes 3 + 1 + 5 s, so 66 fit into ten minutes. */
static void the_first_are_as_many_as_ten_minutes_an_hour_hold(void **state)
{
    (void)state;
    enum { N = 200 };
    static lp_word many[N];
    static lp_cue said[N];
    lp_cues c = { .items = said, .n = N, .lang = "en", .words = { many, N, N } };
    for (size_t i = 0; i < N; i++) {
        many[i] = (lp_word){ 0, 1, "word", 0.3F - 0.001F * (float)i, -1 };
        said[i] = (lp_cue){ (int64_t)i * 18000000, (int64_t)i * 18000000 + 3000000, "word", -1, i, 1, 0 };
    }
    lp_arena a = { 0 };
    lp_review r;
    assert_int_equal(lp_cues_review(&c, 42, NULL, 0, &a, &r, NULL), LP_OK);
    assert_int_equal(r.n, N);
    assert_int_equal(r.n_first, 66);
    assert_int_equal(r.time_us, 66 * INT64_C(9000000));
    assert_int_equal(r.items[0].cue, N - 1);
    c.n = 20; /* of a short recording all of them are done */
    assert_int_equal(lp_cues_review(&c, 42, NULL, 0, &a, &r, NULL), LP_OK);
    assert_int_equal(r.n_first, 20);
    lp_arena_clear(&a);
}

static void what_a_person_checked_is_not_listed_whatever_is_wrong_with_it(void **state)
{
    (void)state;
    lp_cue said[10];
    lp_cues c = cues;
    lp_arena a = { 0 };
    lp_review r;
    c.items = said;
    for (size_t i = 0; i < 10; i++) {
        said[i] = items[i];
        said[i].is_checked = i != 2;
    }
    assert_int_equal(lp_cues_review(&c, 42, NULL, 0, &a, &r, NULL), LP_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.items[0].cue, 2);
    lp_arena_clear(&a);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_review r;
    static const lp_cues none;
    assert_int_equal(lp_cues_review(&none, 42, NULL, 0, &a, &r, NULL), LP_OK);
    assert_int_equal(r.n, 0);
    lp_arena_clear(&a);
}

static void each_failing_allocation_is_reported(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        lp_arena a = { 0 };
        lp_review r;
        lp_mem_fail_at(n);
        lp_status s = lp_cues_review(&cues, 42, lost, 2, &a, &r, NULL);
        lp_mem_fail_at(0);
        lp_arena_clear(&a);
        if (s == LP_OK) {
            assert_true(n > 1);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_wrong_is_listed_by_its_doubt_with_its_reason),
        cmocka_unit_test(the_first_are_as_many_as_ten_minutes_an_hour_hold),
        cmocka_unit_test(what_a_person_checked_is_not_listed_whatever_is_wrong_with_it),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(each_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
