#include "unit/package/made.h"

#include "base/json.h"
#include "base/str.h"
#include "package/manifest.h"
#include "package/verify.h"

static int setup(void **state)
{
    made *m = lp_calloc(1, sizeof(*m));
    made_init(m);
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    made_clear(*state);
    lp_free(*state);
    return 0;
}

static void assert_listed(const char *dir, const char *const *names)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    char **found = NULL;
    size_t n = 0, i = 0;
    assert_int_equal(lp_file_list(dir, &a, &found, &n, &d), LP_OK);
    for (; names[i]; i++) {
        assert_true(i < n);
        assert_string_equal(found[i], names[i]);
    }
    assert_int_equal(i, n);
    lp_arena_clear(&a);
}

static void assert_whole(const char *dir)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    assert_int_equal(lp_package_verify(dir, &a, NULL, &r, &d), LP_OK);
    if (r.n)
        fail_msg("%s: %s", r.items[0].path, r.items[0].text);
    lp_arena_clear(&a);
}

static void a_package_holds_every_file_under_its_final_name(void **state)
{
    static const char *const names[] = {
        "README.txt",          "captions.en.srt",   "captions.en.vtt",   "chapters.json",       "index.html",
        "lecpack.json",        "lecpack.meta4",     "manifest-sha256.txt", "slides",
        "sound-293ca930.webm", "transcript.en.txt", "video-30a197d1.webm", NULL
    };
    static const char *const slides[] = { "001.webp", "002.webp", "003.webp", NULL };
    made *m = *state;
    const char *dir = made_build(m, "out", NULL);
    assert_listed(dir, names);
    assert_listed(tmpdir_path(dir, "slides"), slides);
    assert_whole(dir);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    static const char *const names[] = { "index.html",        "lecpack.json",
                                         "lecpack.meta4",     "manifest-sha256.txt",
                                         "README.txt",        "captions.en.vtt",
                                         "transcript.en.txt", "chapters.json" };
    made *m = *state;
    const char *one = made_build(m, "one", NULL), *two = made_build(m, "two", NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t n_one, n_two;
        char *a = tmpdir_get(one, names[i], &n_one), *b = tmpdir_get(two, names[i], &n_two);
        assert_int_equal(n_one, n_two);
        assert_memory_equal(a, b, n_one);
        lp_free(a);
        lp_free(b);
    }
}

static void no_name_of_a_person_is_in_the_package(void **state)
{
    static const char *const names[] = { "index.html", "lecpack.json", "README.txt",
                                         "captions.en.vtt", "transcript.en.txt" };
    made *m = *state;
    const char *dir = made_build(m, "out", NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char *text = tmpdir_get(dir, names[i], NULL);
        assert_null(strstr(text, "Ana Ruiz"));
        assert_null(strstr(text, "Bo Chen"));
        if (!lp_str_eq(names[i], "README.txt"))
            assert_non_null(strstr(text, "Speaker 2"));
        lp_free(text);
    }
}

static void what_was_in_the_folder_before_is_gone(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    assert_int_equal(lp_file_mkdirs(tmpdir_path(m->dir, "out/slides"), &d), LP_OK);
    tmpdir_put(m->dir, "out/slides/001.webp", "old", 3);
    tmpdir_put(m->dir, "out/stray", "old", 3);
    assert_whole(made_build(m, "out", NULL));
}

static void pictures_with_equal_hashes_are_stored_once(void **state)
{
    static const char *const slides[] = { "001.webp", "002.webp", NULL };
    made *m = *state;
    m->files[2] = m->files[1]; /* the fourth slide has the second's picture, as another file */
    m->files[1].sha256 = m->files[2].sha256 =
        "8e4a6d9ff5c9eea0bb1a1f6c6cbd8dc1d6ccb4c25afd1b7f1b7d7ccca0ecd1b1";
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_package_summary sum;
    /* the hash is not that of the file: what encode made and what is there differ */
    assert_int_equal(lp_package_build(&m->in, tmpdir_path(m->dir, "out"), &a, &sum, &d),
                     LP_ERR_IO);
    assert_non_null(strstr(d.text, "b.webp: is not what was made"));
    lp_arena_clear(&a);
    /* printf 'second picture' | sha256sum */
    m->files[1].sha256 = m->files[2].sha256 =
        "84909da4229e3adfc8996ce03050595711edf76dd27a856dd277d0e47c5a2588";
    assert_listed(tmpdir_path(made_build(m, "out", NULL), "slides"), slides);
}

static void a_class_without_captions_says_so(void **state)
{
    static const char *const names[] = {
        "README.txt",    "chapters.json",       "index.html", "lecpack.json",
        "lecpack.meta4", "manifest-sha256.txt", NULL
    };
    made *m = *state;
    made_only_text(m);
    const char *dir = made_build(m, "out", NULL);
    assert_listed(dir, names);
    assert_whole(dir);
    char *text = tmpdir_get(dir, "lecpack.json", NULL);
    assert_non_null(strstr(text, "\"captions\": \"missing\""));
    assert_non_null(strstr(text, "\"code\": \"captions-missing\""));
    lp_free(text);
}

static void the_summary_counts_what_is_there(void **state)
{
    static const char *const ids[] = { "text", "slides", "sound", "video" };
    made *m = *state;
    lp_package_summary sum;
    const char *dir = made_build(m, "out", &sum);
    int64_t bytes = 0, page = lp_file_stat(tmpdir_path(dir, "index.html")).bytes;
    static const char *const files[] = { "README.txt",          "captions.en.srt",     "captions.en.vtt",
                                         "chapters.json",       "index.html",
                                         "lecpack.json",        "lecpack.meta4",
                                         "manifest-sha256.txt", "transcript.en.txt" };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        bytes += lp_file_stat(tmpdir_path(dir, files[i])).bytes;
    assert_int_equal(sum.bytes, bytes + 13 + 14 + 14 + MADE_SOUND_BYTES + 1000);
    assert_int_equal(sum.n_files, 14);
    assert_int_equal(sum.n_layers, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(sum.layers[i].id, ids[i]);
    assert_int_equal(sum.layers[0].bytes, page);
    assert_true(sum.layers[0].transfer_bytes > page / 10 &&
                sum.layers[0].transfer_bytes < page / 2);
    assert_int_equal(sum.layers[1].bytes, 13 + 14 + 14);
    assert_int_equal(sum.layers[1].n_files, 3);
    assert_int_equal(sum.layers[2].transfer_bytes, MADE_SOUND_BYTES);
}

static void the_language_of_what_is_said_names_the_files(void **state)
{
    static const struct {
        const char *cues, *session, *file;
    } rows[] = { { "pt-BR", "en", "captions.pt-br.vtt" },
                 { "und", "fa", "captions.fa.vtt" },
                 { "../x", "e\nn", "captions.und.vtt" },
                 { NULL, NULL, "captions.und.vtt" } };
    made *m = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        m->cues.lang = rows[i].cues;
        m->session.lang = rows[i].session;
        const char *dir = made_build(m, "out", NULL);
        assert_int_equal(lp_file_stat(tmpdir_path(dir, rows[i].file)).kind, LP_FILE_REGULAR);
        assert_whole(dir);
    }
}

static void every_language_has_its_files_and_none_tells_a_name(void **state)
{
    static const char *const files[] = { "captions.en.vtt", "captions.fr.vtt",   "captions.fr.srt",
                                         "transcript.fr.txt", "index.html", "lecpack.json" };
    made *m = *state;
    lp_cue french[] = { { 2 * MADE_SECOND, 3 * MADE_SECOND, "Deux perles.", 1, 0, 0, 0 } };
    lp_cues other = { .people = m->people, .n_people = 2, .lang = "fr", .origin = "human", .source = "other.srt",
                      .items = french, .n = 1 };
    lp_plan_track planned = { french, 1 };
    m->cues.others = &other;
    m->plan.others = &planned;
    m->cues.n_others = m->plan.n_others = 1;
    const char *dir = made_build(m, "out", NULL);
    assert_whole(dir);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char *text = tmpdir_get(dir, files[i], NULL);
        assert_null(strstr(text, "Bo Chen"));
        assert_int_equal(strstr(text, "Deux perles.") != NULL, i > 0 && i < 5);
        if (i == 3)
            assert_non_null(strstr(text, "[0:02] Speaker 2: Deux perles."));
        if (i == 5) /* the source of each track, with its hash */
            assert_non_null(strstr(text, "\"name\": \"other.srt\""));
        lp_free(text);
    }
}

static void chapters_are_those_of_podcasts(void **state)
{
    made *m = *state;
    char *text = tmpdir_get(made_build(m, "out", NULL), "chapters.json", NULL);
    assert_string_equal(
        text,
        "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n    {\n      \"startTime\": 0,\n"
        "      \"title\": \"Start\"\n    },\n    {\n      \"startTime\": 20,\n"
        "      \"title\": \"Beads & <jars>\"\n    }\n  ]\n}\n");
    lp_free(text);
}

static void the_readme_tells_the_title_the_costs_and_three_commands(void **state)
{
    static const char *const parts[] = {
        "Beads, week 3 end\nA recorded class of 1 min 30 s",
        "\n  slides   41 bytes  pictures of the screen (needs text)\n",
        "\n  video        1 kB  moving picture (needs sound)\n",
        "\n  aria2c -m0 --retry-wait=1 ADDRESS/lecpack.meta4\n",
        "\n  wget -c --tries=0 --waitretry=1 ADDRESS/sound-293ca930.webm\n",
        "\n  until curl -fsS -C - -O ADDRESS/sound-293ca930.webm; do sleep 1; done\n",
        "sha256sum -c --quiet manifest-sha256.txt"
    };
    made *m = *state;
    m->session.title = "Beads, week 3\nend"; /* the title is one line, whatever it was */
    char *text = tmpdir_get(made_build(m, "out", NULL), "README.txt", NULL), *at = text;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        char *found = strstr(at, parts[i]);
        if (!found)
            fail_msg("not found, or not in its place: %s", parts[i]);
        at = found;
    }
    lp_free(text);
}

static void a_medium_that_is_gone_is_an_error_that_names_it(void **state)
{
    static const char *const names[] = { "a.webp", "s.webm", "v.webm" };
    made *m = *state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        lp_diag d = { 0 };
        lp_arena a = { 0 };
        lp_package_summary sum;
        char name[64];
        snprintf(name, sizeof(name), "work/%s", names[i]);
        assert_int_equal(lp_file_remove(tmpdir_path(m->dir, name), &d), LP_OK);
        lp_status s = lp_package_build(&m->in, tmpdir_path(m->dir, "out"), &a, &sum, &d);
        assert_true(s == LP_ERR_IO || s == LP_ERR_NO_INPUT);
        assert_non_null(strstr(d.text, names[i]));
        tmpdir_put(m->media_dir, names[i], "x", 1);
        lp_arena_clear(&a);
    }
}

static void media_that_do_not_fit_the_plan_are_refused(void **state)
{
    made *m = *state;
    const made good = *m;
    for (int i = 0; i < 7; i++) {
        lp_diag d = { 0 };
        lp_arena a = { 0 };
        lp_package_summary sum;
        lp_media_step step = { i == 5 ? MADE_SLIDES : 0, 0, 2, 0, 0 }; /* slide 0 has no steps */
        *m = good;
        if (i >= 5) {
            m->slide_file[3] = 0;
            m->files[2].role = LP_MEDIA_STEP;
            m->media.steps = &step;
            m->media.n_steps = 1;
        } else if (i == 0)
            m->slide_file[1] = 5;
        else if (i == 1)
            m->slide_file[1] = -1;
        else if (i == 2)
            m->media.n_slides = 2;
        else if (i == 3)
            m->media.sound = 0; /* a picture */
        else
            m->files[3].ext = "../x";
        assert_int_equal(lp_package_build(&m->in, tmpdir_path(m->dir, "out"), &a, &sum, &d),
                         LP_ERR_INTERNAL);
        lp_arena_clear(&a);
    }
    *m = good;
}

static void when_memory_runs_out_anywhere_the_build_says_so(void **state)
{
    made *m = *state;
    lp_status s = LP_ERR_NOMEM;
    long n = 1;
    for (; s != LP_OK && n < 100000; n++) {
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        lp_package_summary sum;
        const char *dir = tmpdir_path(m->dir, "out");
        lp_mem_fail_at(n);
        s = lp_package_build(&m->in, dir, &a, &sum, &d);
        lp_mem_fail_at(0);
        if (s != LP_OK && s != LP_ERR_NOMEM)
            fail_msg("allocation %ld: %s", n, d.text);
        if (s != LP_OK)
            assert_int_equal(d.status, LP_ERR_NOMEM);
        lp_arena_clear(&a);
    }
    assert_true(n > 50);
    assert_whole(tmpdir_path(m->dir, "out"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_package_holds_every_file_under_its_final_name),
        TEST(the_same_input_gives_the_same_bytes),
        TEST(no_name_of_a_person_is_in_the_package),
        TEST(what_was_in_the_folder_before_is_gone),
        TEST(pictures_with_equal_hashes_are_stored_once),
        TEST(a_class_without_captions_says_so),
        TEST(the_summary_counts_what_is_there),
        TEST(the_language_of_what_is_said_names_the_files),
        TEST(every_language_has_its_files_and_none_tells_a_name),
        TEST(chapters_are_those_of_podcasts),
        TEST(the_readme_tells_the_title_the_costs_and_three_commands),
        TEST(a_medium_that_is_gone_is_an_error_that_names_it),
        TEST(media_that_do_not_fit_the_plan_are_refused),
        TEST(when_memory_runs_out_anywhere_the_build_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
