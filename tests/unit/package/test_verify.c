#include "unit/package/made.h"

#include <sys/stat.h>
#include <unistd.h>

#include "package/verify.h"

typedef struct bench {
    made m;
    const char *dir;
} bench;

static int setup(void **state)
{
    bench *b = lp_calloc(1, sizeof(*b));
    made_init(&b->m);
    b->dir = made_build(&b->m, "out", NULL);
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    bench *b = *state;
    made_clear(&b->m);
    lp_free(b);
    return 0;
}

/* Exactly these problems, ends with a NULL path. `text` is a part of what is said. */
typedef struct expected {
    lp_problem_kind kind;
    const char *path, *text;
} expected;

static void assert_problems(const char *dir, const expected *rows)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    size_t i = 0;
    assert_int_equal(lp_package_verify(dir, &a, NULL, &r, &d), LP_OK);
    for (; rows[i].path; i++) {
        if (i >= r.n)
            fail_msg("not found: %s", rows[i].path);
        const lp_problem *p = &r.items[i];
        if (p->kind != rows[i].kind || strcmp(p->path, rows[i].path) != 0 ||
            !strstr(p->text, rows[i].text))
            fail_msg("%s %s: %s", lp_problem_kind_name(p->kind), p->path, p->text);
    }
    if (i < r.n)
        fail_msg("also %s: %s", r.items[i].path, r.items[i].text);
    lp_arena_clear(&a);
}

static void a_package_as_it_was_built_is_whole(void **state)
{
    bench *b = *state;
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    assert_int_equal(lp_package_verify(b->dir, &a, NULL, &r, &d), LP_OK);
    assert_int_equal(r.n, 0);
    assert_int_equal(r.n_files, 14);
    assert_string_equal(r.title, "Beads, week 3");
    assert_int_equal(strlen(r.manifest_sha256), 64);
    assert_true(r.bytes > MADE_SOUND_BYTES);
    lp_arena_clear(&a);
}

static void a_file_that_is_gone_is_missing(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_MISSING, "index.html", "not there" },
                                     { LP_PROBLEM_MISSING, "lecpack.meta4", "not there" },
                                     { LP_PROBLEM_MISSING, "slides/002.webp", "not there" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    unlink(tmpdir_path(b->dir, "slides/002.webp"));
    unlink(tmpdir_path(b->dir, "index.html"));
    unlink(tmpdir_path(b->dir, "lecpack.meta4"));
    assert_problems(b->dir, rows);
}

static void a_file_that_does_not_belong_is_extra(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_EXTRA, "empty", "empty" },
                                     { LP_PROBLEM_EXTRA, "notes.txt", "does not list" },
                                     { LP_PROBLEM_EXTRA, "slides/009.webp", "does not list" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    tmpdir_put(b->dir, "notes.txt", "x", 1);
    tmpdir_put(b->dir, "slides/009.webp", "x", 1);
    assert_int_equal(mkdir(tmpdir_path(b->dir, "empty"), 0755), 0);
    assert_problems(b->dir, rows);
}

static void one_changed_byte_is_found_and_its_piece_named(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_ALTERED, "README.txt", "bytes are there" },
                                     { LP_PROBLEM_ALTERED, "slides/001.webp", "content" },
                                     { LP_PROBLEM_ALTERED, "sound-293ca930.webm",
                                       "1 of its 3 pieces differ, the first at byte 262144" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    size_t n;
    char *sound = tmpdir_get(b->dir, "sound-293ca930.webm", &n);
    sound[300000] ^= 1;
    tmpdir_put(b->dir, "sound-293ca930.webm", sound, n);
    lp_free(sound);
    tmpdir_put(b->dir, "slides/001.webp", "First picture", 13);
    tmpdir_put(b->dir, "README.txt", "x", 1);
    assert_problems(b->dir, rows);
}

static void side_files_that_say_something_else_are_altered(void **state)
{
    static const char *const names[] = { "lecpack.meta4", "manifest-sha256.txt" };
    bench *b = *state;
    for (size_t i = 0; i < 2; i++) {
        const expected rows[] = { { LP_PROBLEM_ALTERED, names[i], "does not say" },
                                  { 0, NULL, NULL } };
        size_t n;
        char *text = tmpdir_get(b->dir, names[i], &n),
             *changed = tmpdir_get(b->dir, names[i], &n);
        char *digit = strchr(changed, '5');
        *digit = '6';
        tmpdir_put(b->dir, names[i], changed, n);
        assert_problems(b->dir, rows);
        tmpdir_put(b->dir, names[i], text, n);
        lp_free(text);
        lp_free(changed);
    }
}

static void a_changed_manifest_disagrees_with_its_side_files(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_ALTERED, "lecpack.meta4", "does not say" },
                                     { LP_PROBLEM_ALTERED, "manifest-sha256.txt",
                                       "does not say" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    size_t n;
    char *text = tmpdir_get(b->dir, "lecpack.json", &n);
    memcpy(strstr(text, "Beads, week 3"), "Beads, week 4", 13);
    tmpdir_put(b->dir, "lecpack.json", text, n);
    lp_free(text);
    assert_problems(b->dir, rows);
}

static void links_and_pipes_are_unsafe_and_never_opened(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_UNSAFE, "index.html", "link" },
                                     { LP_PROBLEM_MISSING, "index.html", "not there" },
                                     { LP_PROBLEM_UNSAFE, "pipe", "regular" },
                                     { LP_PROBLEM_UNSAFE, "slides", "link" },
                                     { LP_PROBLEM_MISSING, "slides/001.webp", "not there" },
                                     { LP_PROBLEM_MISSING, "slides/002.webp", "not there" },
                                     { LP_PROBLEM_MISSING, "slides/003.webp", "not there" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    /* both point to the very bytes that belong there */
    assert_int_equal(rename(tmpdir_path(b->dir, "index.html"), tmpdir_path(b->m.dir, "page")),
                     0);
    assert_int_equal(symlink("../page", tmpdir_path(b->dir, "index.html")), 0);
    assert_int_equal(rename(tmpdir_path(b->dir, "slides"), tmpdir_path(b->m.dir, "slides")), 0);
    assert_int_equal(symlink("../slides", tmpdir_path(b->dir, "slides")), 0);
    assert_int_equal(mkfifo(tmpdir_path(b->dir, "pipe"), 0600), 0);
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    assert_int_equal(lp_package_verify(b->dir, &a, NULL, &r, &d), LP_OK);
    for (size_t i = 0; rows[i].path; i++) {
        size_t k = 0;
        while (k < r.n &&
               !(r.items[k].kind == rows[i].kind && strcmp(r.items[k].path, rows[i].path) == 0))
            k++;
        if (k == r.n)
            fail_msg("not found: %s", rows[i].path);
        assert_non_null(strstr(r.items[k].text, rows[i].text));
    }
    assert_int_equal(r.n, 7);
    lp_arena_clear(&a);
}

static void unsafe_names_on_disk_are_told_on_one_clean_line(void **state)
{
    static const expected rows[] = { { LP_PROBLEM_UNSAFE, "Index.html", "character" },
                                     { LP_PROBLEM_UNSAFE, "a b", "character" },
                                     { LP_PROBLEM_UNSAFE, "con", "device" },
                                     { LP_PROBLEM_UNSAFE, "x\xef\xbf\xbd", "character" },
                                     { 0, NULL, NULL } };
    bench *b = *state;
    tmpdir_put(b->dir, "Index.html", "x", 1);
    tmpdir_put(b->dir, "con", "x", 1);
    tmpdir_put(b->dir, "a\nb\x1b[31m", "x", 1);
    tmpdir_put(b->dir, "x\xff", "x", 1);
    assert_problems(b->dir, rows);
}

/* Puts `with` in the place of `what` in the manifest. */
static void change_manifest(const bench *b, const char *what, const char *with)
{
    char *text = tmpdir_get(b->dir, "lecpack.json", NULL), *at = strstr(text, what);
    lp_buf out;
    assert_non_null(at);
    lp_buf_init(&out, 1 << 20);
    lp_buf_bytes(&out, text, (size_t)(at - text));
    lp_buf_str(&out, with);
    lp_buf_str(&out, at + strlen(what));
    tmpdir_put(b->dir, "lecpack.json", out.data, out.len);
    lp_buf_clear(&out);
    lp_free(text);
}

static void a_manifest_with_unsafe_names_opens_nothing_outside(void **state)
{
    bench *b = *state;
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    tmpdir_put(b->m.dir, "secret", "first picture", 13);
    change_manifest(b, "\"path\": \"slides/001.webp\",\n      \"layer\"",
                    "\"path\": \"../secret\",\n      \"layer\"");
    change_manifest(b, "\"path\": \"slides/002.webp\",\n      \"layer\"",
                    "\"path\": \"slides/003.webp\",\n      \"layer\"");
    assert_int_equal(lp_package_verify(b->dir, &a, NULL, &r, &d), LP_OK);
    int is_unsafe = 0, is_twice = 0;
    for (size_t i = 0; i < r.n; i++) {
        is_unsafe |=
            r.items[i].kind == LP_PROBLEM_UNSAFE && strcmp(r.items[i].path, "../secret") == 0;
        is_twice |=
            r.items[i].kind == LP_PROBLEM_MANIFEST && strstr(r.items[i].text, "twice") != NULL;
    }
    assert_true(is_unsafe);
    assert_true(is_twice);
    lp_arena_clear(&a);
}

static void sums_and_pieces_that_contradict_the_list_are_the_manifests_fault(void **state)
{
    bench *b = *state;
    const expected rows[] = { { LP_PROBLEM_MANIFEST, "lecpack.json", "layer slides" },
                              { LP_PROBLEM_MANIFEST, "sound-293ca930.webm",
                                "pieces have other hashes" },
                              { LP_PROBLEM_ALTERED, "lecpack.meta4", "" },
                              { LP_PROBLEM_ALTERED, "manifest-sha256.txt", "" },
                              { 0, NULL, NULL } };
    size_t n;
    char *text = tmpdir_get(b->dir, "lecpack.json", &n), *hash = strstr(text, "\"pieces\": [");
    hash = strchr(hash + strlen("\"pieces\": ["), '"') + 1;
    *hash = *hash == '0' ? '1' : '0';
    tmpdir_put(b->dir, "lecpack.json", text, n);
    lp_free(text);
    change_manifest(b, "\"bytes\": 41,", "\"bytes\": 42,");
    assert_problems(b->dir, rows);
}

static void a_damaged_manifest_is_the_one_problem(void **state)
{
    static const char *const texts[] = { "", "{",
                                         "{\"format\":\"lecpack\",\"version\":\"1.0\"}",
                                         "\xff" };
    bench *b = *state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const expected rows[] = { { LP_PROBLEM_MANIFEST, "lecpack.json", "lecpack.json" },
                                  { 0, NULL, NULL } };
        tmpdir_put(b->dir, "lecpack.json", texts[i], strlen(texts[i]));
        assert_problems(b->dir, rows);
    }
}

static void what_is_no_package_is_no_input(void **state)
{
    bench *b = *state;
    lp_arena a = { 0 };
    lp_verify_result r;
    const char *paths[] = { tmpdir_path(b->m.dir, "none"), tmpdir_path(b->dir, "index.html"),
                            b->m.dir };
    for (size_t i = 0; i < 3; i++) {
        lp_diag d = { 0 };
        assert_int_equal(lp_package_verify(paths[i], &a, NULL, &r, &d), LP_ERR_NO_INPUT);
        assert_non_null(strstr(d.text, paths[i]));
    }
    lp_arena_clear(&a);
}

static void a_newer_format_is_not_judged(void **state)
{
    bench *b = *state;
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    change_manifest(b, "\"version\": \"1.0\"", "\"version\": \"2.0\"");
    assert_int_equal(lp_package_verify(b->dir, &a, NULL, &r, &d), LP_ERR_UNSUPPORTED);
    assert_non_null(strstr(d.text, "newer"));
    lp_arena_clear(&a);
}

static void more_than_1000_problems_are_cut(void **state)
{
    bench *b = *state;
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    for (int i = 0; i < 1005; i++) {
        char name[32];
        snprintf(name, sizeof(name), "x%04d", i);
        tmpdir_put(b->dir, name, "", 0);
    }
    assert_int_equal(lp_package_verify(b->dir, &a, NULL, &r, &d), LP_OK);
    assert_int_equal(r.n, 1000);
    assert_non_null(strstr(r.items[999].text, "more problems"));
    lp_arena_clear(&a);
}

static int yes(void *user)
{
    (void)user;
    return 1;
}

static void verifying_can_be_cancelled(void **state)
{
    bench *b = *state;
    const lp_progress p = { .is_cancelled = yes };
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    assert_int_equal(lp_package_verify(b->dir, &a, &p, &r, &d), LP_ERR_CANCELLED);
    lp_arena_clear(&a);
}

static void every_failed_allocation_is_reported(void **state)
{
    bench *b = *state;
    lp_status s = LP_ERR_NOMEM;
    long n = 1;
    tmpdir_put(b->dir, "x", "", 0);
    for (; s != LP_OK && n < 100000; n++) {
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        lp_verify_result r;
        lp_mem_fail_at(n);
        s = lp_package_verify(b->dir, &a, NULL, &r, &d);
        lp_mem_fail_at(0);
        if (s != LP_OK && s != LP_ERR_NOMEM)
            fail_msg("allocation %ld: %s", n, d.text);
        if (s == LP_OK)
            assert_int_equal(r.n, 1);
        lp_arena_clear(&a);
    }
    assert_true(n > 20);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_package_as_it_was_built_is_whole),
        TEST(a_file_that_is_gone_is_missing),
        TEST(a_file_that_does_not_belong_is_extra),
        TEST(one_changed_byte_is_found_and_its_piece_named),
        TEST(side_files_that_say_something_else_are_altered),
        TEST(a_changed_manifest_disagrees_with_its_side_files),
        TEST(links_and_pipes_are_unsafe_and_never_opened),
        TEST(unsafe_names_on_disk_are_told_on_one_clean_line),
        TEST(a_manifest_with_unsafe_names_opens_nothing_outside),
        TEST(sums_and_pieces_that_contradict_the_list_are_the_manifests_fault),
        TEST(a_damaged_manifest_is_the_one_problem),
        TEST(what_is_no_package_is_no_input),
        TEST(a_newer_format_is_not_judged),
        TEST(more_than_1000_problems_are_cut),
        TEST(verifying_can_be_cancelled),
        TEST(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
