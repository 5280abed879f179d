/* Where a voice may be, by energy: 10 ms by 10 ms against the recording's own floor. And where to cut for a speech engine:
 * at pauses, into chunks that it can hear whole. Pure.
 *
 *     lp_vad v = { 0 }; lp_vad_push(&v, pcm, n); .. lp_vad_finish(&v);
 *     lp_chunks_cut(&v, 0, v.n, &lp_chunks_long, arena, &chunks, &n, d);  lp_vad_clear(&v); */
#ifndef LP_TOOL_VAD_H
#define LP_TOOL_VAD_H

#include <stdint.h>

#include "base/arena.h"

enum { LP_VAD_HOP_US = 10000 };

typedef struct lp_vad {
    float *level; /* dB of each 10 ms; smoothed over 70 ms by lp_vad_finish() */
    size_t n, cap;
    float threshold;
    int is_flat; /* the level hardly changes (noise, an organ, one long breath): all of it counts as voice */
    double sum;  /* of the block that is not full */
    float last;
    size_t n_in;
} lp_vad;

/* Samples at LP_WAV_HZ (base/wav.h), -1..1. -1 when memory is out. */
int lp_vad_push(lp_vad *v, const float *pcm, size_t n);
/* Finds the threshold. Where all is below -70 dBFS nothing is voice. -1 when memory is out. */
int lp_vad_finish(lp_vad *v);
int lp_vad_is_voice(const lp_vad *v, size_t hop); /* hops are of 10 ms; 0 beyond the end */
/* How long a voice is there between two times. */
int64_t lp_vad_voice_us(const lp_vad *v, int64_t start_us, int64_t end_us);
void lp_vad_clear(lp_vad *v);

typedef struct lp_chunk {
    int64_t start_us, end_us; /* with room around the voice, up to the voices beside it; neighbours may share a pause */
} lp_chunk;

typedef struct lp_cutting {
    int64_t most_us;  /* no chunk is longer, with its room */
    int64_t least_us; /* before that much, only a long pause cuts */
    int64_t pause_us; /* a pause of this length always cuts */
} lp_cutting;
extern const lp_cutting lp_chunks_long;  /* 28 s: as few cuts as the engine bears */
extern const lp_cutting lp_chunks_short; /* 15 s, at every pause: for what was not heard in one piece */

enum { LP_CHUNK_BEFORE_US = 200000, LP_CHUNK_AFTER_US = 250000 }; /* the room around the voice */

/* Chunks of the voice between two hops, rising; a voice of less than 0.15 s makes none. LP_ERR_NOMEM. */
lp_status lp_chunks_cut(const lp_vad *v, size_t from, size_t to, const lp_cutting *how, lp_arena *a, lp_chunk **out,
                        size_t *n, lp_diag *d) LP_MUST_USE;

#endif
