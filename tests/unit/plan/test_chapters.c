#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "plan/chapters.h"

#define S INT64_C(1000000)
#define N(x) (sizeof(x) / sizeof((x)[0]))

static const lp_session with_video = { .video = 0 };

/* Slides, each with its start in seconds, its heading, and how many words stand under that. */
typedef struct slide_case {
    int start_s;
    const char *title;
    int n_words, same_as; /* same_as: position + 1 of an earlier slide */
} slide_case;

static const struct {
    const char *name;
    int duration_s;
    slide_case slides[8]; /* after one at 0 that has no heading, until start_s 0 */
    int speech_s[4][2];   /* until { 0, 0 } */
    lp_mark marks[4];
    size_t n_marks;
    const char *want;
} cases[] = {
    { .name = "short", .duration_s = 300, .slides = { { 60, NULL, 0, 0 }, { 200, NULL, 0, 0 } }, .want = "0 |" },
    { .name = "a slide", .duration_s = 720, .slides = { { 60, NULL, 0, 0 }, { 400, NULL, 0, 0 } }, .want = "0 |400 |" },
    { .name = "a slide in a pause wins", .duration_s = 720, .slides = { { 300, NULL, 0, 0 }, { 400, NULL, 0, 0 } },
      .speech_s = { { 0, 399 }, { 401, 720 } }, .want = "0 |400 |" },
    { .name = "a breath is no pause", .duration_s = 720, .slides = { { 300, NULL, 0, 0 }, { 400, NULL, 0, 0 } }, .speech_s = { { 0, 400 }, { 401, 720 } },
      .want = "0 |300 |" },
    { .name = "a pause without slides", .duration_s = 720, .speech_s = { { 0, 350 }, { 355, 720 } }, .want = "0 |355 |" },
    { .name = "nothing to go by", .duration_s = 1500, .want = "0 |600 |1200 |" },
    { .name = "a heading wins over a pause", .duration_s = 720, .slides = { { 300, NULL, 0, 0 }, { 400, "Variance", 40, 0 } },
      .speech_s = { { 0, 299 }, { 301, 720 } }, .want = "0 |400 Variance|" },
    { .name = "the same heading again is nothing new", .duration_s = 720,
      .slides = { { 100, "Variance", 40, 0 }, { 300, "Variance", 50, 0 }, { 400, "Bias", 40, 0 } }, .want = "0 Variance|400 Bias|" },
    { .name = "a slide that is all heading opens a section", .duration_s = 720,
      .slides = { { 300, "Variance", 40, 0 }, { 400, "Part two: Bias", 3, 0 }, { 500, "Bias", 40, 0 } },
      .want = "0 Variance|400 Part two: Bias|" },
    { .name = "a name is used once", .duration_s = 1200, .slides = { { 10, "Plan", 40, 0 }, { 400, "Bias", 40, 0 }, { 800, "Plan", 40, 2 } },
      .want = "0 Plan|400 Bias|800 |" },
    { .name = "a slide that comes back brings its heading", .duration_s = 720,
      .slides = { { 10, "Plan", 40, 0 }, { 20, "Bias", 40, 0 }, { 300, "", 0, 3 } }, .want = "0 Plan|300 Bias|" },
    { .name = "a heading near the end names no chapter", .duration_s = 150, .slides = { { 125, "Bias", 40, 0 } }, .want = "0 |" },
    { .name = "a heading before that does", .duration_s = 150, .slides = { { 115, "Bias", 40, 0 } }, .want = "0 Bias|" },
    { .name = "marks", .duration_s = 100, .slides = { { 10, "Plan", 40, 0 } }, .marks = { { 0, "A" }, { 30 * S, "" }, { 50 * S, "C" } },
      .n_marks = 3, .want = "0 A|30 |50 C|" },
    { .name = "marks that go back or past the end", .duration_s = 100,
      .marks = { { 0, "A" }, { 60 * S, "B" }, { 20 * S, "C" }, { 100 * S, "D" } }, .n_marks = 4, .want = "0 A|60 B|" },
    { .name = "one mark is none", .duration_s = 100, .marks = { { 0, "A" } }, .n_marks = 1, .want = "0 |" },
};

static void read_slide(const slide_case *from, size_t i, lp_slide_texts *texts, char *words, size_t size)
{
    if (!from->title || !*from->title)
        return;
    int at = snprintf(words, size, "%s", from->title);
    for (int w = 0; w < from->n_words; w++)
        at += snprintf(words + at, size - (size_t)at, w ? " word" : "\nword");
    texts->items[texts->n++] = (lp_slide_text){ (int)i, words, from->title };
}

static void chapters_begin_where_a_learner_would_look(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        lp_arena a = { 0 };
        lp_slide slides[9] = { { .same_as = -1 } };
        char words[9][400];
        lp_slide_text items[9];
        lp_slide_texts texts = { .items = items };
        lp_span speech[4];
        lp_mark marks[4];
        lp_timeline t = { .duration_us = cases[i].duration_s * S, .slides = slides, .n_slides = 1 };
        for (size_t k = 0; k < 8 && cases[i].slides[k].start_s; k++) {
            slides[t.n_slides - 1].end_us = cases[i].slides[k].start_s * S;
            slides[t.n_slides] = (lp_slide){ .start_us = cases[i].slides[k].start_s * S, .same_as = cases[i].slides[k].same_as - 1 };
            if (cases[i].slides[k].same_as == 0)
                read_slide(&cases[i].slides[k], t.n_slides, &texts, words[k], sizeof(words[k]));
            t.n_slides++;
        }
        slides[t.n_slides - 1].end_us = t.duration_us;
        t.sound.speech = speech;
        for (size_t k = 0; k < 4 && cases[i].speech_s[k][1]; k++)
            speech[t.sound.n_speech++] = (lp_span){ cases[i].speech_s[k][0] * S, cases[i].speech_s[k][1] * S };
        memcpy(marks, cases[i].marks, sizeof(marks));
        lp_session s = { .video = 0, .marks = marks, .n_marks = cases[i].n_marks };
        lp_plan p = { .duration_us = t.duration_us };
        char got[300] = "";
        size_t at = 0;
        assert_int_equal(lp_plan_chapters(&s, &t, &texts, &a, &p, NULL), LP_OK);
        for (size_t k = 0; k < p.n_chapters && at < sizeof(got); k++)
            at += (size_t)snprintf(got + at, sizeof(got) - at, "%lld %s|", (long long)(p.chapters[k].t_us / S), p.chapters[k].title);
        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%s: %s", cases[i].name, got);
        lp_arena_clear(&a);
    }
}

static void chapters_keep_their_distance_in_a_long_recording(void **state)
{
    (void)state;
    static lp_slide slides[1080]; /* one each 10 s for 3 hours */
    static lp_slide_text items[N(slides)];
    static char titles[N(slides)][16];
    const lp_slide_texts headings = { .items = items, .n = N(items) };
    const lp_slide_texts *const texts[] = { NULL, &headings };
    for (size_t i = 0; i < N(slides); i++) {
        slides[i] = (lp_slide){ .start_us = (int64_t)i * 10 * S, .end_us = (int64_t)(i + 1) * 10 * S, .same_as = -1 };
        snprintf(titles[i], sizeof(titles[i]), "Subject %zu", i);
        items[i] = (lp_slide_text){ (int)i, titles[i], i % 7 ? titles[i] : NULL };
    }
    for (size_t k = 0; k < N(texts); k++) {
        lp_arena a = { 0 };
        lp_plan p = { .duration_us = 10800 * S };
        lp_timeline t = { .duration_us = p.duration_us, .slides = slides, .n_slides = N(slides) };
        assert_int_equal(lp_plan_chapters(&with_video, &t, texts[k], &a, &p, NULL), LP_OK);
        assert_in_range(p.n_chapters, 18, 45); /* one per 10 minutes; 15 an hour */
        for (size_t i = 1; i < p.n_chapters; i++)
            assert_in_range(p.chapters[i].t_us - p.chapters[i - 1].t_us, 240 * S, 600 * S);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chapters_begin_where_a_learner_would_look),
        cmocka_unit_test(chapters_keep_their_distance_in_a_long_recording),
    };
    return cmocka_run_group_tests_name("plan/chapters", tests, NULL, NULL);
}
