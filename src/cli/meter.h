/* The progress meter: one line redrawn on a terminal, JSON lines for programs, or nothing. */
#ifndef LP_CLI_METER_H
#define LP_CLI_METER_H

#include "cli/options.h"

typedef struct lp_meter {
    lp_meter_kind kind; /* AUTO: a terminal is there */
    FILE *to, *messages;
    int is_drawn;
} lp_meter;

/* Progress goes to `to`, and with AUTO only when that is a terminal; messages to `messages`. */
void lp_meter_init(lp_meter *m, lp_meter_kind kind, FILE *to, FILE *messages);
void lp_meter_progress(lp_meter *m, const lecpack_progress *p);
void lp_meter_message(lp_meter *m, const char *text);
void lp_meter_clear(lp_meter *m); /* takes the line away, so that a report can follow */

/* The line: "video    42 %   12.3x real time   3 min 5 s left", at most `size` bytes. */
void lp_meter_line(const lecpack_progress *p, char *out, size_t size);
void lp_meter_json(const lecpack_progress *p, char *out, size_t size);

#endif
