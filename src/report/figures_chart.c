#include "report/figures_chart.h"

enum { WIDTH = 600, HEIGHT = 160, N_KINDS = 3 };

static const char *const kinds[N_KINDS] = { "slides", "sound", "video" };

static int64_t bytes_of(const json_t *minute)
{
    int64_t sum = 0;
    for (size_t k = 0; k < N_KINDS; k++)
        sum += lp_json_int(minute, kinds[k], 0);
    return sum;
}

int64_t lp_chart_minutes(const json_t *minutes, lp_buf *out)
{
    size_t n = json_array_size(minutes);
    int64_t most = 1;
    for (size_t i = 0; i < n; i++) {
        int64_t sum = bytes_of(json_array_get(minutes, i));
        most = sum > most ? sum : most;
    }
    lp_buf_printf(out,
                  "<svg class=\"minutes\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" "
                  "role=\"img\" aria-labelledby=\"minutes-title\">"
                  "<title id=\"minutes-title\">Bytes of slides, sound and video in each of %zu "
                  "minutes; the table below has the numbers</title>\n",
                  (int)WIDTH, (int)HEIGHT, n);
    double step = n ? (double)WIDTH / (double)n : WIDTH, gap = step > 6 ? step * 0.15 : 0;
    for (size_t i = 0; i < n; i++) {
        double bottom = HEIGHT;
        for (size_t k = 0; k < N_KINDS; k++) {
            int64_t bytes = lp_json_int(json_array_get(minutes, i), kinds[k], 0);
            double high = (double)bytes * HEIGHT / (double)most;
            bottom -= high;
            if (bytes > 0)
                lp_buf_printf(out,
                              "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" "
                              "height=\"%.2f\"/>\n",
                              kinds[k], step * (double)i + gap / 2, bottom, step - gap, high);
        }
    }
    lp_buf_str(out, "</svg>\n");
    return most;
}

void lp_chart_bar(double value, double most, const char *kind, lp_buf *out)
{
    double part = most > 0 && value > 0 ? value / most : 0;
    lp_buf_printf(out,
                  "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\"><rect class=\"%s\" x=\"0\" y=\"0\" width=\"%.2f\" "
                  "height=\"10\"/></svg>",
                  kind, part > 1 ? 100 : part * 100);
}
