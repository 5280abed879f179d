#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/time.h"
#include "support/tmpdir.h"
#include "tool/spawn.h"

/* What the lines were, joined with '|'; a last one without a newline is marked. */
typedef struct heard {
    char text[4096];
    size_t n, bytes;
    lp_status answer;
} heard;

static lp_status take(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    heard *h = user;
    h->n++;
    h->bytes += n;
    size_t at = strlen(h->text);
    snprintf(h->text + at, sizeof(h->text) - at, "%.200s%s|", line, is_whole ? "" : "(cut)");
    return h->answer == LP_OK ? LP_OK : lp_fail(d, h->answer, 0, "enough");
}

static lp_status shell(const char *script, lp_spawn run, heard *h, lp_spawn_end *end, lp_diag *d)
{
    const char *argv[] = { "sh", "-c", script, NULL };
    *h = (heard){ .answer = h->answer };
    run.argv = argv;
    run.on_line = take;
    run.user = h;
    return lp_spawn_run(&run, end, d);
}

static void gives_lines_an_exit_code_and_the_last_words(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    lp_arena a = { 0 };
    assert_int_equal(shell("echo one; echo; printf two; echo why >&2; echo because >&2; exit 3", (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
    assert_string_equal(h.text, "one||two(cut)|");
    assert_int_equal(end.code, 3);
    assert_int_equal(end.signal, 0);
    assert_string_equal(lp_spawn_last_words(&end, &a), "because");
    lp_spawn_end_clear(&end);
    lp_arena_clear(&a);
}

static void says_which_signal_ended_it(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    assert_int_equal(shell("kill -SEGV $$", (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
    assert_int_equal(end.code, -1);
    assert_int_equal(end.signal, SIGSEGV);
    lp_spawn_end_clear(&end);
}

static void how_a_program_failed_is_said_in_a_whole_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *line, *said;
    } rows[] = {
        { "echo why >&2; exit 3", "hear failed with exit code 3: why" },
        { "exit 1", "hear failed with exit code 1 and did not say why" },
        { "echo >&2; exit 1", "hear failed with exit code 1 and did not say why" },
        { "echo why >&2; kill -KILL $$", "hear was ended by signal 9" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        heard h = { 0 };
        lp_spawn_end end;
        lp_diag d = { 0 };
        lp_arena a = { 0 };
        assert_int_equal(shell(rows[i].line, (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
        assert_int_equal(lp_spawn_say_failed(&end, "hear", &a, &d), LP_ERR_TOOL);
        assert_string_equal(d.text, rows[i].said);
        lp_spawn_end_clear(&end);
        lp_arena_clear(&a);
    }
}

static void what_is_not_there_can_not_be_started(void **state)
{
    (void)state;
    static const char *const names[] = { "lecpack-no-such-program", "/no/such/program", "/etc/passwd", "/tmp" };
    for (size_t i = 0; i < 4; i++) {
        const char *argv[] = { names[i], NULL };
        lp_spawn_end end;
        lp_diag d = { 0 };
        lp_spawn run = { .argv = argv };
        assert_int_equal(lp_spawn_run(&run, &end, &d), LP_ERR_TOOL);
        assert_int_equal(d.code, ENOENT);
        assert_non_null(strstr(d.text, names[i]));
        lp_spawn_end_clear(&end);
    }
    char *dir = tmpdir_make();
    tmpdir_put(dir, "broken", "\x7f""ELF and no more", 16);
    assert_int_equal(chmod(tmpdir_path(dir, "broken"), 0755), 0);
    const char *argv[] = { tmpdir_path(dir, "broken"), NULL };
    lp_spawn run = { .argv = argv };
    lp_spawn_end end;
    lp_diag d = { 0 };
    assert_int_equal(lp_spawn_run(&run, &end, &d), LP_ERR_TOOL);
    assert_int_equal(d.code, ENOEXEC);
    lp_spawn_end_clear(&end);
    tmpdir_remove(dir);
}

static void nothing_of_ours_is_seen_there(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    const char *env[] = { "TERMS=x y", NULL };
    int fd = dup(2); /* without O_CLOEXEC, as a careless library would */
    assert_true(fd > 2);
    setenv("LECPACK_SECRET", "yes", 1);
    assert_int_equal(shell("echo \"$LECPACK_SECRET.$LANG.$TERMS\"; wc -c; for f in /proc/self/fd/*; do [ ${f##*/} -gt 2 ] && readlink $f; done; pwd",
                           (lp_spawn){ .env = env, .folder = "/usr" }, &h, &end, &d), LP_OK);
    unsetenv("LECPACK_SECRET");
    close(fd);
    assert_string_equal(h.text, ".C.UTF-8.x y|0|/usr|");
    lp_spawn_end_clear(&end);
}

static void what_takes_too_long_is_ended_with_all_it_started(void **state)
{
    (void)state;
    char *dir = tmpdir_make(), script[512];
    /* deaf to TERM, with a child of its own */
    snprintf(script, sizeof(script), "trap '' TERM; sleep 60 & echo $! > %s/pid; echo begun; while :; do sleep 1; done", dir);
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    int64_t begun = lp_time_monotonic_us();
    assert_int_equal(shell(script, (lp_spawn){ .timeout_us = 300000 }, &h, &end, &d), LP_ERR_TOOL);
    assert_true(lp_time_monotonic_us() - begun < 20000000);
    assert_true(end.is_timeout);
    assert_int_equal(end.signal, SIGKILL);
    assert_string_equal(h.text, "begun|");
    char *pid = tmpdir_get(dir, "pid", NULL);
    int gone = 0;
    for (int i = 0; i < 500 && !gone; i++) {
        gone = kill((pid_t)strtol(pid, NULL, 10), 0) != 0;
        if (!gone) { /* dead and not yet reaped by init counts as gone */
            char path[64], stat[256] = "";
            snprintf(path, sizeof(path), "/proc/%ld/stat", strtol(pid, NULL, 10));
            FILE *f = fopen(path, "r");
            gone = !f || !fgets(stat, sizeof(stat), f) || strstr(stat, ") Z ") != NULL;
            if (f)
                fclose(f);
        }
        usleep(10000);
    }
    assert_true(gone);
    lp_free(pid);
    lp_spawn_end_clear(&end);
    tmpdir_remove(dir);
}

static void silence_for_too_long_ends_it_but_slow_lines_do_not(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    assert_int_equal(shell("for i in 1 2 3 4 5 6; do sleep 0.2; echo $i; done", (lp_spawn){ .quiet_us = 1000000 }, &h, &end, &d), LP_OK);
    assert_int_equal(h.n, 6);
    lp_spawn_end_clear(&end);
    assert_int_equal(shell("echo 1; exec sleep 60", (lp_spawn){ .quiet_us = 300000 }, &h, &end, &d), LP_ERR_TOOL);
    assert_true(end.is_timeout);
    assert_int_equal(end.signal, SIGTERM);
    lp_spawn_end_clear(&end);
}

static void something_left_behind_does_not_hold_us(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    int64_t begun = lp_time_monotonic_us();
    assert_int_equal(shell("sleep 60 & echo done", (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
    assert_true(lp_time_monotonic_us() - begun < 20000000);
    assert_string_equal(h.text, "done|");
    assert_int_equal(end.code, 0);
    lp_spawn_end_clear(&end);
}

static void a_flood_is_bounded(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    assert_int_equal(shell("head -c 1048576 /dev/zero | tr '\\0' x; echo; echo after", (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
    assert_int_equal(h.n, 2);
    assert_int_equal(h.bytes, (1 << 20) + 5);
    lp_spawn_end_clear(&end);
    assert_int_equal(shell("yes | tr -d '\\n'", (lp_spawn){ 0 }, &h, &end, &d), LP_ERR_TOOL);
    assert_int_equal(h.n, 0);
    assert_non_null(strstr(d.text, "1048576 bytes"));
    lp_spawn_end_clear(&end);
    assert_int_equal(shell("yes 0123456789 | head -c 5000000 >&2; echo last >&2", (lp_spawn){ 0 }, &h, &end, &d), LP_OK);
    assert_int_equal(end.err.len, LP_SPAWN_ERR_BYTES);
    assert_string_equal(end.err.data + end.err.len - 5, "last\n");
    lp_spawn_end_clear(&end);
}

static void memory_is_limited(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    assert_int_equal(shell("ulimit -v; ulimit -c", (lp_spawn){ .memory_bytes = 64 << 20 }, &h, &end, &d), LP_OK);
    assert_string_equal(h.text, "65536|0|");
    lp_spawn_end_clear(&end);
}

static int is_cancelled(void *user)
{
    int *asked = user;
    return ++*asked > 2;
}

static void stops_on_request_or_when_the_reader_has_enough(void **state)
{
    (void)state;
    heard h = { 0 };
    lp_spawn_end end;
    lp_diag d = { 0 };
    int asked = 0;
    lp_progress p = { .is_cancelled = is_cancelled, .user = &asked };
    assert_int_equal(shell("exec sleep 60", (lp_spawn){ .progress = &p }, &h, &end, &d), LP_ERR_CANCELLED);
    assert_int_equal(end.signal, SIGTERM);
    lp_spawn_end_clear(&end);
    h.answer = LP_ERR_INPUT;
    d = (lp_diag){ 0 };
    assert_int_equal(shell("echo 1; echo 2; exec sleep 60", (lp_spawn){ 0 }, &h, &end, &d), LP_ERR_INPUT);
    assert_int_equal(h.n, 1);
    assert_string_equal(d.text, "enough");
    lp_spawn_end_clear(&end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_lines_an_exit_code_and_the_last_words),
        cmocka_unit_test(says_which_signal_ended_it),
        cmocka_unit_test(how_a_program_failed_is_said_in_a_whole_sentence),
        cmocka_unit_test(what_is_not_there_can_not_be_started),
        cmocka_unit_test(nothing_of_ours_is_seen_there),
        cmocka_unit_test(what_takes_too_long_is_ended_with_all_it_started),
        cmocka_unit_test(silence_for_too_long_ends_it_but_slow_lines_do_not),
        cmocka_unit_test(something_left_behind_does_not_hold_us),
        cmocka_unit_test(a_flood_is_bounded),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(stops_on_request_or_when_the_reader_has_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
