#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { COPY_BYTES = 1 << 16 };

const char *lp_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *lp_path_dir(lp_arena *a, const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n ? lp_arena_strndup(a, path, n) : lp_arena_strdup(a, ".");
}

char *lp_path_join(lp_arena *a, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    return lp_arena_printf(a, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
}

static lp_file_info info_of(int rc, const struct stat *st)
{
    lp_file_info info = { LP_FILE_NONE, 0, 0 };
    if (rc != 0)
        return info;
    info.kind = S_ISREG(st->st_mode)   ? LP_FILE_REGULAR
                : S_ISDIR(st->st_mode) ? LP_FILE_DIR
                : S_ISLNK(st->st_mode) ? LP_FILE_LINK
                                       : LP_FILE_OTHER;
    info.bytes = st->st_size;
    info.mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
    return info;
}

lp_file_info lp_file_stat(const char *path)
{
    struct stat st;
    int rc = stat(path, &st);
    return info_of(rc, &st);
}

lp_file_info lp_file_lstat(const char *path)
{
    struct stat st;
    int rc = lstat(path, &st);
    return info_of(rc, &st);
}

lp_status lp_file_read(const char *path, lp_buf *out, lp_diag *d)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return lp_fail(d, LP_ERR_NO_INPUT, errno, "%s: can not be opened: %s", path, strerror(errno));
    struct stat st;
    lp_status s = LP_OK;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        s = lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: not a regular file", path);
    char *chunk = s == LP_OK ? lp_calloc(COPY_BYTES, 1) : NULL;
    if (s == LP_OK && !chunk)
        s = lp_fail_nomem(d);
    while (s == LP_OK) {
        ssize_t n = read(fd, chunk, COPY_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            s = lp_fail_errno(d, errno, path, "read");
        if (n <= 0)
            break;
        lp_buf_bytes(out, chunk, (size_t)n);
        if (out->failed)
            break;
    }
    lp_free(chunk);
    close(fd);
    return s == LP_OK ? lp_buf_check(out, path, d) : s;
}

lp_status lp_file_write_fd(int fd, const char *path, const char *p, size_t n, lp_diag *d)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return lp_fail_errno(d, errno, path, "write");
        p += w;
        n -= (size_t)w;
    }
    return LP_OK;
}

lp_status lp_file_copy_fd(int in, const char *from, int fd, const char *path, lp_diag *d)
{
    char *chunk = lp_calloc(COPY_BYTES, 1);
    if (!chunk)
        return lp_fail_nomem(d);
    lp_status s = LP_OK;
    while (s == LP_OK) {
        ssize_t n = read(in, chunk, COPY_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            s = lp_fail_errno(d, errno, from, "read");
        if (n <= 0)
            break;
        s = lp_file_write_fd(fd, path, chunk, (size_t)n, d);
    }
    lp_free(chunk);
    return s;
}

/* Writes `bytes`, or the rest of descriptor `in` when bytes is NULL, to path by way of path.tmp. */
static lp_status write_whole(const char *path, const void *bytes, size_t n, int in, const char *from,
                             lp_diag *d)
{
    lp_arena a = { 0 };
    char *tmp = lp_arena_printf(&a, "%s.tmp", path);
    if (!tmp)
        return lp_fail_nomem(d);
    lp_status s = LP_OK;
    int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) {
        s = lp_fail_errno(d, errno, tmp, "create");
        goto done;
    }
    s = bytes ? lp_file_write_fd(fd, path, bytes, n, d) : lp_file_copy_fd(in, from, fd, path, d);
    if (s == LP_OK && fsync(fd) != 0)
        s = lp_fail_errno(d, errno, path, "fsync");
    if (close(fd) != 0 && s == LP_OK)
        s = lp_fail_errno(d, errno, path, "close");
    if (s == LP_OK)
        s = lp_file_rename(tmp, path, d);
    if (s != LP_OK)
        unlink(tmp);
done:
    lp_arena_clear(&a);
    return s;
}

lp_status lp_file_write(const char *path, const void *bytes, size_t n, lp_diag *d)
{
    return write_whole(path, n ? bytes : "", n, -1, NULL, d);
}

lp_status lp_file_copy(const char *from, const char *to, lp_diag *d)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return lp_fail_errno(d, errno, from, "open");
    lp_status s = write_whole(to, NULL, 0, in, from, d);
    close(in);
    return s;
}

lp_status lp_file_sync(const char *path, lp_diag *d)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return lp_fail_errno(d, errno, path, "open");
    lp_status s = LP_OK;
    /* some file systems can not fsync a folder and say EINVAL: there is nothing better to do there */
    if (fsync(fd) != 0 && errno != EINVAL)
        s = lp_fail_errno(d, errno, path, "fsync");
    close(fd);
    return s;
}

lp_status lp_file_sync_parent(const char *path, lp_diag *d)
{
    lp_arena a = { 0 };
    char *dir = lp_path_dir(&a, path);
    lp_status s = dir ? lp_file_sync(dir, d) : lp_fail_nomem(d);
    lp_arena_clear(&a);
    return s;
}

lp_status lp_file_rename(const char *from, const char *to, lp_diag *d)
{
    if (rename(from, to) != 0)
        return lp_fail_errno(d, errno, to, "rename");
    return lp_file_sync_parent(to, d);
}

lp_status lp_file_mkdirs(const char *path, lp_diag *d)
{
    char *p = lp_strdup(path);
    if (!p)
        return lp_fail_nomem(d);
    lp_status s = LP_OK;
    for (size_t i = 1; s == LP_OK; i++) {
        if (p[i] != '/' && p[i] != '\0')
            continue;
        char c = p[i];
        p[i] = '\0';
        if (mkdir(p, 0755) != 0 && (errno != EEXIST || lp_file_stat(p).kind != LP_FILE_DIR)) {
            int e = errno;
            s = e == ENOSPC || e == EDQUOT
                    ? lp_fail_errno(d, e, p, "create folder")
                    : lp_fail(d, LP_ERR_CREATE, e, "%s: the folder can not be created: %s", p,
                              e == EEXIST ? "a file of that name is there" : strerror(e));
        }
        p[i] = c;
        if (c == '\0')
            break;
    }
    lp_free(p);
    return s;
}

/* What is in a folder that nobody may write to (copied from a disc, say) can not be removed before somebody may. Where it can not
 * be made so, removing says why. */
static void make_writable(const char *folder)
{
    struct stat st;
    int fd = access(folder, R_OK | W_OK | X_OK) == 0 ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0)
        (void)fchmod(fd, (st.st_mode & 07777) | S_IRWXU);
    close(fd);
}

lp_status lp_file_remove(const char *path, lp_diag *d)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return LP_OK;
    if (errno != EISDIR && errno != EPERM)
        return lp_fail_errno(d, errno, path, "remove");
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    make_writable(path);
    lp_status s = lp_file_list(path, &a, &names, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        char *p = lp_path_join(&a, path, names[i]);
        s = p ? lp_file_remove(p, d) : lp_fail_nomem(d);
    }
    lp_arena_clear(&a);
    if (s == LP_OK && rmdir(path) != 0 && errno != ENOENT)
        s = lp_fail_errno(d, errno, path, "remove");
    return s;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

lp_status lp_file_list(const char *dir, lp_arena *a, char ***names, size_t *n, lp_diag *d)
{
    *names = NULL;
    *n = 0;
    DIR *h = opendir(dir);
    if (!h)
        return lp_fail(d, LP_ERR_NO_INPUT, errno, "%s: can not be listed: %s", dir, strerror(errno));
    lp_status s = LP_OK;
    size_t cap = 0;
    for (struct dirent *e; s == LP_OK && (e = readdir(h));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (lp_arena_grow(a, (void **)names, *n, &cap, sizeof(**names), 1000000) != 0 ||
            !((*names)[*n] = lp_arena_strdup(a, e->d_name)))
            s = lp_fail_nomem(d);
        else
            ++*n;
    }
    closedir(h);
    if (s == LP_OK && *n)
        qsort(*names, *n, sizeof(**names), by_bytes);
    return s;
}
