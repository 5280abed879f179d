#include <string.h>

#include "cli/option_table.h"

static void help_options(FILE *to, unsigned taken_by)
{
    fputs("OPTIONS\n", to);
    for (size_t i = 0; i < lp_n_options; i++) {
        const lp_option *o = &lp_options[i];
        if (!(o->commands & taken_by))
            continue;
        fputs("  ", to);
        if (o->letter)
            fprintf(to, "-%c, ", o->letter);
        fprintf(to, "--%s%s%s\n", o->name, o->value ? " " : "", o->value ? o->value : "");
        for (const char *line = o->help; *line;) {
            size_t n = strcspn(line, "\n");
            fprintf(to, "        %.*s\n", (int)n, line);
            line += n + (line[n] == '\n');
        }
    }
    fputc('\n', to);
}

static void help_exit_codes(FILE *to, lp_command c)
{
    fputs("EXIT CODES\n", to);
    if (c == LP_CMD_NONE || c == LP_CMD_PACK)
        fputs("   0  the package is made, or was up to date\n"
              "   1  the package is made, but a layer is missing (the report and the page say "
              "which)\n",
              to);
    else if (c == LP_CMD_LINT)
        fputs("   0  no hard rule is broken\n"
              "   1  at least one hard rule is broken\n",
              to);
    else
        fputs("   0  done\n", to);
    fputs("  64  a wrong option or argument\n"
          "  65  the recording, or the package or captions to check, is damaged or can not be decoded\n"
          "  66  the input is not there or can not be read\n"
          "  69  an encoder that is needed is missing\n"
          "  70  a bug in lecpack: please report it\n"
          "  73  the output can not be made there, or another run is writing it\n"
          "  74  reading or writing failed\n"
          "  75  disk full, out of memory or stopped: run the same command again to go on\n\n",
          to);
}

static void help_program(FILE *to)
{
    fputs("lecpack - turns a recorded class into a small, captioned package that opens "
          "offline\n\n"
          "USAGE\n",
          to);
    for (size_t i = 0; i < lp_n_commands; i++)
        fprintf(to, "  %-37s %s\n", lp_commands[i].usage, lp_commands[i].summary);
    fputs("  lecpack COMMAND --help\n"
          "  lecpack --version\n\n"
          "EXAMPLES\n"
          "  lecpack pack lecture.mp4 -o week3\n"
          "      makes week3/, captions from lecture.vtt where it is there; open "
          "week3/index.html\n"
          "  lecpack pack lecture.mkv -o week3 --lang fr --video none --zip\n"
          "      French, slides and sound only, also week3.zip\n"
          "  lecpack inspect lecture.mp4\n"
          "  lecpack verify week3\n"
          "  lecpack lint lecture.vtt\n"
          "  lecpack report week3 --html week3-report.html\n\n",
          to);
    help_exit_codes(to, LP_CMD_NONE);
}

void lp_help(FILE *to, lp_command c)
{
    if (c == LP_CMD_NONE) {
        help_program(to);
        return;
    }
    for (size_t i = 0; i < lp_n_commands; i++)
        if (lp_commands[i].id == c)
            fprintf(to, "lecpack %s - %s\n\nUSAGE\n  %s\n\n%s\n", lp_commands[i].name,
                    lp_commands[i].summary, lp_commands[i].usage, lp_commands[i].about);
    help_options(to, (unsigned)c);
    for (size_t i = 0; i < lp_n_commands; i++)
        if (lp_commands[i].id == c && lp_commands[i].examples)
            fprintf(to, "EXAMPLES\n%s\n", lp_commands[i].examples);
    help_exit_codes(to, c);
}
