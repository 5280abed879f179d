/* Other programs: the only place that forks. Each runs from an argument vector, never a shell; in its own process group; with
 * nothing on its standard input, a clean environment and no open file of ours; within limits of time and memory. What it
 * writes to standard output comes line by line to a callback; the end of what it writes to standard error is kept.
 *
 *     const char *argv[] = { "tesseract", "in.png", "-", NULL };
 *     lp_spawn run = { .argv = argv, .timeout_us = 60 * LP_SECOND_US, .on_line = take };
 *     lp_spawn_end end = { 0 };
 *     lp_status s = lp_spawn_run(&run, &end, d);  ... end.code, end.err.data ...  lp_spawn_end_clear(&end); */
#ifndef LP_TOOL_SPAWN_H
#define LP_TOOL_SPAWN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/progress.h"

enum { LP_SPAWN_MAX_LINE = 1 << 20, LP_SPAWN_ERR_BYTES = 64 << 10 };

/* A line without its newline, NUL-terminated; n is its length, as it may hold NULs of its own. `is_whole` is 0 for a last
 * line that no newline ended. Another answer than LP_OK ends the program, and lp_spawn_run() returns it. */
typedef lp_status (*lp_spawn_line)(void *user, const char *line, size_t n, int is_whole, lp_diag *d);

typedef struct lp_spawn {
    const char *const *argv; /* ends with NULL; argv[0] without a slash is looked up on PATH */
    const char *const *env;  /* ends with NULL: "NAME=value" beside PATH, HOME, TMPDIR, XDG_*, LANG=C.UTF-8; NULL: none */
    const char *folder;      /* where it runs; NULL: where we do */
    int64_t timeout_us;      /* for all of it; 0: none */
    int64_t quiet_us;        /* for the time between two lines; 0: none */
    int64_t memory_bytes;    /* address space; 0: no limit */
    int nice;                /* 0..19 */
    lp_spawn_line on_line;   /* NULL: what it writes is dropped */
    void *user;
    const lp_progress *progress; /* asked ten times a second whether to stop; may be NULL */
} lp_spawn;

typedef struct lp_spawn_end {
    int code;         /* exit code; -1 when it was ended by a signal */
    int signal;       /* that ended it; 0 else */
    int is_timeout;   /* it took longer than a limit, and was ended by us */
    lp_buf err;       /* the last 64 KiB of its standard error; data may be NULL */
} lp_spawn_end;

/* Runs to the end. LP_OK: it ran and ended by itself, whatever `end` says of how. LP_ERR_TOOL: it could not be started
 * (d->code ENOENT: there is no such program), was over a limit (end->is_timeout), or wrote a line above 1 MiB.
 * LP_ERR_CANCELLED; LP_ERR_NOMEM; what on_line answered. When this returns, neither it nor what it started in its group
 * runs: TERM, two seconds later KILL. */
lp_status lp_spawn_run(const lp_spawn *run, lp_spawn_end *end, lp_diag *d) LP_MUST_USE;
void lp_spawn_end_clear(lp_spawn_end *end);

/* The last line of standard error that is not empty, cleaned for people; "" without one. In the arena, NULL: no memory. */
const char *lp_spawn_last_words(const lp_spawn_end *end, lp_arena *a);

/* Says how the program `name` failed, in its last words where it had any. LP_ERR_TOOL, or LP_ERR_NOMEM. */
lp_status lp_spawn_say_failed(const lp_spawn_end *end, const char *name, lp_arena *a, lp_diag *d) LP_MUST_USE;

/* The path of a program: `name` itself when it has a slash and can be run, else beside our own program, else on PATH. NULL:
 * there is none (or no memory). In the arena. */
const char *lp_spawn_find(const char *name, lp_arena *a);

#endif
