#include "ingest/ttml_time.h"

#include <math.h>

#include "base/str.h"

enum { DEFAULT_FRAME_RATE = 30 };
#define MAX_SECONDS (99999.0 * 3600)

static double frame_rate(const lp_ttml_clock *c)
{
    double rate = c->frame_rate > 0 ? (double)c->frame_rate : DEFAULT_FRAME_RATE;
    return c->numerator > 0 && c->denominator > 0
               ? rate * (double)c->numerator / (double)c->denominator
               : rate;
}

static double tick_rate(const lp_ttml_clock *c)
{
    if (c->tick_rate > 0)
        return (double)c->tick_rate;
    return c->frame_rate > 0
               ? frame_rate(c) * (double)(c->sub_frame_rate > 0 ? c->sub_frame_rate : 1)
               : 1;
}

/* Digits with an optional fraction; -1 for none. Without the locale, which strtod() would ask. */
static double take_number(const char **s, int has_fraction)
{
    double v = 0, unit = 0.1;
    if (**s < '0' || **s > '9')
        return -1;
    for (; **s >= '0' && **s <= '9'; ++*s)
        v = v > 1e15 ? v : v * 10 + (**s - '0');
    if (has_fraction && (**s == '.' || **s == ',') && (*s)[1] >= '0' && (*s)[1] <= '9')
        for (++*s; **s >= '0' && **s <= '9'; ++*s, unit /= 10)
            v += unit * (**s - '0');
    return v;
}

/* Time codes of SMPTE that drop nothing count frames, not seconds; those that drop keep up with
 * the clock. */
static double clock_seconds(const lp_ttml_clock *c, const double v[4])
{
    double seconds = v[0] * 3600 + v[1] * 60 + v[2];
    double nominal = c->frame_rate > 0 ? (double)c->frame_rate : DEFAULT_FRAME_RATE;
    return c->is_smpte && !c->is_dropping ? (seconds * nominal + v[3]) / frame_rate(c)
                                          : seconds + v[3] / frame_rate(c);
}

static double offset_seconds(const lp_ttml_clock *c, double v, const char *unit)
{
    return lp_str_eq(unit, "h")    ? v * 3600
           : lp_str_eq(unit, "m")  ? v * 60
           : lp_str_eq(unit, "s")  ? v
           : lp_str_eq(unit, "ms") ? v / 1000
           : lp_str_eq(unit, "f")  ? v / frame_rate(c)
           : lp_str_eq(unit, "t")  ? v / tick_rate(c)
                                   : -1;
}

int lp_ttml_time(const lp_ttml_clock *c, const char *s, int64_t *out_us)
{
    double v[4] = { 0, 0, 0, 0 }, seconds;
    int n = 0;
    while (*s == ' ')
        s++;
    do {
        v[n] = take_number(&s, 1);
        if (v[n++] < 0)
            return -1;
    } while (n < 4 && *s == ':' && *s++);
    if (n == 1) {
        seconds = offset_seconds(c, v[0], s);
    } else {
        if (n == 4 && *s == '.') { /* sub-frames: finer than a caption is */
            s++;
            if (take_number(&s, 0) < 0)
                return -1;
        }
        while (*s == ' ')
            s++;
        if (*s)
            return -1;
        if (n == 2) {
            v[2] = v[1];
            v[1] = v[0];
            v[0] = 0;
        }
        if (v[1] >= 60 || v[2] >= 61)
            return -1;
        seconds = clock_seconds(c, v);
    }
    if (!(seconds >= 0 && seconds <= MAX_SECONDS))
        return -1;
    *out_us = llround(seconds * 1e6);
    return 0;
}
