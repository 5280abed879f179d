#include "package/manifest.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "package/names.h"
#include "package/pieces.h"

enum { MAX_MANIFEST = 64 << 20 };

static int is_sha256(const char *s)
{
    return s && strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

static lp_status bad(lp_diag *d, const char *path, const char *what)
{
    return lp_fail(d, LP_ERR_INPUT, 0, "%s: not a sound manifest: %s", path, what);
}

static lp_status read_pieces(const json_t *o, const char *path, lp_arena *a, lecpack_file *f, lp_diag *d)
{
    const json_t *list = json_object_get(o, "pieces");
    f->piece_bytes = lp_json_int(o, "piece", 0);
    f->n_pieces = json_array_size(list);
    if (f->n_pieces == 0)
        return LP_OK;
    if (f->piece_bytes < LP_PIECE_MIN_BYTES || lp_piece_count(f->bytes, f->piece_bytes) != f->n_pieces)
        return bad(d, path, "the pieces of a file do not fit its size");
    const char **p = lp_arena_alloc(a, f->n_pieces, sizeof(*p));
    if (!p)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < f->n_pieces; i++) {
        const char *hex = json_string_value(json_array_get(list, i));
        if (!is_sha256(hex))
            return bad(d, path, "a piece has no SHA-256");
        if (!(p[i] = lp_arena_strdup(a, hex)))
            return lp_fail_nomem(d);
    }
    f->pieces = p;
    return LP_OK;
}

static lp_status read_file(const json_t *o, const char *path, lp_arena *a, lecpack_file *f, lp_diag *d)
{
    *f = (lecpack_file){ .path = lp_json_str_dup(o, "path", a),
                         .layer = lp_json_str_dup(o, "layer", a),
                         .role = lp_json_str_dup(o, "role", a),
                         .type = lp_json_str_dup(o, "type", a),
                         .lang = lp_json_str_dup(o, "lang", a),
                         .sha256 = lp_json_str_dup(o, "sha256", a),
                         .bytes = lp_json_int(o, "bytes", -1),
                         .width_px = (int)lp_json_int(o, "width", 0),
                         .height_px = (int)lp_json_int(o, "height", 0),
                         .t_us = lp_json_get_seconds(o, "t", -1),
                         .duration_us = lp_json_get_seconds(o, "duration", -1) };
    if (!f->path || !f->layer || !f->role || !f->type || f->bytes < 0)
        return bad(d, path, "a file lacks path, layer, role, type or bytes");
    if (!is_sha256(f->sha256))
        return bad(d, path, "a file has no SHA-256");
    return read_pieces(o, path, a, f, d);
}

static lp_status read_layers(const json_t *list, const char *path, lp_arena *a, lecpack_manifest *m, lp_diag *d)
{
    lecpack_layer *layers = lp_arena_alloc(a, json_array_size(list), sizeof(*layers));
    if (!layers)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i), *needs = json_object_get(o, "needs");
        const char **ids = lp_arena_alloc(a, json_array_size(needs), sizeof(*ids));
        if (!ids)
            return lp_fail_nomem(d);
        layers[i] = (lecpack_layer){ .id = lp_json_str_dup(o, "id", a),
                                     .needs = ids,
                                     .n_needs = json_array_size(needs),
                                     .bytes = lp_json_int(o, "bytes", 0),
                                     .transfer_bytes = lp_json_int(o, "transfer", 0),
                                     .n_files = (size_t)lp_json_int(o, "files", 0),
                                     .says = lp_json_str_dup(o, "says", a) };
        for (size_t k = 0; k < layers[i].n_needs; k++)
            if (!(ids[k] = lp_arena_strdup(a, json_string_value(json_array_get(needs, k)))))
                return bad(d, path, "a layer needs something without a name");
        if (!layers[i].id)
            return bad(d, path, "a layer has no id");
    }
    m->layers = layers;
    m->n_layers = json_array_size(list);
    return LP_OK;
}

static lp_status read_files(const json_t *list, const char *path, lp_arena *a, lecpack_manifest *m, lp_diag *d)
{
    size_t n = json_array_size(list);
    lecpack_file *files = lp_arena_alloc(a, n, sizeof(*files));
    const char **paths = lp_arena_alloc(a, n, sizeof(*paths));
    if (!files || !paths)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n; i++) {
        lp_status s = read_file(json_array_get(list, i), path, a, &files[i], d);
        if (s != LP_OK)
            return s;
        paths[i] = files[i].path;
    }
    if (lp_names_clash(paths, n) < n)
        return bad(d, path, "two files have one name");
    m->files = files;
    m->n_files = n;
    return LP_OK;
}

lp_status lp_manifest_read(const char *path, lp_arena *a, lecpack_manifest *m, lp_diag *d)
{
    json_t *o = NULL;
    int64_t major = -1;
    memset(m, 0, sizeof(*m));
    lp_status s = lp_json_read(path, MAX_MANIFEST, &o, d);
    if (s != LP_OK)
        return s;
    if (!lp_str_eq(lp_json_str(o, "format", NULL), "lecpack")) {
        s = bad(d, path, "its format is not \"lecpack\"");
        goto done;
    }
    m->version = lp_json_str_dup(o, "version", a);
    char number[8] = "";
    if (m->version)
        snprintf(number, sizeof(number), "%.*s", (int)strcspn(m->version, "."), m->version);
    if (lp_str_int(number, 1000, &major) != 0 || major > LECPACK_MANIFEST_MAJOR) {
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: its format version is newer than this program; use a newer lecpack", path);
        goto done;
    }
    m->id = lp_json_str_dup(o, "id", a);
    m->title = lp_json_str_dup(o, "title", a);
    m->lang = lp_json_str_dup(o, "lang", a);
    m->tool = lp_json_str_dup(json_object_get(o, "provenance"), "tool", a);
    m->is_rtl = lp_str_eq(lp_json_str(o, "dir", "ltr"), "rtl");
    m->rev = lp_json_int(o, "rev", 0);
    m->duration_us = lp_json_get_seconds(o, "duration", 0);
    if (!m->id || !m->title || !m->lang)
        s = bad(d, path, "id, title or lang is missing");
    if (s == LP_OK)
        s = read_layers(json_object_get(o, "layers"), path, a, m, d);
    if (s == LP_OK)
        s = read_files(json_object_get(o, "files"), path, a, m, d);
done:
    json_decref(o);
    return s;
}

/* The public reader: the manifest with its arena behind it. */
struct opened {
    lecpack_manifest m;
    lp_arena a;
};

lecpack_status lecpack_manifest_open(const char *path, lecpack_manifest **out, char *error, size_t error_size)
{
    struct opened *o = lp_calloc(1, sizeof(*o));
    lp_diag d = { 0 };
    *out = NULL;
    if (!o)
        return LECPACK_ERR_NOMEM;
    const char *file = lp_file_stat(path).kind == LP_FILE_DIR ? lp_path_join(&o->a, path, "lecpack.json") : path;
    lp_status s = file ? lp_manifest_read(file, &o->a, &o->m, &d) : LP_ERR_NOMEM;
    if (s == LP_OK) {
        *out = &o->m;
    } else {
        if (error && error_size)
            snprintf(error, error_size, "%s", d.text);
        lp_arena_clear(&o->a);
        lp_free(o);
    }
    return (lecpack_status)s;
}

void lecpack_manifest_free(lecpack_manifest **m)
{
    if (!m || !*m)
        return;
    struct opened *o = (struct opened *)(void *)*m; /* the manifest is its first member */
    lp_arena_clear(&o->a);
    lp_free(o);
    *m = NULL;
}
