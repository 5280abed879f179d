/* Where somebody speaks: energy of one channel at 48 kHz against its own floor. Pure. */
#ifndef LP_SURVEY_SPEECH_H
#define LP_SURVEY_SPEECH_H

#include "session/timeline.h"

typedef struct lp_speech {
    double sum;
    size_t n_in, n, cap;
    unsigned char *db; /* of each 10 ms: dBFS + 120 */
} lp_speech;

void lp_speech_init(lp_speech *s);
int lp_speech_push(lp_speech *s, const float *mono, size_t n); /* -1 when memory is out */
/* Spans in the arena, rising; none on silence or on an even noise. LP_ERR_NOMEM. */
lp_status lp_speech_finish(const lp_speech *s, lp_arena *a, lp_span **out, size_t *n, lp_diag *d) LP_MUST_USE;
void lp_speech_clear(lp_speech *s);

#endif
