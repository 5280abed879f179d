#include "job/survey_sound.h"

#include "av/soundread.h"
#include "base/limiter.h"
#include "session/plan.h"
#include "survey/channels.h"
#include "survey/loudness.h"
#include "survey/speech.h"

static const double silent_lufs = -65;

/* One track heard to its end, and what was measured of the one channel that is made of it. */
typedef struct track {
    lp_channels channels;
    lp_sound_mix mix;
    lp_loudness loud;
    lp_speech speech;
    lp_highpass highpass;
    lp_sound_stats stats;
    lp_span *gaps; /* in the arena */
    size_t n_gaps;
} track;

static void clear(track *t)
{
    lp_loudness_clear(&t->loud);
    lp_speech_clear(&t->speech);
}

static lp_status hear_block(track *t, const float *lr, size_t n, lp_diag *d)
{
    enum { PART = 4096 };
    float mono[PART];
    lp_channels_push(&t->channels, lr, n);
    for (size_t i = 0; i < n; i += PART) {
        size_t k = n - i < PART ? n - i : PART;
        lp_channels_to_mono(t->mix, lr + 2 * i, k, mono);
        int e = lp_speech_push(&t->speech, mono, k);
        lp_highpass_run(&t->highpass, mono, k); /* as encode will: it moves peaks */
        if (e != 0 || lp_loudness_push(&t->loud, mono, k) != 0)
            return lp_fail_nomem(d);
    }
    return LP_OK;
}

static lp_status keep_gaps(const lp_sound *r, lp_arena *a, track *t, lp_diag *d)
{
    const lp_sound_gap *gaps = lp_sound_gaps(r, &t->n_gaps);
    t->gaps = t->n_gaps ? lp_arena_alloc(a, t->n_gaps, sizeof(*t->gaps)) : NULL;
    if (t->n_gaps && !t->gaps)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < t->n_gaps; i++)
        t->gaps[i] = (lp_span){ gaps[i].start_us, gaps[i].end_us };
    return LP_OK;
}

static lp_status hear_mixed(const lp_session *s, int at, lp_sound_mix mix, const lp_progress *p, lp_arena *a, track *t,
                            lp_diag *d)
{
    lp_sound *r = NULL;
    const float *lr = NULL;
    size_t n = 0, blocks = 0;
    *t = (track){ .mix = mix };
    lp_sound_ref of = { s->media.path, s->streams[at].index, s->origin_us, s->duration_us, &s->joints };
    lp_status st = lp_sound_open(&of, &r, d);
    while (st == LP_OK && (st = lp_sound_read(r, &lr, &n, d)) == LP_OK && n > 0) {
        st = hear_block(t, lr, n, d);
        if (st == LP_OK && blocks++ % 256 == 0)
            st = lp_progress_check(p, d);
    }
    if (r)
        t->stats = lp_sound_get_stats(r);
    if (st == LP_OK)
        st = keep_gaps(r, a, t, d);
    lp_sound_close(&r);
    return st;
}

/* Nearly all recordings are a mix of both sides in the end: that is measured first, and one side, which costs the time of reading the
 * track again, only where it is to be taken. */
static lp_status hear(const lp_session *s, int at, const lp_progress *p, lp_arena *a, track *t, lp_diag *d)
{
    lp_status st = hear_mixed(s, at, LP_MIX_MONO, p, a, t, d);
    lp_sound_mix mix = s->streams[at].n_channels == 1 ? LP_MIX_MONO : lp_channels_mix(&t->channels);
    if (st != LP_OK || mix == LP_MIX_MONO)
        return st;
    clear(t);
    return hear_mixed(s, at, mix, p, a, t, d);
}

static lp_status mostly_damaged(const lp_session *s, int64_t n_errors, int64_t n_frames, lp_findings *f, lp_arena *a, lp_diag *d)
{
    return lp_finding_add(f, a, "sound-mostly-damaged", LP_LOSS, -1, -1, d,
                          "%s: most of its sound is damaged (%lld of %lld pieces); there is silence instead", s->media.name,
                          (long long)n_errors, (long long)(n_errors + n_frames));
}

static lp_status fill(const lp_session *s, int at, const track *t, lp_arena *a, lp_sound_survey *out, lp_findings *f, lp_diag *d)
{
    const lp_sound_mix mix = t->mix;
    const lp_channels *c = &t->channels;
    double gain_db = 0;
    if (lp_loudness_gain_db(&t->loud, LP_SOUND_LUFS + LP_SOUND_CODER_LU, LP_SOUND_CEILING_DB - LP_SOUND_CODER_DB, &gain_db) != 0)
        return lp_fail_nomem(d);
    *out = (lp_sound_survey){ .stream = at, .mix = mix, .loudness_lufs = lp_loudness_lufs(&t->loud),
                              .peak_db = lp_loudness_peak_db(&t->loud),
                              .gain_db = gain_db,
                              .start_us = t->stats.start_us == INT64_MAX || t->stats.start_us < 0 ? 0 : t->stats.start_us,
                              .end_us = t->stats.end_us,
                              .gaps = t->gaps, .n_gaps = t->n_gaps };
    lp_status r = lp_speech_finish(&t->speech, a, &out->speech, &out->n_speech, d);
    if (r == LP_OK && mix != LP_MIX_MONO)
        r = c->ll > 1000 * c->rr || c->rr > 1000 * c->ll
                ? lp_finding_add(f, a, "sound-one-sided", LP_NOTE, -1, -1, d, "%s: the sound is on one side only; it was taken from there", s->media.name)
                : lp_finding_add(f, a, "sound-phase-inverted", LP_NOTE, -1, -1, d, "%s: left and right cancel each other; the left side was taken", s->media.name);
    if (r == LP_OK && t->stats.n_errors > t->stats.n_frames)
        r = mostly_damaged(s, t->stats.n_errors, t->stats.n_frames, f, a, d);
    else if (r == LP_OK && t->stats.n_errors > 0)
        r = lp_finding_add(f, a, "sound-damaged", LP_WARNING, -1, -1, d, "%s: %lld piece%s of the sound %s damaged; there is silence instead",
                           s->media.name, (long long)t->stats.n_errors, t->stats.n_errors == 1 ? "" : "s",
                           t->stats.n_errors == 1 ? "is" : "are");
    if (r == LP_OK && t->n_gaps > 0)
        r = lp_finding_add(f, a, "sound-gaps", LP_WARNING, t->gaps[0].start_us, t->gaps[t->n_gaps - 1].end_us, d,
                           "%s: %.1f s of the sound are missing in %zu place%s; there is silence instead", s->media.name,
                           (double)t->stats.gap_us / 1e6, t->n_gaps, t->n_gaps == 1 ? "" : "s");
    return r;
}

lp_status lp_survey_sound(const lp_session *s, const lp_progress *p, lp_arena *a, lp_sound_survey *out, lp_findings *findings,
                          lp_diag *d)
{
    track best = { 0 };
    int best_at = -1;
    int64_t n_errors = 0, n_frames = 0, n_decoded = 0;
    double best_score = 0;
    lp_status r = LP_OK;
    *out = (lp_sound_survey){ .stream = -1, .loudness_lufs = -70, .peak_db = -120 };
    for (size_t i = 0; r == LP_OK && i < s->n_audio_candidates; i++) {
        int at = s->audio_candidates[i];
        track t;
        lp_diag why = { 0 };
        r = hear(s, at, p, a, &t, &why);
        n_errors += t.stats.n_errors;
        n_frames += t.stats.n_frames;
        n_decoded += t.stats.start_us != INT64_MAX && t.stats.end_us > t.stats.start_us;
        double score = lp_loudness_lufs(&t.loud);
        score += s->streams[at].is_default ? 3 : 0; /* dB: of two that are about as loud, the one the recorder prefers */
        if (r == LP_ERR_INPUT || r == LP_ERR_UNSUPPORTED || r == LP_ERR_NO_INPUT)
            r = lp_finding_add(findings, a, "sound-not-decoded", LP_WARNING, -1, -1, d, "%s", why.text);
        else if (r != LP_OK)
            r = lp_fail(d, r, why.code, "%s", why.text);
        if (r == LP_OK && score > silent_lufs && (best_at < 0 || score > best_score)) {
            clear(&best);
            best = t;
            best_at = at;
            best_score = score;
        } else {
            clear(&t);
        }
    }
    if (r == LP_OK && best_at >= 0)
        r = fill(s, best_at, &best, a, out, findings, d);
    else if (r == LP_OK && n_decoded == 0 && n_errors > 0)
        r = lp_finding_add(findings, a, "sound-not-decoded", LP_LOSS, -1, -1, d, "%s: nothing of its sound can be decoded", s->media.name);
    else if (r == LP_OK && n_errors > n_frames)
        r = mostly_damaged(s, n_errors, n_frames, findings, a, d);
    else if (r == LP_OK)
        r = lp_finding_add(findings, a, "sound-silent", LP_WARNING, -1, -1, d, "%s: there is nothing to hear in its sound", s->media.name);
    if (r == LP_OK && best_at >= 0 && best_at != s->audio && s->audio >= 0)
        r = lp_finding_add(findings, a, "sound-track-chosen", LP_NOTE, -1, -1, d, "%s: sound track %d was taken, the louder one",
                           s->media.name, s->streams[best_at].index);
    clear(&best);
    return r;
}
