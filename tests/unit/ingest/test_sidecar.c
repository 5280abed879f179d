#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "ingest/readers.h"
#include "ingest/sidecar.h"

/* A folder with these names (NULL ends them) and what is found beside "a.mp4": "name:lang", one
 * a line. */
static const struct {
    const char *name;
    const char *files[8];
    const char *want;
} cases[] = {
    { "the same stem", { "a.mp4", "a.vtt", "b.vtt" }, "a.vtt:-\nleft b.vtt" },
    { "case does not count", { "a.mp4", "A.VTT" }, "A.VTT:-\n" },
    { "WebVTT before SubRip, whole stem before longer",
      { "a.mp4", "a.de.vtt", "a.srt", "a.vtt" },
      "a.vtt:-\na.srt:-\na.de.vtt:de\n" },
    { "languages",
      { "a.mp4", "a.eng.srt", "a.pt_BR.vtt", "a.transcript.vtt", "a.zh-Hant.vtt" },
      "a.pt_BR.vtt:pt-BR\na.transcript.vtt:-\na.zh-Hant.vtt:zh-Hant\na.eng.srt:en\n" },
    { "a longer word is another stem", { "a.mp4", "ab.mp4", "ab.vtt" }, "" },
    { "the only one there", { "a.mp4", "captions.vtt" }, "captions.vtt:-\n" },
    { "the only one, of two recordings", { "a.mp4", "b.mp4", "captions.vtt" }, "left captions.vtt" },
    { "one of two without a matching name", { "a.mp4", "x.vtt", "y.srt" }, "left x.vtt, y.srt" },
    { "names that are languages",
      { "a.mp4", "en.vtt", "fr.srt", "notes.vtt", "captions_pt-BR.srt" },
      "en.vtt:en\ncaptions_pt-BR.srt:pt-BR\nfr.srt:fr\nleft notes.vtt" },
    { "formats in their order, live captions behind, text last",
      { "a.mp4", "a.sbv", "a.ass", "a.dfxp", "a.cc.vtt", "a.transcript.vtt", "a.txt" },
      "a.dfxp:-\na.ass:-\na.sbv:-\na.transcript.vtt:-\na.cc.vtt:-\n" },
    { "names that are a language by chance",
      { "a.mp4", "yt.vtt", "pan.srt", "cr.vtt", "captions_pan.vtt" },
      "captions_pan.vtt:pa\nleft cr.vtt, yt.vtt, pan.srt" },
    { "the only one, named like a language", { "a.mp4", "cr.vtt" }, "cr.vtt:-\n" },
    { "a language behind a stroke", { "a.mp4", "a_pt-BR.vtt", "a-fr.vtt", "a_zc.vtt", "a_2.vtt" },
      "a-fr.vtt:fr\na_pt-BR.vtt:pt-BR\n" "left a_2.vtt, a_zc.vtt" },
    { "a stroke of another recording", { "a.mp4", "a_it.mp4", "a_it.vtt", "a_it.de.vtt" }, "" },
    { "those of another recording are its own", { "it.mp4", "a.mp4", "a.vtt", "it.vtt" }, "a.vtt:-\n" },
    { "hidden ones do not count", { "a.mp4", ".a.vtt", "._x.vtt" }, "" },
    { "none", { "a.mp4", "notes.txt" }, "" },
};

static void run(const char *beside)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        char dir[] = "/tmp/lecpack-sidecar-XXXXXX", got[1024] = "";
        assert_non_null(mkdtemp(dir));
        for (size_t k = 0; cases[i].files[k]; k++)
            assert_int_equal(
                lp_file_write(lp_path_join(&a, dir, cases[i].files[k]), "x", 1, NULL), LP_OK);
        lp_caption_source *c = NULL;
        const char *left_out;
        size_t n = 0, at = 0;
        assert_int_equal(
            lp_sidecar_find(beside ? lp_path_join(&a, dir, beside) : dir, &a, &c, &n, &left_out, NULL),
            LP_OK);
        for (size_t k = 0; k < n; k++) {
            at += (size_t)snprintf(got + at, sizeof(got) - at, "%s:%s\n", c[k].file.name,
                                   c[k].lang ? c[k].lang : "-");
            assert_int_equal(c[k].kind, LP_CAPTION_FILE);
            assert_int_equal(c[k].file.bytes, 1);
            assert_true(c[k].file.mtime_ns > 0);
            assert_int_equal(lp_file_stat(c[k].file.path).kind, LP_FILE_REGULAR);
            assert_string_equal(c[k].format, lp_caption_reader_named(c[k].file.name)->format);
        }
        if (left_out)
            snprintf(got + at, sizeof(got) - at, "left %s", left_out);
        if (beside && strcmp(got, cases[i].want) != 0)
            fail_msg("%s: %s", cases[i].name, got);
        if (!beside) /* a folder: only a lone caption file is sure to belong, and what is named for a language */
            assert_int_equal(n, i == 1 || i == 5 || i == 10 || i == 11 ? 1 : i == 8 ? 3 : 0);
        assert_int_equal(lp_file_remove(dir, NULL), LP_OK);
        lp_arena_clear(&a);
    }
}

static void captions_beside_a_recording_are_found_best_first(void **state)
{
    (void)state;
    run("a.mp4");
}

static void a_folder_gives_its_only_caption_file(void **state)
{
    (void)state;
    run(NULL);
}

static void a_folder_called_like_captions_is_not_one(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    char dir[] = "/tmp/lecpack-sidecar-XXXXXX";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(lp_file_mkdirs(lp_path_join(&a, dir, "a.vtt"), NULL), LP_OK);
    lp_caption_source *c = NULL, one;
    const char *left_out;
    size_t n = 9;
    lp_diag d = { 0 };
    assert_int_equal(lp_sidecar_find(lp_path_join(&a, dir, "a.mp4"), &a, &c, &n, &left_out, NULL), LP_OK);
    assert_int_equal(n, 0);
    assert_int_equal(lp_sidecar_one(lp_path_join(&a, dir, "a.vtt"), &a, &one, &d),
                     LP_ERR_NO_INPUT);
    assert_non_null(strstr(d.text, "a.vtt"));
    assert_int_equal(lp_sidecar_one(lp_path_join(&a, dir, "none.vtt"), &a, &one, NULL),
                     LP_ERR_NO_INPUT);
    assert_int_equal(lp_file_remove(dir, NULL), LP_OK);
    lp_arena_clear(&a);
}

static void the_file_says_its_language_better_than_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *want;
    } files[] = {
        { "it.vtt", "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\na\n", "en" },
        { "it.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\na\n", "it" },
        { "fr.ttml", "<tt xml:lang='de'><body><p begin='1s' end='2s'>a</p></body></tt>", "de" },
        { "talk_fr.srt", "1\n00:00:01,000 --> 00:00:02,000\na\n", "fr" },
        { "talk_it.vtt", "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\na\n", "en" },
        { "pan.srt", "1\n00:00:01,000 --> 00:00:02,000\na\n", NULL },
        { "a.it.vtt", "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\na\n", "it" }, /* a person wrote that */
        { "de.vtt", "\xff\xfe", "de" },
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        lp_arena a = { 0 };
        char dir[] = "/tmp/lecpack-sidecar-XXXXXX";
        assert_non_null(mkdtemp(dir));
        char *path = lp_path_join(&a, dir, files[i].name);
        lp_caption_source one = { 0 };
        assert_int_equal(lp_file_write(path, files[i].text, strlen(files[i].text), NULL), LP_OK);
        assert_int_equal(lp_sidecar_one(path, &a, &one, NULL), LP_OK);
        if (!lp_str_eq(one.lang, files[i].want))
            fail_msg("%s: %s", files[i].name, one.lang ? one.lang : "(none)");
        assert_int_equal(lp_file_remove(dir, NULL), LP_OK);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_beside_a_recording_are_found_best_first),
        cmocka_unit_test(a_folder_gives_its_only_caption_file),
        cmocka_unit_test(the_file_says_its_language_better_than_its_name),
        cmocka_unit_test(a_folder_called_like_captions_is_not_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
