#include "job/workdir.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

enum { MAX_RECORD_BYTES = 256 << 20, MAX_HASHED_BYTES = 64 << 20, MAX_PATH = 4096 };

static const char marker[] = "lecpack-work.txt";
static const char marker_text[] = "Unfinished and reusable work of lecpack. While no lecpack "
                                  "runs this folder can be deleted;\n"
                                  "the next run then begins from the start.\n";

char *lp_workdir_default(lp_arena *a, const char *output)
{
    size_t n = strlen(output);
    while (n > 1 && output[n - 1] == '/')
        n--;
    char *trimmed = lp_arena_strndup(a, output, n);
    char *parent = trimmed ? lp_path_dir(a, trimmed) : NULL;
    char *name = parent ? lp_arena_printf(a, ".%s.work", lp_path_base(trimmed)) : NULL;
    return name ? lp_path_join(a, parent, name) : NULL;
}

lp_status lp_workdir_open(const char *dir, lp_diag *d)
{
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    int has_marker = 0, n_others = 0;
    lp_status s = lp_file_mkdirs(dir, d);
    if (s == LP_OK)
        s = lp_file_list(dir, &a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        has_marker |= strcmp(names[i], marker) == 0;
        n_others += strcmp(names[i], "lock") != 0 && !lp_str_starts(names[i], marker);
    }
    if (s == LP_OK && !has_marker && n_others)
        s = lp_fail(
            d, LP_ERR_CREATE, 0,
            "%s: holds other things than lecpack's work; give --work a new or empty folder",
            dir);
    if (s == LP_OK && !has_marker) {
        char *path = lp_path_join(&a, dir, marker);
        s = path ? lp_file_write(path, marker_text, sizeof(marker_text) - 1, d)
                 : lp_fail_nomem(d);
    }
    lp_arena_clear(&a);
    return s;
}

void lp_workdir_drop_unused(const char *dir)
{
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    int is_unused = lp_file_list(dir, &a, &names, &n, NULL) == LP_OK;
    for (size_t i = 0; i < n; i++)
        is_unused &= strcmp(names[i], "lock") == 0 || strcmp(names[i], marker) == 0;
    for (size_t i = 0; is_unused && i < n; i++) {
        char *path = lp_path_join(&a, dir, names[i]);
        is_unused = path && unlink(path) == 0;
    }
    if (is_unused)
        (void)rmdir(dir);
    lp_arena_clear(&a);
}

static char *record_path(lp_arena *a, const char *dir, const char *stage)
{
    char *name = lp_arena_printf(a, "%s.json", stage);
    return name ? lp_path_join(a, dir, name) : NULL;
}

static int is_sound(const lp_record *r, const char *stage, lp_status *s, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    if (!lp_str_eq(lp_json_str(r->root, "stage", NULL), stage) || !r->key ||
        !r->artifact_sha256 || !json_is_object(r->reads) || !json_is_object(r->artifact) ||
        !json_is_array(r->files))
        return 0;
    *s = lp_fingerprint_artifact(r->artifact, NULL, hex, d);
    return *s == LP_OK && strcmp(hex, r->artifact_sha256) == 0;
}

lp_status lp_record_read(const char *dir, const char *stage, lp_record *r, lp_diag *d)
{
    *r = (lp_record){ 0 };
    lp_arena a = { 0 };
    lp_status s = LP_OK;
    char *path = record_path(&a, dir, stage);
    if (!path)
        s = lp_fail_nomem(d);
    else if (lp_json_read(path, MAX_RECORD_BYTES, &r->root, NULL) == LP_ERR_NOMEM)
        s = lp_fail_nomem(d);
    lp_arena_clear(&a);
    if (!r->root)
        return s;
    r->key = lp_json_str(r->root, "key", NULL);
    r->artifact_sha256 = lp_json_str(r->root, "artifact_sha256", NULL);
    r->reads = json_object_get(r->root, "reads");
    r->artifact = json_object_get(r->root, "artifact");
    r->files = json_object_get(r->root, "files");
    if (!is_sound(r, stage, &s, d))
        lp_record_clear(r);
    return s;
}

lp_status lp_record_write(const char *dir, const char *stage, const lp_fingerprint *f,
                          json_t *artifact, json_t *files, lp_diag *d)
{
    char key[LP_SHA256_HEX], hex[LP_SHA256_HEX];
    lp_status s = lp_fingerprint_key(f, key, d);
    if (s == LP_OK)
        s = lp_fingerprint_artifact(artifact, NULL, hex, d);
    if (s != LP_OK)
        return s;
    lp_arena a = { 0 };
    char *path = record_path(&a, dir, stage);
    json_t *root = json_object();
    lp_json_set_str(root, "stage", stage);
    lp_json_set_str(root, "key", key);
    lp_json_set_new(root, "reads", lp_fingerprint_to_json(f));
    lp_json_set_str(root, "artifact_sha256", hex);
    lp_json_set_new(root, "files", files ? json_incref(files) : json_array());
    lp_json_set_new(root, "artifact", json_incref(artifact));
    s = path ? lp_json_write(path, root, d) : lp_fail_nomem(d);
    json_decref(root);
    lp_arena_clear(&a);
    return s;
}

lp_status lp_record_remove(const char *dir, const char *stage, lp_diag *d)
{
    lp_arena a = { 0 };
    char *path = record_path(&a, dir, stage);
    lp_status s = path ? lp_file_remove(path, d) : lp_fail_nomem(d);
    lp_arena_clear(&a);
    return s;
}

void lp_record_clear(lp_record *r)
{
    json_decref(r->root);
    *r = (lp_record){ 0 };
}

/* A record is a file that anybody may have edited: its paths must stay below the folder. */
static int is_below(const char *path)
{
    if (!path || !*path || *path == '/' || strlen(path) > MAX_PATH)
        return 0;
    for (const char *p = path; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (lp_str_starts(p, "..") && (p[2] == '/' || p[2] == '\0'))
            return 0;
    }
    return 1;
}

lp_status lp_record_check_files(const lp_record *r, const char *base, int is_deep,
                                const lp_progress *p, lp_arena *a, const char **bad, lp_diag *d)
{
    *bad = NULL;
    size_t i;
    json_t *file;
    json_array_foreach(r->files, i, file)
    {
        const char *name = lp_json_str(file, "path", NULL);
        char *path = is_below(name) ? lp_path_join(a, base, name) : NULL;
        int64_t bytes = lp_json_int(file, "bytes", -1), read = 0;
        lp_file_info info = path ? lp_file_lstat(path) : (lp_file_info){ LP_FILE_NONE, 0, 0 };
        int is_good = info.kind == LP_FILE_REGULAR && info.bytes == bytes;
        const char *want = lp_json_str(file, "sha256", NULL);
        if (is_good && is_deep && want && bytes <= MAX_HASHED_BYTES) {
            char hex[LP_SHA256_HEX];
            lp_status s = lp_sha256_file(path, hex, &read, 0, NULL, 0, p, NULL);
            if (s == LP_ERR_CANCELLED || s == LP_ERR_NOMEM)
                return s == LP_ERR_NOMEM ? lp_fail_nomem(d) : lp_progress_check(p, d);
            is_good = s == LP_OK && lp_str_eq(hex, want);
        }
        if (!is_good) {
            *bad = lp_arena_strdup(a, name ? name : "(no name)");
            return *bad ? LP_OK : lp_fail_nomem(d);
        }
    }
    return LP_OK;
}

lp_status lp_workdir_stage_dir(const char *dir, const char *stage, const char *key, lp_arena *a,
                               char **path, lp_diag *d)
{
    *path = lp_path_join(a, dir, stage);
    char *key_path = *path ? lp_path_join(a, *path, "key") : NULL;
    if (!key_path)
        return lp_fail_nomem(d);
    lp_buf begun;
    lp_buf_init(&begun, LP_SHA256_HEX);
    int is_same = lp_file_read(key_path, &begun, NULL) == LP_OK && lp_str_eq(begun.data, key);
    lp_buf_clear(&begun);
    if (is_same)
        return LP_OK;
    lp_status s = lp_file_remove(*path, d);
    if (s == LP_OK)
        s = lp_file_mkdirs(*path, d);
    return s == LP_OK ? lp_file_write(key_path, key, strlen(key), d) : s;
}
