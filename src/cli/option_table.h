/* The tables behind the command line: every option and every command is one row, from which it is
 * parsed and from which help tells it. For cli/ only. */
#ifndef LP_CLI_OPTION_TABLE_H
#define LP_CLI_OPTION_TABLE_H

#include <stddef.h>

#include "cli/options.h"

typedef enum lp_option_id {
    LP_OPT_OUTPUT,
    LP_OPT_TITLE,
    LP_OPT_LANG,
    LP_OPT_CAPTIONS,
    LP_OPT_TRANSCRIPT,
    LP_OPT_SPEECH,
    LP_OPT_SPEECH_MODEL,
    LP_OPT_SPEECH_COMMAND,
    LP_OPT_SPEECH_FORMAT,
    LP_OPT_CAPTION_STYLE,
    LP_OPT_SLIDE_TEXT,
    LP_OPT_SOUND_RATE,
    LP_OPT_VIDEO,
    LP_OPT_ZIP,
    LP_OPT_HTML,
    LP_OPT_WORK,
    LP_OPT_JOBS,
    LP_OPT_EXPLAIN,
    LP_OPT_PROGRESS,
    LP_OPT_QUIET,
    LP_OPT_JSON,
    LP_OPT_HELP,
    LP_OPT_VERSION
} lp_option_id;

typedef struct lp_option {
    lp_option_id id;
    const char *name;
    char letter;       /* 0: none */
    const char *value; /* how help names it; NULL: takes none */
    unsigned commands;
    const char *help;
} lp_option;

typedef struct lp_command_row {
    lp_command id;
    const char *name, *usage, *summary, *about;
    const char *examples; /* lines for help; NULL: none */
} lp_command_row;

extern const lp_option lp_options[];
extern const size_t lp_n_options;
extern const lp_command_row lp_commands[];
extern const size_t lp_n_commands;

#endif
