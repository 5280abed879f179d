/* The commands of the program. Each does its work, tells the outcome, and returns the exit
 * code. */
#ifndef LP_CLI_COMMANDS_H
#define LP_CLI_COMMANDS_H

#include "cli/options.h"

int lp_cmd_pack(const lp_args *a);
int lp_cmd_inspect(const lp_args *a);
int lp_cmd_verify(const lp_args *a);
int lp_cmd_lint(const lp_args *a);
int lp_cmd_report(const lp_args *a);

/* Tells what a call gave: the report on stdout (none with --quiet, JSON with --json), an error
 * on stderr as "lecpack: FILE: what; what to do". Frees the result and returns the exit code.
 */
int lp_cmd_tell(const lp_args *a, lecpack_status s, lecpack_result *r);

#endif
