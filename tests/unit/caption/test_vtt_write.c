#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "caption/vtt_write.h"

static void cues_become_webvtt(void **state)
{
    (void)state;
    static const lp_cue cues[] = {
        { 0, 1500000, "Hello\nthere", 0, 0, 0, 0 },
        { 3661001499, 3661002500, "a < b && c --> d\n\n\nWEBVTT", 1, 0, 0, 0 },
        { 4000000000, 4000000001, "nobody", -1, 0, 0, 0 },
        { 4000000000, 4000000001, "no such person", 9, 0, 0, 0 },
    };
    static const lp_person people[] = { { "Ada" }, { "B > <i>&\nC" } };
    lp_buf out;
    lp_buf_init(&out, 10000);
    lp_vtt_write(&out, cues, 4, people, 2, "pt-BR", 0);
    assert_int_equal(lp_buf_check(&out, "vtt", NULL), LP_OK);
    assert_string_equal(out.data, "WEBVTT\nLanguage: pt-BR\n"
                                  "\n00:00:00.000 --> 00:00:01.500\n<v Ada>Hello\nthere\n"
                                  "\n01:01:01.001 --> 01:01:01.003\n<v B &gt; &lt;i&gt;&amp; "
                                  "C>a &lt; b &amp;&amp; c --&gt; d\nWEBVTT\n"
                                  "\n01:06:40.000 --> 01:06:40.000\nnobody\n"
                                  "\n01:06:40.000 --> 01:06:40.000\nno such person\n");
    lp_buf_clear(&out);
}

static void a_single_speaker_is_named_too_and_an_unknown_language_is_no_line(void **state)
{
    (void)state;
    static const lp_cue cue = { 0, 1000000, "Hi", 0, 0, 0, 0 };
    static const lp_person ada = { "Ada" };
    lp_buf out;
    lp_buf_init(&out, 10000);
    lp_vtt_write(&out, &cue, 1, &ada, 1, "und", 0);
    assert_string_equal(out.data, "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ada>Hi\n");
    lp_buf_clear(&out);
    lp_vtt_write(&out, NULL, 0, NULL, 0, NULL, 0);
    assert_string_equal(out.data, "WEBVTT\n");
    lp_buf_clear(&out);
}

static void what_a_person_checked_is_a_comment_behind_the_cues(void **state)
{
    (void)state;
    static const lp_cue cues[] = { { 0, 1000000, "Hi", -1, 0, 0, 0 }, { 2000400, 3000000, "Ho", -1, 0, 0, 1 } };
    lp_buf out;
    lp_buf_init(&out, 10000);
    lp_vtt_write(&out, cues, 2, NULL, 0, NULL, 0);
    assert_string_equal(out.data, "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHi\n\n00:00:02.000 --> 00:00:03.000\nHo\n"
                                  "\nNOTE checked\n00:00:02.000\n");
    lp_buf_clear(&out);
    lp_vtt_write(&out, cues, 2, NULL, 0, "en", 1);
    assert_string_equal(out.data, "WEBVTT\nLanguage: en\n\nNOTE reviewed\n\n00:00:00.000 --> 00:00:01.000\nHi\n"
                                  "\n00:00:02.000 --> 00:00:03.000\nHo\n");
    lp_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cues_become_webvtt),
        cmocka_unit_test(what_a_person_checked_is_a_comment_behind_the_cues),
        cmocka_unit_test(a_single_speaker_is_named_too_and_an_unknown_language_is_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
