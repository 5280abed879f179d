#include "package/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "package/manifest.h"
#include "package/names.h"

enum { MAX_PROBLEMS = 1000, MAX_DEPTH = 8, MAX_SIDE = 64 << 20 };

static const char *const side_files[] = { "lecpack.json", "lecpack.meta4", "manifest-sha256.txt" };
enum { N_SIDE = sizeof(side_files) / sizeof(side_files[0]) };

typedef struct check {
    const char *dir;
    lp_arena *a;
    const lp_progress *p;
    lecpack_manifest m;
    lp_verify_result *out;
    int64_t total;
} check;

const char *lp_problem_kind_name(lp_problem_kind k)
{
    static const char *const names[] = { "missing", "extra", "altered", "unsafe", "manifest" };
    return names[k];
}

static lp_status problem(check *c, lp_problem_kind kind, const char *path, const char *text, lp_diag *d)
{
    lp_verify_result *r = c->out;
    lp_buf clean;
    if (r->n >= MAX_PROBLEMS)
        return LP_OK;
    lp_buf_init(&clean, 1 << 16);
    lp_utf8_clean(&clean, path, strlen(path));
    for (char *q = clean.data; q && *q; q++)
        *q = *q == '\n' || *q == '\t' ? ' ' : *q;
    char *shown = lp_arena_strdup(c->a, clean.data ? clean.data : "");
    lp_buf_clear(&clean);
    char *copy = lp_arena_strdup(c->a, r->n == MAX_PROBLEMS - 1 ? "more problems than can be listed" : text);
    if (!shown || !copy || lp_arena_grow(c->a, (void **)&r->items, r->n, &r->cap, sizeof(*r->items), MAX_PROBLEMS) != 0)
        return lp_fail_nomem(d);
    r->items[r->n++] = (lp_problem){ kind, shown, copy };
    return LP_OK;
}

/* One file of the manifest. Links are not opened: what they point to is not in the package. */
static lp_status check_file(check *c, const lecpack_file *f, lp_diag *d)
{
    char hex[LP_SHA256_HEX], text[200];
    int64_t bytes = 0;
    const char *unsafe = lp_name_problem(f->path);
    if (unsafe) {
        snprintf(text, sizeof(text), "the name %s", unsafe);
        return problem(c, LP_PROBLEM_UNSAFE, f->path, text, d);
    }
    char *path = lp_path_join(c->a, c->dir, f->path);
    if (!path)
        return lp_fail_nomem(d);
    const char *slash = strchr(f->path, '/');
    char *first = slash ? lp_arena_printf(c->a, "%s/%.*s", c->dir, (int)(slash - f->path), f->path) : NULL;
    if (first && lp_file_lstat(first).kind == LP_FILE_LINK)
        return problem(c, LP_PROBLEM_UNSAFE, f->path, "its folder is a link", d);
    lp_file_info info = lp_file_lstat(path);
    if (info.kind == LP_FILE_NONE)
        return problem(c, LP_PROBLEM_MISSING, f->path, "it is not there", d);
    if (info.kind != LP_FILE_REGULAR)
        return problem(c, LP_PROBLEM_UNSAFE, f->path, "it is a link or something else than a file", d);
    if (info.bytes != f->bytes) {
        snprintf(text, sizeof(text), "%lld bytes are there, %lld belong there", (long long)info.bytes, (long long)f->bytes);
        return problem(c, LP_PROBLEM_ALTERED, f->path, text, d);
    }
    char(*pieces)[LP_SHA256_HEX] = f->n_pieces ? lp_arena_alloc(c->a, f->n_pieces, sizeof(*pieces)) : NULL;
    if (f->n_pieces && !pieces)
        return lp_fail_nomem(d);
    lp_status s = lp_sha256_file(path, hex, &bytes, f->piece_bytes, pieces, f->n_pieces, NULL, d);
    if (s != LP_OK)
        return s;
    c->out->bytes += bytes;
    lp_progress_tell(c->p, c->out->bytes, c->total);
    if (!lp_str_eq(hex, f->sha256))
        return problem(c, LP_PROBLEM_ALTERED, f->path, "its content is not what was published", d);
    for (size_t i = 0; i < f->n_pieces; i++)
        if (!lp_str_eq(pieces[i], f->pieces[i]))
            return problem(c, LP_PROBLEM_MANIFEST, f->path, "a piece's hash in the manifest does not fit the file", d);
    return lp_progress_check(c->p, d);
}

static int is_known(const check *c, const char *name)
{
    for (size_t i = 0; i < N_SIDE; i++)
        if (lp_str_eq(name, side_files[i]))
            return 1;
    for (size_t i = 0; i < c->m.n_files; i++)
        if (lp_str_eq(name, c->m.files[i].path))
            return 1;
    return 0;
}

static lp_status find_extra(check *c, const char *dir, const char *prefix, int depth, lp_diag *d)
{
    char **names = NULL;
    size_t n = 0;
    lp_status s = lp_file_list(dir, c->a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        char *path = lp_path_join(c->a, dir, names[i]);
        char *name = *prefix ? lp_path_join(c->a, prefix, names[i]) : names[i];
        if (!path || !name)
            return lp_fail_nomem(d);
        lp_file_kind kind = lp_file_lstat(path).kind;
        if (kind == LP_FILE_DIR && depth < MAX_DEPTH)
            s = find_extra(c, path, name, depth + 1, d);
        else if (kind != LP_FILE_REGULAR && !is_known(c, name))
            s = problem(c, LP_PROBLEM_UNSAFE, name, "it is a link or something else than a file", d);
        else if (!is_known(c, name))
            s = problem(c, LP_PROBLEM_EXTRA, name, "the manifest does not name it", d);
    }
    return s;
}

/* manifest-sha256.txt must say of every file what the manifest says. */
static lp_status check_sums(check *c, lp_diag *d)
{
    char *path = lp_path_join(c->a, c->dir, side_files[2]);
    lp_buf b;
    lp_status s = LP_OK;
    if (!path)
        return lp_fail_nomem(d);
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return problem(c, LP_PROBLEM_MISSING, side_files[2], "it is not there", d);
    lp_buf_init(&b, MAX_SIDE);
    s = lp_file_read(path, &b, d);
    for (size_t i = 0; s == LP_OK && i < c->m.n_files; i++) {
        char *line = lp_arena_printf(c->a, "%s  %s\n", c->m.files[i].sha256, c->m.files[i].path);
        if (!line)
            s = lp_fail_nomem(d);
        else if (!strstr(b.data, line))
            s = problem(c, LP_PROBLEM_MANIFEST, side_files[2], "it does not agree with lecpack.json", d);
    }
    char *own = lp_arena_printf(c->a, "%s  lecpack.json\n", c->out->manifest_sha256);
    if (s == LP_OK && own && !strstr(b.data, own))
        s = problem(c, LP_PROBLEM_MANIFEST, "lecpack.json", "manifest-sha256.txt gives another hash for it", d);
    lp_buf_clear(&b);
    return s;
}

lp_status lp_package_verify(const char *dir, lp_arena *a, const lp_progress *p, lp_verify_result *out, lp_diag *d)
{
    check c = { .dir = dir, .a = a, .p = p, .out = out };
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_diag why = { 0 };
    *out = (lp_verify_result){ 0 };
    char *path = lp_path_join(a, dir, side_files[0]);
    if (!path)
        return lp_fail_nomem(d);
    if (lp_file_stat(dir).kind != LP_FILE_DIR || lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: not a package: there is no lecpack.json in it", dir);
    lp_status s = lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, d);
    if (s == LP_OK && !(out->manifest_sha256 = lp_arena_strdup(a, hex)))
        s = lp_fail_nomem(d);
    if (s != LP_OK)
        return s;
    s = lp_manifest_read(path, a, &c.m, &why);
    if (s == LP_ERR_INPUT)
        return problem(&c, LP_PROBLEM_MANIFEST, side_files[0], why.text, d);
    if (s != LP_OK)
        return lp_fail(d, s, why.code, "%s", why.text);
    out->title = c.m.title;
    out->id = c.m.id;
    out->n_files = c.m.n_files + N_SIDE;
    for (size_t i = 0; i < c.m.n_files; i++)
        c.total += c.m.files[i].bytes;
    s = check_sums(&c, d);
    char *meta = lp_path_join(a, dir, side_files[1]);
    if (s == LP_OK && meta && lp_file_lstat(meta).kind != LP_FILE_REGULAR)
        s = problem(&c, LP_PROBLEM_MISSING, side_files[1], "it is not there", d);
    for (size_t i = 0; s == LP_OK && i < c.m.n_files; i++)
        s = check_file(&c, &c.m.files[i], d);
    return s == LP_OK ? find_extra(&c, dir, "", 0, d) : s;
}
