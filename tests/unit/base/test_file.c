#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static char dir[64];
static lp_arena arena;

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/lecpack-file-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    lp_status s = lp_file_remove(dir, NULL);
    lp_arena_clear(&arena);
    return s == LP_OK && lp_file_lstat(dir).kind == LP_FILE_NONE ? 0 : -1;
}

static char *at(const char *name)
{
    char *p = lp_path_join(&arena, dir, name);
    assert_non_null(p);
    return p;
}

static void assert_holds(const char *path, const char *want)
{
    lp_buf b;
    lp_buf_init(&b, 1 << 20);
    assert_int_equal(lp_file_read(path, &b, NULL), LP_OK);
    assert_string_equal(b.data, want);
    lp_buf_clear(&b);
}

static size_t count_names(const char *path)
{
    char **names = NULL;
    size_t n = 0;
    assert_int_equal(lp_file_list(path, &arena, &names, &n, NULL), LP_OK);
    return n;
}

static void paths_are_taken_apart_and_joined(void **state)
{
    (void)state;
    static const char *const dirs[][2] = { { "a/b", "a" },       { "b", "." },    { "/b", "/" },
                                           { "a/b/", "a" },      { "a//b", "a" }, { "/", "/" },
                                           { "/a/b/c", "/a/b" }, { "", "." } };
    for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
        assert_string_equal(lp_path_dir(&arena, dirs[i][0]), dirs[i][1]);
    assert_string_equal(lp_path_base("a/b.c"), "b.c");
    assert_string_equal(lp_path_base("b"), "b");
    assert_string_equal(lp_path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(lp_path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(lp_path_join(&arena, "/", "b"), "/b");
}

static void a_file_is_written_whole_and_read_back(void **state)
{
    (void)state;
    const char *p = at("whole");
    assert_int_equal(lp_file_write(p, "one", 3, NULL), LP_OK);
    assert_holds(p, "one");
    assert_int_equal(lp_file_write(p, "second", 6, NULL), LP_OK);
    assert_holds(p, "second");
    assert_int_equal(lp_file_write(p, NULL, 0, NULL), LP_OK);
    assert_holds(p, "");
    assert_int_equal(lp_file_stat(p).bytes, 0);
    assert_int_equal(lp_file_stat(at("whole.tmp")).kind, LP_FILE_NONE);
}

/* What any failed write must leave: the old bytes, and nothing beside them. */
static void assert_old_stands(const char *folder, const char *name)
{
    assert_holds(lp_path_join(&arena, folder, name), "old");
    assert_int_equal(count_names(folder), 1);
}

static void a_write_that_fails_half_way_leaves_the_old_file(void **state)
{
    (void)state;
    const char *folder = at("full"), *p = at("full/f");
    static char big[65536];
    lp_diag d = { 0 };
    struct rlimit old, small = { 4096, 4096 };
    assert_int_equal(lp_file_mkdirs(folder, NULL), LP_OK);
    assert_int_equal(lp_file_write(p, "old", 3, NULL), LP_OK);
    /* a size limit makes the kernel stop the write after 4096 bytes, as a full disk would */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    lp_status s = lp_file_write(p, big, sizeof(big), &d);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(s, LP_ERR_FULL);
    assert_non_null(strstr(d.text, "full/f"));
    assert_old_stands(folder, "f");
}

static void a_write_without_memory_leaves_the_old_file(void **state)
{
    (void)state;
    const char *folder = at("nomem"), *p = at("nomem/f");
    assert_int_equal(lp_file_mkdirs(folder, NULL), LP_OK);
    assert_int_equal(lp_file_write(p, "old", 3, NULL), LP_OK);
    lp_mem_fail_at(1);
    lp_status s = lp_file_write(p, "new", 3, NULL);
    lp_mem_fail_at(0);
    assert_int_equal(s, LP_ERR_NOMEM);
    assert_old_stands(folder, "f");
}

static void a_write_never_follows_a_link_laid_at_the_temporary_name(void **state)
{
    (void)state;
    const char *victim = at("victim"), *p = at("target");
    assert_int_equal(lp_file_write(victim, "precious", 8, NULL), LP_OK);
    assert_int_equal(symlink(victim, at("target.tmp")), 0);
    assert_int_not_equal(lp_file_write(p, "new", 3, NULL), LP_OK);
    assert_holds(victim, "precious");
}

static void writing_where_there_is_no_folder_names_the_path(void **state)
{
    (void)state;
    lp_diag d = { 0 };
    assert_int_equal(lp_file_write(at("none/f"), "x", 1, &d), LP_ERR_IO);
    assert_non_null(strstr(d.text, "none/f"));
}

static void what_can_not_be_read_is_said(void **state)
{
    (void)state;
    lp_buf b;
    lp_diag d = { 0 };
    lp_buf_init(&b, 4);
    assert_int_equal(lp_file_read(at("nothing"), &b, &d), LP_ERR_NO_INPUT);
    assert_non_null(strstr(d.text, "nothing"));
    assert_int_equal(lp_file_read(dir, &b, NULL), LP_ERR_NO_INPUT);
    assert_int_equal(mkfifo(at("pipe"), 0600), 0);
    assert_int_equal(lp_file_read(at("pipe"), &b, NULL),
                     LP_ERR_NO_INPUT); /* and does not hang */
    assert_int_equal(lp_file_write(at("five"), "12345", 5, NULL), LP_OK);
    assert_int_equal(lp_file_read(at("five"), &b, NULL), LP_ERR_INPUT);
    lp_buf_clear(&b);
}

static void a_copy_is_equal_and_replaces(void **state)
{
    (void)state;
    static char big[200001];
    memset(big, 'z', sizeof(big));
    lp_buf b;
    lp_buf_init(&b, 1 << 20);
    assert_int_equal(lp_file_write(at("from"), big, sizeof(big), NULL), LP_OK);
    assert_int_equal(lp_file_write(at("to"), "old", 3, NULL), LP_OK);
    assert_int_equal(lp_file_copy(at("from"), at("to"), NULL), LP_OK);
    assert_int_equal(lp_file_read(at("to"), &b, NULL), LP_OK);
    assert_int_equal(b.len, sizeof(big));
    assert_memory_equal(b.data, big, sizeof(big));
    lp_buf_clear(&b);
    assert_int_equal(lp_file_copy(at("gone"), at("to"), NULL), LP_ERR_IO);
    assert_int_equal(lp_file_stat(at("to")).bytes, sizeof(big));
}

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    lp_diag d = { 0 };
    assert_int_equal(lp_file_mkdirs(at("a/b//c/"), NULL), LP_OK);
    assert_int_equal(lp_file_stat(at("a/b/c")).kind, LP_FILE_DIR);
    assert_int_equal(lp_file_mkdirs(at("a/b/c"), NULL), LP_OK);
    assert_int_equal(lp_file_write(at("a/file"), "x", 1, NULL), LP_OK);
    assert_int_equal(lp_file_mkdirs(at("a/file/d"), &d), LP_ERR_CREATE);
    assert_non_null(strstr(d.text, "a/file"));
}

static void removing_takes_a_tree_but_never_what_a_link_points_to(void **state)
{
    (void)state;
    assert_int_equal(lp_file_mkdirs(at("tree/deep"), NULL), LP_OK);
    assert_int_equal(lp_file_mkdirs(at("keep"), NULL), LP_OK);
    assert_int_equal(lp_file_write(at("keep/f"), "x", 1, NULL), LP_OK);
    assert_int_equal(symlink(at("keep"), at("tree/deep/link")), 0);
    assert_int_equal(lp_file_lstat(at("tree/deep/link")).kind, LP_FILE_LINK);
    assert_int_equal(lp_file_stat(at("tree/deep/link")).kind, LP_FILE_DIR);
    assert_int_equal(lp_file_remove(at("tree"), NULL), LP_OK);
    assert_int_equal(lp_file_lstat(at("tree")).kind, LP_FILE_NONE);
    assert_holds(at("keep/f"), "x");
    assert_int_equal(lp_file_remove(at("tree"), NULL), LP_OK); /* what is not there is fine */
}

/* In a child that is not root, for whom no folder is read-only. */
static int remove_read_only(void)
{
    char top[] = "/tmp/lecpack-read-only-XXXXXX";
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    if (!mkdtemp(top))
        return 3;
    char *deep = lp_path_join(&arena, top, "out/slides"), *out = lp_path_join(&arena, top, "out");
    char *file = lp_path_join(&arena, top, "out/slides/f");
    if (lp_file_mkdirs(deep, NULL) != LP_OK || lp_file_write(file, "x", 1, NULL) != LP_OK)
        return 4;
    if (chmod(deep, 0555) != 0 || chmod(out, 0555) != 0 || unlink(file) == 0)
        return 5;
    return lp_file_remove(top, NULL) == LP_OK && lp_file_lstat(top).kind == LP_FILE_NONE ? 0 : 1;
}

static void removing_takes_read_only_folders_too(void **state)
{
    (void)state;
    int code = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(remove_read_only());
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code));
    assert_int_equal(WEXITSTATUS(code), 0);
}

static void names_are_listed_in_the_order_of_their_bytes(void **state)
{
    (void)state;
    static const char *const made[] = { "b", "a", "B", "\xc3\xa9", ".h" }, *const want[] = {
        ".h", "B", "a", "b", "\xc3\xa9"
    };
    char **names = NULL;
    size_t n = 0;
    assert_int_equal(lp_file_mkdirs(at("list"), NULL), LP_OK);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(lp_file_write(lp_path_join(&arena, at("list"), made[i]), "", 0, NULL),
                         LP_OK);
    assert_int_equal(lp_file_list(at("list"), &arena, &names, &n, NULL), LP_OK);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(strcmp(names[i], want[i]), 0);
    assert_int_equal(lp_file_list(at("no-such"), &arena, &names, &n, NULL), LP_ERR_NO_INPUT);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_are_taken_apart_and_joined),
        cmocka_unit_test(a_file_is_written_whole_and_read_back),
        cmocka_unit_test(a_write_that_fails_half_way_leaves_the_old_file),
        cmocka_unit_test(a_write_without_memory_leaves_the_old_file),
        cmocka_unit_test(a_write_never_follows_a_link_laid_at_the_temporary_name),
        cmocka_unit_test(writing_where_there_is_no_folder_names_the_path),
        cmocka_unit_test(what_can_not_be_read_is_said),
        cmocka_unit_test(a_copy_is_equal_and_replaces),
        cmocka_unit_test(folders_are_made_with_their_parents),
        cmocka_unit_test(removing_takes_a_tree_but_never_what_a_link_points_to),
        cmocka_unit_test(removing_takes_read_only_folders_too),
        cmocka_unit_test(names_are_listed_in_the_order_of_their_bytes),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
