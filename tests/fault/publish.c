/* Replaces an old package by a new one, again and again, each time with the next system call
 * failing: whatever happens, the output is one of the two, whole, and the next run makes it the
 * new one and leaves nothing behind. */
#include "unit/package/made.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "faults.h"
#include "package/publish.h"
#include "package/verify.h"

enum {
    MAX_POINTS = 2000,
    STRIDE = 9, /* while the package is built, where one call is like the other */
    KILLED = -1,
    IN_SPITE = 50, /* the call failed, the run did not: it was not needed */
    NO_SENTENCE = 99
};

typedef struct bench {
    made m;
    const char *out, *old; /* the output, and a package kept to begin from */
    int has_exchange, has_old;
} bench;

static int setup(void **state)
{
    bench *b = lp_calloc(1, sizeof(*b));
    made_init(&b->m);
    /* one slide and short sound: what is tested is in the steps, not in the bytes */
    b->m.media.n_slides = b->m.plan.n_slides = 1;
    b->m.media.video = -1;
    b->m.files[3].path = "a.webp";
    b->out = lp_arena_strdup(&b->m.arena, tmpdir_path(b->m.dir, "out"));
    b->m.session.title = "Old";
    b->old = made_build(&b->m, "old", NULL);
    b->m.session.title = "New";
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

/* As a run does it. */
static lp_status pack(bench *b, lp_diag *d)
{
    lp_arena a = { 0 };
    lp_package_summary sum;
    char *staging = lp_publish_staging(&a, b->out);
    lp_status s = staging ? lp_publish_check(b->out, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_package_build(&b->m.in, staging, &a, &sum, d);
    if (s == LP_OK)
        s = lp_publish(staging, b->out, d);
    lp_arena_clear(&a);
    return s;
}

static void begin(bench *b)
{
    static const char *const files[] = { "README.txt",          "captions.en.srt",     "captions.en.vtt",
                                         "chapters.json",       "index.html",
                                         "lecpack.json",        "lecpack.meta4",
                                         "manifest-sha256.txt", "slides/001.webp",
                                         "transcript.en.txt" };
    lp_diag d = { 0 };
    char name[64];
    assert_int_equal(lp_file_remove(b->out, &d), LP_OK);
    if (!b->has_old)
        return;
    assert_int_equal(lp_file_mkdirs(tmpdir_path(b->out, "slides"), &d), LP_OK);
    for (size_t i = 0; i <= sizeof(files) / sizeof(files[0]); i++) {
        size_t n;
        /* the sound's name: the first 8 digits of printf 'first picture' | sha256sum */
        snprintf(name, sizeof(name), "%s",
                 i < sizeof(files) / sizeof(files[0]) ? files[i] : "sound-cb926b11.webm");
        char *bytes = tmpdir_get(b->old, name, &n);
        tmpdir_put(b->out, name, bytes, n);
        lp_free(bytes);
    }
}

/* 'O' or 'N' for the whole old or new package, '-' when nothing is there; anything else fails
 * the test. */
static char what_is_there(const bench *b, fault_kind kind, long n)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_verify_result r;
    char c = '-';
    if (lp_file_lstat(b->out).kind != LP_FILE_NONE) {
        if (lp_package_verify(b->out, &a, NULL, &r, &d) != LP_OK)
            fail_msg("fault %d at call %ld: %s", (int)kind, n, d.text);
        if (r.n)
            fail_msg("fault %d at call %ld: %s: %s", (int)kind, n, r.items[0].path,
                     r.items[0].text);
        c = lp_str_eq(r.title, "Old") ? 'O' : lp_str_eq(r.title, "New") ? 'N' : '?';
    }
    lp_arena_clear(&a);
    return c;
}

static void assert_nothing_is_left(const bench *b)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    char **names = NULL;
    size_t n = 0;
    assert_int_equal(lp_file_list(b->m.dir, &a, &names, &n, &d), LP_OK);
    for (size_t i = 0; i < n; i++)
        if (!lp_str_eq(names[i], "work") && !lp_str_eq(names[i], "out") &&
            !lp_str_eq(names[i], "old"))
            fail_msg("left behind: %s", names[i]);
    lp_arena_clear(&a);
}

/* Packs with the fault at the n-th call. */
static int pack_here(bench *b, fault_kind kind, long n)
{
    lp_diag d = { 0 };
    fault_arm(kind, n, b->has_exchange);
    lp_status s = pack(b, &d);
    long calls = fault_disarm();
    if (s != LP_OK && (!*d.text || d.status != s)) /* a failure has a sentence of its own */
        return NO_SENTENCE;
    return s == LP_OK && calls >= n ? IN_SPITE : (int)s;
}

/* The same, in a child where it may be killed: then KILLED. */
static int pack_with_fault(bench *b, fault_kind kind, long n)
{
    if (kind != FAULT_KILL && kind != FAULT_KILL_HALF)
        return pack_here(b, kind, n);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(pack_here(b, kind, n));
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    assert_int_equal(WTERMSIG(status), SIGKILL);
    return KILLED;
}

/* One fault. Returns 0 when the run ended before the n-th call. */
static int try_at(bench *b, fault_kind kind, long n)
{
    lp_diag d = { 0 };
    char before = b->has_old ? 'O' : '-';
    begin(b);
    int code = pack_with_fault(b, kind, n);
    char there = what_is_there(b, kind, n);
    if (code == NO_SENTENCE)
        fail_msg("fault %d at call %ld: no sentence", (int)kind, n);
    /* Without exchange there is a moment with nothing in place: then the old one stands aside.
     * A disk that stays full may also forbid to go back. */
    int can_not_go_back = kind == FAULT_FULL && code == LP_ERR_FULL;
    int is_between = there == '-' && !b->has_exchange && (code == KILLED || can_not_go_back);
    if (there != 'O' && there != 'N' && there != before && !is_between)
        fail_msg("fault %d at call %ld: '%c' is there", (int)kind, n, there);
    if ((code == LP_OK || code == IN_SPITE) && there != 'N')
        fail_msg("fault %d at call %ld: success, but '%c' is there", (int)kind, n, there);
    if (code > 0 && code != IN_SPITE && there != before && !can_not_go_back)
        fail_msg("fault %d at call %ld: status %d, but '%c' is there", (int)kind, n, code,
                 there);
    if (code > 0 && code != IN_SPITE && kind == FAULT_FULL && code != LP_ERR_FULL)
        fail_msg("full at call %ld: status %d", n, code);
    if (is_between) {
        assert_int_equal(lp_publish_check(b->out, &d), LP_OK);
        assert_int_equal(what_is_there(b, kind, n), before);
    }
    if (pack(b, &d) != LP_OK)
        fail_msg("fault %d at call %ld, and then: %s", (int)kind, n, d.text);
    if (what_is_there(b, kind, n) != 'N')
        fail_msg("fault %d at call %ld: not the new package after the next run", (int)kind, n);
    assert_nothing_is_left(b);
    return code != LP_OK;
}

static long count_build_calls(bench *b)
{
    lp_arena a = { 0 };
    lp_diag d = { 0 };
    lp_package_summary sum;
    fault_arm(FAULT_NONE, 0, 1);
    assert_int_equal(lp_package_build(&b->m.in, tmpdir_path(b->m.dir, "counted"), &a, &sum, &d),
                     LP_OK);
    long n = fault_disarm();
    lp_arena_clear(&a);
    assert_int_equal(lp_file_remove(tmpdir_path(b->m.dir, "counted"), &d), LP_OK);
    return n;
}

static void sweep(bench *b, fault_kind kind)
{
    long n_build = count_build_calls(b), n = 1 + (long)kind % STRIDE;
    assert_true(n_build > 20); /* every file is created, written and closed */
    while (try_at(b, kind, n)) {
        n += n + STRIDE < n_build ? STRIDE : 1;
        assert_true(n < MAX_POINTS);
    }
    assert_true(n > n_build + 10); /* and flushed */
}

static void every_failing_call_while_building_is_told(void **state)
{
    bench *b = *state;
    long n_build = count_build_calls(b);
    for (long n = 1; n <= n_build; n++) {
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        lp_package_summary sum;
        const char *dir = tmpdir_path(b->m.dir, "built");
        fault_arm(FAULT_EIO, n, 1);
        lp_status s = lp_package_build(&b->m.in, dir, &a, &sum, &d);
        fault_disarm();
        if (s == LP_OK || s == LP_ERR_INTERNAL || d.status != s || !strchr(d.text, '/'))
            fail_msg("call %ld of %ld: status %d, \"%s\"", n, n_build, (int)s, d.text);
        lp_arena_clear(&a);
    }
}

static void an_older_package_is_replaced_whole_or_not_at_all(void **state)
{
    bench *b = *state;
    b->has_exchange = b->has_old = 1;
    for (int kind = FAULT_KILL; kind <= FAULT_FULL; kind++)
        sweep(b, (fault_kind)kind);
}

static void the_same_holds_where_folders_can_not_be_exchanged(void **state)
{
    bench *b = *state;
    b->has_exchange = 0;
    b->has_old = 1;
    sweep(b, FAULT_KILL);
    sweep(b, FAULT_EIO);
    sweep(b, FAULT_FULL);
}

static void a_first_package_appears_whole_or_not_at_all(void **state)
{
    bench *b = *state;
    b->has_exchange = 1;
    b->has_old = 0;
    sweep(b, FAULT_KILL);
    sweep(b, FAULT_EIO);
    sweep(b, FAULT_FULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_failing_call_while_building_is_told),
        TEST(an_older_package_is_replaced_whole_or_not_at_all),
        TEST(the_same_holds_where_folders_can_not_be_exchanged),
        TEST(a_first_package_appears_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
