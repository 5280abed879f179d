/* Errors: a status says what an operator must do, a diag says what happened, in words. */
#ifndef LP_BASE_DIAG_H
#define LP_BASE_DIAG_H

typedef enum lp_status {
    LP_OK = 0,
    LP_ERR_USAGE,       /* the call or an option is wrong: fix the call */
    LP_ERR_NO_INPUT,    /* the recording is not there, or can not be read */
    LP_ERR_INPUT,       /* the recording is damaged or not what it says it is: look at it */
    LP_ERR_UNSUPPORTED, /* sound input that this build can not handle */
    LP_ERR_TOOL,        /* an encoder or an external command is missing or failed */
    LP_ERR_CREATE,      /* the output can not be made there */
    LP_ERR_BUSY,        /* another run holds the output */
    LP_ERR_IO,          /* open, read, write, rename; diag.code is an errno */
    LP_ERR_FULL,        /* the disk or the quota is full: make room, run again */
    LP_ERR_NOMEM,
    LP_ERR_CANCELLED, /* stopped on request: run again to go on */
    LP_ERR_INTERNAL   /* an invariant does not hold: always a bug here */
} lp_status;

typedef struct lp_diag {
    lp_status status;
    int code;       /* errno or AVERROR behind it, 0 where there is none */
    char text[512]; /* one line, no newline, names the file or stream it is about */
} lp_diag;

#if defined(__GNUC__)
#define LP_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define LP_MUST_USE __attribute__((warn_unused_result))
#else
#define LP_PRINTF(fmt, args)
#define LP_MUST_USE
#endif

/* Fills `d` (may be NULL) unless it already holds an error, and returns `s`:
 * the first, deepest message wins. Use as `return lp_fail(d, LP_ERR_INPUT, 0, "..", ..)`. */
lp_status lp_fail(lp_diag *d, lp_status s, int code, const char *fmt, ...) LP_PRINTF(4, 5);

/* The same for a failed system call on `path`: "path: what: strerror(err)". ENOSPC, EDQUOT and
 * EFBIG give LP_ERR_FULL, ENOMEM gives LP_ERR_NOMEM, all else LP_ERR_IO. */
lp_status lp_fail_errno(lp_diag *d, int err, const char *path, const char *what);

lp_status lp_fail_nomem(lp_diag *d);

#endif
