#include "job/stage_calls.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "caption/align.h"
#include "caption/clean.h"
#include "caption/layout.h"
#include "caption/polish.h"
#include "caption/resplit.h"
#include "caption/terms.h"
#include "ingest/ingest.h"
#include "ingest/readers.h"
#include "job/edited.h"
#include "session/artifact.h"

enum {
    MAX_TEXT_BYTES = 16 << 20,
    LEAST_TO_JUDGE = 10 /* words of a transcript, of which a quarter at least ought to be heard */
};

/* A track of which nothing is left, because it lies outside the recording, is none: the next one takes its place. */
static void put_full_first(lp_cues *tracks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tracks[i].n) {
            lp_cues first = tracks[i];
            memmove(tracks + 1, tracks, i * sizeof(*tracks));
            tracks[0] = first;
            return;
        }
}

/* Times of words are kept of the main track alone. */
static void forget_words(lp_cues *track)
{
    track->words = (lp_words){ 0 };
    for (size_t i = 0; i < track->n; i++)
        track->items[i].first_word = track->items[i].n_words = 0;
}

lp_status lp_import_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_cues *tracks = NULL;
    size_t n = 0;
    lp_status s = lp_ingest_captions(&j->session, c->arena, c->progress, &tracks, &n, d);
    for (size_t i = 0; s == LP_OK && i < n; i++)
        s = lp_cues_clean(&tracks[i], j->session.duration_us, c->arena, d);
    if (s != LP_OK)
        return s;
    put_full_first(tracks, n);
    for (size_t i = 1; i < n; i++)
        forget_words(&tracks[i]);
    tracks[0].others = tracks + 1;
    tracks[0].n_others = n ? n - 1 : 0;
    s = lp_cues_join(&tracks[0], c->arena, d);
    if (s == LP_OK && !(c->artifact = lp_cues_to_json(&tracks[0])))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_import_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_cues_from_json(o, a, &j->imported, d);
}

static lp_status read_text(const char *path, lp_buf *text, lp_diag *d)
{
    lp_buf raw;
    lp_buf_init(&raw, MAX_TEXT_BYTES);
    lp_status s = lp_file_read(path, &raw, d);
    if (s == LP_OK) {
        lp_utf8_from_bytes(text, raw.data, raw.len);
        s = lp_buf_check(text, path, d);
    }
    lp_buf_clear(&raw);
    return s;
}

static lp_status say_stretches(const lp_job *j, const lp_align_result *r, lp_cues *out, lp_arena *a, lp_diag *d)
{
    lp_status s = LP_OK;
    if (r->n_headings)
        s = lp_finding_add(&out->findings, a, "transcript-headings", LP_NOTE, -1, -1, d,
                           "%s: lines that are headings, which nobody says, and no captions: %zu",
                           lp_path_base(j->options->transcript), r->n_headings);
    if (s == LP_OK && r->n_text >= LEAST_TO_JUDGE && (r->n_same + r->n_near) * 4 < r->n_text)
        s = lp_finding_add(&out->findings, a, "transcript-of-another", LP_WARNING, -1, -1, d,
                           "%s: of its %zu words %zu were heard: it is hardly the transcript of this recording, and its times "
                           "are guessed. Give the right one, or no --transcript",
                           lp_path_base(j->options->transcript), r->n_text, r->n_same + r->n_near);
    for (size_t i = 0; s == LP_OK && i < r->n_stretches; i++) {
        const lp_stretch *t = &r->stretches[i];
        s = lp_finding_add(&out->findings, a, "transcript-differs", LP_WARNING, t->start_us, t->end_us, d,
                           "%s and the sound differ for %zu words: \"%.80s\" against \"%.80s\"",
                           lp_path_base(j->options->transcript),
                           t->n_text > t->n_heard ? t->n_text : t->n_heard, t->text, t->heard);
    }
    return s;
}

/* The text's words at the times of what was heard. */
static lp_status align(const lp_job *j, lp_cues *out, lp_arena *a, lp_diag *d)
{
    lp_buf text;
    lp_align_result found = { 0 };
    lp_findings before = out->findings;
    lp_buf_init(&text, 4 * MAX_TEXT_BYTES);
    lp_status s = read_text(j->options->transcript, &text, d);
    *out = (lp_cues){ .lang = j->heard.lang, .origin = "human", .source = lp_path_base(j->options->transcript), .format = "text",
                      .encoding = "utf-8", .engine = j->heard.engine, .model = j->heard.model,
                      .model_sha256 = j->heard.model_sha256, .findings = before };
    if (s == LP_OK)
        s = lp_words_align(text.data, text.len, &j->heard.words, j->session.duration_us, a, out, &found, d);
    lp_buf_clear(&text);
    return s == LP_OK ? say_stretches(j, &found, out, a, d) : s;
}

/* A correction that lies behind the end of the recording is lost otherwise, and nobody would know. */
static lp_status say_outside(const lp_job *j, const lp_edited *copy, const lp_cues *edited, lp_cues *main_track,
                             lp_arena *a, lp_diag *d)
{
    char end[32];
    lp_status s = LP_OK;
    lp_time_clock(j->session.duration_us, end, sizeof(end));
    for (size_t i = 0; s == LP_OK && edited->n && i < edited->findings.n; i++)
        if (lp_str_eq(edited->findings.items[i].code, "captions-past-end"))
            s = lp_finding_add(&main_track->findings, a, "captions-edited", edited->findings.items[i].severity, -1, -1,
                               d, "captions.%s.vtt: as it was edited, captions in it lie behind the end of the recording (%s) and "
                               "were left out or cut; the edited file is kept in the work folder as %s",
                               copy->lang, end, lp_path_base(copy->path));
    return s;
}

/* A correction that can not be read is none: it was told when it was found in the package. What is told here is told of the
 * main track, once. */
static lp_status take_copy(const lp_job *j, const lp_edited *copy, lp_cues *out, lp_cues *main_track, lp_stage_call *c,
                           lp_diag *d)
{
    lp_cues edited = { 0 };
    lp_diag why = { 0 };
    lp_status s = lp_captions_read_file(copy->path, c->arena, &edited, &why);
    if (s == LP_ERR_INPUT)
        return LP_OK;
    if (s != LP_OK)
        return lp_fail(d, s, why.code, "%s", why.text);
    s = lp_cues_clean(&edited, j->session.duration_us, c->arena, d);
    if (s != LP_OK)
        return s;
    s = say_outside(j, copy, &edited, main_track, c->arena, d);
    if (s == LP_OK && edited.n == 0)
        s = lp_finding_add(&main_track->findings, c->arena, "captions-edited", LP_WARNING, -1, -1, d,
                              "captions.%s.vtt: as it was edited, all captions in it lie outside of the recording; they were made "
                              "again. Edit it anew, with the times that it has now", copy->lang);
    if (s != LP_OK || !edited.n)
        return s;
    if (edited.lang && !lp_str_ieq(edited.lang, copy->lang)) { /* its header tells another language now */
        out->source_lang = out->lang && !lp_str_ieq(out->lang, "und") ? out->lang : copy->lang;
        out->lang = edited.lang;
    }
    lp_marks marks = { 0 };
    s = lp_edited_marks(copy->path, c->arena, &marks, d);
    return s == LP_OK ? lp_edited_take(&edited, &marks, out, c->arena, d) : s;
}

static const char *told_lang(const char *lang)
{
    return lp_str_ieq(lang, "und") ? "a language that is not known" : lang;
}

/* The package calls a main track that says no language by the session's. */
static const char *lang_of(const lp_job *j, const lp_cues *track, int is_main)
{
    const char *own = track->lang ? track->lang : "und";
    return is_main && lp_str_ieq(own, "und") && j->session.lang ? j->session.lang : own;
}

static int is_lang_of(const lp_job *j, const lp_cues *track, int is_main, const char *lang)
{
    return lp_str_ieq(track->source_lang ? track->source_lang : lang_of(j, track, is_main), lang);
}

/* Whether another track has the language that a person gave to track i, of which 0 is the main one. */
static int is_lang_taken(const lp_job *j, const lp_cues *out, size_t i)
{
    const char *lang = lang_of(j, i ? &out->others[i - 1] : out, i == 0);
    for (size_t k = 0; k <= out->n_others; k++)
        if (k != i && lp_str_ieq(lang, lang_of(j, k ? &out->others[k - 1] : out, k == 0)))
            return 1;
    return 0;
}

/* Says which tracks are in another language now; a language that two would have goes to the one that had it: a package has
 * one track of each. */
static lp_status settle_langs(const lp_job *j, lp_cues *out, lp_arena *a, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i <= out->n_others; i++) {
        lp_cues *track = i ? &out->others[i - 1] : out;
        if (!track->source_lang || !is_lang_taken(j, out, i))
            continue;
        s = lp_finding_add(&out->findings, a, "captions-language", LP_WARNING, -1, -1, d,
                           "the captions in %s were edited to say \"Language: %s\", which other captions have already: they "
                           "stay as they were called",
                           told_lang(track->source_lang), track->lang);
        track->lang = track->source_lang;
        track->source_lang = NULL;
        i = (size_t)-1; /* that may be what another was to be called */
    }
    for (size_t i = 0; s == LP_OK && i <= out->n_others; i++) {
        const lp_cues *track = i ? &out->others[i - 1] : out;
        if (track->source_lang)
            s = lp_finding_add(&out->findings, a, "captions-language", LP_NOTE, -1, -1, d,
                               "the captions in %s were edited to say \"Language: %s\" and are in the package as those",
                               told_lang(track->source_lang), track->lang);
    }
    return s;
}

/* The corrections, each in the track of its language. */
static lp_status take_edited(const lp_job *j, lp_cues *out, lp_stage_call *c, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < j->n_edited; i++) {
        const char *lang = j->edited[i].lang;
        if (!lp_edited_is_of(&j->edited[i], j->session.media.sha256)) {
            s = lp_finding_add(&out->findings, c->arena, "captions-edited", LP_NOTE, -1, -1, d,
                               "the captions in %s that were edited here belong to another recording; their copy stays in the work "
                               "folder (%s)", told_lang(lang), lp_path_base(j->edited[i].path));
            continue;
        }
        lp_cues *track = is_lang_of(j, out, 1, lang) ? out : NULL;
        for (size_t k = 0; !track && k < out->n_others; k++)
            track = is_lang_of(j, &out->others[k], 0, lang) ? &out->others[k] : NULL;
        s = track ? take_copy(j, &j->edited[i], track, out, c, d)
                  : lp_finding_add(&out->findings, c->arena, "captions-edited", LP_WARNING, -1, -1, d,
                                   "the captions in %s that were edited in the package are left out: there are none in "
                                   "that language any more; their copy is in the work folder",
                                   told_lang(lang));
    }
    if (s == LP_OK)
        s = settle_langs(j, out, c->arena, d);
    return s == LP_OK ? lp_cues_join(out, c->arena, d) : s;
}

/* Words as the slides write them, of all slides. */
static lp_status slide_terms(const lp_job *j, lp_arena *a, const char ***out, size_t *n, lp_diag *d)
{
    *n = 0;
    *out = lp_arena_alloc(a, j->slide_texts.n * LP_TERMS_MOST + 1, sizeof(**out));
    for (size_t i = 0; *out && i < j->slide_texts.n; i++) {
        int k = lp_terms_find(j->slide_texts.items[i].text, a, *out + *n);
        if (k < 0)
            return lp_fail_nomem(d);
        *n += (size_t)k;
    }
    return *out ? LP_OK : lp_fail_nomem(d);
}

static lp_status polish(const lp_job *j, lp_cues *c, lp_arena *a, lp_diag *d)
{
    const char **terms = NULL;
    size_t n = 0;
    lp_word *words = lp_arena_alloc(a, c->words.n, sizeof(*words)); /* what was heard stays as it is */
    lp_status s = words ? slide_terms(j, a, &terms, &n, d) : lp_fail_nomem(d);
    if (s != LP_OK)
        return s;
    if (c->words.n)
        memcpy(words, c->words.items, c->words.n * sizeof(*words));
    c->words = (lp_words){ words, c->words.n, c->words.n };
    return lp_words_polish(&c->words, c->lang, terms, n, a, d);
}

/* Adds a track that came with the recording, each of which has a language of its own: a copy, since it will be changed.
 * That of what was heard is not wanted again. */
static lp_status add_other(lp_cues *out, const lp_cues *track, int has_heard, lp_arena *a, lp_diag *d)
{
    const char *lang = track->lang ? track->lang : "und";
    if (!track->n)
        return LP_OK;
    if (has_heard && lp_lang_is_same(lang, out->lang ? out->lang : "und"))
        return lp_finding_add(&out->findings, a, "captions-chosen", LP_NOTE, -1, -1, d,
                              "captions left out: %s, for %s has the words", track->source ? track->source : lang,
                              out->source ? out->source : "the speech");
    lp_cues *o = &out->others[out->n_others++];
    *o = *track;
    o->others = NULL;
    o->n_others = 0;
    o->findings = (lp_findings){ 0 }; /* those of import are kept once */
    o->items = lp_arena_alloc(a, track->n, sizeof(*o->items));
    if (!o->items)
        return lp_fail_nomem(d);
    memcpy(o->items, track->items, track->n * sizeof(*o->items));
    forget_words(o);
    return LP_OK;
}

/* What import had to say of files that gave nothing is to be known also where the text is another one. */
static lp_status keep_findings(const lp_findings *from, lp_cues *out, lp_arena *a, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < from->n; i++) {
        const lp_finding *f = &from->items[i];
        if (!lp_str_eq(f->code, "captions-chosen"))
            s = lp_finding_add(&out->findings, a, f->code, f->severity, f->start_us, f->end_us, d, "%s", f->text);
    }
    return s;
}

/* The other languages, which are never made from the speech. Where the text is not the imported one, that is one of
 * them when it is in another language. */
static lp_status make_others(const lp_job *j, const lp_layout_options *o, lp_cues *out, int has_heard,
                             lp_arena *a, lp_diag *d)
{
    const lp_cues *in = &j->imported;
    out->n_others = 0;
    out->others = lp_arena_alloc(a, in->n_others + 1, sizeof(*out->others));
    lp_status s = out->others ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK && has_heard)
        s = keep_findings(&in->findings, out, a, d);
    if (s == LP_OK && has_heard)
        s = add_other(out, in, has_heard, a, d);
    for (size_t i = 0; s == LP_OK && i < in->n_others; i++)
        s = add_other(out, &in->others[i], has_heard, a, d);
    for (size_t i = 0; s == LP_OK && i < out->n_others; i++)
        s = lp_cues_resplit(&out->others[i], o, a, NULL, d);
    return s == LP_OK ? lp_cues_join(out, a, d) : s;
}

/* A transcript whose words can get no times is not in the package, which nobody would expect. */
static lp_status say_unused(const lp_job *j, lp_cues *out, lp_arena *a, lp_diag *d)
{
    int is_told = out->n > 0;
    for (size_t i = 0; i < out->findings.n; i++)
        is_told |= out->findings.items[i].severity == LP_LOSS;
    return lp_finding_add(&out->findings, a, is_told ? "transcript-unused" : "captions-missing", is_told ? LP_WARNING : LP_LOSS,
                          -1, -1, d, "%s: it is not in the package: no speech was recognised, from which its words get their times",
                          lp_path_base(j->options->transcript));
}

static lp_status make(const lp_job *j, lp_stage_call *c, lp_cues *out, lp_diag *d)
{
    lp_layout_options o = { .line_chars = j->options->caption_style, .duration_us = j->session.duration_us };
    int use_text = j->options->transcript && j->heard.words.n > 0, use_heard = use_text || !j->imported.n;
    lp_status s = LP_OK;
    *out = use_heard ? j->heard : j->imported;
    if (use_text)
        s = align(j, out, c->arena, d);
    else if (use_heard)
        s = polish(j, out, c->arena, d);
    if (s == LP_OK)
        s = make_others(j, &o, out, use_heard, c->arena, d);
    if (s == LP_OK && j->options->transcript && !use_text)
        s = say_unused(j, out, c->arena, d);
    if (s == LP_OK && use_heard)
        s = lp_cues_layout(out, &o, c->arena, d);
    else if (s == LP_OK)
        s = lp_cues_resplit(out, &o, c->arena, NULL, d);
    return s == LP_OK ? take_edited(j, out, c, d) : s;
}

lp_status lp_caption_run(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    lp_cues cues = { 0 };
    lp_status s = make(j, c, &cues, d);
    if (s == LP_OK && !(c->artifact = lp_cues_to_json(&cues)))
        s = lp_fail_nomem(d);
    return s;
}

lp_status lp_caption_load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    return lp_cues_from_json(o, a, &j->cues, d);
}
