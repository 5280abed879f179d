/* Times of TTML. For ingest/ only. */
#ifndef LP_INGEST_TTML_TIME_H
#define LP_INGEST_TTML_TIME_H

#include <stdint.h>

/* What the <tt> element says of them; 0 where it does not. */
typedef struct lp_ttml_clock {
    int64_t frame_rate, sub_frame_rate, tick_rate;
    int64_t numerator, denominator; /* ttp:frameRateMultiplier */
    int is_smpte;                   /* ttp:timeBase="smpte" */
    int is_dropping;                /* ttp:dropMode="dropNTSC" */
} lp_ttml_clock;

/* Reads a time expression (TTML 2, 12.3.1): "01:02:03.5", "00:00:01:12" (frames), "5s", "2.5h",
 * "300ms", "12f", "100t"; also "02:03.5". Frames are 30 a second where nothing says it. Returns
 * 0, or -1 when it is no time, or more than 99999 hours. */
int lp_ttml_time(const lp_ttml_clock *c, const char *s, int64_t *out_us);

#endif
