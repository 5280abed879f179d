#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "ingest/speakers.h"

/* A file of n cues: those of `named` in turn (NULL-ended), the rest "words only". */
static void fill(lp_cues *c, lp_arena *a, const char *const *named, size_t n)
{
    *c = (lp_cues){ .source = "x.vtt" };
    for (size_t i = 0, k = 0; i < n; i++) {
        int64_t t = (int64_t)i * 1000000;
        const char *text = named[k] ? named[k++] : "words only";
        assert_int_equal(lp_cues_add(c, a, t, t + 1000000, text, -1, NULL), LP_OK);
    }
}

/* Bytes of text and of names that are in the cues: nothing may go missing. */
static size_t bytes_of(const lp_cues *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += strlen(c->items[i].text);
    return n;
}

static void words_before_a_colon_stay_where_the_file_does_not_mark_its_speakers(void **state)
{
    (void)state;
    static const struct {
        const char *named[7];
        size_t n;
    } cases[] = {
        { { "Пример: раз", "Пример: два" }, 12 },
        { { "Большой Пример: раз", "Большой Пример: два" }, 12 },
        { { "SQL: the language we use", "SQL: again" }, 12 },
        { { "Step Two: divide", "Step Two: conquer" }, 12 },
        { { "Remember this: one", "Remember this: two", "Example: three", "Example: four" }, 12 },
        { { "Machine Learning: a field", "Machine Learning: its aim" }, 12 },
        { { "Machine Learning: a field", "Deep Learning: a part", "Machine Learning: its aim", "Deep Learning: so" }, 60 },
        { { "SQL: one", "SQL: two", "API: one", "XML: one", "XML: two", "API: two" }, 12 },
        { { "Ready? Anna: one", "Ready? Anna: two", "Set! Bell: three", "Set! Bell: four" }, 4 }, /* sentences, not names */
        { { "Example: one" }, 1 },
        { { "Example: one", "Example: two", "Question: three", "SQL: one", "SQL: two", "Note: three" }, 6 },
        { { "we have two cases: one", "we have two cases: two", "so: three", "so: four" }, 6 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c;
        fill(&c, &a, cases[i].named, cases[i].n);
        size_t before = bytes_of(&c);
        assert_int_equal(lp_cues_find_speakers(&c, &a, NULL), LP_OK);
        if (c.n_people || bytes_of(&c) != before || c.findings.n)
            fail_msg("case %zu: \"%s\" became a person", i, cases[i].named[0]);
        lp_arena_clear(&a);
    }
}

/* "name|text" for each cue; live captions name who begins, once, and say of others that they do. */
static void a_mark_before_a_name_makes_it_a_speaker(void **state)
{
    (void)state;
    static const char *const named[] = { "And so",
                                         ">> ANN: Good morning.",
                                         "It goes on.",
                                         ">>Prof. Bo Wu: Yes,\nit does.\n>> ANN: No.\n>> Who?",
                                         "Example: five",
                                         ">> Note: this is one",
                                         "we do: six",
                                         "10 >> 5",
                                         ">>> CY:",
                                         "I say",
                                         "Dee: once",
                                         "then",
                                         NULL };
    static const char *const want[] = { "|And so",         "ANN|Good morning.",   "ANN|It goes on.", "Prof. Bo Wu|Yes,\nit does.",
                                        "ANN|No.\n>> Who?", "|Example: five", "|>> Note: this is one", "|we do: six",
                                        "|10 >> 5",        "CY|I say",            "|Dee: once",      "|then" };
    lp_arena a = { 0 };
    lp_cues c;
    fill(&c, &a, named, 12);
    assert_int_equal(lp_cues_find_speakers(&c, &a, NULL), LP_OK);
    assert_int_equal(c.n, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < c.n; i++) {
        char got[200];
        snprintf(got, sizeof(got), "%s|%s", c.items[i].person < 0 ? "" : c.people[c.items[i].person].name, c.items[i].text);
        assert_string_equal(got, want[i]);
    }
    assert_int_equal(c.n_dropped, 1);
    assert_string_equal(c.findings.items[0].text,
                        "x.vtt: what stands between >> and a colon was taken as the speaker's name: 4 times");
    lp_arena_clear(&a);
}

static void a_file_that_names_nearly_every_cue_gives_everybody_once(void **state)
{
    (void)state;
    static const char *const named[] = {
        "Karim T. (matkt): a",   "saulius: b", "Marius van der Wijden: c", "Łukasz Rozmej: d", "Анна: e",
        "milen | Erigon: f",     "Анна: g",    "milen | Erigon: h",        "saulius: i",       "王伟: j",
        "王伟: k",               "Dr. Chen: l", "Anna: m",                 "Anna: Note: n",    "Bo: o",
        "Bo: p",                 "Cy: q",      "Cy: r",                    "Cy: s",            "Cy: t",
        NULL,
    };
    lp_arena a = { 0 };
    lp_cues c;
    fill(&c, &a, named, 20);
    assert_int_equal(lp_cues_find_speakers(&c, &a, NULL), LP_OK);
    assert_int_equal(c.n_people, 11);
    assert_int_equal(bytes_of(&c), 20 + strlen("Note: "));
    for (size_t i = 0; i < c.n; i++)
        assert_true(c.items[i].person >= 0);
    lp_arena_clear(&a);
}

static void a_cue_without_a_name_goes_on_with_who_spoke(void **state)
{
    (void)state;
    static const char *const named[] = { "And so",       "Anna Bell: one", "two",         "Tom: three",
                                         "Example: four", "five",          "Anna Bell: x", "Tom: y", "Tom: z",
                                         "so we have two cases: one", "SQL: a language", "Eve: once", "who?", NULL };
    static const char *const want[] = { "",    "Anna Bell", "Anna Bell", "Tom", "Tom", "Tom", "Anna Bell",
                                        "Tom", "Tom",       "Tom",       "Tom", "",    "" };
    lp_arena a = { 0 };
    lp_cues c;
    fill(&c, &a, named, 13);
    assert_int_equal(lp_cues_find_speakers(&c, &a, NULL), LP_OK);
    assert_int_equal(c.n, 13);
    for (size_t i = 0; i < c.n; i++)
        assert_string_equal(c.items[i].person < 0 ? "" : c.people[c.items[i].person].name, want[i]);
    assert_string_equal(c.items[4].text, "Example: four");
    lp_arena_clear(&a);
}

static void the_finding_says_how_many_and_never_who(void **state)
{
    (void)state;
    static const char *const named[] = { "Anna Bell: one", "Tom Ray: two", "Anna Bell: three", "Tom Ray: four", NULL };
    lp_arena a = { 0 };
    lp_cues c;
    fill(&c, &a, named, 4);
    assert_int_equal(lp_cues_find_speakers(&c, &a, NULL), LP_OK);
    assert_int_equal(c.findings.n, 1);
    assert_string_equal(c.findings.items[0].code, "captions-speakers");
    assert_non_null(strstr(c.findings.items[0].text, "4 of 4 captions (different names: 2)"));
    assert_null(strstr(c.findings.items[0].text, "Anna"));
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_before_a_colon_stay_where_the_file_does_not_mark_its_speakers),
        cmocka_unit_test(a_mark_before_a_name_makes_it_a_speaker),
        cmocka_unit_test(a_file_that_names_nearly_every_cue_gives_everybody_once),
        cmocka_unit_test(a_cue_without_a_name_goes_on_with_who_spoke),
        cmocka_unit_test(the_finding_says_how_many_and_never_who),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
