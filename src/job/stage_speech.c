#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "av/snapshot.h"
#include "av/soundwrite.h"
#include "base/file.h"
#include "base/parallel.h"
#include "base/str.h"
#include "caption/terms.h"
#include "job/stage_calls.h"
#include "session/artifact.h"
#include "tool/ocr.h"

/* The read stage (words on the slides) and the hear stage (words in the sound). A tool that is
 * missing or fails costs what it would have made, and a finding says so. */

enum { MAX_READ = 400 }; /* slides; a session with more is no slide show */

/* ---- read ---- */

typedef struct reading {
    lp_job *job;
    const lp_ocr *ocr;
    const lp_progress *progress;
    size_t n;
    int slides[MAX_READ];
    int64_t times_us[MAX_READ];
    const char *paths[MAX_READ]; /* NULL: no picture */
    lp_ocr_text texts[MAX_READ];
    lp_arena arenas[MAX_READ];
    lp_diag why[MAX_READ];
} reading;

static lp_status read_one(void *user, size_t i, size_t worker, lp_diag *d)
{
    reading *r = user;
    (void)worker;
    if (!r->paths[i])
        return LP_OK;
    lp_status s = lp_ocr_read(r->ocr, r->paths[i], r->progress, &r->arenas[i], &r->texts[i], &r->why[i]);
    if (s == LP_ERR_NOMEM || s == LP_ERR_CANCELLED)
        return lp_fail(d, s, 0, "%s", r->why[i].text);
    lp_progress_tell(r->progress, r->times_us[i], r->job->timeline.duration_us);
    return LP_OK; /* one that can not be read is told in gather() */
}

static void add_reading(reading *r, size_t slide, int64_t t_us)
{
    r->slides[r->n] = (int)slide;
    r->times_us[r->n++] = t_us;
}

static void choose_slides(reading *r)
{
    const lp_timeline *t = &r->job->timeline;
    for (size_t i = 0; i < t->n_slides && r->n < MAX_READ; i++) {
        if (t->slides[i].same_as >= 0 || t->slides[i].is_poster)
            continue;
        if (t->slides[i].n_steps && r->n + 1 < MAX_READ && t->slides[i].steps[0].picture_us < t->slides[i].picture_us)
            add_reading(r, i, t->slides[i].steps[0].picture_us); /* its words before a pen crossed them */
        add_reading(r, i, t->slides[i].picture_us);
    }
}

static lp_status take_pictures(reading *r, const char *dir, lp_arena *a, lp_diag *d)
{
    const lp_session *s = &r->job->session;
    lp_video_ref v = { s->media.path, s->streams[s->video].index, s->origin_us, &s->joints };
    lp_status st = lp_file_mkdirs(dir, d);
    for (size_t i = 0; st == LP_OK && i < r->n; i++)
        if (!(r->paths[i] = lp_arena_printf(a, "%s/%03zu.pgm", dir, i + 1)))
            st = lp_fail_nomem(d);
    return st == LP_OK ? lp_snapshots_write(&v, r->times_us, r->paths, r->n, r->progress, d) : st;
}

/* Of two readings of one slide the one with more words counts; of equal ones the later. */
static int is_beaten(const reading *r, size_t i)
{
    size_t n = lp_slide_text_count(r->texts[i].text);
    return (i + 1 < r->n && r->slides[i + 1] == r->slides[i] && lp_slide_text_count(r->texts[i + 1].text) >= n) ||
           (i > 0 && r->slides[i - 1] == r->slides[i] && lp_slide_text_count(r->texts[i - 1].text) > n);
}

static lp_status gather(const reading *r, lp_arena *a, lp_slide_texts *out, lp_diag *d)
{
    const char *why = NULL;
    size_t n_failed = 0;
    out->items = lp_arena_alloc(a, r->n, sizeof(*out->items));
    if (!out->items)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < r->n; i++) {
        if (r->why[i].status != LP_OK) {
            n_failed++;
            why = r->why[i].text;
        } else if (r->texts[i].text && *r->texts[i].text && !is_beaten(r, i)) {
            out->items[out->n++] = (lp_slide_text){ r->slides[i], r->texts[i].text, r->texts[i].title };
        }
    }
    lp_slide_titles_drop_common(out);
    return !why ? LP_OK
                : lp_finding_add(&out->findings, a, "slide-text", LP_NOTE, -1, -1, d, "the words of %zu slide%s could not be read: %s",
                                 n_failed, n_failed == 1 ? "" : "s", why);
}

static lp_status read_slides(lp_job *j, lp_stage_call *c, lp_slide_texts *out, lp_diag *d)
{
    lp_ocr ocr;
    lp_diag why = { 0 };
    reading *r = lp_arena_alloc(c->arena, 1, sizeof(*r));
    if (!r)
        return lp_fail_nomem(d);
    r->job = j;
    r->progress = c->progress;
    choose_slides(r);
    if (r->n == 0 || j->session.video < 0 || lp_str_eq(j->options->slide_text, "none"))
        return LP_OK;
    lp_status s = lp_ocr_find(j->session.lang, c->arena, &ocr, &why);
    if (s == LP_ERR_TOOL)
        return lp_finding_add(&out->findings, c->arena, "slide-text", LP_NOTE, -1, -1, d, "%s", why.text);
    if (s != LP_OK)
        return lp_fail(d, s, 0, "%s", why.text);
    r->ocr = &ocr;
    out->engine = ocr.engine;
    char *dir = lp_path_join(c->arena, j->work_dir, "read");
    s = dir ? take_pictures(r, dir, c->arena, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_parallel(r->n, j->n_threads, read_one, r, d);
    if (s == LP_OK)
        s = gather(r, c->arena, out, d);
    if (s == LP_OK && !(c->artifact = lp_slide_texts_to_json(out)))
        s = lp_fail_nomem(d);
    for (size_t i = 0; i < r->n; i++)
        lp_arena_clear(&r->arenas[i]);
    if (dir && s == LP_OK)
        s = lp_file_remove(dir, d);
    return s;
}

lp_status lp_read_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_slide_texts t = { 0 };
    lp_status s = read_slides(j, c, &t, d);
    if (s == LP_OK && !c->artifact && !(c->artifact = lp_slide_texts_to_json(&t)))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_read_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_slide_texts_from_json(o, a, &j->slide_texts, d);
}

/* ---- hear ---- */

int lp_hear_is_wanted(const lp_job *j)
{
    return j->timeline.sound.stream >= 0 && j->timeline.sound.n_speech > 0 && !lp_str_eq(j->options->speech, "none") &&
           (j->imported.n == 0 || j->options->transcript);
}

lp_asr_options lp_hear_options(const lp_job *j)
{
    const lecpack_options *o = j->options;
    return (lp_asr_options){ .engine = o->speech, .lang = j->session.lang, .model = o->speech_model, .command = o->speech_command,
                             .format = o->speech_format };
}

static lp_status write_wav(const lp_job *j, const char *to, const lp_progress *p, lp_diag *d)
{
    const lp_sound_survey *q = &j->timeline.sound;
    const lp_session *s = &j->session;
    float gain = (float)pow(10, q->gain_db / 20);
    lp_sound_track t = { .of = { s->media.path, s->streams[q->stream].index, s->origin_us, s->duration_us, &s->joints } };
    t.left = q->mix == LP_MIX_LEFT ? gain : q->mix == LP_MIX_RIGHT ? 0 : gain / 2;
    t.right = q->mix == LP_MIX_RIGHT ? gain : q->mix == LP_MIX_LEFT ? 0 : gain / 2;
    return lp_sound_write_wav(&t, to, p, d);
}

static lp_status find_terms(const lp_job *j, lp_arena *a, lp_asr_term **out, size_t *n, lp_diag *d)
{
    const lp_timeline *t = &j->timeline;
    *n = 0;
    *out = lp_arena_alloc(a, t->n_slides * LP_TERMS_MOST, sizeof(**out));
    if (!*out)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < t->n_slides; i++) {
        const lp_slide *slide = &t->slides[i];
        const char *text = lp_slide_words_of(&j->slide_texts, slide->same_as >= 0 ? slide->same_as : (int)i), *terms[LP_TERMS_MOST];
        int k = text ? lp_terms_find(text, a, terms) : 0;
        if (k < 0)
            return lp_fail_nomem(d);
        for (int m = 0; m < k; m++)
            (*out)[(*n)++] = (lp_asr_term){ slide->start_us, slide->end_us, terms[m], 0 };
    }
    return LP_OK;
}

static lp_status hear(lp_job *j, lp_stage_call *c, const lp_asr_engine *e, lp_cues *out, lp_diag *d)
{
    char *folder = lp_path_join(c->arena, j->work_dir, "hear");
    char *wav = folder ? lp_path_join(c->arena, folder, "speech.wav") : NULL;
    lp_asr_job job = { .wav = wav, .folder = folder, .progress = c->progress };
    lp_asr_term *terms = NULL;
    lp_asr_report report = { 0 };
    lp_status s = wav ? lp_file_mkdirs(folder, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = write_wav(j, wav, c->progress, d);
    if (s == LP_OK)
        s = find_terms(j, c->arena, &terms, &job.n_terms, d);
    job.terms = terms;
    if (s == LP_OK)
        s = lp_asr_transcribe(e, &job, c->arena, &out->words, &report, d);
    if (s != LP_OK)
        return s;
    out->origin = out->words.n ? "asr" : "none";
    out->lang = report.lang ? report.lang : lp_str_eq(e->lang, "auto") ? "und" : e->lang; /* auto: it was to find out */
    out->engine = report.engine;
    out->model = report.model;
    out->model_sha256 = report.model_sha256;
    out->unheard = report.unheard;
    out->n_unheard = report.n_unheard;
    out->findings = report.findings;
    if (e->is_lang_assumed && out->words.n)
        s = lp_finding_add(&out->findings, c->arena, "captions-language", LP_NOTE, -1, -1, d,
                           "%s: nothing says which language is spoken; %s was assumed. Say it with --lang", j->session.media.name, out->lang);
    return s == LP_OK ? lp_file_remove(wav, d) : s;
}

/* A class without captions is made all the same, and says what is missing. */
static lp_status say_unheard(lp_job *j, lp_stage_call *c, lp_cues *out, const char *why, lp_diag *d)
{
    return lp_finding_add(&out->findings, c->arena, "captions-missing", LP_LOSS, -1, -1, d,
                          "%s: there are no captions: none came with it, and its speech could not be turned into text: %s",
                          j->session.media.name, why);
}

lp_status lp_hear_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_cues heard = { .lang = j->session.lang ? j->session.lang : "und", .origin = "none" };
    lp_diag why = { 0 };
    lp_status s = LP_OK;
    if (lp_hear_is_wanted(j)) {
        lp_asr_options o = lp_hear_options(j);
        lp_asr_engine e;
        s = lp_asr_find(&o, c->arena, &e, &why);
        if (s == LP_OK)
            s = hear(j, c, &e, &heard, &why);
        if (s == LP_ERR_TOOL)
            s = say_unheard(j, c, &heard, why.text, d);
        else if (s != LP_OK)
            return lp_fail(d, s, why.code, "%s", why.text);
    }
    if (s == LP_OK && !(c->artifact = lp_cues_to_json(&heard)))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_hear_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_cues_from_json(o, a, &j->heard, d);
}
