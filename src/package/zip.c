#include "package/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <minizip/zip.h>
#include <zlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "package/manifest.h"
#include "package/names.h"

enum { CHUNK_BYTES = 1 << 16 };

static int is_media(const char *path)
{
    return lp_str_ends(path, ".webp") || lp_str_ends(path, ".webm") || lp_str_ends(path, ".mp4");
}

static lp_status add(zipFile z, const char *dir, const char *name, lp_arena *a, char *chunk, lp_diag *d)
{
    zip_fileinfo info = { .tmz_date = { .tm_mday = 1, .tm_mon = 0, .tm_year = 1980 } };
    char *path = lp_path_join(a, dir, name);
    if (!path)
        return lp_fail_nomem(d);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return lp_fail_errno(d, errno, path, "open");
    lp_status s = LP_OK;
    int stored = is_media(name);
    errno = 0;
    if (zipOpenNewFileInZip64(z, name, &info, NULL, 0, NULL, 0, NULL, stored ? 0 : Z_DEFLATED, stored ? 0 : 9, 1) != ZIP_OK)
        s = lp_fail_errno(d, errno ? errno : EIO, name, "add to the zip");
    while (s == LP_OK) {
        ssize_t n = read(fd, chunk, CHUNK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            s = lp_fail_errno(d, errno, path, "read");
        if (n <= 0)
            break;
        errno = 0;
        if (zipWriteInFileInZip(z, chunk, (unsigned)n) != ZIP_OK)
            s = lp_fail_errno(d, errno ? errno : EIO, name, "write to the zip");
    }
    errno = 0;
    if (s == LP_OK && zipCloseFileInZip(z) != ZIP_OK)
        s = lp_fail_errno(d, errno ? errno : EIO, name, "write to the zip");
    close(fd);
    return s;
}

/* The order of use: a zip that was cut short still gives the text. */
static int rank(const lecpack_file *f)
{
    return lp_str_eq(f->role, "slide") ? 0 : lp_str_eq(f->role, "sound") ? 1 : lp_str_eq(f->role, "video") ? 2 : 3;
}

static lp_status add_all(zipFile z, const char *dir, const lecpack_manifest *m, lp_arena *a, lp_diag *d)
{
    static const char *const ends[] = { "lecpack.meta4", "manifest-sha256.txt" };
    char *chunk = lp_calloc(CHUNK_BYTES, 1);
    lp_status s = chunk ? LP_OK : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < m->n_files; i++)
        if (lp_name_problem(m->files[i].path))
            s = lp_fail(d, LP_ERR_INPUT, 0, "%s: the manifest names a file that is not safe to use", dir);
    if (s == LP_OK)
        s = add(z, dir, "index.html", a, chunk, d);
    if (s == LP_OK)
        s = add(z, dir, "lecpack.json", a, chunk, d);
    for (int k = 0; k <= 3; k++)
        for (size_t i = 0; s == LP_OK && i < m->n_files; i++)
            if (rank(&m->files[i]) == k && !lp_str_eq(m->files[i].path, "index.html"))
                s = add(z, dir, m->files[i].path, a, chunk, d);
    for (size_t i = 0; s == LP_OK && i < sizeof(ends) / sizeof(ends[0]); i++)
        s = add(z, dir, ends[i], a, chunk, d);
    lp_free(chunk);
    return s;
}

lp_status lp_package_zip(const char *dir, const char *zip_path, lp_diag *d)
{
    lp_arena a = { 0 };
    lecpack_manifest m;
    char *manifest = lp_path_join(&a, dir, "lecpack.json"), *tmp = lp_arena_printf(&a, "%s.tmp", zip_path);
    lp_status s = manifest && tmp ? lp_manifest_read(manifest, &a, &m, d) : lp_fail_nomem(d);
    zipFile z = NULL;
    if (s == LP_OK) {
        errno = 0;
        z = zipOpen64(tmp, APPEND_STATUS_CREATE);
        if (!z)
            s = lp_fail_errno(d, errno ? errno : EIO, zip_path, "create");
    }
    if (s == LP_OK)
        s = add_all(z, dir, &m, &a, d);
    errno = 0;
    if (z && zipClose(z, NULL) != ZIP_OK && s == LP_OK)
        s = lp_fail_errno(d, errno ? errno : EIO, zip_path, "close");
    if (s == LP_OK)
        s = lp_file_sync(tmp, d);
    if (s == LP_OK)
        s = lp_file_rename(tmp, zip_path, d);
    if (s != LP_OK && tmp)
        unlink(tmp);
    lp_arena_clear(&a);
    return s;
}
