#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/stop.h"

static const char page_begins[] = "<!DOCTYPE html>\n";

/* 1: `dir`, or a folder above it, is the package. */
static int is_within(const char *dir, const char *package)
{
    char below[PATH_MAX], above[PATH_MAX];
    if (!realpath(dir, below) || !realpath(package, above))
        return 0;
    size_t n = strlen(above);
    return strncmp(below, above, n) == 0 && (below[n] == '/' || below[n] == '\0' || n == 1);
}

/* What is there may be overwritten when it is a page already, and no link. */
static int is_page(const char *path)
{
    char head[sizeof(page_begins)] = "";
    FILE *f = fopen(path, "rbe");
    size_t n = f ? fread(head, 1, sizeof(page_begins) - 1, f) : 0;
    if (f)
        fclose(f);
    return n == sizeof(page_begins) - 1 && strcmp(head, page_begins) == 0;
}

static lp_status check_page(const lp_args *a, lp_diag *d)
{
    lp_arena arena = { 0 };
    lp_status s = LP_OK;
    char *dir = lp_path_dir(&arena, a->html);
    lp_file_kind kind = lp_file_lstat(a->html).kind;
    if (!dir)
        s = lp_fail_nomem(d);
    else if (is_within(dir, a->input))
        s = lp_fail(
            d, LP_ERR_CREATE, 0,
            "%s: would stand in the package %s, which holds only what its manifest lists; "
            "write the report beside it",
            a->html, a->input);
    else if (kind != LP_FILE_NONE && (kind != LP_FILE_REGULAR || !is_page(a->html)))
        s = lp_fail(d, LP_ERR_CREATE, 0,
                    "%s: is there and no HTML page; move it away or give another name",
                    a->html);
    lp_arena_clear(&arena);
    return s;
}

static int tell_failure(const lp_diag *d)
{
    fprintf(stderr, "lecpack: %s\n", d->text);
    return lecpack_exit_code((lecpack_status)d->status, NULL);
}

int lp_cmd_report(const lp_args *a)
{
    lecpack_options o = a->pack;
    lecpack_result *r = NULL;
    lp_diag d = { 0 };
    o.is_cancelled = lp_stop_is_asked;
    if (a->html && check_page(a, &d) != LP_OK)
        return tell_failure(&d);
    lecpack_status s = lecpack_report(a->input, &o, &r);
    const char *page = lecpack_result_html(r);
    lp_status written =
        s == LECPACK_OK && a->html ? lp_file_write(a->html, page, strlen(page), &d) : LP_OK;
    int code = lp_cmd_tell(a, s, r);
    return written == LP_OK ? code : tell_failure(&d);
}
