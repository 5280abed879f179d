/* Verifies a package: every file against its manifest, and nothing else there.
 *
 *     lp_verify_result r;
 *     s = lp_package_verify("out/week3", &arena, NULL, &r, d);
 *     if (s == LP_OK && r.n == 0) "whole" */
#ifndef LP_PACKAGE_VERIFY_H
#define LP_PACKAGE_VERIFY_H

#include "base/arena.h"
#include "base/progress.h"

typedef enum lp_problem_kind {
    LP_PROBLEM_MISSING, /* the manifest names it, it is not there */
    LP_PROBLEM_EXTRA,   /* it is there, the manifest does not name it */
    LP_PROBLEM_ALTERED, /* other size or other content */
    LP_PROBLEM_UNSAFE,  /* a name that must not be used, a link, a device: never opened */
    LP_PROBLEM_MANIFEST /* the manifest is damaged or contradicts itself or its side files */
} lp_problem_kind;

typedef struct lp_problem {
    lp_problem_kind kind;
    const char
        *path; /* in the package; valid UTF-8 on one line, whatever the name on disk was */
    const char
        *text; /* what is wrong, without the path: "512 bytes are there, 700 belong there" */
} lp_problem;

typedef struct lp_verify_result {
    lp_problem *items; /* in the arena; by path, the manifest's own first */
    size_t n, cap;
    size_t n_files;              /* that the manifest names, its side files and itself */
    int64_t bytes;               /* that were read */
    const char *title, *id;      /* NULL when the manifest can not be read */
    const char *manifest_sha256; /* of lecpack.json as it is; never NULL */
} lp_verify_result;

/* LP_OK: the check was made, whole or not is in *out. Links below `dir` are never followed.
 * LP_ERR_NO_INPUT: `dir` is no folder or holds no lecpack.json; LP_ERR_IO, LP_ERR_NOMEM,
 * LP_ERR_CANCELLED. `p` may be NULL; it is told bytes read and bytes to read. At most 1000
 * problems are listed, the last says so. */
lp_status lp_package_verify(const char *dir, lp_arena *a, const lp_progress *p,
                            lp_verify_result *out, lp_diag *d) LP_MUST_USE;

const char *lp_problem_kind_name(
    lp_problem_kind k); /* "missing", "extra", "altered", "unsafe", "manifest" */

#endif
