#include "tmpdir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"

enum { MAX_PATH = 4096, BUFFERS = 16, MAX_READ = 64 << 20 };

char *tmpdir_make(void)
{
    const char *root = getenv("TMPDIR");
    char path[MAX_PATH];
    snprintf(path, sizeof(path), "%s/lecpack-test-XXXXXX", root && *root ? root : "/tmp");
    if (!mkdtemp(path))
        fail_msg("%s: can not be made", path);
    return lp_strdup(path);
}

void tmpdir_remove(char *dir)
{
    lp_diag d = { 0 };
    if (lp_file_remove(dir, &d) != LP_OK)
        fail_msg("%s", d.text);
    lp_free(dir);
}

const char *tmpdir_path(const char *dir, const char *name)
{
    static char buffers[BUFFERS][MAX_PATH];
    static size_t next;
    char *p = buffers[next++ % BUFFERS];
    snprintf(p, MAX_PATH, "%s/%s", dir, name);
    return p;
}

void tmpdir_put(const char *dir, const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(tmpdir_path(dir, name), "wb");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
        fail_msg("%s/%s: can not be written", dir, name);
}

char *tmpdir_get(const char *dir, const char *name, size_t *n)
{
    lp_diag d = { 0 };
    lp_buf b;
    lp_buf_init(&b, MAX_READ);
    if (lp_file_read(tmpdir_path(dir, name), &b, &d) != LP_OK)
        fail_msg("%s", d.text);
    if (n)
        *n = b.len;
    return b.data;
}
