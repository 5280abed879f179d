#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lesson.h"
#include "caption/letters.h"
#include "package/page_parts.h"

static size_t count(const char *page, const char *part)
{
    size_t n = 0;
    for (const char *p = page; (p = strstr(p, part)); p += strlen(part))
        n++;
    return n;
}

/* All of them, in this order. */
static void assert_in_order(const char *page, const char *const *parts)
{
    const char *at = page;
    for (; *parts; parts++) {
        const char *found = strstr(at, *parts);
        if (!found)
            fail_msg("not found, or not in its place: %s", *parts);
        at = found + strlen(*parts);
    }
}

static void a_page_tells_the_class_in_order_of_time(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "<title>Beads</title>",
        "<h1 lang=\"en\" dir=\"ltr\">Beads</h1>",
        "<time datetime=\"2025-03-02\">2 March 2025</time>",
        "1 min 30 s",
        "Slides 4 kB. Sound 5.0 MB. Video 9.1 MB.", /* 1500 + 2500, the picture that comes twice
                                                       once */
        "<audio id=\"sound\" controls preload=\"metadata\" src=\"sound-3fa19c02.webm\">",
        "<a href=\"#c1\" data-t=\"0\">",
        "<a href=\"#c2\" data-t=\"20\">",
        "<h2 id=\"c1\">",
        "Start",
        "data-t=\"0\" data-e=\"10\"",
        "alt=\"Slide 1, shown at 0:00\"",
        "<p id=\"t=1\"><a class=\"t\" href=\"#t=1\" dir=\"ltr\">0:01</a> ",
        "<b><bdi>Ana</bdi>:</b>",
        "<span data-t=\"1\" data-e=\"4\">One &amp; two.</span>",
        "alt=\"Slide 2, shown at 0:10\"", /* its cue begins 0.3 s before it */
        "<span data-t=\"9.7\" data-e=\"12\">Second slide.</span>",
        "<h2 id=\"c2\">",
        "Middle",
        "<b><bdi>Student 2</bdi>:</b>",
        "A question?",
        "class=\"slide again\"",
        "alt=\"Slide 3, shown at 0:25, same as slide 1\"",
        "<p id=\"t=61\">",
        "Late.",
        "</article>",
        "sound-3fa19c02.webm",
        "Sound, 5.0 MB",
        "Video, picture only, 9.1 MB",
        "captions.en.vtt",
        "transcript.en.txt",
        "lecpack.json",
        "Made by lecpack 0.1.0 from z.mp4.",
        "</html>",
        NULL
    };
    lesson l;
    lesson_init(&l);
    char *page = written(&l);
    assert_in_order(page, parts);
    assert_int_equal(count(page, "<section class=\"notice\""),
                     0); /* human captions, nothing lost */
    lp_free(page);
}

static void what_a_recording_says_is_text_and_never_markup(void **state)
{
    (void)state;
    static const char evil[] =
        "</script></title></style><img src=x onerror=alert(1)>\"'&\xe2\x80\xae";
    lesson l;
    lesson_init(&l);
    l.session.title = l.session.media.name = l.chapters[0].title = l.people[0].name =
        l.said[0].text = evil;
    l.page.id = l.sound.path = l.pictures[0].path = evil;
    l.session.lang = l.cues.lang = "en\" onclick=\"x";
    l.session.recorded = "2025-13-02<b>";
    lp_arena a = { 0 };
    assert_int_equal(
        lp_finding_add(&l.session.findings, &a, "x", LP_LOSS, -1, -1, NULL, "%s", evil), LP_OK);
    char *page = written(&l);
    assert_null(strstr(page, "<img src=x"));
    assert_null(strstr(page, "\xe2\x80\xae"));
    assert_null(strstr(page, "onclick"));
    assert_null(strstr(page, "2025-13"));
    assert_int_equal(count(page, "alert(1)&gt;&quot;&#39;&amp;"),
                     5); /* id, sound twice, picture, source */
    assert_int_equal(count(page, "</script>"), 2);
    assert_int_equal(count(page, "</title>"), 1);
    assert_int_equal(count(page, "</style>"), 1);
    assert_int_equal(count(page, "&lt;img src=x onerror=alert(1)&gt;"),
                     13); /* and 8 times as text */
    lp_free(page);
    lp_arena_clear(&a);
}

static void the_same_class_gives_the_same_bytes(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    char *one = written(&l), *two = written(&l);
    assert_string_equal(one, two);
    lp_free(one);
    lp_free(two);
}

static void a_missing_layer_is_left_out_and_said_in_words(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    l.page.sound = NULL;
    char *page = written(&l);
    assert_null(strstr(page, "<audio"));
    assert_non_null(strstr(page, "<li>This recording has no sound.</li>"));
    lp_free(page);

    lesson_init(&l);
    l.page.video = NULL;
    l.page.n_slides = 0;
    page = written(&l);
    assert_null(strstr(page, "id=\"stage\""));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "data-do=\"slide+\""));
    assert_null(strstr(page, "Slides 4 kB"));
    assert_non_null(strstr(page, "<li>This recording has no pictures.</li>"));
    lp_free(page);

    lesson_init(&l);
    l.plan.n_cues = l.cues.n = 0;
    l.cues.origin = "none";
    page = written(&l);
    assert_null(strstr(page, "id=\"cap\""));
    assert_null(strstr(page, "type=\"search\""));
    assert_null(strstr(page, "captions."));
    assert_null(strstr(page, "name=\"lang\""));
    assert_int_equal(count(page, "<figure class=\"slide"), 3);
    assert_non_null(strstr(
        page, "<li>This recording has no captions: what is said is not written here.</li>"));
    lp_free(page);

    lesson_init(&l);
    l.plan.n_cues = l.cues.n = l.plan.n_chapters = l.page.n_slides = l.plan.n_slides = 0;
    l.page.video = l.page.sound = NULL;
    l.plan.duration_us = 0;
    lp_free(written(&l));
}

/* Slides come at 0, 10 and 25 s, the second chapter at 20 s: what is said of each in one language stands before the
 * same in the next, and every slide once. */
static void several_languages_stand_side_by_side_and_can_be_chosen(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    lp_cue french[] = { { 1 * SEC, 4 * SEC, "Un & deux.", 0, 0, 0, 0 }, { 63 * SEC, 64 * SEC, "Tard.", 1, 0, 0, 0 } };
    lp_cue hebrew[] = { { 21 * SEC, 23 * SEC, "\xd7\xa9\xd7\x90\xd7\x9c\xd7\x94", -1, 0, 0, 0 } };
    lp_cues others[] = {
        { .people = l.people, .n_people = 2, .lang = "fr-CA", .origin = "human" },
        { .people = l.people, .n_people = 2, .lang = "he", .origin = "platform", .is_approximate = 1 },
    };
    lp_plan_track planned[] = { { french, 2 }, { hebrew, 1 } };
    l.cues.others = others;
    l.plan.others = planned;
    l.cues.n_others = l.plan.n_others = 2;
    char *page = written(&l);
    static const char *const order[] = {
        "[data-l]:not([data-l=\"1\"]) { display: none; }",
        "<bdi lang=\"he\" dir=\"rtl\">\xd7\xa2\xd7\x91\xd7\xa8\xd7\x99\xd7\xaa</bdi>: These captions came with",
        "<bdi lang=\"he\" dir=\"rtl\">\xd7\xa2\xd7\x91\xd7\xa8\xd7\x99\xd7\xaa</bdi>: The times of this text",
        "<label><input type=\"radio\" name=\"lang\" id=\"l0\" autocomplete=\"off\" value=\"en\" checked> "
        "<bdi lang=\"en\" dir=\"ltr\">English</bdi></label>",
        "value=\"fr-CA\"> <bdi lang=\"fr-CA\" dir=\"ltr\">Fran\xc3\xa7\x61is (CA)",
        "<article id=\"text\"",
        "src=\"slides/001.webp\"",
        "<div data-l=\"0\" lang=\"en\" dir=\"ltr\">",
        "One &amp; two.",
        "<div data-l=\"1\" lang=\"fr-CA\" dir=\"ltr\">",
        "<b><bdi>Ana</bdi>:</b> <span data-t=\"1\" data-e=\"4\">Un &amp; deux.",
        "src=\"slides/002.webp\"",
        "Second slide.",
        "<h2 id=\"c2\">",
        "A question?",
        "<div data-l=\"2\" lang=\"he\" dir=\"rtl\">",
        "src=\"slides/001.webp\"",
        "Late.",
        "<b><bdi>Student 2</bdi>:</b> <span data-t=\"63\" data-e=\"64\">Tard.",
        "</article>",
        "href=\"captions.en.vtt\" hreflang=\"en\"",
        "href=\"transcript.fr-ca.txt\"",
        "href=\"captions.he.srt\"",
        NULL
    };
    assert_in_order(page, order);
    assert_int_equal(count(page, "<figure class=\"slide"), 3);
    assert_int_equal(count(page, "id=\"t=1\""), 1);
    assert_int_equal(count(page, "id=\"t=63\""), 0); /* links lead to the main language's paragraph */
    assert_int_equal(count(page, "came with the recording"), 1);
    lp_free(page);
}

static void a_language_that_is_not_known_is_called_so(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    lp_cue other[] = { { 1 * SEC, 4 * SEC, "Moja.", 0, 0, 0, 0 } };
    lp_cues others[] = { { .people = l.people, .n_people = 2, .lang = "und", .origin = "platform" } };
    lp_plan_track planned[] = { { other, 1 } };
    l.cues.others = others;
    l.plan.others = planned;
    l.cues.n_others = l.plan.n_others = 1;
    char *page = written(&l);
    assert_non_null(strstr(page, "<bdi>Language not known</bdi></label>"));
    assert_non_null(strstr(page, "<li><bdi>Language not known</bdi>: These captions came with"));
    assert_non_null(strstr(page, "<a href=\"captions.und.vtt\">"));
    assert_null(strstr(page, "und</bdi>"));
    lp_free(page);
}

/* "One & two." shows from 1 to 4 s: its words begin with letter 0, 4 and 6 of 10, so a letter's share says 1, 2.2 and
 * 2.8 s. The letters of data-w are tenths of a second off that, 'a' being none. */
static void a_cue_says_when_its_words_begin_where_a_guess_is_wrong(void **state)
{
    (void)state;
    static const struct {
        int64_t second_us, third_us;
        size_t n_words;
        const char *said;
    } rows[] = { { 2300000, 2900000, 3, "<span data-t=\"1\" data-e=\"4\" data-w=\"\">One" },
                 { 2200000, 3600000, 3, "data-w=\"ai\">One" },
                 { 1900000, 2800000, 3, "data-w=\"Xa\">One" },
                 { 2200000, 3600000, 2, "<span data-t=\"1\" data-e=\"4\">One" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_word words[] = { { 1000000, 1500000, "One", 1, -1 },
                            { rows[i].second_us, rows[i].second_us, "&", 1, -1 },
                            { rows[i].third_us, 4000000, "two.", 1, -1 } };
        lesson l;
        lesson_init(&l);
        l.cues.words = (lp_words){ words, 3, 3 };
        l.said[0].n_words = rows[i].n_words;
        char *page = written(&l);
        if (!strstr(page, rows[i].said))
            fail_msg("row %zu: not in the page: %s", i, rows[i].said);
        lp_free(page);
    }
}

static void a_word_that_was_cut_for_captions_is_whole(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    l.said[0].text = "One exam" LP_WORD_GOES_ON "\nple" LP_WORD_GOES_ON;
    l.said[1].text = ".org two";
    l.said[1].person = l.said[0].person;
    l.said[1].start_us = l.said[0].end_us;
    char *page = written(&l);
    assert_null(strstr(page, LP_WORD_GOES_ON));
    const char *at = strstr(page, ">One example</span><span ");
    if (!at || !strstr(at, ">.org two</span>"))
        fail_msg("%s", page);
    lp_free(page);
}

static void the_origin_of_captions_is_said_unless_a_person_made_them(void **state)
{
    (void)state;
    static const struct {
        const char *origin;
        int is_edited, is_reviewed;
        const char *said;
    } origins[] = {
        { "platform", 0, 0, "These captions came with the recording and were not checked." },
        { "platform", 1, 0, "These captions came with the recording, and a person has corrected some of them." },
        { "platform", 1, 1, NULL },
        { "asr", 0, 0, "These captions are automatic: a machine made them from the speech, and nobody has checked them." },
        { "asr", 1, 0, "These captions are automatic, and a person has corrected some of them." },
        { "asr", 1, 1, "These captions are automatic, and a person has gone over all of them." },
        { "human", 0, 0, NULL }
    };
    for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
        lesson l;
        lesson_init(&l);
        l.cues.origin = origins[i].origin;
        l.cues.is_edited = (size_t)origins[i].is_edited;
        l.cues.is_reviewed = origins[i].is_reviewed;
        char *page = written(&l);
        if (origins[i].said)
            assert_non_null(strstr(page, origins[i].said));
        else
            assert_null(strstr(page, "These captions"));
        lp_free(page);
    }
}

static void losses_are_shown_and_lesser_findings_are_not(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    lp_arena a = { 0 };
    assert_int_equal(lp_finding_add(&l.session.findings, &a, "file-cut-short", LP_LOSS, -1, -1,
                                    NULL, "It ends early."),
                     LP_OK);
    assert_int_equal(lp_finding_add(&l.timeline.findings, &a, "gap", LP_LOSS, 65 * SEC,
                                    70 * SEC, NULL, "5 s lost."),
                     LP_OK);
    assert_int_equal(lp_finding_add(&l.media.findings, &a, "small", LP_WARNING, -1, -1, NULL,
                                    "A small thing."),
                     LP_OK);
    for (int i = 0; i < 12; i++)
        assert_int_equal(
            lp_finding_add(&l.plan.findings, &a, "many", LP_LOSS, -1, -1, NULL, "Loss %d.", i),
            LP_OK);
    char *page = written(&l);
    assert_non_null(strstr(page, "<li>It ends early.</li>"));
    assert_non_null(strstr(page, "<li>At 1:05 of the recording: 5 s lost.</li>"));
    assert_null(strstr(page, "A small thing."));
    assert_non_null(strstr(page, "<li>Loss 9.</li>"));
    assert_null(strstr(page, "<li>Loss 10.</li>")); /* 12 are listed */
    assert_non_null(strstr(page, "<li>2 more like these are listed in lecpack.json.</li>"));
    lp_free(page);
    lp_arena_clear(&a);
}

static void two_paragraphs_in_one_second_do_not_share_an_id(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    l.said[0] = (lp_cue){ 1 * SEC, 1200000, "Yes?", 0, 0, 0, 0 };
    l.said[1] = (lp_cue){ 1300000, 1500000, "No.", 1, 0, 0, 0 };
    char *page = written(&l);
    assert_int_equal(count(page, "id=\"t=1\""), 1);
    assert_int_equal(count(page, "href=\"#t=1\""), 2);
    lp_free(page);
}

static void times_of_cues_are_short_and_an_end_that_the_next_cue_tells_is_left_out(void **state)
{
    (void)state;
    static const struct {
        int64_t end_us, next_us;
        const char *span;
    } cases[] = {
        { 2345678, 5 * SEC,
          "<span data-t=\"1.23\" data-e=\"2.35\">" }, /* down and up to hundredths */
        { 2100000, 2301000, "<span data-t=\"1.23\" data-e=\"2.1\">" },
        { 2100000, 2300000, "<span data-t=\"1.23\">" }, /* 0.2 s: stands until the next */
        { 2100000, 2100000, "<span data-t=\"1.23\">" },
        { 2100000, 2099999, "<span data-t=\"1.23\" data-e=\"2.1\">" }, /* two at once */
        { 2003000, 5 * SEC, "<span data-t=\"1.23\" data-e=\"2.01\">" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lesson l;
        lesson_init(&l);
        l.said[0] = (lp_cue){ 1234567, cases[i].end_us, "One.", 0, 0, 0, 0 };
        l.said[1] = (lp_cue){ cases[i].next_us, 12 * SEC, "Two.", 0, 0, 0, 0 };
        char *page = written(&l);
        assert_non_null(strstr(page, cases[i].span));
        lp_free(page);
    }
}

static void a_language_written_from_right_to_left_is_marked(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *marked;
    } langs[] = { { "ar", "<h1 lang=\"ar\" dir=\"rtl\">" },
                  { "fa-IR", "<h1 lang=\"fa-IR\" dir=\"rtl\">" },
                  { "he", "<h1 lang=\"he\" dir=\"rtl\">" },
                  { "arn", "<h1 lang=\"arn\" dir=\"ltr\">" },
                  { "ar-Latn", "<h1 lang=\"ar-Latn\" dir=\"ltr\">" },
                  { "und", "<h1 dir=\"auto\">" } };
    for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
        lesson l;
        lesson_init(&l);
        l.cues.lang = l.session.lang = langs[i].lang;
        char *page = written(&l);
        assert_non_null(strstr(page, langs[i].marked));
        lp_free(page);
    }
}

static void sizes_are_said_in_the_largest_fitting_unit_and_never_too_small(void **state)
{
    (void)state;
    static const struct {
        int64_t bytes;
        const char *said;
    } sizes[] = { { -1, "0 bytes" },       { 999, "999 bytes" },      { 1000, "1 kB" },
                  { 1001, "2 kB" },        { 999000, "999 kB" },      { 999001, "1.0 MB" },
                  { 1100001, "1.2 MB" },   { 999900000, "999.9 MB" }, { 999900001, "1.0 GB" },
                  { 2300000000, "2.3 GB" } };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        char said[LP_PAGE_SIZE_CHARS];
        lp_page_size(sizes[i].bytes, said);
        assert_string_equal(said, sizes[i].said);
    }
}

static void a_page_over_its_maximum_is_refused(void **state)
{
    (void)state;
    lesson l;
    lp_diag d = { 0 };
    lp_buf out;
    lesson_init(&l);
    lp_buf_init(&out, 1000);
    lp_tracks none = { 0 };
    l.page.tracks = &none;
    assert_int_equal(lp_page_write(&l.page, &out, &d), LP_ERR_INPUT);
    assert_string_equal(d.text, "index.html: larger than 1000 bytes");
    lp_buf_clear(&out);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    lesson l;
    lesson_init(&l);
    for (long nth = 1;; nth++) {
        lp_diag d = { 0 };
        lp_buf out;
        lp_buf_init(&out, 1 << 24);
        lp_mem_fail_at(nth);
        lp_arena a = { 0 };
        lp_tracks tracks;
        lp_status s = lp_tracks_make(&l.package, &a, &tracks, &d);
        l.page.tracks = &tracks;
        if (s == LP_OK)
            s = lp_page_write(&l.page, &out, &d);
        lp_arena_clear(&a);
        lp_mem_fail_at(0);
        lp_buf_clear(&out);
        if (s == LP_OK) {
            assert_true(nth > 10); /* two buffers that grow, the arena, the paragraphs */
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
        assert_int_equal(d.status, LP_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_tells_the_class_in_order_of_time),
        cmocka_unit_test(what_a_recording_says_is_text_and_never_markup),
        cmocka_unit_test(the_same_class_gives_the_same_bytes),
        cmocka_unit_test(a_missing_layer_is_left_out_and_said_in_words),
        cmocka_unit_test(a_word_that_was_cut_for_captions_is_whole),
        cmocka_unit_test(the_origin_of_captions_is_said_unless_a_person_made_them),
        cmocka_unit_test(losses_are_shown_and_lesser_findings_are_not),
        cmocka_unit_test(two_paragraphs_in_one_second_do_not_share_an_id),
        cmocka_unit_test(
            times_of_cues_are_short_and_an_end_that_the_next_cue_tells_is_left_out),
        cmocka_unit_test(a_language_written_from_right_to_left_is_marked),
        cmocka_unit_test(several_languages_stand_side_by_side_and_can_be_chosen),
        cmocka_unit_test(a_language_that_is_not_known_is_called_so),
        cmocka_unit_test(a_cue_says_when_its_words_begin_where_a_guess_is_wrong),
        cmocka_unit_test(sizes_are_said_in_the_largest_fitting_unit_and_never_too_small),
        cmocka_unit_test(a_page_over_its_maximum_is_refused),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests_name("package/page", tests, NULL, NULL);
}
