#include "package/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"

/* OUT without trailing slashes, and the hidden name beside it: PARENT/.NAME.suffix. */
static char *beside(lp_arena *a, const char *out, const char *suffix)
{
    size_t n = strlen(out);
    while (n > 1 && out[n - 1] == '/')
        n--;
    char *plain = lp_arena_strndup(a, out, n), *dir = plain ? lp_path_dir(a, plain) : NULL;
    if (!dir)
        return NULL;
    return suffix ? lp_arena_printf(a, "%s/.%s%s", dir, lp_path_base(plain), suffix) : plain;
}

char *lp_publish_staging(lp_arena *a, const char *out)
{
    return beside(a, out, ".new");
}

/* A folder with a lecpack.json, even a damaged one: replacing it is how a damaged package is mended. */
static int is_package(lp_arena *a, const char *dir)
{
    char *path = lp_path_join(a, dir, "lecpack.json");
    return path && lp_file_lstat(path).kind == LP_FILE_REGULAR;
}

static lp_status check_there(lp_arena *a, const char *out, lp_diag *d)
{
    char **names = NULL;
    size_t n = 0;
    lp_file_kind kind = lp_file_lstat(out).kind;
    if (kind == LP_FILE_NONE)
        return LP_OK;
    if (kind != LP_FILE_DIR)
        return lp_fail(d, LP_ERR_CREATE, 0, "%s: a %s is there; choose another output or remove it", out,
                       kind == LP_FILE_LINK ? "link" : "file");
    lp_status s = lp_file_list(out, a, &names, &n, d);
    if (s != LP_OK || n == 0 || is_package(a, out))
        return s;
    return lp_fail(d, LP_ERR_CREATE, 0,
                   "%s: the folder is not empty and not a lecpack package; choose another output or empty it", out);
}

lp_status lp_publish_check(const char *out, lp_diag *d)
{
    lp_arena a = { 0 };
    char *to = beside(&a, out, NULL), *old = beside(&a, out, ".old");
    lp_status s = to && old ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK && lp_file_lstat(to).kind == LP_FILE_NONE && lp_file_lstat(old).kind == LP_FILE_DIR && is_package(&a, old))
        s = lp_file_rename(old, to, d); /* a crash between the two renames of a file system without exchange */
    if (s == LP_OK)
        s = check_there(&a, to, d);
    lp_arena_clear(&a);
    return s;
}

static lp_status flush(lp_arena *a, const char *dir, lp_diag *d)
{
    char **names = NULL;
    size_t n = 0;
    lp_status s = lp_file_list(dir, a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        char *path = lp_path_join(a, dir, names[i]);
        if (!path)
            s = lp_fail_nomem(d);
        else
            s = lp_file_lstat(path).kind == LP_FILE_DIR ? flush(a, path, d) : lp_file_sync(path, d);
    }
    return s == LP_OK ? lp_file_sync(dir, d) : s;
}

static lp_status take_place(const char *staging, const char *out, const char *old, lp_diag *d)
{
    if (lp_file_lstat(out).kind == LP_FILE_NONE)
        return lp_file_rename(staging, out, d);
    if (renameat2(AT_FDCWD, staging, AT_FDCWD, out, RENAME_EXCHANGE) == 0) {
        lp_status s = lp_file_sync_parent(out, d);
        return s == LP_OK ? lp_file_remove(staging, d) : s;
    }
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return lp_fail_errno(d, errno, out, "replace");
    lp_status s = lp_file_remove(old, d);
    if (s == LP_OK)
        s = lp_file_rename(out, old, d);
    if (s == LP_OK && (s = lp_file_rename(staging, out, d)) != LP_OK)
        (void)rename(old, out);
    return s == LP_OK ? lp_file_remove(old, d) : s;
}

lp_status lp_publish(const char *staging, const char *out, lp_diag *d)
{
    lp_arena a = { 0 };
    char *to = beside(&a, out, NULL), *old = beside(&a, out, ".old");
    lp_status s = to && old ? check_there(&a, to, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = flush(&a, staging, d);
    if (s == LP_OK)
        s = take_place(staging, to, old, d);
    lp_arena_clear(&a);
    return s;
}
