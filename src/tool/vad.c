#include "tool/vad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/wav.h"

enum {
    HOP = LP_WAV_HZ / 100,
    SMOOTH = 3,             /* hops to each side */
    MAX_HOPS = 100 * 3600 * 48,
    LEAST_VOICE = 15,       /* hops */
    LEAST_CUT = 8,          /* hops: a shorter gap lies within a word */
};
static const float pre_emphasis = 0.9F, nothing_db = -70, flat_db = 8, part_of_range = 0.3F;

const lp_cutting lp_chunks_long = { 28000000, 6000000, 1200000 };
const lp_cutting lp_chunks_short = { 15000000, 0, 350000 };

int lp_vad_push(lp_vad *v, const float *pcm, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double x = (double)(pcm[i] - pre_emphasis * v->last);
        v->last = pcm[i];
        v->sum += x * x;
        if (++v->n_in < HOP)
            continue;
        if (lp_grow((void **)&v->level, v->n, &v->cap, sizeof(*v->level), MAX_HOPS) != 0)
            return -1;
        v->level[v->n++] = (float)(10 * log10(v->sum / HOP + 1e-12));
        v->sum = 0;
        v->n_in = 0;
    }
    return 0;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void smooth(lp_vad *v, const float *raw)
{
    for (size_t i = 0; i < v->n; i++) {
        size_t from = i > SMOOTH ? i - SMOOTH : 0, to = i + SMOOTH < v->n ? i + SMOOTH : v->n - 1;
        float sum = 0;
        for (size_t k = from; k <= to; k++)
            sum += raw[k];
        v->level[i] = sum / (float)(to - from + 1);
    }
}

int lp_vad_finish(lp_vad *v)
{
    v->threshold = INFINITY;
    if (v->n == 0)
        return 0;
    float *sorted = lp_calloc(v->n, sizeof(*sorted));
    if (!sorted)
        return -1;
    memcpy(sorted, v->level, v->n * sizeof(*sorted));
    smooth(v, sorted);
    /* a muted microphone says nothing about the room: what is silent is not part of the floor */
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (v->level[i] >= nothing_db)
            sorted[n++] = v->level[i];
    if (n > 0) {
        qsort(sorted, n, sizeof(*sorted), by_value);
        float low = sorted[n / 10], high = sorted[n * 95 / 100];
        v->is_flat = high - low < flat_db;
        v->threshold = v->is_flat ? nothing_db : low + part_of_range * (high - low);
    }
    lp_free(sorted);
    return 0;
}

int lp_vad_is_voice(const lp_vad *v, size_t hop)
{
    return hop < v->n && v->level[hop] >= v->threshold;
}

int64_t lp_vad_voice_us(const lp_vad *v, int64_t start_us, int64_t end_us)
{
    int64_t sum = 0;
    size_t from = start_us > 0 ? (size_t)(start_us / LP_VAD_HOP_US) : 0;
    for (size_t i = from; i < v->n && (int64_t)i * LP_VAD_HOP_US < end_us; i++)
        sum += lp_vad_is_voice(v, i) ? LP_VAD_HOP_US : 0;
    return sum;
}

void lp_vad_clear(lp_vad *v)
{
    lp_free(v->level);
    *v = (lp_vad){ 0 };
}

/* Where the chunk that begins at `from` ends (its voice, in hops). */
static size_t find_end(const lp_vad *v, size_t from, size_t to, const lp_cutting *how)
{
    size_t most = (size_t)((how->most_us - LP_CHUNK_BEFORE_US - LP_CHUNK_AFTER_US) / LP_VAD_HOP_US);
    size_t least = (size_t)(how->least_us / LP_VAD_HOP_US), pause = (size_t)(how->pause_us / LP_VAD_HOP_US);
    size_t limit = to - from > most ? from + most : to;
    size_t best_at = 0, after_voice = from;
    double best = 0;
    for (size_t i = from; i <= limit; i++) {
        if (i < limit && !lp_vad_is_voice(v, i))
            continue;
        size_t gap = i - after_voice;
        if (gap >= pause)
            return after_voice;
        /* among the pauses that may cut, longer and later is better */
        double score = (double)gap * (0.4 + (double)(after_voice - from) / (double)most);
        if (gap >= LEAST_CUT && after_voice - from >= least && score > best) {
            best = score;
            best_at = after_voice;
        }
        if (i < limit)
            after_voice = i + 1;
    }
    if (limit == to)
        return after_voice;
    if (best_at > from)
        return best_at;
    /* nobody draws breath: where it is least loud in the last two fifths */
    size_t quiet = from + most * 3 / 5;
    for (size_t i = quiet; i < limit; i++)
        if (v->level[i] < v->level[quiet])
            quiet = i;
    return quiet;
}

/* The voice of hops from..end with room around it, which ends where the voice of a neighbour begins: no word is heard
 * twice. */
static lp_chunk with_room(const lp_vad *v, size_t before, size_t from, size_t end)
{
    size_t next = end;
    while (next < v->n && !lp_vad_is_voice(v, next))
        next++;
    int64_t least = (int64_t)before * LP_VAD_HOP_US, most = (int64_t)next * LP_VAD_HOP_US;
    lp_chunk c = { (int64_t)from * LP_VAD_HOP_US - LP_CHUNK_BEFORE_US, (int64_t)end * LP_VAD_HOP_US + LP_CHUNK_AFTER_US };
    c.start_us = c.start_us < least ? least : c.start_us;
    c.end_us = c.end_us > most ? most : c.end_us;
    return c;
}

lp_status lp_chunks_cut(const lp_vad *v, size_t from, size_t to, const lp_cutting *how, lp_arena *a, lp_chunk **out,
                        size_t *n, lp_diag *d)
{
    *out = NULL;
    *n = 0;
    size_t cap = 0, before = from;
    to = to > v->n ? v->n : to;
    while (from < to) {
        if (!lp_vad_is_voice(v, from)) {
            from++;
            continue;
        }
        size_t end = find_end(v, from, to, how);
        if (end - from >= LEAST_VOICE) {
            if (lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), MAX_HOPS) != 0)
                return lp_fail_nomem(d);
            (*out)[(*n)++] = with_room(v, before, from, end);
        }
        from = end > from ? end : from + 1;
        before = from;
    }
    return LP_OK;
}
