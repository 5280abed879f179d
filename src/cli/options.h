/* The command line: one table row per option gives the parsing, the help, and which commands
 * take it. */
#ifndef LP_CLI_OPTIONS_H
#define LP_CLI_OPTIONS_H

#include <stdio.h>

#include "base/diag.h"
#include "lecpack/lecpack.h"

typedef enum lp_command {
    LP_CMD_NONE = 0,
    LP_CMD_PACK = 1,
    LP_CMD_INSPECT = 2,
    LP_CMD_VERIFY = 4,
    LP_CMD_LINT = 8,
    LP_CMD_REPORT = 16
} lp_command;

typedef enum lp_meter_kind { LP_METER_AUTO, LP_METER_JSON, LP_METER_NONE } lp_meter_kind;

enum { LP_ARGS_CAPTIONS = 99 }; /* languages beside the first */

typedef struct lp_args {
    lp_command command;
    const char *input, *output, *html; /* of argv */
    lecpack_options pack; /* points to more_captions: an lp_args stays where it was read to */
    const char *more_captions[LP_ARGS_CAPTIONS];
    lp_meter_kind meter;
    int is_quiet, want_json, want_help, want_version;
} lp_args;

/* Reads argv. LP_ERR_USAGE with a sentence that says what to write instead. --help and
 * --version win over what else may be wrong. */
lp_status lp_args_parse(int argc, char *const *argv, lp_args *out, lp_diag *d) LP_MUST_USE;

void lp_help(FILE *to, lp_command command); /* LP_CMD_NONE: of the program */

/* "12k", "12000", "12kbit": bit/s, 0 when it is none of these. */
int lp_args_rate(const char *text);

#endif
