#include "package/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "package/manifest.h"

/* OUT and its hidden neighbours, without slashes and "." at its end. */
typedef struct places {
    char *out, *staging, *old;
} places;

static int find_places(lp_arena *a, const char *out, places *p)
{
    size_t n = strlen(out);
    for (;;) {
        if (n > 1 && out[n - 1] == '/')
            n--;
        else if (n > 2 && out[n - 1] == '.' && out[n - 2] == '/')
            n -= 2;
        else
            break;
    }
    *p = (places){ .out = lp_arena_strndup(a, out, n) };
    char *parent = p->out ? lp_path_dir(a, p->out) : NULL;
    if (!parent)
        return -1;
    const char *name = lp_path_base(p->out), *slash = lp_str_ends(parent, "/") ? "" : "/";
    p->staging = lp_arena_printf(a, "%s%s.%s.new", parent, slash, name);
    p->old = lp_arena_printf(a, "%s%s.%s.old", parent, slash, name);
    return p->staging && p->old ? 0 : -1;
}

char *lp_publish_staging(lp_arena *a, const char *out)
{
    places p;
    return find_places(a, out, &p) == 0 ? p.staging : NULL;
}

/* A folder with a lecpack.json of ours, or a damaged one: replacing it is how a damaged package
 * is mended. */
static lp_status is_package(lp_arena *a, const char *dir, int *yes, lp_diag *d)
{
    json_t *root = NULL;
    lp_diag why = { 0 };
    char *path = lp_path_join(a, dir, LP_MANIFEST_NAME);
    *yes = 0;
    if (!path)
        return lp_fail_nomem(d);
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return LP_OK;
    lp_status s = lp_json_read(path, LP_MANIFEST_MAX_BYTES, &root, &why);
    *yes = s != LP_OK || lp_str_eq(lp_json_str(root, "format", NULL), "lecpack");
    json_decref(root);
    return s == LP_ERR_NOMEM ? lp_fail_nomem(d) : LP_OK;
}

/* What a desktop leaves in every folder that it shows; nobody misses it. */
static int is_litter(const char *name)
{
    static const char *const names[] = { ".DS_Store", "Thumbs.db", "desktop.ini", ".directory" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(name, names[i]) == 0)
            return 1;
    return lp_str_starts(name, "._");
}

static int is_ours(const lecpack_manifest *m, const char *path)
{
    if (lp_manifest_is_side_file(path))
        return 1;
    for (size_t i = 0; i < m->n_files; i++)
        if (strcmp(m->files[i].path, path) == 0)
            return 1;
    return 0;
}

/* The first file below OUT/BELOW that is none of the package's; *found is NULL when there is none. */
static lp_status find_foreign(lp_arena *a, const lecpack_manifest *m, const char *out, const char *below, int depth,
                              const char **found, lp_diag *d)
{
    enum { MAX_DEPTH = 16 };
    char **names = NULL;
    size_t n = 0;
    const char *dir = *below ? lp_path_join(a, out, below) : out;
    lp_status s = dir ? lp_file_list(dir, a, &names, &n, d) : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && !*found && i < n; i++) {
        char *path = *below ? lp_path_join(a, below, names[i]) : lp_arena_strdup(a, names[i]);
        char *full = path ? lp_path_join(a, out, path) : NULL;
        if (!full)
            s = lp_fail_nomem(d);
        else if (lp_file_lstat(full).kind == LP_FILE_DIR && depth < MAX_DEPTH)
            s = find_foreign(a, m, out, path, depth + 1, found, d);
        else if (!is_ours(m, path) && !is_litter(names[i]))
            *found = full;
    }
    return s == LP_ERR_NO_INPUT ? LP_ERR_CREATE : s;
}

/* A package is replaced as a whole: somebody's own file in it would be lost. A damaged manifest can not say what is
 * the package's. */
static lp_status check_foreign(lp_arena *a, const char *out, lp_diag *d)
{
    lecpack_manifest m;
    lp_diag why = { 0 };
    const char *found = NULL;
    lp_status s = lp_manifest_read(out, a, &m, &why);
    if (s != LP_OK)
        return s == LP_ERR_NOMEM ? lp_fail_nomem(d) : LP_OK;
    s = find_foreign(a, &m, out, "", 0, &found, d);
    return s == LP_OK && found ? lp_fail(d, LP_ERR_CREATE, 0,
                                         "%s: is no part of the package, which is replaced as a whole; move it away and "
                                         "run again, or choose another output",
                                         found)
                               : s;
}

typedef enum standing { NOTHING, EMPTY_FOLDER, PACKAGE } standing;

/* What stands at OUT; what must not be replaced is LP_ERR_CREATE. */
static lp_status look(lp_arena *a, const char *out, standing *there, lp_diag *d)
{
    const char *name = lp_path_base(out);
    char **names = NULL;
    size_t n = 0;
    int yes = 0;
    *there = NOTHING;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return lp_fail(
            d, LP_ERR_CREATE, 0,
            "%s: is not the name of a folder that can be replaced; give it by its name", out);
    lp_file_kind kind = lp_file_lstat(out).kind;
    if (kind == LP_FILE_NONE)
        return LP_OK;
    if (kind != LP_FILE_DIR)
        return lp_fail(d, LP_ERR_CREATE, 0,
                       "%s: a %s of that name is there; choose another output or remove it",
                       out, kind == LP_FILE_LINK ? "link" : "file");
    lp_status s = lp_file_list(out, a, &names, &n, d);
    *there = EMPTY_FOLDER;
    if (s != LP_OK || n == 0)
        return s == LP_ERR_NO_INPUT ? LP_ERR_CREATE : s;
    *there = PACKAGE;
    s = is_package(a, out, &yes, d);
    if (s == LP_OK && !yes)
        return lp_fail(d, LP_ERR_CREATE, 0,
                       "%s: holds files, but is not a package; choose another output or empty it", out);
    return s == LP_OK ? check_foreign(a, out, d) : s;
}

/* What a killed run left: an unfinished package, or an older one, whole or half removed. */
static lp_status tidy(const places *p, standing there, lp_diag *d)
{
    lp_status s = LP_OK;
    if (lp_file_lstat(p->staging).kind == LP_FILE_DIR)
        s = lp_file_remove(p->staging, d);
    if (s == LP_OK && there == PACKAGE && lp_file_lstat(p->old).kind == LP_FILE_DIR)
        s = lp_file_remove(p->old, d);
    return s;
}

lp_status lp_publish_check(const char *out, lp_diag *d)
{
    lp_arena a = { 0 };
    places p;
    standing there;
    int yes = 0;
    lp_status s = find_places(&a, out, &p) == 0 ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK && lp_file_lstat(p.out).kind == LP_FILE_NONE &&
        lp_file_lstat(p.old).kind == LP_FILE_DIR) {
        s = is_package(&a, p.old, &yes, d);
        if (s == LP_OK && yes)
            s = lp_file_rename(p.old, p.out, d);
    }
    if (s == LP_OK)
        s = look(&a, p.out, &there, d);
    if (s == LP_OK)
        s = tidy(&p, there, d);
    lp_arena_clear(&a);
    return s;
}

/* Files before their folder. */
static lp_status flush(const char *dir, lp_diag *d)
{
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    lp_status s = lp_file_list(dir, &a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        char *path = lp_path_join(&a, dir, names[i]);
        if (!path)
            s = lp_fail_nomem(d);
        else if (lp_file_lstat(path).kind == LP_FILE_DIR)
            s = flush(path, d);
        else
            s = lp_file_sync(path, d);
    }
    lp_arena_clear(&a);
    return s == LP_OK ? lp_file_sync(dir, d) : s;
}

static lp_status fail_rename(const char *out, int err, lp_diag *d)
{
    int can_not = err == EACCES || err == EPERM || err == EROFS || err == EBUSY ||
                  err == ENOTEMPTY || err == EEXIST;
    return can_not ? lp_fail(d, LP_ERR_CREATE, err, "%s: can not be put in place: %s", out,
                             strerror(err))
                   : lp_fail_errno(d, err, out, "put in place");
}

static void undo(const char *from, const char *to)
{
    int rc = rename(from, to);
    (void)rc; /* there is nothing better left to try; what stands there is whole either way */
}

static lp_status place(const places *p, const char *staging, lp_diag *d)
{
    if (rename(staging, p->out) != 0)
        return fail_rename(p->out, errno, d);
    lp_status s = lp_file_sync_parent(p->out, d);
    if (s != LP_OK)
        undo(p->out, staging);
    return s;
}

/* For file systems that can not exchange: for a moment OUT is not there; a crash then is mended
 * by lp_publish_check(). */
static lp_status replace_in_two_steps(const places *p, const char *staging, lp_diag *d)
{
    lp_status s = lp_file_remove(p->old, d);
    if (s != LP_OK)
        return s;
    if (rename(p->out, p->old) != 0)
        return fail_rename(p->out, errno, d);
    s = place(p, staging, d);
    if (s != LP_OK)
        undo(p->old, p->out);
    return s;
}

/* Afterwards the older package is at *old. */
static lp_status replace(const places *p, const char *staging, const char **old, lp_diag *d)
{
    *old = staging;
    if (renameat2(AT_FDCWD, staging, AT_FDCWD, p->out, RENAME_EXCHANGE) != 0) {
        if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
            return fail_rename(p->out, errno, d);
        *old = p->old;
        return replace_in_two_steps(p, staging, d);
    }
    lp_status s = lp_file_sync_parent(p->out, d);
    if (s != LP_OK) {
        int rc = renameat2(AT_FDCWD, staging, AT_FDCWD, p->out, RENAME_EXCHANGE);
        (void)rc; /* then the new package stays; it is whole */
    }
    return s;
}

lp_status lp_publish(const char *staging, const char *out, lp_diag *d)
{
    lp_arena a = { 0 };
    places p;
    standing there = NOTHING;
    const char *old = NULL;
    lp_status s = find_places(&a, out, &p) == 0 ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK)
        s = look(&a, p.out, &there, d);
    if (s == LP_OK)
        s = flush(staging, d);
    if (s == LP_OK)
        s = there == PACKAGE ? replace(&p, staging, &old, d) : place(&p, staging, d);
    if (s == LP_OK && old) {
        lp_status removed = lp_file_remove(old, NULL);
        (void)
            removed; /* the new package is in place; the next lp_publish_check() tries again */
    }
    lp_arena_clear(&a);
    return s;
}
