#include "unit/package/made.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <minizip/unzip.h>

#include "package/zip.h"

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

static void the_zip_holds_the_package_in_order_of_use(void **state)
{
    static const struct {
        const char *name;
        int is_stored;
    } rows[] = {
        { "index.html", 0 },          { "lecpack.json", 0 },    { "slides/001.webp", 1 },
        { "slides/002.webp", 1 },     { "slides/003.webp", 1 }, { "sound-293ca930.webm", 1 },
        { "video-30a197d1.webm", 1 }, { "captions.en.vtt", 0 }, { "captions.en.srt", 0 }, { "transcript.en.txt", 0 },
        { "chapters.json", 0 },       { "README.txt", 0 },      { "lecpack.meta4", 0 },
        { "manifest-sha256.txt", 0 },
    };
    made *m = *state;
    lp_diag d = { 0 };
    const char *dir = made_build(m, "out", NULL), *path = tmpdir_path(m->dir, "out.zip");
    static char got[MADE_SOUND_BYTES + 1];
    assert_int_equal(lp_package_zip(dir, path, &d), LP_OK);
    unzFile z = unzOpen64(path);
    assert_non_null(z);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        unz_file_info64 info;
        char name[256];
        size_t n;
        assert_int_equal(i ? unzGoToNextFile(z) : unzGoToFirstFile(z), UNZ_OK);
        assert_int_equal(
            unzGetCurrentFileInfo64(z, &info, name, sizeof(name), NULL, 0, NULL, 0), UNZ_OK);
        assert_string_equal(name, rows[i].name);
        assert_int_equal(info.compression_method, rows[i].is_stored ? 0 : 8);
        assert_int_equal(info.tmu_date.tm_year, 1980);
        assert_int_equal(info.tmu_date.tm_mon, 0);
        assert_int_equal(info.tmu_date.tm_mday, 1);
        char *expected = tmpdir_get(dir, name, &n);
        assert_int_equal(unzOpenCurrentFile(z), UNZ_OK);
        assert_int_equal(unzReadCurrentFile(z, got, sizeof(got)), n);
        assert_memory_equal(got, expected, n);
        assert_int_equal(unzCloseCurrentFile(z), UNZ_OK); /* its CRC-32 fits */
        lp_free(expected);
    }
    assert_int_equal(unzGoToNextFile(z), UNZ_END_OF_LIST_OF_FILE);
    unzClose(z);
    assert_int_equal(lp_file_lstat(tmpdir_path(m->dir, "out.zip.tmp")).kind, LP_FILE_NONE);
}

static void the_same_package_gives_the_same_zip(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    size_t n_one, n_two;
    const char *dir = made_build(m, "out", NULL);
    assert_int_equal(lp_package_zip(dir, tmpdir_path(m->dir, "one.zip"), &d), LP_OK);
    tmpdir_put(m->dir, "two.zip", "PK older", 8);
    assert_int_equal(
        lp_package_zip(made_build(m, "other", NULL), tmpdir_path(m->dir, "two.zip"), &d),
        LP_OK);
    char *one = tmpdir_get(m->dir, "one.zip", &n_one),
         *two = tmpdir_get(m->dir, "two.zip", &n_two);
    assert_int_equal(n_one, n_two);
    assert_memory_equal(one, two, n_one);
    lp_free(one);
    lp_free(two);
}

static void what_the_manifest_does_not_list_stays_out(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *dir = made_build(m, "out", NULL), *path = tmpdir_path(m->dir, "out.zip");
    tmpdir_put(dir, "secret.txt", "x", 1);
    assert_int_equal(lp_package_zip(dir, path, &d), LP_OK);
    unzFile z = unzOpen64(path);
    assert_int_not_equal(unzLocateFile(z, "secret.txt", 1), UNZ_OK);
    unzClose(z);
}

static void a_package_that_is_not_whole_leaves_the_old_zip(void **state)
{
    made *m = *state;
    for (int i = 0; i < 4; i++) {
        lp_diag d = { 0 };
        size_t n;
        const char *dir = made_build(m, "out", NULL);
        lp_status expected = i == 0 ? LP_ERR_NO_INPUT : i == 1 ? LP_ERR_INPUT : LP_ERR_IO;
        if (i == 0)
            unlink(tmpdir_path(dir, "lecpack.json"));
        else if (i == 1)
            tmpdir_put(dir, "lecpack.json", "{}", 2);
        else
            unlink(tmpdir_path(dir, "slides/002.webp"));
        if (i == 3) /* a link to the bytes that belong there */
            assert_int_equal(symlink(tmpdir_path(m->media_dir, "b.webp"), tmpdir_path(dir, "slides/002.webp")), 0);
        tmpdir_put(m->dir, "out.zip", "PK old", 6);
        assert_int_equal(lp_package_zip(dir, tmpdir_path(m->dir, "out.zip"), &d), expected);
        assert_true(*d.text != '\0');
        char *zip = tmpdir_get(m->dir, "out.zip", &n);
        assert_string_equal(zip, "PK old");
        assert_int_equal(lp_file_lstat(tmpdir_path(m->dir, "out.zip.tmp")).kind, LP_FILE_NONE);
        lp_free(zip);
    }
}

static void a_zip_that_can_not_be_made_is_an_error(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    const char *dir = made_build(m, "out", NULL);
    assert_int_equal(lp_package_zip(dir, tmpdir_path(m->dir, "none/out.zip"), &d), LP_ERR_IO);
    assert_non_null(strstr(d.text, "none/out.zip"));
}

static void a_full_disk_is_told(void **state)
{
    made *m = *state;
    lp_diag d = { 0 };
    struct rlimit old, small;
    const char *dir = made_build(m, "out", NULL);
    tmpdir_put(m->dir, "out.zip", "PK old", 6);
    /* no file may grow beyond this: writing fails with EFBIG, as it does with ENOSPC on a full
     * disk */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 300000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    lp_status s = lp_package_zip(dir, tmpdir_path(m->dir, "out.zip"), &d);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(s, LP_ERR_FULL);
    char *zip = tmpdir_get(m->dir, "out.zip", NULL);
    assert_string_equal(zip, "PK old");
    lp_free(zip);
    assert_int_equal(lp_file_lstat(tmpdir_path(m->dir, "out.zip.tmp")).kind, LP_FILE_NONE);
}

static void every_failed_allocation_is_reported(void **state)
{
    made *m = *state;
    lp_status s = LP_ERR_NOMEM;
    long n = 1;
    const char *dir = made_build(m, "out", NULL);
    for (; s != LP_OK && n < 10000; n++) {
        lp_diag d = { 0 };
        lp_mem_fail_at(n);
        s = lp_package_zip(dir, tmpdir_path(m->dir, "out.zip"), &d);
        lp_mem_fail_at(0);
        assert_true(s == LP_OK || s == LP_ERR_NOMEM);
    }
    assert_true(n > 3);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_zip_holds_the_package_in_order_of_use),
        TEST(the_same_package_gives_the_same_zip),
        TEST(what_the_manifest_does_not_list_stays_out),
        TEST(a_package_that_is_not_whole_leaves_the_old_zip),
        TEST(a_zip_that_can_not_be_made_is_an_error),
        TEST(a_full_disk_is_told),
        TEST(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
