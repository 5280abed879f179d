#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_open(const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *p, size_t n);
int __real_close(int fd);
int __real_fsync(int fd);
int __real_mkdir(const char *path, mode_t mode);
int __real_rename(const char *from, const char *to);
int __real_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __real_unlink(const char *path);
int __real_rmdir(const char *path);
int __wrap_open(const char *path, int flags, ...);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __wrap_close(int fd);
int __wrap_fsync(int fd);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rename(const char *from, const char *to);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __wrap_unlink(const char *path);
int __wrap_rmdir(const char *path);

enum { MAX_FD = 1024 };

static unsigned char is_created[MAX_FD]; /* by descriptor: a failed close of it loses data */

static struct {
    int is_armed, has_exchange;
    fault_kind kind;
    long at, n;
} fault;

void fault_arm(fault_kind kind, long n, int has_exchange)
{
    fault.is_armed = 1;
    fault.has_exchange = has_exchange;
    fault.kind = kind;
    fault.at = n;
    fault.n = 0;
}

long fault_disarm(void)
{
    fault.is_armed = 0;
    return fault.n;
}

static int must_fail(int needs_room)
{
    if (!fault.is_armed)
        return 0;
    fault.n++;
    if (fault.kind == FAULT_NONE || fault.n < fault.at ||
        (fault.n > fault.at && fault.kind != FAULT_FULL))
        return 0;
    if (fault.kind == FAULT_KILL || fault.kind == FAULT_KILL_HALF)
        raise(SIGKILL);
    if (fault.kind == FAULT_FULL && !needs_room)
        return 0;
    errno = fault.kind == FAULT_FULL ? ENOSPC : EIO;
    return 1;
}

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list ap;
        va_start(ap, flags);
        mode = (mode_t)va_arg(ap, int);
        va_end(ap);
        if (must_fail(1))
            return -1;
    }
    int fd = __real_open(path, flags, mode);
    if (fd >= 0 && fd < MAX_FD)
        is_created[fd] = (flags & O_CREAT) != 0;
    return fd;
}

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
    int is_half = fault.is_armed &&
                  (fault.kind == FAULT_FULL || fault.kind == FAULT_KILL_HALF) &&
                  fault.n + 1 == fault.at;
    if (is_half && __real_write(fd, p, n / 2) < 0)
        return -1;
    return must_fail(1) ? -1 : __real_write(fd, p, n);
}

/* A failed close still closes. */
int __wrap_close(int fd)
{
    int is_bad = fd >= 0 && fd < MAX_FD && is_created[fd] && must_fail(0);
    int err = errno, rc = __real_close(fd);
    if (!is_bad)
        return rc;
    errno = err;
    return -1;
}

int __wrap_fsync(int fd)
{
    return must_fail(1) ? -1 : __real_fsync(fd);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return must_fail(1) ? -1 : __real_mkdir(path, mode);
}

int __wrap_rename(const char *from, const char *to)
{
    return must_fail(1) ? -1 : __real_rename(from, to);
}

int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
    if (fault.is_armed && !fault.has_exchange) {
        errno = EINVAL;
        return -1;
    }
    return must_fail(1) ? -1 : __real_renameat2(a, from, b, to, flags);
}

int __wrap_unlink(const char *path)
{
    return must_fail(0) ? -1 : __real_unlink(path);
}

int __wrap_rmdir(const char *path)
{
    return must_fail(0) ? -1 : __real_rmdir(path);
}
