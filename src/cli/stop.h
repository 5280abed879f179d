/* Ctrl-C and TERM: the first asks the run to stop and keep what is done, the second ends the
 * program at once (130). */
#ifndef LP_CLI_STOP_H
#define LP_CLI_STOP_H

void lp_stop_install(void);
int lp_stop_is_asked(void *unused); /* fits lecpack_options.is_cancelled */

#endif
