/* The report on a package, for the person who made it. Its figures are one JSON object, which
 * job/ gathers from the package and its work folder; the text and the page are made of that and
 * of nothing else, so that the three agree. Pure: no files, no clock.
 *
 *     {"package", "title", "tool", "lang", "duration", "source_duration", "bytes", "transfer_bytes",
 *      "work": {"folder", "state": "used" | "missing" | "of another package"},
 *      "layers": [{"id", "bytes", "transfer_bytes", "files", "mb_per_hour"}],
 *      "minutes": [{"minute", "slides", "sound", "video"}],      bytes; null: could not be read
 *      "lines": [{"id", "bits_per_second", "says", "seconds": {LAYER: n, .., "all": n}}],
 *      "slides": {"shown", "pictures", "steps", "with_text", "bytes", "lossless",
 *                 "list": [{"t", "end", "path", "bytes", "width", "height"}]},
 *      "legibility": {"measured": false, "why"},
 *      "loudness": {"target_lufs", "before": {"lufs", "peak_db"}, "gain_db", "limited",
 *                   "after": {"lufs", "peak_db"}},
 *      "trimmed": {"seconds", "cuts": [{"start", "end"}]},       on the recording's clock
 *      "captions": [{"path", "lang", "origin", "cues", "words", "covered", "mean_cps", "max_cps",
 *                    "engine", "doubtful_words", "not_recognised", "reviewed", "hard", "soft"}],
 *      "findings": [{"stage", "code", "severity", "start", "end", "text"}],
 *      "stages": [{"stage", "seconds"}],                         seconds null: not known
 *      "unknown": [SENTENCE]}                                    what can not be told
 *
 * A key whose value is not known is missing, and "unknown" says why. */
#ifndef LP_REPORT_FIGURES_H
#define LP_REPORT_FIGURES_H

#include "base/json.h"

/* A line that a learner may have. The rates are what such lines carry when they work; pauses
 * and losses come on top. */
typedef struct lp_net_line {
    const char *id, *says;
    int bps;
} lp_net_line;

typedef enum lp_net_id { LP_NET_2G, LP_NET_EDGE, LP_NET_3G, LP_NET_3G_PLUS, LP_NET_LINES } lp_net_id;
extern const lp_net_line lp_net_lines[LP_NET_LINES]; /* the slowest first */

/* "lines" of layers[]: how long each layer's transfer_bytes take, and all of them. New
 * reference. */
json_t *lp_figures_lines(const json_t *layers);
/* "trimmed": what of the recording is not in the package. `map` is the manifest's: pairs of
 * package time and recording time in seconds, from which on both run alike. New reference. */
json_t *lp_figures_trimmed(const json_t *map, int64_t duration_us, int64_t source_us);

void lp_figures_text(const json_t *figures, lp_buf *out);
/* One page: inline style and SVG, no script, nothing from elsewhere. LP_ERR_NOMEM. */
lp_status lp_figures_page(const json_t *figures, lp_buf *out, lp_diag *d) LP_MUST_USE;

/* For both: "1520 kB"; "12.3 s", "5 min 47 s". */
enum { LP_FIGURE_CHARS = 48 };
void lp_figure_bytes(int64_t bytes, char out[LP_FIGURE_CHARS]);
void lp_figure_seconds(double seconds, char out[LP_FIGURE_CHARS]);

#endif
