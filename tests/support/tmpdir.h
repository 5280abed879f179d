/* A folder for one test, made new and removed with all that is in it. */
#ifndef SUPPORT_TMPDIR_H
#define SUPPORT_TMPDIR_H

#include <stddef.h>

/* The path of a new empty folder below $TMPDIR or /tmp, for tmpdir_remove(). Fails the test
 * when there can be none. */
char *tmpdir_make(void);
void tmpdir_remove(char *dir);

/* DIR/NAME in one of 16 static buffers in turn: good for one call or two. */
const char *tmpdir_path(const char *dir, const char *name);
void tmpdir_put(const char *dir, const char *name, const void *bytes,
                size_t n); /* makes or replaces a file */
char *tmpdir_get(const char *dir, const char *name,
                 size_t *n); /* NUL-terminated, for lp_free(); n may be NULL */

#endif
