#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "package/lang_names.h"
#include "package/tracks.h"

static lp_cue said[] = { { 0, 5, "One.", -1, 0, 0, 0 }, { 6, 9, "Two.", -1, 0, 0, 0 } };

static void each_language_with_a_cue_is_a_track_with_names_of_its_own(void **state)
{
    (void)state;
    lp_cues others[] = { { .lang = "pt-BR" }, { .lang = "fr" }, { .lang = "../ar" } };
    lp_plan_track planned[] = { { said, 2 }, { said, 0 }, { said + 1, 1 } };
    lp_cues cues = { .lang = "en", .others = others, .n_others = 3 };
    lp_plan plan = { .cues = said, .n_cues = 1, .others = planned, .n_others = 3 };
    lp_session session = { .lang = "de" };
    lp_package_input in = { .session = &session, .cues = &cues, .plan = &plan };
    lp_arena a = { 0 };
    lp_tracks t;
    lp_diag d = { 0 };
    assert_int_equal(lp_tracks_make(&in, &a, &t, &d), LP_OK);
    assert_int_equal(t.n, 3);
    assert_ptr_equal(t.items[0].cues, &cues);
    assert_string_equal(t.items[0].vtt_path, "captions.en.vtt");
    assert_string_equal(t.items[1].lang, "pt-BR");
    assert_string_equal(t.items[1].vtt_path, "captions.pt-br.vtt");
    assert_string_equal(t.items[1].srt_path, "captions.pt-br.srt");
    assert_string_equal(t.items[1].text_path, "transcript.pt-br.txt");
    assert_int_equal(t.items[1].n, 2);
    assert_string_equal(t.items[2].vtt_path, "captions.und.vtt"); /* no way out of the folder */
    assert_ptr_equal(t.items[2].items, said + 1);

    cues.lang = "PT-br"; /* their files would be one */
    assert_int_equal(lp_tracks_make(&in, &a, &t, &d), LP_ERR_INTERNAL);
    plan.n_cues = 0;
    assert_int_equal(lp_tracks_make(&in, &a, &t, NULL), LP_OK);
    assert_int_equal(t.n, 0);
    assert_string_equal(lp_tracks_lang(&in), "de");
    lp_arena_clear(&a);
}

static void a_language_is_called_as_its_readers_call_it(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "fr", "Fran\xc3\xa7\x61is" },      { "FR-ca", "Fran\xc3\xa7\x61is (ca)" },
        { "zh-hant", "\xe7\xb9\x81\xe9\xab\x94\xe4\xb8\xad\xe6\x96\x87" },
        { "zh-TW", "\xe4\xb8\xad\xe6\x96\x87 (TW)" },
        { "tlh", "tlh" },                   { "tlh-Latn", "tlh-Latn" },
        { "averyveryverylongtag-x", "averyveryverylongtag-x" },
    };
    char name[LP_LANG_NAME_BYTES];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_lang_name(rows[i][0], name);
        assert_string_equal(name, rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_with_a_cue_is_a_track_with_names_of_its_own),
        cmocka_unit_test(a_language_is_called_as_its_readers_call_it),
    };
    return cmocka_run_group_tests_name("package/tracks", tests, NULL, NULL);
}
