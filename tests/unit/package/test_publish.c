#include "unit/package/made.h"

#include <unistd.h>

#include "base/str.h"
#include "package/publish.h"
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

static void assert_title(const char *dir, const char *title)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    if (lp_package_verify(dir, &a, NULL, &r, &d) != LP_OK)
        fail_msg("%s", d.text);
    if (r.n)
        fail_msg("%s: %s", r.items[0].path, r.items[0].text);
    assert_string_equal(r.title, title);
    lp_arena_clear(&a);
}

/* Only work/ and the names given are in the folder. */
static void assert_only(const made *m, const char *one, const char *two)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    char **names = NULL;
    size_t n = 0;
    assert_int_equal(lp_file_list(m->dir, &a, &names, &n, &d), LP_OK);
    for (size_t i = 0; i < n; i++)
        if (!lp_str_eq(names[i], "work") && !lp_str_eq(names[i], one) &&
            !lp_str_eq(names[i], two))
            fail_msg("left behind: %s", names[i]);
    lp_arena_clear(&a);
}

static lp_status publish(made *m, const char *title, const char *out, lp_diag *d)
{
    lp_package_summary sum;
    const char *staging = lp_publish_staging(&m->arena, out);
    m->session.title = title;
    lp_status s = lp_publish_check(out, d);
    if (s == LP_OK)
        s = lp_package_build(&m->in, staging, &m->arena, &sum, d);
    return s == LP_OK ? lp_publish(staging, out, d) : s;
}

static void a_package_takes_the_place_of_nothing_of_an_empty_folder_and_of_an_older_one(
    void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *out = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, "out"));
    assert_int_equal(publish(m, "One", out, &d), LP_OK);
    assert_title(out, "One");
    assert_int_equal(publish(m, "Two", out, &d), LP_OK);
    assert_title(out, "Two");
    assert_int_equal(lp_file_remove(out, &d), LP_OK);
    assert_int_equal(lp_file_mkdirs(out, &d), LP_OK);
    assert_int_equal(publish(m, "Three", out, &d), LP_OK);
    assert_title(out, "Three");
    assert_only(m, "out", NULL);
}

static void slashes_and_dots_at_the_end_do_not_count(void **state)
{
    static const char *const ends[] = { "out/", "out//", "out/.", "out/./", "./out" };
    made *m = *state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        lp_diag d = { 0 };
        const char *out = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, ends[i]));
        char title[16];
        snprintf(title, sizeof(title), "Title %zu", i);
        assert_int_equal(publish(m, lp_arena_strdup(&m->arena, title), out, &d), LP_OK);
        assert_title(tmpdir_path(m->dir, "out"), title);
    }
    assert_only(m, "out", NULL);
}

static void the_staging_folder_stands_beside_the_output(void **state)
{
    made *m = *state;
    static const char *const rows[][2] = { { "a/out", "a/.out.new" },
                                           { "out", "./.out.new" },
                                           { "/out", "/.out.new" },
                                           { "a/out/", "a/.out.new" },
                                           { "a/out/.", "a/.out.new" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(lp_publish_staging(&m->arena, rows[i][0]), rows[i][1]);
}

static void what_is_not_a_package_is_never_replaced(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *real = made_build(m, "real", NULL);
    tmpdir_put(m->dir, "file", "thesis", 6);
    assert_int_equal(symlink("real", tmpdir_path(m->dir, "link")), 0);
    assert_int_equal(symlink("nowhere", tmpdir_path(m->dir, "dead")), 0);
    assert_int_equal(lp_file_mkdirs(tmpdir_path(m->dir, "folder"), &d), LP_OK);
    tmpdir_put(m->dir, "folder/thesis.txt", "x", 1);
    assert_int_equal(lp_file_mkdirs(tmpdir_path(m->dir, "json"), &d), LP_OK);
    tmpdir_put(m->dir, "json/lecpack.json", "{\"format\":\"other\"}", 18);
    assert_int_equal(lp_file_mkdirs(tmpdir_path(m->dir, "inner/lecpack.json"), &d), LP_OK);
    static const char *const names[] = { "file",  "link", "dead", "folder", "json",
                                         "inner", ".",    "..",   "real/.." };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        lp_diag e = { 0 };
        const char *out = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, names[i]));
        const char *staging = made_build(m, "staging", NULL);
        if (strcmp(names[i], ".") != 0) { /* "DIR/." is DIR: a folder that holds files */
            assert_int_equal(lp_publish_check(out, &e), LP_ERR_CREATE);
            assert_true(*e.text != '\0');
        }
        e = (lp_diag){ 0 };
        assert_int_equal(lp_publish(staging, out, &e), LP_ERR_CREATE);
        assert_title(staging, "Beads, week 3");
        assert_title(real, "Beads, week 3");
    }
    char *thesis = tmpdir_get(m->dir, "file", NULL);
    assert_string_equal(thesis, "thesis");
    lp_free(thesis);
}

static void a_file_of_somebody_in_the_older_package_is_never_lost(void **state)
{
    static const char *const names[] = { "mynotes.txt", "slides/drawing.png", "own/deep/notes.txt" };
    made *m = *state;
    const char *out = lp_arena_strdup(&m->arena, made_build(m, "out", NULL));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        lp_diag d = { 0 };
        char *path = lp_path_join(&m->arena, out, names[i]);
        assert_int_equal(lp_file_mkdirs(lp_path_dir(&m->arena, path), &d), LP_OK);
        tmpdir_put(out, names[i], "mine", 4);
        assert_int_equal(lp_publish_check(out, &d), LP_ERR_CREATE);
        assert_non_null(strstr(d.text, names[i]));
        d = (lp_diag){ 0 };
        assert_int_equal(lp_publish(made_build(m, "staging", NULL), out, &d), LP_ERR_CREATE);
        assert_int_equal(lp_file_stat(path).bytes, 4);
        assert_int_equal(lp_file_remove(path, &d), LP_OK);
    }
    lp_diag d = { 0 };
    tmpdir_put(out, "slides/Thumbs.db", "x", 1);
    tmpdir_put(out, "lecpack.meta4", "altered", 7);
    assert_int_equal(publish(m, "New", out, &d), LP_OK);
    assert_title(out, "New");
}

static void a_damaged_package_can_be_replaced(void **state)
{
    static const char *const manifests[] = { "", "{\"format\":", "{\"format\":\"lecpack\"}" };
    made *m = *state;
    const char *out = lp_arena_strdup(&m->arena, made_build(m, "out", NULL));
    for (size_t i = 0; i < sizeof(manifests) / sizeof(manifests[0]); i++) {
        lp_diag d = { 0 };
        tmpdir_put(out, "lecpack.json", manifests[i], strlen(manifests[i]));
        assert_int_equal(publish(m, "New", out, &d), LP_OK);
        assert_title(out, "New");
    }
}

static void a_check_mends_what_a_killed_run_left(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *out = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, "out"));
    /* killed between the two renames: the old package stands aside, the new one is complete */
    m->session.title = "Old";
    made_build(m, ".out.old", NULL);
    m->session.title = "New";
    made_build(m, ".out.new", NULL);
    assert_int_equal(lp_publish_check(out, &d), LP_OK);
    assert_title(out, "Old");
    assert_only(m, "out", NULL);
    /* killed while the older one was removed */
    made_build(m, ".out.old", NULL);
    assert_int_equal(lp_file_remove(tmpdir_path(m->dir, ".out.old/lecpack.json"), &d), LP_OK);
    made_build(m, ".out.new", NULL);
    assert_int_equal(lp_publish_check(out, &d), LP_OK);
    assert_title(out, "Old");
    assert_only(m, "out", NULL);
    /* a folder of that name that is no package does not become the output */
    assert_int_equal(lp_file_remove(out, &d), LP_OK);
    assert_int_equal(lp_file_mkdirs(tmpdir_path(m->dir, ".out.old"), &d), LP_OK);
    tmpdir_put(m->dir, ".out.old/mine", "x", 1);
    assert_int_equal(lp_publish_check(out, &d), LP_OK);
    assert_int_equal(lp_file_lstat(out).kind, LP_FILE_NONE);
    assert_int_equal(lp_file_lstat(tmpdir_path(m->dir, ".out.old/mine")).kind, LP_FILE_REGULAR);
}

static void a_staging_folder_that_is_not_there_leaves_the_old_package(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *out = made_build(m, "out", NULL);
    assert_int_not_equal(lp_publish(tmpdir_path(m->dir, "none"), out, &d), LP_OK);
    assert_non_null(strstr(d.text, "none"));
    assert_title(out, "Beads, week 3");
}

static void every_failed_allocation_leaves_the_old_package_or_the_new(void **state)
{
    made *m = *state;
    lp_status s = LP_ERR_NOMEM;
    long n = 1;
    lp_diag d = { 0 };
    const char *out = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, "out"));
    const char *staging = lp_publish_staging(&m->arena, out);
    assert_int_equal(publish(m, "Old", out, &d), LP_OK);
    m->session.title = "New";
    for (; s != LP_OK && n < 1000; n++) {
        lp_package_summary sum;
        d = (lp_diag){ 0 };
        assert_int_equal(lp_package_build(&m->in, staging, &m->arena, &sum, &d), LP_OK);
        lp_mem_fail_at(n);
        s = lp_publish(staging, out, &d);
        lp_mem_fail_at(0);
        assert_true(s == LP_OK || s == LP_ERR_NOMEM);
        assert_title(out, s == LP_OK ? "New" : "Old");
        if (s == LP_OK && n < 4)
            fail_msg("allocation %ld was not asked for", n);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_package_takes_the_place_of_nothing_of_an_empty_folder_and_of_an_older_one),
        TEST(slashes_and_dots_at_the_end_do_not_count),
        TEST(the_staging_folder_stands_beside_the_output),
        TEST(what_is_not_a_package_is_never_replaced),
        TEST(a_file_of_somebody_in_the_older_package_is_never_lost), TEST(a_damaged_package_can_be_replaced),
        TEST(a_check_mends_what_a_killed_run_left),
        TEST(a_staging_folder_that_is_not_there_leaves_the_old_package),
        TEST(every_failed_allocation_leaves_the_old_package_or_the_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
