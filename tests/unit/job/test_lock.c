#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "job/lock.h"

static char dir[] = "lock-XXXXXX";
static char path[64];

static int make_dir(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof(path), "%s/l", dir);
    return 0;
}

static int remove_dir(void **state)
{
    (void)state;
    return lp_file_remove(dir, NULL) == LP_OK ? 0 : -1;
}

static void a_second_run_is_told_who_holds_the_output(void **state)
{
    (void)state;
    lp_lock first, second;
    lp_diag d = { 0 };
    char want[200];
    assert_int_equal(lp_lock_take(&first, path, "out/week3", 1, NULL), LP_OK);
    assert_int_equal(lp_lock_take(&second, path, "out/week3", 1, &d), LP_ERR_BUSY);
    snprintf(want, sizeof(want),
             "out/week3: another lecpack run (pid %ld) is writing it; wait for it or choose "
             "another output",
             (long)getpid());
    assert_string_equal(d.text, want);
    assert_int_equal(second.fd, -1);
    lp_lock_release(&second);
    lp_lock_release(&first);
    assert_int_equal(lp_file_lstat(path).kind, LP_FILE_NONE);
    assert_int_equal(lp_lock_take(&second, path, "out/week3", 1, NULL), LP_OK);
    lp_lock_release(&second);
}

static void a_killed_run_leaves_no_lock(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        lp_lock l;
        _exit(lp_lock_take(&l, path, "out", 1, NULL) == LP_OK
                  ? 0
                  : 1); /* without release: as a kill does */
    }
    int status = -1;
    lp_lock l;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(lp_file_lstat(path).kind,
                     LP_FILE_REGULAR); /* the file is there, the lock is not */
    assert_int_equal(lp_lock_take(&l, path, "out", 1, NULL), LP_OK);
    lp_lock_release(&l);
}

static void a_lock_that_stays_is_not_touched_by_locking(void **state)
{
    (void)state;
    lp_lock l;
    assert_int_equal(lp_file_write(path, "", 0, NULL), LP_OK);
    lp_file_info before = lp_file_lstat(path);
    assert_int_equal(lp_lock_take(&l, path, "work", 0, NULL), LP_OK);
    lp_lock_release(&l);
    lp_file_info after = lp_file_lstat(path);
    assert_int_equal(after.kind, LP_FILE_REGULAR);
    assert_int_equal(after.bytes, 0);
    assert_int_equal(before.mtime_ns, after.mtime_ns);
}

static void where_no_file_can_be_made_it_says_so(void **state)
{
    (void)state;
    lp_lock l;
    lp_diag d = { 0 };
    assert_int_equal(lp_lock_take(&l, "not/there/lock", "out", 1, &d), LP_ERR_CREATE);
    assert_non_null(strstr(d.text, "out: nothing can be written there: No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_run_is_told_who_holds_the_output),
        cmocka_unit_test(a_killed_run_leaves_no_lock),
        cmocka_unit_test(a_lock_that_stays_is_not_touched_by_locking),
        cmocka_unit_test(where_no_file_can_be_made_it_says_so),
    };
    return cmocka_run_group_tests_name("job/lock", tests, make_dir, remove_dir);
}
