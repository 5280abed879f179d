#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "package/manifest.h"
#include "package/names.h"
#include "package/pieces.h"

#define MAX_BYTES (INT64_C(1) << 50)
#define MAX_US    INT64_C(1000000000000000) /* 31 years */
enum { MAX_LAYERS = 64, MAX_NEEDS = 16, MAX_PX = 65536 };

/* Where we are, for messages and memory. The first failure ends it. */
typedef struct reader {
    const char *what;
    lp_arena *a;
    lp_diag *d;
    lp_status s;
} reader;

static void bad(reader *r, const char *place, size_t i, const char *key, const char *problem)
{
    if (r->s == LP_OK)
        r->s = place ? lp_fail(r->d, LP_ERR_INPUT, 0, "%s: damaged: %s[%zu].%s %s", r->what,
                               place, i, key, problem)
                     : lp_fail(r->d, LP_ERR_INPUT, 0, "%s: damaged: \"%s\" %s", r->what, key,
                               problem);
}

static void no_memory(reader *r)
{
    if (r->s == LP_OK)
        r->s = lp_fail_nomem(r->d);
}

static const char *text(reader *r, const json_t *o, const char *place, size_t i,
                        const char *key, int must)
{
    const json_t *v = json_object_get(o, key);
    if (!v && !must)
        return NULL;
    if (!json_is_string(v) || (must && !*json_string_value(v))) {
        bad(r, place, i, key, v ? "is not text" : "is missing");
        return NULL;
    }
    const char *copy = lp_arena_strdup(r->a, json_string_value(v));
    if (!copy)
        no_memory(r);
    return copy;
}

static int64_t number(reader *r, const json_t *o, const char *place, size_t i, const char *key,
                      int64_t max, int must)
{
    const json_t *v = json_object_get(o, key);
    if (!v && !must)
        return 0;
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > max) {
        bad(r, place, i, key, v ? "is not a whole number in its range" : "is missing");
        return 0;
    }
    return json_integer_value(v);
}

static int64_t seconds(reader *r, const json_t *o, const char *place, size_t i, const char *key,
                       int must)
{
    const json_t *v = json_object_get(o, key);
    int64_t t = lp_json_get_seconds(o, key, -1);
    if (!v && !must)
        return -1;
    if (t < 0 || t > MAX_US)
        bad(r, place, i, key, v ? "is not a time" : "is missing");
    return t;
}

static int is_sha256(const char *s)
{
    return s && strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

static const char *hash(reader *r, const json_t *o, size_t i)
{
    const char *s = text(r, o, "files", i, "sha256", 1);
    if (r->s == LP_OK && !is_sha256(s))
        bad(r, "files", i, "sha256", "is not 64 lower-case hex digits");
    return s;
}

/* Strings of an array; `is_hash` asks for SHA-256. */
static const char *const *strings(reader *r, const json_t *list, const char *place, size_t i,
                                  const char *key, size_t n, int is_hash)
{
    const char **out = lp_arena_alloc(r->a, n, sizeof(*out));
    if (!out)
        no_memory(r);
    for (size_t k = 0; r->s == LP_OK && k < n; k++) {
        const char *s = json_string_value(json_array_get(list, k));
        if (!s || (is_hash && !is_sha256(s)))
            bad(r, place, i, key,
                is_hash ? "holds something else than SHA-256 hashes"
                        : "holds something else than text");
        else if (!(out[k] = lp_arena_strdup(r->a, s)))
            no_memory(r);
    }
    return out;
}

static void read_pieces(reader *r, const json_t *o, size_t i, lecpack_file *f)
{
    const json_t *list = json_object_get(o, "pieces");
    f->piece_bytes = number(r, o, "files", i, "piece", MAX_BYTES, 0);
    if (!list && !f->piece_bytes)
        return;
    if (f->piece_bytes < 1024 || !json_is_array(list) ||
        json_array_size(list) != lp_piece_count(f->bytes, f->piece_bytes) ||
        json_array_size(list) > 65536) {
        bad(r, "files", i, "pieces", "does not fit the file's size");
        return;
    }
    f->n_pieces = json_array_size(list);
    f->pieces = strings(r, list, "files", i, "pieces", f->n_pieces, 1);
}

static int knows_layer(const lecpack_manifest *m, const char *id)
{
    for (size_t i = 0; i < m->n_layers; i++)
        if (lp_str_eq(m->layers[i].id, id))
            return 1;
    return 0;
}

static void read_file(reader *r, const json_t *o, size_t i, const lecpack_manifest *m,
                      lecpack_file *f)
{
    if (!json_is_object(o)) {
        bad(r, "files", i, "path", "is missing");
        return;
    }
    f->path = text(r, o, "files", i, "path", 1);
    f->layer = text(r, o, "files", i, "layer", 1);
    f->role = text(r, o, "files", i, "role", 1);
    f->type = text(r, o, "files", i, "type", 1);
    f->lang = text(r, o, "files", i, "lang", 0);
    f->bytes = number(r, o, "files", i, "bytes", MAX_BYTES, 1);
    f->sha256 = hash(r, o, i);
    f->width_px = (int)number(r, o, "files", i, "width", MAX_PX, 0);
    f->height_px = (int)number(r, o, "files", i, "height", MAX_PX, 0);
    f->t_us = seconds(r, o, "files", i, "t", 0);
    f->duration_us = seconds(r, o, "files", i, "duration", 0);
    if (r->s == LP_OK && !knows_layer(m, f->layer))
        bad(r, "files", i, "layer", "is not one of the layers");
    if (r->s == LP_OK)
        read_pieces(r, o, i, f);
}

static const json_t *list_of(reader *r, const json_t *root, const char *key, size_t max)
{
    const json_t *list = json_object_get(root, key);
    if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > max)
        bad(r, NULL, 0, key, list ? "is not a list of a reasonable length" : "is missing");
    return list;
}

static void read_layers(reader *r, const json_t *root, lecpack_manifest *m)
{
    const json_t *list = list_of(r, root, "layers", MAX_LAYERS);
    size_t n = json_array_size(list);
    lecpack_layer *layers = r->s == LP_OK ? lp_arena_alloc(r->a, n, sizeof(*layers)) : NULL;
    if (!layers)
        no_memory(r);
    for (size_t i = 0; r->s == LP_OK && i < n; i++) {
        const json_t *o = json_array_get(list, i), *needs = json_object_get(o, "needs");
        lecpack_layer *l = &layers[i];
        l->id = text(r, o, "layers", i, "id", 1);
        l->says = text(r, o, "layers", i, "says", 0);
        l->bytes = number(r, o, "layers", i, "bytes", MAX_BYTES, 1);
        l->transfer_bytes = number(r, o, "layers", i, "transfer", MAX_BYTES, 1);
        l->n_files = (size_t)number(r, o, "layers", i, "files", LP_MANIFEST_MAX_FILES, 1);
        l->n_needs = json_array_size(needs);
        if (!json_is_array(needs) || l->n_needs > MAX_NEEDS)
            bad(r, "layers", i, "needs", "is not a list of layers");
        else
            l->needs = strings(r, needs, "layers", i, "needs", l->n_needs, 0);
        if (r->s == LP_OK && !l->says && !(l->says = lp_arena_strdup(r->a, "")))
            no_memory(r);
    }
    m->layers = layers;
    m->n_layers = r->s == LP_OK ? n : 0;
}

static void read_files(reader *r, const json_t *root, lecpack_manifest *m)
{
    const json_t *list = list_of(r, root, "files", LP_MANIFEST_MAX_FILES);
    size_t n = json_array_size(list);
    lecpack_file *files = r->s == LP_OK ? lp_arena_alloc(r->a, n, sizeof(*files)) : NULL;
    if (!files)
        no_memory(r);
    for (size_t i = 0; r->s == LP_OK && i < n; i++)
        read_file(r, json_array_get(list, i), i, m, &files[i]);
    m->files = files;
    m->n_files = r->s == LP_OK ? n : 0;
}

/* "1.0", "1.12": major and minor. */
static void read_version(reader *r, const json_t *root, lecpack_manifest *m)
{
    int64_t major, minor;
    const char *version = m->version = text(r, root, NULL, 0, "version", 1);
    const char *dot = version ? strchr(version, '.') : NULL;
    char *head = dot ? lp_arena_strndup(r->a, version, (size_t)(dot - version)) : NULL;
    if (r->s != LP_OK)
        return;
    if (dot && !head)
        no_memory(r);
    else if (!dot || lp_str_int(head, 1000000, &major) != 0 ||
             lp_str_int(dot + 1, 1000000, &minor) != 0 || major < 1)
        bad(r, NULL, 0, "version", "is not a version");
    else if (major > LECPACK_MANIFEST_MAJOR)
        r->s = lp_fail(r->d, LP_ERR_UNSUPPORTED, 0,
                       "%s: made by a newer lecpack (format version %s, this one reads %d); "
                       "install a newer lecpack",
                       r->what, version, LECPACK_MANIFEST_MAJOR);
}

static void read_root(reader *r, const json_t *root, lecpack_manifest *m)
{
    if (!lp_str_eq(lp_json_str(root, "format", NULL), "lecpack")) {
        r->s = lp_fail(r->d, LP_ERR_INPUT, 0, "%s: not the manifest of a lecpack package",
                       r->what);
        return;
    }
    read_version(r, root, m);
    if (r->s != LP_OK)
        return;
    const json_t *provenance = json_object_get(root, "provenance");
    m->id = text(r, root, NULL, 0, "id", 1);
    m->title = text(r, root, NULL, 0, "title", 1);
    m->lang = text(r, root, NULL, 0, "lang", 1);
    m->tool = text(r, provenance, NULL, 0, "tool", 1);
    m->is_rtl = lp_str_eq(lp_json_str(root, "dir", NULL), "rtl");
    m->rev = number(r, root, NULL, 0, "rev", INT64_C(1) << 40, 1);
    m->duration_us = seconds(r, root, NULL, 0, "duration", 1);
    if (r->s == LP_OK)
        read_layers(r, root, m);
    if (r->s == LP_OK)
        read_files(r, root, m);
}

lp_status lp_manifest_parse(const char *bytes, size_t n, const char *what, lp_arena *a,
                            lecpack_manifest *out, lp_diag *d)
{
    json_t *root = NULL;
    memset(out, 0, sizeof(*out));
    reader r = { what, a, d, lp_json_parse(bytes, n, what, &root, d) };
    if (r.s == LP_OK)
        read_root(&r, root, out);
    json_decref(root);
    return r.s;
}

lp_status lp_manifest_check_names(const lecpack_manifest *m, const char *what, lp_arena *a,
                                  lp_diag *d)
{
    const char **paths = lp_arena_alloc(a, m->n_files, sizeof(*paths));
    if (!paths)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < m->n_files; i++) {
        const char *problem = lp_name_problem(m->files[i].path);
        if (problem || lp_manifest_is_side_file(m->files[i].path))
            return lp_fail(d, LP_ERR_INPUT, 0, "%s: unsafe: the name of files[%zu] %s", what, i,
                           problem ? problem : "is that of a file about the package");
        paths[i] = m->files[i].path;
    }
    size_t at = lp_names_clash(paths, m->n_files);
    if (at < m->n_files)
        return lp_fail(d, LP_ERR_INPUT, 0,
                       "%s: unsafe: %s comes twice, or is both a file and a folder", what,
                       paths[at]);
    return LP_OK;
}

static lp_status read_path(const char *path, lp_arena *a, lecpack_manifest *out, lp_diag *d)
{
    lp_buf b;
    lp_buf_init(&b, LP_MANIFEST_MAX_BYTES);
    lp_status s = lp_file_read(path, &b, d);
    if (s == LP_OK)
        s = lp_manifest_parse(b.data, b.len, path, a, out, d);
    lp_buf_clear(&b);
    return s == LP_OK ? lp_manifest_check_names(out, path, a, d) : s;
}

lp_status lp_manifest_read(const char *dir, lp_arena *a, lecpack_manifest *out, lp_diag *d)
{
    char *path = lp_path_join(a, dir, LP_MANIFEST_NAME);
    if (!path)
        return lp_fail_nomem(d);
    if (lp_file_stat(path).kind == LP_FILE_NONE)
        return lp_fail(d, LP_ERR_NO_INPUT, 0,
                       "%s: not a package: it holds no " LP_MANIFEST_NAME, dir);
    return read_path(path, a, out, d);
}

/* What the caller holds: the manifest first, so that its address is that of the whole. */
typedef struct held {
    lecpack_manifest manifest;
    lp_arena arena;
} held;

lecpack_status lecpack_manifest_open(const char *path, lecpack_manifest **out, char *error,
                                     size_t error_size)
{
    lp_diag d = { 0 };
    held *h = lp_calloc(1, sizeof(*h));
    lp_status s = LP_OK;
    *out = NULL;
    if (!h)
        s = lp_fail_nomem(&d);
    else if (!path)
        s = lp_fail(&d, LP_ERR_USAGE, 0, "a path is needed");
    else if (lp_file_stat(path).kind == LP_FILE_DIR)
        s = lp_manifest_read(path, &h->arena, &h->manifest, &d);
    else
        s = read_path(path, &h->arena, &h->manifest, &d);
    if (error && error_size)
        snprintf(error, error_size, "%s", d.text);
    if (s == LP_OK) {
        *out = &h->manifest;
        return LECPACK_OK;
    }
    if (h)
        lp_arena_clear(&h->arena);
    lp_free(h);
    return (lecpack_status)s;
}

void lecpack_manifest_free(lecpack_manifest **m)
{
    if (!m || !*m)
        return;
    held *h = (held *)*m;
    lp_arena_clear(&h->arena);
    lp_free(h);
    *m = NULL;
}
