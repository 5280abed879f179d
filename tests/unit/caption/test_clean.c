#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "caption/clean.h"

struct cue {
    int start_ms, end_ms, person;
    const char *text;
};

static const struct {
    const char *name;
    struct cue cues[6];
    int duration_ms;
    const char *want;
    const char *finding; /* NULL: none */
} cases[] = {
    { "good cues stay",
      { { 0, 1000, -1, "a" }, { 1000, 2000, -1, "b" } },
      5000,
      "0-1000 a|1000-2000 b|",
      NULL },
    { "order",
      { { 3000, 4000, -1, "b" }, { 1000, 2000, -1, "a" } },
      5000,
      "1000-2000 a|3000-4000 b|",
      NULL },
    { "roll-up",
      { { 0, 1000, -1, "a" },
        { 1000, 2000, -1, "a\nb" },
        { 2000, 2010, -1, "b" },
        { 2010, 3000, -1, "b\nc" } },
      5000,
      "0-1000 a|1000-2010 b|2010-3000 c|",
      NULL },
    { "roll-up of three lines",
      { { 0, 1000, -1, "a\nb\nc" }, { 1000, 2000, -1, "b\nc\nd" } },
      5000,
      "0-1000 a\nb\nc|1000-2000 d|",
      NULL },
    { "roll-up that grows",
      { { 0, 1000, -1, "a\nb" }, { 1000, 2000, -1, "b\nc" }, { 2000, 3000, -1, "b\nc\nd" } },
      5000,
      "0-1000 a\nb|1000-2000 c|2000-3000 d|",
      NULL },
    { "the end of a word is no line",
      { { 0, 1000, -1, "banana" }, { 1000, 2000, -1, "na\nnot" } },
      5000,
      "0-1000 banana|1000-2000 na\nnot|",
      NULL },
    { "said twice",
      { { 0, 1000, -1, "Yes." }, { 1500, 2000, -1, "Yes." } },
      5000,
      "0-1000 Yes.|1500-2000 Yes.|",
      NULL },
    { "said by two",
      { { 0, 1000, 0, "Yes." }, { 1000, 2000, 1, "Yes." } },
      5000,
      "0-1000 Yes.|1000-2000 Yes.|",
      NULL },
    { "equal and touching",
      { { 0, 1000, 0, "Yes." }, { 1050, 2000, 0, "Yes." } },
      5000,
      "0-2000 Yes.|",
      NULL },
    { "a short overlap of one person",
      { { 0, 2000, 0, "a" }, { 1500, 3000, 0, "b" } },
      5000,
      "0-1500 a|1500-3000 b|",
      NULL },
    { "a short overlap of two",
      { { 0, 2000, 0, "a" }, { 1500, 3000, 1, "b" } },
      5000,
      "0-2000 a|1500-3000 b|",
      NULL },
    { "a long overlap",
      { { 0, 4000, 0, "a" }, { 1500, 5000, 0, "b" } },
      5000,
      "0-4000 a|1500-5000 b|",
      NULL },
    { "an overlap that would leave too little",
      { { 0, 1000, 0, "a" }, { 400, 3000, 0, "b" } },
      5000,
      "0-1000 a|400-3000 b|",
      NULL },
    { "past the end",
      { { 0, 1000, -1, "a" },
        { 4000, 9000, -1, "b" },
        { 5000, 6000, -1, "c" },
        { 8000, 9000, -1, "d" } },
      5000,
      "0-1000 a|4000-5000 b|",
      "0:05; captions outside it that were left out: 2, cut: 1" },
    { "past the end by a rounding", { { 4000, 5900, -1, "b" } }, 5000, "4000-5000 b|", NULL },
    { "before the start",
      { { -2000, -1000, -1, "a" }, { -500, 500, -1, "b" } },
      5000,
      "0-500 b|",
      "left out: 1, cut: 0" },
    { "no length known", { { 4000, 9000, -1, "b" } }, 0, "4000-9000 b|", NULL },
    { "all equal times",
      { { 1000, 2000, -1, "b" }, { 1000, 2000, -1, "a" } },
      5000,
      "1000-2000 b|1000-2000 a|",
      NULL },
};

static void cues_are_mended(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .source = "x.vtt" };
        char got[1000] = "";
        size_t at = 0;
        for (size_t k = 0; k < 6 && cases[i].cues[k].text; k++) {
            const struct cue *q = &cases[i].cues[k];
            assert_int_equal(lp_cues_add(&c, &a, q->start_ms * 1000, q->end_ms * 1000, q->text,
                                         q->person, NULL),
                             LP_OK);
        }
        assert_int_equal(lp_cues_clean(&c, cases[i].duration_ms * 1000, &a, NULL), LP_OK);
        for (size_t k = 0; k < c.n; k++)
            at += (size_t)snprintf(got + at, sizeof(got) - at, "%lld-%lld %s|",
                                   (long long)c.items[k].start_us / 1000,
                                   (long long)c.items[k].end_us / 1000, c.items[k].text);
        const char *found = c.findings.n ? c.findings.items[0].text : NULL;
        int is_said = cases[i].finding
                          ? found && strstr(found, cases[i].finding) && strstr(found, "x.vtt")
                          : !found;
        if (strcmp(got, cases[i].want) != 0 || !is_said)
            fail_msg("%s: %s (%s)", cases[i].name, got, found ? found : "");
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cues_are_mended) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
