#include "job/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { TRIES = 100 };

/* The number at the start of the lock file, 0 when there is none (yet). */
static long holder(int fd)
{
    char text[32] = "";
    long pid = 0;
    ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9' && pid < 1000000000; i++)
        pid = 10 * pid + (text[i] - '0');
    return pid;
}

static lp_status busy(int fd, const char *what, lp_diag *d)
{
    long pid = holder(fd);
    char who[32] = "";
    if (pid)
        snprintf(who, sizeof(who), " (pid %ld)", pid);
    return lp_fail(
        d, LP_ERR_BUSY, EWOULDBLOCK,
        "%s: another lecpack run%s is writing it; wait for it or choose another output", what,
        who);
}

/* A lock on a file that its last holder has just removed is worth nothing: the name must still
 * lead to it. */
static int is_current(int fd, const char *path)
{
    struct stat a, b;
    return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static void write_holder(int fd)
{
    char host[128] = "", text[192];
    if (gethostname(host, sizeof(host) - 1) != 0)
        host[0] = '\0';
    int n = snprintf(text, sizeof(text), "%ld %s\n", (long)getpid(), host);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
        return; /* for people only: on a full disk the lock holds without it */
}

lp_status lp_lock_take(lp_lock *l, const char *path, const char *what, int is_removed_after,
                       lp_diag *d)
{
    *l = (lp_lock)LP_LOCK_NONE;
    for (int i = 0; i < TRIES; i++) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd < 0 && (errno == ENOSPC || errno == EDQUOT))
            return lp_fail_errno(d, errno, path, "create");
        if (fd < 0)
            return lp_fail(d, LP_ERR_CREATE, errno,
                           "%s: nothing can be written there: %s; choose another place, or mend its permissions",
                           what, strerror(errno));
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            int err = errno;
            lp_status s =
                err == EWOULDBLOCK ? busy(fd, what, d) : lp_fail_errno(d, err, path, "lock");
            close(fd);
            return s;
        }
        if (!is_current(fd, path)) {
            close(fd);
            continue;
        }
        l->path = lp_strdup(path);
        if (!l->path) {
            close(fd);
            return lp_fail_nomem(d);
        }
        l->fd = fd;
        l->is_removed_after = is_removed_after;
        if (is_removed_after)
            write_holder(fd);
        return LP_OK;
    }
    return lp_fail(d, LP_ERR_BUSY, 0, "%s: other lecpack runs begin and end on it; try again",
                   what);
}

void lp_lock_release(lp_lock *l)
{
    if (l->fd < 0)
        return;
    if (l->is_removed_after)
        (void)unlink(l->path); /* while it is still held, so that nobody's lock is removed */
    close(l->fd);
    lp_free(l->path);
    *l = (lp_lock)LP_LOCK_NONE;
}
