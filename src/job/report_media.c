#include "job/report_sources.h"

#include <math.h>

#include "av/packet_sizes.h"
#include "av/soundread.h"
#include "base/file.h"
#include "base/str.h"
#include "base/time.h"
#include "caption/lint.h"
#include "ingest/readers.h"
#include "survey/loudness.h"

enum { MINUTE_US = 60 * LP_SECOND_US, MAX_MINUTES = 24 * 60, STYLE = 42 };

static int is_grave(lp_status s)
{
    return s == LP_ERR_NOMEM || s == LP_ERR_CANCELLED;
}

static const lecpack_file *file_of(const lp_report_sources *r, const char *role)
{
    for (size_t i = 0; i < r->manifest.n_files; i++)
        if (lp_str_eq(r->manifest.files[i].role, role))
            return &r->manifest.files[i];
    return NULL;
}

/* The bytes of the sound or the video in each minute; *out stays NULL where there is none, or
 * it can not be read, which is told. */
static lp_status minutes_of(lp_report_sources *r, const char *role, size_t n, int64_t **out,
                            lp_diag *d)
{
    const lecpack_file *f = file_of(r, role);
    if (!f)
        return LP_OK;
    int64_t *bytes = lp_arena_alloc(r->arena, n, sizeof(*bytes));
    if (!bytes)
        return lp_fail_nomem(d);
    char *path = lp_report_file(r, f->path);
    lp_diag why = { 0 };
    lp_status s = path ? lp_packet_sizes(path, MINUTE_US, bytes, n, &r->progress, &why)
                       : lp_fail(&why, LP_ERR_INPUT, 0, "%s: is missing", f->path);
    if (is_grave(s))
        return lp_fail(d, s, 0, "%s", why.text);
    if (s == LP_OK)
        *out = bytes;
    else
        lp_report_unknown(r, "The bytes of the %s in each minute: %s", role, why.text);
    return LP_OK;
}

static void set_bytes(json_t *o, const char *key, const int64_t *bytes, size_t i)
{
    if (bytes)
        lp_json_set_int(o, key, bytes[i]);
    else
        lp_json_set_new(o, key, json_null());
}

static lp_status minutes(lp_report_sources *r, lp_diag *d)
{
    int64_t us = r->manifest.duration_us, *sound = NULL, *video = NULL;
    size_t n = us > 0 ? (size_t)((us + MINUTE_US - 1) / MINUTE_US) : 1;
    n = n < MAX_MINUTES ? n : MAX_MINUTES;
    int64_t *slides = lp_arena_alloc(r->arena, n, sizeof(*slides));
    if (!slides)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < r->manifest.n_files; i++) {
        const lecpack_file *f = &r->manifest.files[i];
        if (!lp_str_eq(f->layer, "slides"))
            continue;
        int64_t at = f->t_us > 0 ? f->t_us / MINUTE_US : 0;
        slides[at < (int64_t)n ? at : (int64_t)n - 1] += f->bytes;
    }
    lp_status s = minutes_of(r, "sound", n, &sound, d);
    if (s == LP_OK)
        s = minutes_of(r, "video", n, &video, d);
    if (s != LP_OK)
        return s;
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();
        lp_json_set_int(o, "minute", (int64_t)i);
        lp_json_set_int(o, "slides", slides[i]);
        set_bytes(o, "sound", sound, i);
        set_bytes(o, "video", video, i);
        json_array_append_new(list, o);
    }
    lp_json_set_new(r->figures, "minutes", list);
    return LP_OK;
}

/* What a learner hears: the file is decoded and measured like the recording's sound before. */
static lp_status measure(const lp_report_sources *r, const char *path, lp_loudness *l,
                         lp_diag *d)
{
    lp_sound_ref of = { path, 0, 0, r->manifest.duration_us, NULL };
    lp_sound *sound = NULL;
    const float *lr = NULL;
    size_t n = 0, blocks = 0;
    lp_status s = lp_sound_open(&of, &sound, d);
    while (s == LP_OK && (s = lp_sound_read(sound, &lr, &n, d)) == LP_OK && n > 0) {
        enum { PART = 4096 };
        float mono[PART];
        for (size_t i = 0; s == LP_OK && i < n; i += PART) {
            size_t k = n - i < PART ? n - i : PART;
            for (size_t j = 0; j < k; j++)
                mono[j] = 0.5f * (lr[2 * (i + j)] + lr[2 * (i + j) + 1]);
            if (lp_loudness_push(l, mono, k) != 0)
                s = lp_fail_nomem(d);
        }
        if (s == LP_OK && blocks++ % 256 == 0)
            s = lp_progress_check(&r->progress, d);
    }
    if (s == LP_OK && lp_sound_get_stats(sound).n_errors > 0)
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: is damaged; run lecpack verify", path);
    lp_sound_close(&sound);
    return s;
}

static lp_status loudness_after(lp_report_sources *r, json_t *loudness, lp_diag *d)
{
    const lecpack_file *f = file_of(r, "sound");
    if (!f)
        return LP_OK;
    char *path = lp_report_file(r, f->path);
    lp_loudness l;
    lp_diag why = { 0 };
    lp_loudness_init(&l);
    lp_status s = path ? measure(r, path, &l, &why)
                       : lp_fail(&why, LP_ERR_INPUT, 0, "%s: is missing", f->path);
    if (s == LP_OK) {
        json_t *o = json_object();
        lp_json_set_new(o, "lufs", json_real(round(lp_loudness_lufs(&l) * 10) / 10));
        lp_json_set_new(o, "peak_db", json_real(round(lp_loudness_peak_db(&l) * 10) / 10));
        lp_json_set_new(loudness, "after", o);
    } else if (!is_grave(s)) {
        lp_report_unknown(r, "How loud the sound is now: %s", why.text);
    }
    lp_loudness_clear(&l);
    return is_grave(s) ? lp_fail(d, s, 0, "%s", why.text) : LP_OK;
}

lp_status lp_report_media(lp_report_sources *r, json_t *loudness, lp_diag *d)
{
    lp_status s = minutes(r, d);
    return s == LP_OK ? loudness_after(r, loudness, d) : s;
}

static lp_status lint(lp_report_sources *r, const char *name, json_t *o, lp_diag *d)
{
    lp_cues c = { .lang = lp_json_str(o, "lang", "und") };
    lp_breaches b;
    lp_diag why = { 0 };
    char *path = lp_report_file(r, name);
    lp_status s = path ? lp_captions_read_file(path, r->arena, &c, &why)
                       : lp_fail(&why, LP_ERR_INPUT, 0, "%s: is missing", name);
    if (s == LP_OK)
        s = lp_cues_lint(&c, STYLE, r->arena, &b, &why);
    if (s == LP_OK) {
        lp_json_set_int(o, "hard", (int64_t)b.n_hard);
        lp_json_set_int(o, "soft", (int64_t)b.n_soft);
    } else if (!is_grave(s)) {
        lp_report_unknown(r, "Whether the captions can be read: %s", why.text);
    }
    return is_grave(s) ? lp_fail(d, s, 0, "%s", why.text) : LP_OK;
}

static void copy(json_t *to, const json_t *from, const char *key)
{
    json_t *v = json_object_get(from, key);
    if (v && !json_is_null(v))
        (void)json_object_set(to, key, v);
}

lp_status lp_report_captions(lp_report_sources *r, lp_diag *d)
{
    static const char *const own[] = {
        "path", "lang", "origin", "cues", "reviewed", "checked"
    };
    static const char *const quality[] = { "words", "covered", "mean_cps", "max_cps" };
    static const char *const engine[] = { "doubtful_words", "not_recognised" };
    json_t *list = json_array(), *track;
    lp_status s = LP_OK;
    size_t i;
    lp_json_set_new(r->figures, "captions", list);
    json_array_foreach(json_object_get(r->raw, "tracks"), i, track)
    {
        const char *name = lp_json_str(track, "path", NULL);
        const json_t *by = json_object_get(track, "engine");
        json_t *o = json_object();
        for (size_t k = 0; k < sizeof(own) / sizeof(own[0]); k++)
            copy(o, track, own[k]);
        for (size_t k = 0; k < sizeof(quality) / sizeof(quality[0]); k++)
            copy(o, json_object_get(track, "quality"), quality[k]);
        lp_json_set_str(o, "engine", lp_json_str(by, "name", NULL));
        for (size_t k = 0; k < sizeof(engine) / sizeof(engine[0]); k++)
            copy(o, by, engine[k]);
        if (s == LP_OK && name)
            s = lint(r, name, o, d);
        json_array_append_new(list, o);
    }
    return s;
}
