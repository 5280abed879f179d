#include "tool/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

enum { READ_BYTES = 1 << 16, TICK_MS = 100, GRACE_US = 2000000, REST_US = 200000, MAX_ENV = 64, EXIT_NOT_STARTED = 127 };

typedef struct child {
    const lp_spawn *run;
    lp_spawn_end *end;
    pid_t pid;
    int out, err, start; /* start: the child writes an errno there when it can not become the program */
    int64_t begun_us, heard_us;
    int is_over; /* it ended, but is not reaped: its number, and that of its group, is still its own */
    lp_buf line;
    char *block;
} child;

extern char **environ;

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* What of our environment a program may see. The sanitizers' settings are for our own programs in tests. */
static int is_passed_on(const char *entry)
{
    static const char *const names[] = { "PATH=", "HOME=", "TMPDIR=", "XDG_", "ASAN_OPTIONS=", "LSAN_OPTIONS=", "UBSAN_OPTIONS=" };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (lp_str_starts(entry, names[i]))
            return 1;
    return 0;
}

static const char **environment(lp_arena *a, const char *const *more)
{
    size_t n = 0;
    const char **env = lp_arena_alloc(a, MAX_ENV + 1, sizeof(*env));
    if (!env)
        return NULL;
    env[n++] = "LANG=C.UTF-8";
    for (char **e = environ; e && *e && n < MAX_ENV / 2; e++)
        if (is_passed_on(*e))
            env[n++] = *e;
    for (; more && *more && n < MAX_ENV; more++)
        env[n++] = *more;
    return env;
}

/* The child's side, between fork and exec: only calls that are safe there. */
static void become(const lp_spawn *run, const char *path, const char **env, int out, int err, int start)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setpgid(0, 0);
    int in = open("/dev/null", O_RDONLY);
    if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        goto failed;
    /* a library of ours may have forgotten O_CLOEXEC */
    (void)close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    if (run->folder && chdir(run->folder) != 0)
        goto failed;
    if (run->nice > 0)
        (void)setpriority(PRIO_PROCESS, 0, run->nice);
    const struct rlimit no_core = { 0, 0 }, memory = { (rlim_t)run->memory_bytes, (rlim_t)run->memory_bytes };
    setrlimit(RLIMIT_CORE, &no_core);
    if (run->memory_bytes > 0)
        setrlimit(RLIMIT_AS, &memory);
    execve(path, (char *const *)run->argv, (char *const *)env);
failed:;
    int e = errno;
    ssize_t told = write(start, &e, sizeof(e));
    _exit(told == (ssize_t)sizeof(e) ? EXIT_NOT_STARTED : EXIT_NOT_STARTED - 1);
}

/* Waits until the child became the program, or tells why it did not. */
static lp_status await_start(child *c, lp_diag *d)
{
    int e = 0;
    ssize_t n;
    while ((n = read(c->start, &e, sizeof(e))) < 0 && errno == EINTR)
        ;
    close_fd(&c->start);
    if (n <= 0)
        return LP_OK;
    waitpid(c->pid, NULL, 0);
    c->pid = 0;
    return lp_fail(d, LP_ERR_TOOL, e, "%s: can not be started: %s", c->run->argv[0], strerror(e));
}

static lp_status start(child *c, lp_diag *d)
{
    lp_arena a = { 0 };
    int out[2] = { -1, -1 }, err[2] = { -1, -1 }, begin[2] = { -1, -1 };
    lp_status s = LP_OK;
    const char *path = lp_spawn_find(c->run->argv[0], &a);
    const char **env = environment(&a, c->run->env);
    if (!path) {
        s = lp_fail(d, LP_ERR_TOOL, ENOENT, "%s: there is no such program", c->run->argv[0]);
        goto done;
    }
    if (!env) {
        s = lp_fail_nomem(d);
        goto done;
    }
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0 || pipe2(begin, O_CLOEXEC) != 0) {
        s = lp_fail_errno(d, errno, c->run->argv[0], "pipe");
        goto done;
    }
    c->pid = fork();
    if (c->pid == 0)
        become(c->run, path, env, out[1], err[1], begin[1]);
    if (c->pid < 0) {
        c->pid = 0;
        s = lp_fail_errno(d, errno, c->run->argv[0], "fork");
        goto done;
    }
    setpgid(c->pid, c->pid); /* whoever of the two comes first */
    c->out = out[0];
    c->err = err[0];
    c->start = begin[0];
    out[0] = err[0] = begin[0] = -1;
    close_fd(&begin[1]);
    s = await_start(c, d);
done:
    for (int i = 0; i < 2; i++) {
        close_fd(&out[i]);
        close_fd(&err[i]);
        close_fd(&begin[i]);
    }
    lp_arena_clear(&a);
    return s;
}

static lp_status give_line(child *c, int is_whole, lp_diag *d)
{
    lp_status s = LP_OK;
    c->heard_us = lp_time_monotonic_us();
    if (c->line.failed == 2)
        s = lp_fail(d, LP_ERR_TOOL, 0, "%s: wrote a line of more than %d bytes", c->run->argv[0], LP_SPAWN_MAX_LINE);
    else if (c->line.failed)
        s = lp_fail_nomem(d);
    else if (c->run->on_line)
        s = c->run->on_line(c->run->user, c->line.data ? c->line.data : "", c->line.len, is_whole, d);
    c->line.len = 0;
    return s;
}

static lp_status take_output(child *c, const char *p, size_t n, lp_diag *d)
{
    lp_status s = LP_OK;
    while (s == LP_OK && n > 0) {
        const char *stop = memchr(p, '\n', n);
        size_t part = stop ? (size_t)(stop - p) : n;
        lp_buf_bytes(&c->line, p, part);
        if (stop || c->line.failed)
            s = give_line(c, 1, d);
        p += part + (stop != NULL);
        n -= part + (stop != NULL);
    }
    return s;
}

/* Keeps the end: up to twice as much is let in before the older half goes. */
static void take_error(child *c, const char *p, size_t n)
{
    lp_buf *b = &c->end->err;
    lp_buf_bytes(b, p, n);
    if (b->len > LP_SPAWN_ERR_BYTES) {
        memmove(b->data, b->data + b->len - LP_SPAWN_ERR_BYTES, LP_SPAWN_ERR_BYTES);
        b->len = LP_SPAWN_ERR_BYTES;
        b->data[b->len] = '\0';
    }
}

/* Reads what there is; closes at the end. */
static lp_status drain(child *c, int *fd, lp_diag *d)
{
    ssize_t n = read(*fd, c->block, READ_BYTES);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return LP_OK;
    int is_out = fd == &c->out;
    if (n <= 0) {
        close_fd(fd);
        return is_out && c->line.len > 0 ? give_line(c, 0, d) : LP_OK;
    }
    if (is_out)
        return take_output(c, c->block, (size_t)n, d);
    take_error(c, c->block, (size_t)n);
    return LP_OK;
}

/* Whether it ended; it stays unreaped, so that its group can still be named. */
static int has_ended(child *c)
{
    siginfo_t info = { 0 };
    if (!c->is_over && waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == c->pid)
        c->is_over = 1;
    return c->is_over;
}

static lp_status check_limits(child *c, lp_diag *d)
{
    int64_t now = lp_time_monotonic_us();
    lp_status s = lp_progress_check(c->run->progress, d);
    if (s != LP_OK)
        return s;
    int is_late = c->run->timeout_us && now - c->begun_us > c->run->timeout_us;
    int is_quiet = c->run->quiet_us && now - c->heard_us > c->run->quiet_us;
    if (!is_late && !is_quiet)
        return LP_OK;
    char words[64];
    c->end->is_timeout = 1;
    lp_time_words(is_late ? c->run->timeout_us : c->run->quiet_us, words, sizeof(words));
    return lp_fail(d, LP_ERR_TOOL, 0, "%s: %s after %s", c->run->argv[0], is_late ? "not done" : "nothing more came", words);
}

static lp_status listen(child *c, lp_diag *d)
{
    lp_status s = LP_OK;
    int64_t ended_us = 0;
    while (s == LP_OK && (c->out >= 0 || c->err >= 0 || !has_ended(c))) {
        struct pollfd fds[2] = { { c->out, POLLIN, 0 }, { c->err, POLLIN, 0 } };
        int is_open = c->out >= 0 || c->err >= 0;
        int n = poll(fds, 2, is_open ? TICK_MS : TICK_MS / 10);
        if (n < 0 && errno != EINTR)
            return lp_fail_errno(d, errno, c->run->argv[0], "poll");
        if (n > 0 && fds[0].revents)
            s = drain(c, &c->out, d);
        if (s == LP_OK && n > 0 && fds[1].revents)
            s = drain(c, &c->err, d);
        if (s == LP_OK)
            s = check_limits(c, d);
        /* something that it left behind may hold the pipes open for ever */
        if (s == LP_OK && n == 0 && has_ended(c)) {
            int64_t now = lp_time_monotonic_us();
            ended_us = ended_us ? ended_us : now;
            if (now - ended_us > REST_US) {
                s = c->line.len > 0 ? give_line(c, 0, d) : LP_OK;
                break;
            }
        }
    }
    return s;
}

/* Ends the whole group and reaps the child. */
static void finish(child *c, int is_asked)
{
    int status = 0;
    if (!has_ended(c) && is_asked) {
        kill(-c->pid, SIGTERM);
        for (int64_t until = lp_time_monotonic_us() + GRACE_US; !has_ended(c) && lp_time_monotonic_us() < until;)
            poll(NULL, 0, TICK_MS / 10);
    }
    kill(-c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    c->end->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    c->end->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

lp_status lp_spawn_run(const lp_spawn *run, lp_spawn_end *end, lp_diag *d)
{
    *end = (lp_spawn_end){ .code = -1 };
    lp_buf_init(&end->err, LP_SPAWN_ERR_BYTES + READ_BYTES);
    child c = { .run = run, .end = end, .out = -1, .err = -1, .start = -1 };
    lp_buf_init(&c.line, LP_SPAWN_MAX_LINE);
    c.block = lp_calloc(READ_BYTES, 1);
    lp_status s = c.block ? start(&c, d) : lp_fail_nomem(d);
    c.begun_us = c.heard_us = lp_time_monotonic_us();
    if (s == LP_OK)
        s = listen(&c, d);
    if (c.pid > 0)
        finish(&c, s != LP_OK);
    close_fd(&c.out);
    close_fd(&c.err);
    lp_buf_clear(&c.line);
    lp_free(c.block);
    return s;
}

void lp_spawn_end_clear(lp_spawn_end *end)
{
    lp_buf_clear(&end->err);
}

const char *lp_spawn_last_words(const lp_spawn_end *end, lp_arena *a)
{
    size_t n = end->err.len, from;
    const char *text = end->err.data;
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r' || text[n - 1] == ' '))
        n--;
    for (from = n; from > 0 && text[from - 1] != '\n';)
        from--;
    lp_buf clean;
    lp_buf_init(&clean, 4 * LP_SPAWN_ERR_BYTES);
    if (n > from)
        lp_utf8_clean(&clean, text + from, n - from);
    char *words = lp_arena_strdup(a, clean.data ? clean.data : "");
    lp_buf_clear(&clean);
    return words;
}

lp_status lp_spawn_say_failed(const lp_spawn_end *end, const char *name, lp_arena *a, lp_diag *d)
{
    if (end->signal)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s was ended by signal %d", name, end->signal);
    const char *words = lp_spawn_last_words(end, a);
    if (!words)
        return lp_fail_nomem(d);
    return *words ? lp_fail(d, LP_ERR_TOOL, 0, "%s failed with exit code %d: %s", name, end->code, words)
                  : lp_fail(d, LP_ERR_TOOL, 0, "%s failed with exit code %d and did not say why", name, end->code);
}

static int can_run(const char *path)
{
    return path && lp_file_stat(path).kind == LP_FILE_REGULAR && access(path, X_OK) == 0;
}

const char *lp_spawn_find(const char *name, lp_arena *a)
{
    if (strchr(name, '/'))
        return can_run(name) ? lp_arena_strdup(a, name) : NULL;
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (n > 0) {
        self[n] = '\0';
        const char *dir = lp_path_dir(a, self), *path = dir ? lp_path_join(a, dir, name) : NULL;
        if (can_run(path))
            return path;
    }
    const char *at = getenv("PATH");
    while (at && *at) {
        size_t len = strcspn(at, ":");
        const char *dir = lp_arena_strndup(a, at, len), *path = dir && len ? lp_path_join(a, dir, name) : NULL;
        if (can_run(path))
            return path;
        at += len + (at[len] == ':');
    }
    return NULL;
}
