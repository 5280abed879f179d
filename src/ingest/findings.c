#include "ingest/findings.h"

#include "base/time.h"

enum {
    CUT_US = 1500000,      /* a claim that is longer than the packets by more is a loss */
    ABSURD_TIMES = 20,     /* a claim this many times the packets is a wrong claim, not a cut */
    LOST_US = 1000000,     /* so much behind a jump back of the time is a loss */
    GAP_US = 3 * 1000000,  /* nothing for so long is worth saying */
};

struct look {
    const lp_probe *p;
    lp_session *s;
    lp_arena *a;
    lp_diag *d;
};

#define ADD(l, code, severity, from, to, ...) \
    lp_finding_add(&(l)->s->findings, (l)->a, code, severity, from, to, (l)->d, __VA_ARGS__)

static lp_status look_at_length(struct look *l)
{
    const lp_session *s = l->s;
    int64_t claim = s->claimed_us, have = s->duration_us;
    char claimed[32], found[32], missing[32];
    if (claim < 0 || claim - have <= CUT_US)
        return LP_OK;
    lp_time_words(claim, claimed, sizeof(claimed));
    lp_time_words(have, found, sizeof(found));
    lp_time_words(claim - have, missing, sizeof(missing));
    if (claim / ABSURD_TIMES > have && l->p->read_error == 0)
        return ADD(l, "length-claim-wrong", LP_NOTE, -1, -1,
                   "%s: the header claims %s, but sound and picture last %s", s->media.name, claimed, found);
    return ADD(l, "file-cut-short", LP_LOSS, have, claim,
               "%s: the last %s are missing: it claims %s and ends after %s. If a whole copy exists, use that one",
               s->media.name, missing, claimed, found);
}

/* What lies behind a jump at times that were there before is not taken a second time. */
static lp_status look_at_jumps(struct look *l, const lp_probe_stream *ps, const char *what)
{
    const lp_session *s = l->s;
    int64_t at = ps->behind_at_us - s->origin_us;
    char words[32];
    lp_time_words(ps->behind_us, words, sizeof(words));
    if (ps->behind_us > LOST_US)
        return ADD(l, "time-runs-backwards", LP_LOSS, at, at + ps->behind_us,
                   "%s: here the time stamps of the %s jump back; %s that come after that are missing", s->media.name, what,
                   words);
    return ADD(l, "time-runs-backwards", LP_WARNING, -1, -1,
               "%s: the time stamps of the %s jump back %lld time%s; what comes after a jump may be missing", s->media.name,
               what, (long long)ps->n_backwards, ps->n_backwards == 1 ? "" : "s");
}

/* The parts of a recording whose clock jumps, which were put one behind the other. */
static lp_status look_at_joints(struct look *l)
{
    enum { TOLD = 50 };
    const lp_session *s = l->s;
    lp_status r = LP_OK;
    for (size_t i = 0; r == LP_OK && i < l->p->n_told; i++) {
        const lp_probe_joint *j = &l->p->told[i];
        int64_t at = j->at_us - s->origin_us;
        char words[32];
        lp_time_words(j->jump_us < 0 ? -j->jump_us : j->jump_us, words, sizeof(words));
        if (i == TOLD)
            return ADD(l, "clock-joined", LP_WARNING, at, at, "%s: the clock jumps %zu times more; nothing of it is left out",
                       s->media.name, l->p->n_told - i);
        if (j->jump_us < 0)
            r = ADD(l, "clock-joined", LP_NOTE, at, at,
                    "%s: here the recorder's clock jumps back by %s; what follows was joined on, nothing is left out",
                    s->media.name, words);
        else
            r = ADD(l, "clock-joined", LP_WARNING, at, at,
                    "%s: here the recorder's clock jumps ahead by %s; what follows was joined on. "
                    "If the class went on meanwhile, that was not recorded",
                    s->media.name, words);
    }
    return r;
}

/* One of the two used streams ends long before the other, or has packets less than its index says. */
static lp_status look_at_stream(struct look *l, int at, const char *what)
{
    const lp_session *s = l->s;
    if (at < 0)
        return LP_OK;
    const lp_stream *st = &s->streams[at];
    const lp_probe_stream *ps = &l->p->streams[at];
    lp_status r = LP_OK;
    char words[32];
    if (st->start_us > GAP_US) {
        lp_time_words(st->start_us, words, sizeof(words));
        r = ADD(l, "stream-starts-late", LP_WARNING, 0, st->start_us, "%s: the %s starts only after %s", s->media.name,
                what, words);
    }
    if (r == LP_OK && s->duration_us - st->end_us > GAP_US) {
        lp_time_words(s->duration_us - st->end_us, words, sizeof(words));
        r = ADD(l, "stream-ends-early", LP_WARNING, st->end_us, s->duration_us, "%s: the %s ends %s before the rest",
                s->media.name, what, words);
    }
    if (r == LP_OK && ps->n_corrupt > 0)
        r = ADD(l, "packets-damaged", LP_WARNING, -1, -1, "%s: %lld of %lld packets of the %s are damaged",
                s->media.name, (long long)ps->n_corrupt, (long long)ps->n_packets, what);
    if (r == LP_OK && ps->n_backwards > 0)
        r = look_at_jumps(l, ps, what);
    if (r == LP_OK && st->kind == LP_STREAM_AUDIO && ps->longest_gap_us > GAP_US) {
        int64_t from = ps->gap_at_us - s->origin_us;
        lp_time_words(ps->longest_gap_us, words, sizeof(words));
        r = ADD(l, "stream-has-a-gap", LP_WARNING, from, from + ps->longest_gap_us, "%s: the %s has a hole of %s",
                s->media.name, what, words);
    }
    return r;
}

static lp_status look_at_choice(struct look *l, size_t n_others)
{
    const lp_session *s = l->s;
    lp_status r = LP_OK;
    if (s->video < 0)
        r = ADD(l, "no-picture", LP_NOTE, -1, -1, "%s: it has no picture; the package has no slides", s->media.name);
    if (r == LP_OK && s->n_audio_candidates == 0)
        r = ADD(l, "no-sound", LP_WARNING, -1, -1, "%s: it has no sound", s->media.name);
    for (size_t i = 0; r == LP_OK && i < s->n_streams; i++) {
        const lp_stream *st = &s->streams[i];
        if (st->kind != LP_STREAM_VIDEO && st->kind != LP_STREAM_AUDIO)
            continue;
        if (st->n_packets == 0)
            r = ADD(l, "stream-empty", LP_NOTE, -1, -1, "%s: stream %d (%s) is empty", s->media.name, st->index, st->codec);
        else if (!st->can_decode)
            r = ADD(l, "no-decoder", LP_WARNING, -1, -1, "%s: stream %d is left out: no decoder for %s in this build",
                    s->media.name, st->index, st->codec);
        else if (st->kind == LP_STREAM_VIDEO && !st->is_cover && (int)i != s->video)
            r = ADD(l, "stream-left-out", LP_WARNING, -1, -1, "%s: a second picture (stream %d, %dx%d) is left out",
                    s->media.name, st->index, st->width_px, st->height_px);
    }
    if (r == LP_OK && n_others > 0)
        r = ADD(l, "files-left-out", LP_WARNING, -1, -1,
                "%s was taken as the recording, the largest of %zu in the folder; the others are left out", s->media.name,
                n_others + 1);
    if (r == LP_OK && l->p->edits != LP_EDITS_FOLLOWED)
        r = ADD(l, "edit-list-left-out", LP_WARNING, -1, -1, "%s: its list of cuts %s; it was taken as recorded, without the cuts",
                s->media.name,
                l->p->edits == LP_EDITS_TOO_MANY ? "has it played more than 64 times over" : "tells of times behind its end");
    if (r == LP_OK && l->p->n_late > 0)
        r = ADD(l, "stream-turns-up-late", LP_LOSS, -1, -1,
                "%s: %lld packets of streams that begin in its middle are left out; two recordings in one file? Cut it there",
                s->media.name, (long long)l->p->n_late);
    if (r == LP_OK && l->p->read_error != 0)
        r = ADD(l, "read-error", LP_WARNING, -1, -1, "%s: reading ended before the end of the file: it is damaged there",
                s->media.name);
    return r;
}

lp_status lp_ingest_findings(const lp_probe *p, size_t n_others, lp_arena *a, lp_session *s, lp_diag *d)
{
    struct look l = { p, s, a, d };
    lp_status r = look_at_choice(&l, n_others);
    if (r == LP_OK)
        r = look_at_length(&l);
    if (r == LP_OK)
        r = look_at_joints(&l);
    if (r == LP_OK)
        r = look_at_stream(&l, s->video, "picture");
    if (r == LP_OK)
        r = look_at_stream(&l, s->audio, "sound");
    return r;
}
