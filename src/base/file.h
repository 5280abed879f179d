/* Files and folders. A file that matters is written whole: a temporary name beside it, fsync, rename.
 * Every error names the path. Paths are bytes as the system gives them. */
#ifndef LP_BASE_FILE_H
#define LP_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* Appends the whole of a regular file to `out`. LP_ERR_NO_INPUT: not there, not readable, or a folder;
 * LP_ERR_INPUT: larger than out->max. */
lp_status lp_file_read(const char *path, lp_buf *out, lp_diag *d) LP_MUST_USE;

/* Writes bytes to `path` so that it has the old content or the new, never a part:
 * `path.tmp`, fsync, rename, fsync of the folder. On error the old file stands and no .tmp is left. */
lp_status lp_file_write(const char *path, const void *bytes, size_t n, lp_diag *d) LP_MUST_USE;

/* Copies a file in the same manner. `to` gets mode 0644. */
lp_status lp_file_copy(const char *from, const char *to, lp_diag *d) LP_MUST_USE;

/* The loops behind both, for whoever opened the files: all of `bytes`, or all that is left in `in`, to `fd`. The paths
 * are for the message. Nothing is flushed. */
lp_status lp_file_write_fd(int fd, const char *path, const char *bytes, size_t n, lp_diag *d) LP_MUST_USE;
lp_status lp_file_copy_fd(int in, const char *from, int fd, const char *path, lp_diag *d) LP_MUST_USE;

lp_status lp_file_rename(const char *from, const char *to, lp_diag *d) LP_MUST_USE; /* and fsync of to's folder */
lp_status lp_file_sync(const char *path, lp_diag *d) LP_MUST_USE; /* fsync of a file or a folder */
lp_status lp_file_sync_parent(const char *path, lp_diag *d) LP_MUST_USE;
lp_status lp_file_mkdirs(const char *path, lp_diag *d) LP_MUST_USE; /* as mkdir -p; LP_ERR_CREATE */
/* Removes a file or a whole folder, also one that is read-only; a link is removed, never followed. What is not there is fine. */
lp_status lp_file_remove(const char *path, lp_diag *d) LP_MUST_USE;

typedef enum lp_file_kind { LP_FILE_NONE, LP_FILE_REGULAR, LP_FILE_DIR, LP_FILE_LINK, LP_FILE_OTHER } lp_file_kind;
typedef struct lp_file_info {
    lp_file_kind kind;
    int64_t bytes;
    int64_t mtime_ns; /* since 1970 */
} lp_file_info;
lp_file_info lp_file_stat(const char *path);  /* follows a link; NONE when there is nothing */
lp_file_info lp_file_lstat(const char *path); /* does not */

/* The names in a folder but for . and .., sorted by bytes, in the arena. LP_ERR_NO_INPUT, LP_ERR_NOMEM. */
lp_status lp_file_list(const char *dir, lp_arena *a, char ***names, size_t *n, lp_diag *d) LP_MUST_USE;

const char *lp_path_base(const char *path); /* after the last slash; points into `path` */
/* What is before the last slash: "a/b" gives "a", "b" gives ".", "/b" gives "/"; trailing slashes do not count. */
char *lp_path_dir(lp_arena *a, const char *path);
char *lp_path_join(lp_arena *a, const char *dir, const char *name);

#endif
