#include "package/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <minizip/zip.h>
#include <zlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "package/manifest.h"

enum {
    CHUNK_BYTES = 1 << 16,
    DOS_1980 =
        1 << 21 | 1 << 16 /* 1980-01-01 in MS-DOS form: the earliest that a zip can say */
};

/* minizip says only that something failed: the errno of the first failure is kept here. */
typedef struct target {
    FILE *f;
    int err;
} target;

static void note(target *t)
{
    if (!t->err)
        t->err = errno ? errno : EIO;
}

static voidpf ZCALLBACK open_it(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return ((target *)opaque)->f;
}

static uLong ZCALLBACK read_it(voidpf opaque, voidpf f, void *buf, uLong n)
{
    (void)opaque;
    return (uLong)fread(buf, 1, (size_t)n, f);
}

static uLong ZCALLBACK write_it(voidpf opaque, voidpf f, const void *buf, uLong n)
{
    errno = 0;
    size_t w = fwrite(buf, 1, (size_t)n, f);
    if (w != n)
        note(opaque);
    return (uLong)w;
}

static ZPOS64_T ZCALLBACK tell_it(voidpf opaque, voidpf f)
{
    (void)opaque;
    return (ZPOS64_T)ftello(f);
}

static long ZCALLBACK seek_it(voidpf opaque, voidpf f, ZPOS64_T offset, int origin)
{
    int whence = origin == ZLIB_FILEFUNC_SEEK_SET   ? SEEK_SET
                 : origin == ZLIB_FILEFUNC_SEEK_CUR ? SEEK_CUR
                                                    : SEEK_END;
    errno = 0;
    if (fseeko(f, (off_t)offset, whence) == 0)
        return 0;
    note(opaque);
    return -1;
}

/* Closed by lp_package_zip(), which flushes it to disk first. */
static int ZCALLBACK close_it(voidpf opaque, voidpf f)
{
    errno = 0;
    if (fflush(f) == 0)
        return 0;
    note(opaque);
    return EOF;
}

static int ZCALLBACK error_of(voidpf opaque, voidpf f)
{
    (void)opaque;
    return ferror((FILE *)f);
}

typedef struct zipping {
    zipFile z;
    target to;
    const char *dir, *zip_path;
    char *chunk;
    lp_arena arena;
    lp_diag *d;
} zipping;

static lp_status failed(zipping *p)
{
    return p->to.err
               ? lp_fail_errno(p->d, p->to.err, p->zip_path, "write")
               : lp_fail(p->d, LP_ERR_NOMEM, 0, "%s: minizip ran out of memory", p->zip_path);
}

static int is_media(const char *path)
{
    return lp_str_ends(path, ".webp") || lp_str_ends(path, ".webm") ||
           lp_str_ends(path, ".mp4");
}

static lp_status copy_in(zipping *p, int fd, const char *from)
{
    for (;;) {
        ssize_t n = read(fd, p->chunk, CHUNK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return lp_fail_errno(p->d, errno, from, "read");
        if (n == 0)
            return LP_OK;
        if (zipWriteInFileInZip(p->z, p->chunk, (unsigned)n) != ZIP_OK)
            return failed(p);
    }
}

static lp_status add(zipping *p, const char *path)
{
    const zip_fileinfo when = { .dosDate = DOS_1980 };
    char *full = lp_path_join(&p->arena, p->dir, path);
    if (!full)
        return lp_fail_nomem(p->d);
    lp_file_info info = lp_file_lstat(full);
    int fd = info.kind == LP_FILE_REGULAR
                 ? open(full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
                 : -1;
    if (fd < 0)
        return lp_fail(p->d, LP_ERR_IO, info.kind == LP_FILE_REGULAR ? errno : 0,
                       "%s: belongs to the package, but can not be read; pack it again", full);
    int method = is_media(path) ? 0 : Z_DEFLATED, is_large = info.bytes >= 0xffff0000;
    lp_status s = LP_OK;
    if (zipOpenNewFileInZip64(p->z, path, &when, NULL, 0, NULL, 0, NULL, method,
                              method ? Z_BEST_COMPRESSION : 0, is_large) != ZIP_OK)
        s = failed(p);
    else {
        s = copy_in(p, fd, full);
        if (zipCloseFileInZip(p->z) != ZIP_OK && s == LP_OK)
            s = failed(p);
    }
    close(fd);
    return s;
}

/* What is of use first comes first. */
static lp_status add_all(zipping *p, const lecpack_manifest *m)
{
    static const char *const roles[] = {
        "viewer", "manifest", "slide", "step", "sound", "video", NULL
    };
    lp_status s = LP_OK;
    for (size_t r = 0; s == LP_OK && r < sizeof(roles) / sizeof(roles[0]); r++) {
        if (lp_str_eq(roles[r], "manifest"))
            s = add(p, LP_MANIFEST_NAME);
        for (size_t i = 0; s == LP_OK && i < m->n_files; i++) {
            size_t k = 0; /* of the file's role; the last for all that are not named */
            while (roles[k] && strcmp(roles[k], m->files[i].role) != 0)
                k++;
            if (k == r)
                s = add(p, m->files[i].path);
        }
    }
    if (s == LP_OK)
        s = add(p, LP_METALINK_NAME);
    return s == LP_OK ? add(p, LP_SUMS_NAME) : s;
}

static lp_status open_target(zipping *p, const char *tmp)
{
    int fd = open(tmp, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return lp_fail_errno(p->d, errno, tmp, "create");
    p->to.f = fdopen(fd, "w+b");
    if (p->to.f)
        return LP_OK;
    close(fd);
    return lp_fail_nomem(p->d);
}

static lp_status write_zip(zipping *p, const lecpack_manifest *m, const char *tmp)
{
    zlib_filefunc64_def funcs = { open_it, read_it,  write_it, tell_it,
                                  seek_it, close_it, error_of, &p->to };
    lp_status s = open_target(p, tmp);
    if (s != LP_OK)
        return s;
    p->z = zipOpen2_64(tmp, APPEND_STATUS_CREATE, NULL, &funcs);
    s = p->z ? add_all(p, m) : failed(p);
    if (p->z && zipClose(p->z, NULL) != ZIP_OK && s == LP_OK)
        s = failed(p);
    if (s == LP_OK && p->to.err)
        s = failed(p);
    if (s == LP_OK && fsync(fileno(p->to.f)) != 0)
        s = lp_fail_errno(p->d, errno, p->zip_path, "fsync");
    if (fclose(p->to.f) != 0 && s == LP_OK)
        s = lp_fail_errno(p->d, errno, p->zip_path, "close");
    return s;
}

lp_status lp_package_zip(const char *dir, const char *zip_path, lp_diag *d)
{
    zipping p = { .dir = dir, .zip_path = zip_path, .d = d };
    lecpack_manifest m;
    char *tmp = lp_arena_printf(&p.arena, "%s.tmp", zip_path);
    p.chunk = lp_calloc(CHUNK_BYTES, 1);
    lp_status s = tmp && p.chunk ? lp_manifest_read(dir, &p.arena, &m, d) : lp_fail_nomem(d);
    if (s == LP_OK) {
        s = write_zip(&p, &m, tmp);
        if (s == LP_OK)
            s = lp_file_rename(tmp, zip_path, d);
        if (s != LP_OK)
            unlink(tmp);
    }
    lp_free(p.chunk);
    lp_arena_clear(&p.arena);
    return s;
}
