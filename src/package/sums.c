#include "package/sums.h"

#include <stdlib.h>
#include <string.h>
typedef struct line {
    const char *path, *sha256;
} line;

static int by_path(const void *a, const void *b)
{
    return strcmp(((const line *)a)->path, ((const line *)b)->path);
}

lp_status lp_sums_write(lp_buf *out, const lecpack_file *files, size_t n,
                        const lecpack_file *side, size_t n_side, lp_arena *a, lp_diag *d)
{
    line *lines = lp_arena_alloc(a, n + n_side, sizeof(*lines));
    if (!lines)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n + n_side; i++) {
        const lecpack_file *f = i < n ? &files[i] : &side[i - n];
        lines[i] = (line){ f->path, f->sha256 };
    }
    qsort(lines, n + n_side, sizeof(*lines), by_path);
    for (size_t i = 0; i < n + n_side; i++)
        lp_buf_printf(out, "%s  %s\n", lines[i].sha256, lines[i].path);
    return out->failed == 1 ? lp_fail_nomem(d) : LP_OK;
}
