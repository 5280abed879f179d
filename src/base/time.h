/* Times: int64 microseconds everywhere; this writes them for people. */
#ifndef LP_BASE_TIME_H
#define LP_BASE_TIME_H

#include <stddef.h>
#include <stdint.h>

enum { LP_SECOND_US = 1000000 };

/* "H:MM:SS", or "M:SS" below an hour; whole seconds, rounded down; negative times as 0:00. */
void lp_time_clock(int64_t t_us, char *out, size_t size);
/* "HH:MM:SS.mmm" as WebVTT writes it, rounded to the nearest millisecond. */
void lp_time_vtt(int64_t t_us, char *out, size_t size);
/* "3 h 12 min", "4 min 5 s", "12 s": for messages. */
void lp_time_words(int64_t t_us, char *out, size_t size);
int64_t lp_time_monotonic_us(void); /* for progress and speed only; never in an output */

#endif
