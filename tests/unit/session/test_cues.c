#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "session/cues.h"

static void a_cue_keeps_a_copy_of_its_text(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    char text[] = "hello";
    assert_int_equal(lp_cues_add(&c, &a, 1, 2, text, -1, NULL), LP_OK);
    text[0] = 'j';
    assert_int_equal(c.n, 1);
    assert_string_equal(c.items[0].text, "hello");
    lp_arena_clear(&a);
}

static void a_name_met_again_is_the_same_person(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    assert_int_equal(lp_cues_person(&c, &a, "Ada Lovelace", 3), 0);
    assert_int_equal(lp_cues_person(&c, &a, "Alan", 4), 1);
    assert_int_equal(lp_cues_person(&c, &a, "Ada", 3), 0);
    assert_int_equal(lp_cues_person(&c, &a, "Ad", 2), 2);
    assert_int_equal(c.n_people, 3);
    assert_string_equal(c.people[0].name, "Ada");
    lp_arena_clear(&a);
}

/* A fixed sequence of numbers that looks like none (Numerical Recipes' LCG). */
static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void sorting_is_by_start_then_end_and_keeps_the_order_of_equal_cues(void **state)
{
    (void)state;
    static const size_t sizes[] = { 0, 1, 2, 3, 7, 64, 1000, 20000 };
    uint32_t seed = 1;
    for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        for (size_t i = 0; i < sizes[k]; i++) { /* few distinct times, so that many are equal */
            int64_t start = (int64_t)(next_number(&seed) % (sizes[k] / 4 + 1)),
                    end = start + 1 + next_number(&seed) % 3;
            assert_int_equal(lp_cues_add(&c, &a, start, end, "x", (int)i, NULL), LP_OK);
        }
        lp_cues_sort(&c);
        for (size_t i = 1; i < c.n; i++) {
            const lp_cue *p = &c.items[i - 1], *q = &c.items[i];
            assert_true(p->start_us <= q->start_us);
            if (p->start_us == q->start_us) {
                assert_true(p->end_us <= q->end_us);
                if (p->end_us == q->end_us)
                    assert_true(p->person < q->person);
            }
        }
        lp_arena_clear(&a);
    }
}

static void a_long_list_in_the_wrong_order_is_sorted_in_time(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    for (int i = 0; i < 200000; i++)
        assert_int_equal(lp_cues_add(&c, &a, 200000 - i, 300000, "x", -1, NULL), LP_OK);
    lp_cues_sort(&c);
    for (size_t i = 0; i < c.n; i++)
        assert_int_equal(c.items[i].start_us, i + 1);
    lp_arena_clear(&a);
}

static void when_memory_is_out_nothing_is_added(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_diag d = { 0 };
    lp_mem_fail_at(1);
    assert_int_equal(lp_cues_add(&c, &a, 1, 2, "x", -1, &d), LP_ERR_NOMEM);
    lp_mem_fail_at(1);
    assert_int_equal(lp_cues_person(&c, &a, "Ada", 3), -1);
    lp_mem_fail_at(0);
    assert_int_equal(c.n, 0);
    assert_int_equal(c.n_people, 0);
    assert_int_equal(d.status, LP_ERR_NOMEM);
    lp_arena_clear(&a);
}

static void tracks_that_are_joined_share_people_and_tell_their_findings_once(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 }, others[2] = { { 0 }, { 0 } };
    assert_int_equal(lp_cues_person(&c, &a, "Ana", 3), 0);
    assert_int_equal(lp_cues_person(&others[0], &a, "Nobody", 6), 0); /* says nothing: is not taken over */
    assert_int_equal(lp_cues_person(&others[0], &a, "Bo", 2), 1);
    assert_int_equal(lp_cues_person(&others[0], &a, "Ana", 3), 2);
    assert_int_equal(lp_cues_add(&others[0], &a, 0, 1, "un", 2, NULL), LP_OK);
    assert_int_equal(lp_cues_add(&others[0], &a, 1, 2, "deux", 1, NULL), LP_OK);
    assert_int_equal(lp_cues_add(&others[0], &a, 2, 3, "trois", -1, NULL), LP_OK);
    assert_int_equal(lp_finding_add(&c.findings, &a, "one", LP_NOTE, -1, -1, NULL, "of the main one"), LP_OK);
    assert_int_equal(lp_finding_add(&others[1].findings, &a, "two", LP_LOSS, 3, 4, NULL, "100 %%"), LP_OK);
    c.others = others;
    c.n_others = 2;
    for (int twice = 0; twice < 2; twice++) {
        assert_int_equal(lp_cues_join(&c, &a, NULL), LP_OK);
        assert_int_equal(c.n_people, 2);
        assert_string_equal(c.people[1].name, "Bo");
        assert_ptr_equal(others[0].people, c.people);
        assert_int_equal(others[1].n_people, 2);
        assert_int_equal(others[0].items[0].person, 0);
        assert_int_equal(others[0].items[1].person, 1);
        assert_int_equal(others[0].items[2].person, -1);
        assert_int_equal(c.findings.n, 2);
        assert_string_equal(c.findings.items[1].text, "100 %");
        assert_int_equal(c.findings.items[1].end_us, 4);
        assert_int_equal(others[1].findings.n, 0);
    }
    lp_arena_clear(&a);
}

static void a_tag_that_begins_another_is_the_same_language(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int is_same;
    } rows[] = { { "en", "en", 1 },    { "en", "en-GB", 1 },  { "EN-gb", "en", 1 }, { "en-US", "en-GB", 0 },
                 { "e", "en", 0 },     { "fil", "fi", 0 },    { "fr", "en", 0 },    { "zh-Hant", "zh-hant-TW", 1 },
                 { "und", "en", 0 },   { "en", "en_GB", 0 } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(lp_lang_is_same(rows[i].a, rows[i].b), rows[i].is_same);
        assert_int_equal(lp_lang_is_same(rows[i].b, rows[i].a), rows[i].is_same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cue_keeps_a_copy_of_its_text),
        cmocka_unit_test(a_name_met_again_is_the_same_person),
        cmocka_unit_test(sorting_is_by_start_then_end_and_keeps_the_order_of_equal_cues),
        cmocka_unit_test(a_long_list_in_the_wrong_order_is_sorted_in_time),
        cmocka_unit_test(tracks_that_are_joined_share_people_and_tell_their_findings_once),
        cmocka_unit_test(a_tag_that_begins_another_is_the_same_language),
        cmocka_unit_test(when_memory_is_out_nothing_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
