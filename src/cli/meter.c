#include "cli/meter.h"

#include <string.h>
#include <unistd.h>

#include "base/time.h"

enum { MAX_LINE = 200 };

void lp_meter_init(lp_meter *m, lp_meter_kind kind, FILE *to, FILE *messages)
{
    if (kind == LP_METER_AUTO && !isatty(fileno(to)))
        kind = LP_METER_NONE;
    *m = (lp_meter){ kind, to, messages, 0 };
}

void lp_meter_line(const lecpack_progress *p, char *out, size_t size)
{
    char speed[40] = "", eta[60] = "", words[40];
    if (p->speed > 0)
        snprintf(speed, sizeof(speed), "   %.1fx real time", p->speed);
    if (p->eta_s >= 0 && p->eta_s < 1e6) {
        lp_time_words((int64_t)(p->eta_s * LP_SECOND_US), words, sizeof(words));
        snprintf(eta, sizeof(eta), "   %s left", words);
    }
    snprintf(out, size, "%-8s %3.0f %%%s%s", p->stage, 100 * p->fraction, speed, eta);
}

void lp_meter_json(const lecpack_progress *p, char *out, size_t size)
{
    char speed[32] = "null", eta[32] = "null", total[32] = "null";
    if (p->speed > 0)
        snprintf(speed, sizeof(speed), "%.2f", p->speed);
    if (p->eta_s >= 0)
        snprintf(eta, sizeof(eta), "%.1f", p->eta_s);
    if (p->total_us > 0)
        snprintf(total, sizeof(total), "%.3f", (double)p->total_us / LP_SECOND_US);
    snprintf(out, size,
             "{\"stage\":\"%s\",\"fraction\":%.4f,\"done_s\":%.3f,\"total_s\":%s,\"speed\":%s,"
             "\"eta_s\":%s}",
             p->stage, p->fraction, (double)p->done_us / LP_SECOND_US, total, speed, eta);
}

void lp_meter_progress(lp_meter *m, const lecpack_progress *p)
{
    char line[MAX_LINE];
    if (m->kind == LP_METER_NONE)
        return;
    if (m->kind == LP_METER_JSON) {
        lp_meter_json(p, line, sizeof(line));
        fprintf(m->to, "%s\n", line);
    } else {
        lp_meter_line(p, line, sizeof(line));
        fprintf(m->to, "\r%s\033[K", line);
        m->is_drawn = 1;
    }
    fflush(m->to);
}

void lp_meter_clear(lp_meter *m)
{
    if (!m->is_drawn)
        return;
    fputs("\r\033[K", m->to);
    fflush(m->to);
    m->is_drawn = 0;
}

void lp_meter_message(lp_meter *m, const char *text)
{
    lp_meter_clear(m);
    fprintf(m->messages, "%s\n", text);
    fflush(m->messages);
}
