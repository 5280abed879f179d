#include "report/figures.h"

#include <math.h>
#include <stdio.h>

#include "base/time.h"

/* Of 2G in towns (Augmented Traffic Control), half of what it takes for EDGE, a shared 3G cell,
 * and its average 3G. */
const lp_net_line lp_net_lines[LP_NET_LINES] = { { "2G", "2G, 35 kbit/s", 35000 },
                                     { "EDGE", "EDGE, 120 kbit/s", 120000 },
                                     { "3G", "3G in a full cell, 400 kbit/s", 400000 },
                                     { "3G+", "3G, 780 kbit/s", 780000 } };

static double rounded(double v)
{
    return round(v * 10) / 10;
}

json_t *lp_figures_lines(const json_t *layers)
{
    json_t *list = json_array();
    for (size_t i = 0; i < LP_NET_LINES; i++) {
        const lp_net_line *line = &lp_net_lines[i];
        json_t *o = json_object(), *seconds = json_object();
        int64_t all = 0;
        size_t k;
        json_t *layer;
        json_array_foreach(layers, k, layer)
        {
            int64_t bytes = lp_json_int(layer, "transfer_bytes", 0);
            all += bytes;
            lp_json_set_new(seconds, lp_json_str(layer, "id", "?"),
                            json_real(rounded((double)bytes * 8 / line->bps)));
        }
        lp_json_set_new(seconds, "all", json_real(rounded((double)all * 8 / line->bps)));
        lp_json_set_str(o, "id", line->id);
        lp_json_set_int(o, "bits_per_second", line->bps);
        lp_json_set_str(o, "says", line->says);
        lp_json_set_new(o, "seconds", seconds);
        json_array_append_new(list, o);
    }
    return list;
}

static void add_cut(json_t *cuts, int64_t start_us, int64_t end_us, int64_t *sum_us)
{
    enum { LEAST_US = 1000 }; /* the manifest rounds to it */
    if (end_us - start_us <= LEAST_US)
        return;
    json_t *o = json_object();
    lp_json_set_seconds(o, "start", start_us);
    lp_json_set_seconds(o, "end", end_us);
    json_array_append_new(cuts, o);
    *sum_us += end_us - start_us;
}

/* A manifest is foreign: what no class lasts would overflow. */
static int64_t moment_us(const json_t *seconds)
{
    double s = json_number_value(seconds);
    return s > 0 && s < 1e9 ? llround(s * 1e6) : 0;
}

json_t *lp_figures_trimmed(const json_t *map, int64_t duration_us, int64_t source_us)
{
    json_t *o = json_object(), *cuts = json_array();
    int64_t sum_us = 0, out_us = 0, in_us = 0;
    size_t i;
    json_t *pair;
    json_array_foreach(map, i, pair)
    {
        int64_t out = moment_us(json_array_get(pair, 0));
        int64_t in = moment_us(json_array_get(pair, 1));
        add_cut(cuts, in_us + (out - out_us), in, &sum_us);
        out_us = out;
        in_us = in;
    }
    add_cut(cuts, in_us + (duration_us - out_us), source_us, &sum_us);
    lp_json_set_seconds(o, "seconds", sum_us);
    lp_json_set_new(o, "cuts", cuts);
    return o;
}

void lp_figure_bytes(int64_t bytes, char out[LP_FIGURE_CHARS])
{
    if (bytes < 10000)
        snprintf(out, LP_FIGURE_CHARS, "%lld B", (long long)bytes);
    else if (bytes < 10000000)
        snprintf(out, LP_FIGURE_CHARS, "%.0f kB", (double)bytes / 1e3);
    else
        snprintf(out, LP_FIGURE_CHARS, "%.1f MB", (double)bytes / 1e6);
}

void lp_figure_seconds(double seconds, char out[LP_FIGURE_CHARS])
{
    if (seconds < 59.95)
        snprintf(out, LP_FIGURE_CHARS, "%.1f s", seconds);
    else
        lp_time_words((int64_t)(fmin(seconds, 1e9) * LP_SECOND_US), out, LP_FIGURE_CHARS);
}
