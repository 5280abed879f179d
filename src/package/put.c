#include "package/put.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static lp_status create(const char *path, int *fd, lp_diag *d)
{
    *fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    return *fd < 0 ? lp_fail_errno(d, errno, path, "create") : LP_OK;
}

static lp_status finish(int fd, const char *path, lp_status s, lp_diag *d)
{
    if (close(fd) != 0 && s == LP_OK)
        s = lp_fail_errno(d, errno, path, "close");
    return s;
}

lp_status lp_put_bytes(const char *path, const void *bytes, size_t n, lp_diag *d)
{
    int fd;
    lp_status s = create(path, &fd, d);
    return s == LP_OK ? finish(fd, path, lp_file_write_fd(fd, path, bytes, n, d), d) : s;
}

lp_status lp_put_copy(const char *from, const char *path, lp_diag *d)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK), fd;
    if (in < 0)
        return lp_fail_errno(d, errno, from, "open");
    struct stat st;
    lp_status s = LP_OK;
    if (fstat(in, &st) != 0 || !S_ISREG(st.st_mode))
        s = lp_fail(d, LP_ERR_IO, 0, "%s: not a regular file", from);
    if (s == LP_OK)
        s = create(path, &fd, d);
    if (s == LP_OK)
        s = finish(fd, path, lp_file_copy_fd(in, from, fd, path, d), d);
    close(in);
    return s;
}
