#include "av/joined.h"

#include <string.h>

#include "base/mem.h"

enum {
    BACK_US = 500000,
    AHEAD_US = 10000000,
    SILENT_AHEAD_US = 600000000,
    ALIKE_US = 5000000,
    MAX_JUMPS = 20000,
    MAX_LEN_US = 60000000
};

typedef struct jump {
    int stream;
    int64_t pos;              /* of the first packet behind it */
    int64_t from_us, to_us;   /* where the stream would have gone on, and where it did, in the
                                 measure of decoding */
    int64_t start_us, end_us; /* what is shown of the run behind it */
} jump;

typedef struct watched {
    int is_used, is_sound;
    int64_t first_pos, last_pos; /* -1: no packet yet */
    int64_t next_us; /* where the next packet is due; INT64_MIN: none came with a time */
    int64_t start_us, end_us; /* what is shown of the run before the first jump */
    size_t run;               /* 1 + the jump that began the present run; 0: none */
} watched;

struct lp_jumps {
    const AVFormatContext *f;
    watched *streams;
    size_t n_streams;
    jump *items; /* in the order of the file's packets */
    size_t n, cap;
    int has_sound;
};

/* The parts of other containers can not be found again: their readers do not begin at any byte.
 */
static int can_land(const AVFormatContext *f)
{
    static const char *const names[] = { "mpegts", "mpeg", "flv", "live_flv" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(f->iformat->name, names[i]) == 0)
            return 1;
    return 0;
}

lp_status lp_jumps_new(const AVFormatContext *f, lp_jumps **out, lp_diag *d)
{
    *out = NULL;
    if (!can_land(f))
        return LP_OK;
    lp_jumps *j = lp_calloc(1, sizeof(*j));
    if (!j || !(j->streams = lp_calloc(f->nb_streams, sizeof(*j->streams)))) {
        lp_jumps_free(&j);
        return lp_fail_nomem(d);
    }
    j->f = f;
    j->n_streams = f->nb_streams;
    for (size_t i = 0; i < j->n_streams; i++) {
        const AVStream *st = f->streams[i];
        watched *w = &j->streams[i];
        w->is_sound = st->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        w->is_used = (w->is_sound || st->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) &&
                     !(st->disposition & AV_DISPOSITION_ATTACHED_PIC);
        w->first_pos = w->last_pos = -1;
        w->next_us = w->start_us = w->end_us = INT64_MIN;
    }
    *out = j;
    return LP_OK;
}

void lp_jumps_free(lp_jumps **j)
{
    if (!*j)
        return;
    lp_free((*j)->streams);
    lp_free((*j)->items);
    lp_free(*j);
    *j = NULL;
}

/* What is shown of the present run goes from its first time to its last. */
static void extend(lp_jumps *j, const watched *w, int64_t *first_start, int64_t *first_end,
                   int64_t t, int64_t end)
{
    int64_t *start_us = w->run ? &j->items[w->run - 1].start_us : first_start;
    int64_t *end_us = w->run ? &j->items[w->run - 1].end_us : first_end;
    if (*start_us == INT64_MIN || t < *start_us)
        *start_us = t;
    if (*end_us == INT64_MIN || end > *end_us)
        *end_us = end;
}

lp_status lp_jumps_push(lp_jumps *j, const AVPacket *pkt, lp_diag *d)
{
    if ((size_t)pkt->stream_index >= j->n_streams || !j->streams[pkt->stream_index].is_used)
        return LP_OK;
    watched *w = &j->streams[pkt->stream_index];
    AVRational tb = j->f->streams[pkt->stream_index]->time_base;
    int64_t pts = lp_av_time_us(pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts, tb, 0);
    int64_t dts = lp_av_time_us(pkt->dts != AV_NOPTS_VALUE ? pkt->dts : pkt->pts, tb, 0);
    int64_t len = pkt->duration > 0 ? lp_av_time_us(pkt->duration, tb, 0) : 0;
    int64_t pos = pkt->pos >= 0 ? pkt->pos : w->last_pos + 1;
    if (pts == INT64_MIN || dts == INT64_MIN)
        return LP_OK;
    len = len > 0 && len < MAX_LEN_US ? len : 0;
    j->has_sound |= w->is_sound;
    if (w->first_pos < 0)
        w->first_pos = pos;
    int64_t off = w->next_us == INT64_MIN ? 0 : dts - w->next_us;
    if ((off < -BACK_US || off > AHEAD_US) && j->n < MAX_JUMPS) {
        if (lp_grow((void **)&j->items, j->n, &j->cap, sizeof(*j->items), MAX_JUMPS) != 0)
            return lp_fail_nomem(d);
        j->items[j->n++] =
            (jump){ pkt->stream_index, pos, w->next_us, dts, INT64_MIN, INT64_MIN };
        w->run = j->n;
    }
    extend(j, w, &w->start_us, &w->end_us, pts, pts + len);
    w->next_us = dts + len;
    w->last_pos = pos;
    return LP_OK;
}

/* Jumps of different streams that belong together: [from, to) of the list. */
typedef struct group {
    size_t from, to;
    int64_t first_pos, last_pos, jump_us;
} group;

static int holds(const lp_jumps *j, const group *g, int stream)
{
    for (size_t i = g->from; i < g->to; i++)
        if (j->items[i].stream == stream)
            return 1;
    return 0;
}

static group gather(const lp_jumps *j, size_t from)
{
    const jump *a = &j->items[from];
    group g = { from, from + 1, a->pos, a->pos, a->to_us - a->from_us };
    for (; g.to < j->n; g.to++) {
        const jump *b = &j->items[g.to];
        int64_t off = b->to_us - b->from_us - g.jump_us;
        if (holds(j, &g, b->stream) || off > ALIKE_US || off < -ALIKE_US)
            break;
        g.first_pos = b->pos < g.first_pos ? b->pos : g.first_pos;
        g.last_pos = b->pos > g.last_pos ? b->pos : g.last_pos;
    }
    return g;
}

/* Whether no stream goes on as if nothing were. One that has ended, or begins behind it, may be
 * missing. */
static int is_joint(const lp_jumps *j, const group *g)
{
    if (g->jump_us > 0 && !j->has_sound && g->jump_us < SILENT_AHEAD_US)
        return 0;
    for (size_t i = 0; i < j->n_streams; i++) {
        const watched *w = &j->streams[i];
        if (w->is_used && w->first_pos >= 0 && w->first_pos < g->first_pos &&
            w->last_pos > g->last_pos && !holds(j, g, (int)i))
            return 0;
    }
    return 1;
}

/* How far the part before the group goes, and where the one behind begins: the runs since the
 * joint before (NULL: none), and those that the group begins. Container time, not moved. */
static void find_edges(const lp_jumps *j, const group *g, const group *before, int64_t *end_us,
                       int64_t *start_us)
{
    *end_us = INT64_MIN;
    *start_us = INT64_MAX;
    for (size_t i = 0; i < j->n_streams; i++) {
        const watched *w = &j->streams[i];
        if (w->is_used && w->first_pos >= 0 && w->first_pos < g->first_pos &&
            w->end_us > *end_us && (!before || w->first_pos > before->first_pos))
            *end_us = w->end_us;
    }
    for (size_t i = before ? before->from : 0; i < g->from; i++)
        *end_us = j->items[i].end_us > *end_us ? j->items[i].end_us : *end_us;
    for (size_t i = g->from; i < g->to; i++)
        *start_us = j->items[i].start_us < *start_us ? j->items[i].start_us : *start_us;
}

static lp_status add(const lp_jumps *j, const group *g, int64_t shift_us, lp_arena *a,
                     lp_joints *out, size_t *cap, lp_diag *d)
{
    for (size_t s = 0; s < j->n_streams; s++) {
        if (lp_arena_grow(a, (void **)&out->items, out->n, cap, sizeof(*out->items),
                          64 * MAX_JUMPS) != 0)
            return lp_fail_nomem(d);
        int64_t pos = g->first_pos;
        for (size_t i = g->from; i < g->to; i++)
            pos = j->items[i].stream == (int)s ? j->items[i].pos : pos;
        out->items[out->n++] = (lp_joint){ (int)s, pos, shift_us };
    }
    return LP_OK;
}

lp_status lp_jumps_finish(const lp_jumps *j, lp_arena *a, lp_joints *out, lp_probe_joint **told,
                          size_t *n_told, lp_diag *d)
{
    size_t cap = 0, cap_told = 0;
    group before = { 0 };
    int64_t shift_us = 0;
    lp_status s = LP_OK;
    out->items = NULL;
    out->n = 0;
    *told = NULL;
    *n_told = 0;
    for (size_t i = 0; s == LP_OK && i < j->n;) {
        group g = gather(j, i);
        int64_t end_us, start_us;
        if (!is_joint(j, &g)) {
            i++;
            continue;
        }
        i = g.to;
        find_edges(j, &g, *n_told ? &before : NULL, &end_us, &start_us);
        int64_t at_us = end_us + shift_us;
        shift_us = at_us - start_us;
        before = g;
        s = add(j, &g, shift_us, a, out, &cap, d);
        if (s == LP_OK &&
            lp_arena_grow(a, (void **)told, *n_told, &cap_told, sizeof(**told), MAX_JUMPS) != 0)
            s = lp_fail_nomem(d);
        if (s == LP_OK)
            (*told)[(*n_told)++] = (lp_probe_joint){ at_us, g.jump_us };
    }
    return s;
}
