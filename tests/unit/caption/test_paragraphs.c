#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "caption/paragraphs.h"

#define S(t) ((int64_t)(t)*LP_SECOND_US)

struct said {
    int start_s, end_s, person;
    const char *text;
};

/* Writes the paragraphs as "0-2 3-3 ". */
static void group(const struct said *said, size_t n, const int64_t *breaks, size_t n_breaks,
                  char *out, size_t size)
{
    lp_arena a = { 0 };
    lp_cue cues[64];
    for (size_t i = 0; i < n; i++)
        cues[i] =
            (lp_cue){ S(said[i].start_s), S(said[i].end_s), said[i].text, said[i].person, 0, 0, 0 };
    lp_paragraph *p = NULL;
    size_t n_p = 0, at = 0;
    assert_int_equal(lp_paragraphs_make(cues, n, breaks, n_breaks, &a, &p, &n_p, NULL), LP_OK);
    out[0] = '\0';
    for (size_t i = 0; i < n_p; i++) {
        assert_int_equal(p[i].t_us, cues[p[i].first].start_us);
        assert_int_equal(p[i].person, cues[p[i].first].person);
        at += (size_t)snprintf(out + at, size - at, "%zu-%zu ", p[i].first, p[i].last);
    }
    lp_arena_clear(&a);
}

static void a_change_of_person_begins_a_paragraph(void **state)
{
    (void)state;
    static const struct said said[] = { { 0, 1, 0, "a" },
                                        { 1, 2, 0, "b" },
                                        { 2, 3, 1, "c" },
                                        { 3, 4, -1, "d" },
                                        { 4, 5, -1, "e" } };
    char got[200];
    group(said, 5, NULL, 0, got, sizeof(got));
    assert_string_equal(got, "0-1 2-2 3-4 ");
}

static void a_chapter_and_a_long_pause_begin_one(void **state)
{
    (void)state;
    static const struct said said[] = { { 0, 1, -1, "a" },
                                        { 1, 2, -1, "b" },
                                        { 3, 4, -1, "c" },
                                        { 5, 6, -1, "d" },
                                        { 10, 11, -1, "e" } };
    static const int64_t breaks[] = { 0, S(2), S(3), S(60) };
    char got[200];
    group(said, 5, breaks, 4, got, sizeof(got));
    assert_string_equal(got, "0-1 2-3 4-4 ");
}

static void a_paragraph_ends_after_its_fourth_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int is_end; /* whether it ends four sentences when said after three */
    } cases[] = {
        { "Done.", 1 },
        { "Done", 0 },
        { "It is 3.5", 0 },
        { "Really?\xe2\x80\x9d", 1 },
        { "(Yes!)", 1 },
        { "\xe5\xa5\xbd\xe3\x80\x82", 1 },
        { "well\xe2\x80\xa6", 1 },
        { "Done. And", 0 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct said said[] = { { 0, 1, -1, "One. Two." },
                               { 1, 2, -1, "Three!" },
                               { 2, 3, -1, cases[i].text },
                               { 3, 4, -1, "Next" } };
        char got[200];
        group(said, 4, NULL, 0, got, sizeof(got));
        if (strcmp(got, cases[i].is_end ? "0-2 3-3 " : "0-3 ") != 0)
            fail_msg("%s: %s", cases[i].text, got);
    }
}

static void a_long_paragraph_ends_at_a_full_stop_and_a_very_long_one_anywhere(void **state)
{
    (void)state;
    static const struct said with_stop[] = {
        { 0, 10, -1, "a" }, { 10, 20, -1, "b." }, { 20, 29, -1, "c." }, { 29, 35, -1, "d" }
    };
    static const struct said without[] = { { 0, 15, -1, "a" },
                                           { 15, 30, -1, "b" },
                                           { 30, 44, -1, "c" },
                                           { 44, 50, -1, "d" },
                                           { 50, 150, -1, "e" } };
    char got[200];
    group(with_stop, 4, NULL, 0, got, sizeof(got));
    assert_string_equal(got, "0-2 3-3 ");
    group(without, 5, NULL, 0, got, sizeof(got));
    assert_string_equal(got, "0-2 3-3 4-4 ");
}

static void without_cues_there_is_none(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_paragraph *p = (lp_paragraph *)&a;
    size_t n = 7;
    assert_int_equal(lp_paragraphs_make(NULL, 0, NULL, 0, &a, &p, &n, NULL), LP_OK);
    assert_null(p);
    assert_int_equal(n, 0);
    lp_cue one = { 0, 1, "a", -1, 0, 0, 0 };
    lp_mem_fail_at(1);
    assert_int_equal(lp_paragraphs_make(&one, 1, NULL, 0, &a, &p, &n, NULL), LP_ERR_NOMEM);
    lp_mem_fail_at(0);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_of_person_begins_a_paragraph),
        cmocka_unit_test(a_chapter_and_a_long_pause_begin_one),
        cmocka_unit_test(a_paragraph_ends_after_its_fourth_sentence),
        cmocka_unit_test(a_long_paragraph_ends_at_a_full_stop_and_a_very_long_one_anywhere),
        cmocka_unit_test(without_cues_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
