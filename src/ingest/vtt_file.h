/* The blocks of a WebVTT file, as https://www.w3.org/TR/webvtt1/#file-parsing reads them, with forgiving
 * times; and a line with "-->" in a cue's text that nobody meant as times stays text. What the cues are worth to us is vtt.h's part. */
#ifndef LP_INGEST_VTT_FILE_H
#define LP_INGEST_VTT_FILE_H

#include "base/arena.h"
#include "ingest/cue_text.h"
#include "ingest/vtt_settings.h"

typedef struct lp_vtt_cue {
    int has_times; /* 0: its times can not be read, and the rest but the text is not set */
    size_t at;     /* of its line of times, in the file; always set */
    int64_t start_us, end_us;
    const char *id, *text; /* with U+FFFD for each NUL, lines split by \n; ended by NUL; for this call only */
    size_t n_id, n_text;
    lp_vtt_settings settings;
} lp_vtt_cue;

/* What is done with a line of the header, and with a cue. Anything but LP_OK ends the reading. */
typedef struct lp_vtt_reader {
    lp_status (*header)(void *user, lp_line line, lp_diag *d);
    lp_status (*cue)(void *user, const lp_vtt_cue *cue, lp_diag *d);
    void *user;
} lp_vtt_reader;

/* Reads text[0..n), UTF-8 without a byte order mark; the regions are kept in the arena. LP_ERR_INPUT (no
 * word about it in *d): it does not begin with WEBVTT; LP_ERR_NOMEM, or what the reader said. */
lp_status lp_vtt_file_read(const char *text, size_t n, lp_arena *a, const lp_vtt_reader *r, lp_diag *d) LP_MUST_USE;

#endif
