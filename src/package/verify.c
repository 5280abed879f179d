#include "package/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "package/manifest.h"
#include "package/metalink.h"
#include "package/names.h"
#include "package/sums.h"

enum {
    MAX_PROBLEMS = 1000,
    MAX_DEPTH = 16,
    MAX_ENTRIES = 200000,
    MAX_TEXT_BYTES = 256 << 20,
    N_SIDE = 3
};

typedef struct expected {
    const char *path;
    const lecpack_file *file; /* NULL: a file about the package */
    int is_there;
} expected;

typedef struct check {
    const char *dir;
    lp_arena *a;
    const lp_progress *progress;
    lp_diag *d;
    lp_verify_result *out;
    lecpack_manifest m;
    int64_t manifest_bytes, total_bytes;
    expected *files; /* by path */
    size_t n, n_entries;
} check;

const char *lp_problem_kind_name(lp_problem_kind k)
{
    static const char *const names[] = { "missing", "extra", "altered", "unsafe", "manifest" };
    return names[k];
}

/* Names on disk are bytes from anywhere: what is shown is text on one line. */
static char *shown(lp_arena *a, const char *path)
{
    lp_buf b;
    lp_buf_init(&b, 4 * strlen(path) + 4);
    lp_utf8_clean_line(&b, path, strlen(path));
    char *copy = b.failed == 1 ? NULL : lp_arena_strdup(a, b.data ? b.data : "");
    lp_buf_clear(&b);
    return copy;
}

/* `text` NULL: memory is out. */
static lp_status add(check *c, lp_problem_kind kind, const char *path, const char *text)
{
    lp_verify_result *r = c->out;
    if (r->n == MAX_PROBLEMS)
        return LP_OK;
    char *name = shown(c->a, path);
    if (!name || !text ||
        lp_arena_grow(c->a, (void **)&r->items, r->n, &r->cap, sizeof(*r->items),
                      MAX_PROBLEMS) != 0)
        return lp_fail_nomem(c->d);
    r->items[r->n++] = (lp_problem){ kind, name, text };
    if (r->n == MAX_PROBLEMS)
        r->items[r->n - 1].text = "and more problems than can be listed";
    return LP_OK;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const expected *)a)->path, ((const expected *)b)->path);
}

static int by_kind_and_path(const void *pa, const void *pb)
{
    const lp_problem *a = pa, *b = pb;
    int x = a->kind != LP_PROBLEM_MANIFEST, y = b->kind != LP_PROBLEM_MANIFEST;
    int order = x != y ? x - y : strcmp(a->path, b->path);
    return order ? order : strcmp(a->text, b->text);
}

/* What the manifest lists under names that can be used, and the files about the package. */
static lp_status expect(check *c)
{
    static const char *const side[N_SIDE] = { LP_MANIFEST_NAME, LP_METALINK_NAME,
                                              LP_SUMS_NAME };
    c->files = lp_arena_alloc(c->a, c->m.n_files + N_SIDE, sizeof(*c->files));
    lp_status s = c->files ? LP_OK : lp_fail_nomem(c->d);
    for (size_t i = 0; s == LP_OK && i < N_SIDE; i++)
        c->files[c->n++] = (expected){ side[i], NULL, 0 };
    for (size_t i = 0; s == LP_OK && i < c->m.n_files; i++) {
        const lecpack_file *f = &c->m.files[i];
        const char *problem = lp_name_problem(f->path);
        if (lp_manifest_is_side_file(f->path))
            s = add(c, LP_PROBLEM_MANIFEST, f->path,
                    "the manifest lists a file about the package");
        else if (problem)
            s = add(c, LP_PROBLEM_UNSAFE, f->path,
                    lp_arena_printf(c->a, "the manifest lists it, but the name %s", problem));
        else {
            c->files[c->n++] = (expected){ f->path, f, 0 };
            c->total_bytes += f->bytes;
        }
    }
    if (s != LP_OK)
        return s;
    qsort(c->files, c->n, sizeof(*c->files), by_path);
    size_t kept = 0;
    for (size_t i = 0; s == LP_OK && i < c->n; i++) {
        if (kept && strcmp(c->files[kept - 1].path, c->files[i].path) == 0)
            s = add(c, LP_PROBLEM_MANIFEST, c->files[i].path, "the manifest lists it twice");
        else
            c->files[kept++] = c->files[i];
    }
    c->n = kept;
    c->out->n_files = c->n;
    return s;
}

/* Whether the file's pieces have their hashes, in words: NULL when there is nothing to say. */
static char *pieces_text(check *c, const lecpack_file *f, char (*found)[LP_SHA256_HEX])
{
    size_t n_bad = 0, first = 0;
    for (size_t i = f->n_pieces; i-- > 0;)
        if (strcmp(found[i], f->pieces[i]) != 0) {
            n_bad++;
            first = i;
        }
    return lp_arena_printf(c->a, "%zu of its %zu pieces differ, the first at byte %lld", n_bad,
                           f->n_pieces, (long long)f->piece_bytes * (long long)first);
}

static lp_status compare(check *c, const lecpack_file *f, const char *full)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_diag why = { 0 };
    char(*found)[LP_SHA256_HEX] =
        f->n_pieces ? lp_arena_alloc(c->a, f->n_pieces, sizeof(*found)) : NULL;
    if (f->n_pieces && !found)
        return lp_fail_nomem(c->d);
    lp_status s = lp_sha256_file(full, hex, &bytes, f->piece_bytes, found, f->n_pieces,
                                 c->progress, &why);
    if (s == LP_ERR_IO ||
        s == LP_ERR_NO_INPUT) /* a bad spot on a stick: the other files may be whole */
        return add(c, LP_PROBLEM_ALTERED, f->path,
                   lp_arena_printf(c->a, "it can not be read: %s",
                                   why.code ? strerror(why.code) : "it changed"));
    if (s != LP_OK)
        return lp_fail(c->d, s, why.code, "%s", why.text);
    c->out->bytes += bytes;
    lp_progress_tell(c->progress, c->out->bytes, c->total_bytes);
    int is_same = strcmp(hex, f->sha256) == 0, pieces_fit = 1;
    for (size_t i = 0; i < f->n_pieces; i++)
        pieces_fit &= strcmp(found[i], f->pieces[i]) == 0;
    if (is_same && pieces_fit)
        return LP_OK;
    if (is_same)
        return add(c, LP_PROBLEM_MANIFEST, f->path,
                   "the file is whole, but its pieces have other hashes");
    return add(c, LP_PROBLEM_ALTERED, f->path,
               f->n_pieces && !pieces_fit ? pieces_text(c, f, found)
                                          : "its content is another");
}

static lp_status check_file(check *c, expected *e, const char *full, int64_t bytes)
{
    e->is_there = 1;
    if (!e->file)
        return LP_OK;
    if (bytes != e->file->bytes)
        return add(c, LP_PROBLEM_ALTERED, e->path,
                   lp_arena_printf(c->a, "%lld bytes are there, %lld belong there",
                                   (long long)bytes, (long long)e->file->bytes));
    return compare(c, e->file, full);
}

static lp_status walk(check *c, const char *dir, const char *below, int depth);

static lp_status look_at(check *c, const char *dir, const char *below, const char *name,
                         int depth)
{
    char *full = lp_path_join(c->a, dir, name);
    char *path = *below ? lp_path_join(c->a, below, name) : lp_arena_strdup(c->a, name);
    if (!full || !path)
        return lp_fail_nomem(c->d);
    lp_file_info info = lp_file_lstat(full);
    expected key = { .path = path };
    expected *e = bsearch(&key, c->files, c->n, sizeof(*c->files), by_path);
    const char *problem = lp_name_problem(path);
    if (info.kind == LP_FILE_LINK || info.kind == LP_FILE_OTHER)
        return add(c, LP_PROBLEM_UNSAFE, path,
                   info.kind == LP_FILE_LINK ? "it is a link; links are not followed"
                                             : "it is no regular file");
    if (info.kind == LP_FILE_NONE)
        return LP_OK; /* gone since the folder was listed */
    if (problem)
        return add(c, LP_PROBLEM_UNSAFE, path, lp_arena_printf(c->a, "the name %s", problem));
    if (info.kind == LP_FILE_DIR)
        return walk(c, full, path, depth + 1);
    return e ? check_file(c, e, full, info.bytes)
             : add(c, LP_PROBLEM_EXTRA, path, "the manifest does not list it");
}

static lp_status walk(check *c, const char *dir, const char *below, int depth)
{
    char **names = NULL;
    size_t n = 0;
    if (depth > MAX_DEPTH)
        return add(c, LP_PROBLEM_EXTRA, below, "the folders are nested too deep");
    lp_status s = lp_file_list(dir, c->a, &names, &n, c->d);
    if (s == LP_ERR_NO_INPUT)
        s = LP_ERR_IO;
    if (s == LP_OK && n == 0)
        return add(c, LP_PROBLEM_EXTRA, below, "the folder is empty");
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        s = lp_progress_check(c->progress, c->d);
        if (s == LP_OK && ++c->n_entries > MAX_ENTRIES)
            return c->n_entries == MAX_ENTRIES + 1
                       ? add(c, LP_PROBLEM_EXTRA, below, "there are too many files")
                       : LP_OK;
        if (s == LP_OK)
            s = look_at(c, dir, below, names[i], depth);
    }
    return s;
}

/* The side files say again what the manifest says, so they are made again and compared. */
static lp_status same_text(check *c, const char *name, const lp_buf *text)
{
    char *full = lp_path_join(c->a, c->dir, name);
    expected key = { .path = name };
    const expected *e = bsearch(&key, c->files, c->n, sizeof(*c->files), by_path);
    lp_buf there;
    lp_diag why = { 0 };
    if (!full)
        return lp_fail_nomem(c->d);
    if (!e || !e->is_there) /* missing or a link: said already */
        return LP_OK;
    lp_buf_init(&there, MAX_TEXT_BYTES);
    lp_status s = lp_file_read(full, &there, &why);
    int is_same =
        s == LP_OK && there.len == text->len && memcmp(there.data, text->data, text->len) == 0;
    c->out->bytes += (int64_t)there.len;
    lp_buf_clear(&there);
    if (s == LP_ERR_NOMEM)
        return lp_fail_nomem(c->d);
    return is_same ? LP_OK
                   : add(c, LP_PROBLEM_ALTERED, name,
                         "it does not say what " LP_MANIFEST_NAME " says");
}

static lp_status check_side_files(check *c)
{
    lp_buf text;
    char hex[LP_SHA256_HEX];
    lecpack_file side[2] = { { .path = LP_MANIFEST_NAME,
                               .sha256 = c->out->manifest_sha256,
                               .bytes = c->manifest_bytes },
                             { .path = LP_METALINK_NAME, .sha256 = hex } };
    lp_buf_init(&text, MAX_TEXT_BYTES);
    lp_metalink_write(&text, c->m.tool, c->m.files, c->m.n_files, &side[0]);
    lp_status s = lp_buf_check(&text, LP_METALINK_NAME, c->d);
    if (s == LP_OK)
        s = same_text(c, LP_METALINK_NAME, &text);
    if (s == LP_OK)
        s = lp_sha256_bytes(text.data, text.len, hex, c->d);
    lp_buf_clear(&text);
    if (s == LP_OK)
        s = lp_sums_write(&text, c->m.files, c->m.n_files, side, 2, c->a, c->d);
    if (s == LP_OK)
        s = same_text(c, LP_SUMS_NAME, &text);
    lp_buf_clear(&text);
    return s;
}

/* The sums in the manifest are those of its own list. */
static lp_status check_layers(check *c)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < c->m.n_layers; i++) {
        const lecpack_layer *l = &c->m.layers[i];
        int64_t bytes = 0;
        size_t n = 0;
        for (size_t k = 0; k < c->m.n_files; k++)
            if (strcmp(c->m.files[k].layer, l->id) == 0) {
                bytes += c->m.files[k].bytes;
                n++;
            }
        if (bytes != l->bytes || n != l->n_files)
            s = add(c, LP_PROBLEM_MANIFEST, LP_MANIFEST_NAME,
                    lp_arena_printf(c->a,
                                    "layer %s: its files and bytes are not those of the list",
                                    shown(c->a, l->id) ? shown(c->a, l->id) : ""));
    }
    return s;
}

static lp_status check_all(check *c)
{
    lp_status s = expect(c);
    if (s == LP_OK)
        s = walk(c, c->dir, "", 0);
    for (size_t i = 0; s == LP_OK && i < c->n; i++)
        if (!c->files[i].is_there)
            s = add(c, LP_PROBLEM_MISSING, c->files[i].path, "it is not there");
    if (s == LP_OK)
        s = check_layers(c);
    if (s == LP_OK)
        s = check_side_files(c);
    return s;
}

/* LP_OK with m.n_files 0 when the manifest can not be used: that is a problem, and the only one
 * told. */
static lp_status read_manifest(check *c, const char *path)
{
    char hex[LP_SHA256_HEX];
    lp_diag why = { 0 };
    lp_buf b;
    lp_buf_init(&b, LP_MANIFEST_MAX_BYTES);
    lp_status s = lp_file_read(path, &b, &why);
    if (s == LP_OK || (s == LP_ERR_INPUT && b.data))
        s = lp_sha256_bytes(b.data, b.len, hex, &why) == LP_OK ? s : LP_ERR_NOMEM;
    if (s == LP_OK) {
        c->manifest_bytes = (int64_t)b.len;
        s = lp_manifest_parse(b.data, b.len, LP_MANIFEST_NAME, c->a, &c->m, &why);
    }
    int is_empty = s == LP_ERR_INPUT && b.len == 0;
    lp_buf_clear(&b);
    c->out->bytes += c->manifest_bytes;
    if (s != LP_OK && s != LP_ERR_INPUT)
        return lp_fail(c->d, s == LP_ERR_NO_INPUT ? LP_ERR_IO : s, why.code, "%s: %s", c->dir,
                       why.text);
    c->out->manifest_sha256 = lp_arena_strdup(c->a, is_empty ? "" : hex);
    if (!c->out->manifest_sha256)
        return lp_fail_nomem(c->d);
    return s == LP_OK ? s
                      : add(c, LP_PROBLEM_MANIFEST, LP_MANIFEST_NAME, shown(c->a, why.text));
}

lp_status lp_package_verify(const char *dir, lp_arena *a, const lp_progress *p,
                            lp_verify_result *out, lp_diag *d)
{
    check c = { .dir = dir, .a = a, .progress = p, .d = d, .out = out };
    *out = (lp_verify_result){ 0 };
    char *path = lp_path_join(a, dir, LP_MANIFEST_NAME);
    if (!path)
        return lp_fail_nomem(d);
    lp_file_kind kind = lp_file_stat(dir).kind;
    if (kind != LP_FILE_DIR)
        return lp_fail(d, LP_ERR_NO_INPUT, 0,
                       kind == LP_FILE_NONE ? "%s: there is no folder of that name"
                                            : "%s: is not a folder; a package is one: unpack a zip and give the folder",
                       dir);
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_NO_INPUT, 0,
                       "%s: not a package: it holds no " LP_MANIFEST_NAME, dir);
    lp_status s = read_manifest(&c, path);
    if (s != LP_OK || out->n)
        return s;
    out->title = c.m.title;
    out->id = c.m.id;
    s = check_all(&c);
    if (s == LP_OK && out->n)
        qsort(out->items, out->n, sizeof(*out->items), by_kind_and_path);
    return s;
}
