/* lecpack: the program. It only reads the command line, calls the library and tells the
 * outcome. */
#include <stdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/commands.h"
#include "cli/stop.h"

int lp_cmd_tell(const lp_args *a, lecpack_status s, lecpack_result *r)
{
    int code = lecpack_exit_code(s, r);
    const char *text = a->want_json ? lecpack_result_json(r) : lecpack_result_text(r);
    if (!a->is_quiet || a->want_json)
        fputs(text, stdout);
    if (s != LECPACK_OK)
        fprintf(stderr, "lecpack: %s\n", lecpack_result_error(r));
    lecpack_result_free(&r);
    return code;
}

static int version(void)
{
    printf("lecpack %s\n%s\n%s\n", lecpack_version(), lecpack_libraries(), lecpack_licence());
    return 0;
}

static int help(lp_command c)
{
    lp_help(stdout, c);
    return 0;
}

static int dispatch(const lp_args *a)
{
    if (a->want_help)
        return help(a->command);
    if (a->want_version)
        return version();
    lp_stop_install();
    switch (a->command) {
    case LP_CMD_PACK:
        return lp_cmd_pack(a);
    case LP_CMD_INSPECT:
        return lp_cmd_inspect(a);
    case LP_CMD_LINT:
        return lp_cmd_lint(a);
    case LP_CMD_REPORT:
        return lp_cmd_report(a);
    default:
        return lp_cmd_verify(a);
    }
}

/* Pictures come and go by the thousand. Each of them fetched from the system and given back again costs a fault for each of its
 * pages: without this, packing a lecture of slides takes a fifth more CPU time (102,000 faults instead of 43,000). */
static void keep_memory(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 64 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 256 << 20);
    (void)mallopt(M_ARENA_MAX, 1);
#endif
}

int main(int argc, char **argv)
{
    keep_memory();
    lp_args a;
    lp_diag d = { 0 };
    if (lp_args_parse(argc, argv, &a, &d) != LP_OK) {
        fprintf(stderr, "lecpack: %s\n", d.text);
        return 64;
    }
    int code = dispatch(&a);
    /* a report that nobody could read was not given */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "lecpack: standard output: write failed\n");
        return code > 1 ? code : 74;
    }
    return code;
}
