/* Where a WebVTT file wants its cues: cue settings and regions, as
 * https://www.w3.org/TR/webvtt1/#cue-timings-and-settings-parsing and #region-settings-parsing read them. */
#ifndef LP_INGEST_VTT_SETTINGS_H
#define LP_INGEST_VTT_SETTINGS_H

#include <stddef.h>

typedef enum lp_vtt_align {
    LP_VTT_CENTER,
    LP_VTT_START,
    LP_VTT_END,
    LP_VTT_LEFT,
    LP_VTT_RIGHT,
    LP_VTT_AUTO
} lp_vtt_align;
typedef enum lp_vtt_vertical { LP_VTT_HORIZONTAL, LP_VTT_GROWS_LEFT, LP_VTT_GROWS_RIGHT } lp_vtt_vertical;

typedef struct lp_vtt_region {
    const char *id; /* within the file's text, `n_id` bytes; NULL: it has none */
    size_t n_id;
    double width, lines;                                /* percent; a count */
    double anchor_x, anchor_y, viewport_x, viewport_y;  /* percent */
    int scrolls_up;
} lp_vtt_region;

typedef struct lp_vtt_settings {
    lp_vtt_vertical vertical;
    int has_line, is_line_percent; /* else a line's number, from below where it is negative */
    double line;
    lp_vtt_align line_align;     /* start, center, end */
    int has_position;
    double position;             /* percent */
    lp_vtt_align position_align; /* auto, left, center, right */
    double size;                 /* percent */
    lp_vtt_align align;
    const lp_vtt_region *region; /* NULL: none */
} lp_vtt_settings;

/* Reads s[0..n), what follows the times of a cue. What the standard does not know or allow is passed over:
 * this can not fail. */
void lp_vtt_settings_read(const char *s, size_t n, const lp_vtt_region *regions, size_t n_regions,
                          lp_vtt_settings *out);
/* Reads the lines below REGION. Line ends are blanks there. */
void lp_vtt_region_read(const char *s, size_t n, lp_vtt_region *out);

#endif
