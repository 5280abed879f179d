#include "session/artifact_check.h"

#include <string.h>

#include "base/grid.h"

static lp_status wrong(lp_diag *d, const char *list, size_t i, const char *why)
{
    return lp_fail(d, LP_ERR_INPUT, 0, "%s[%zu]%s", list, i, why);
}

static int is_sha256(const char *s)
{
    return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

/* A name inside the work folder: relative, without steps up. */
static int is_inside(const char *path)
{
    for (const char *p = path; *p; p += strcspn(p, "/"), p += *p == '/') {
        size_t n = strcspn(p, "/");
        if (n == 0 || (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
            return 0;
    }
    return *path && path[strlen(path) - 1] != '/' && !strchr(path, '\\');
}

static int is_stream_of(const lp_session *s, int position, lp_stream_kind kind)
{
    return (size_t)position < s->n_streams && s->streams[position].kind == kind;
}

static lp_status check_source(const lp_source *f, const char *place, lp_diag *d)
{
    if (!f->path || !*f->path || !f->name || !*f->name)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: path or name is missing", place);
    if (f->sha256 && !is_sha256(f->sha256))
        return lp_fail(d, LP_ERR_INPUT, 0, "%s.sha256: not 64 hexadecimal digits", place);
    return LP_OK;
}

lp_status lp_artifact_check_session(const lp_session *s, lp_diag *d)
{
    lp_status st = check_source(&s->media, "session.media", d);
    if (st == LP_OK && s->video >= 0 && !is_stream_of(s, s->video, LP_STREAM_VIDEO))
        st = lp_fail(d, LP_ERR_INPUT, 0, "session.video: %d is not a video stream", s->video);
    if (st == LP_OK && s->audio >= 0 && !is_stream_of(s, s->audio, LP_STREAM_AUDIO))
        st = lp_fail(d, LP_ERR_INPUT, 0, "session.audio: %d is not an audio stream", s->audio);
    for (size_t i = 0; st == LP_OK && i < s->n_audio_candidates; i++)
        if (!is_stream_of(s, s->audio_candidates[i], LP_STREAM_AUDIO))
            st = wrong(d, "session.audio_candidates", i, ": not an audio stream");
    for (size_t i = 0; st == LP_OK && i < s->n_captions; i++) {
        const lp_caption_source *c = &s->captions[i];
        if (c->kind == LP_CAPTION_FILE)
            st = check_source(&c->file, "session.captions.file", d);
        else if (c->stream < 0)
            st = wrong(d, "session.captions", i, ".stream: missing");
    }
    return st;
}

static lp_status check_spans(const lp_span *spans, size_t n, const char *name, lp_diag *d)
{
    for (size_t i = 0; i < n; i++) {
        if (spans[i].start_us >= spans[i].end_us)
            return wrong(d, name, i, ".end_us: not after its start");
        if (i && spans[i].start_us < spans[i - 1].end_us)
            return wrong(d, name, i, ".start_us: before the end of the one before it");
    }
    return LP_OK;
}

static lp_status check_rising(const int64_t *t, size_t n, const char *name, lp_diag *d)
{
    for (size_t i = 1; i < n; i++)
        if (t[i] < t[i - 1])
            return wrong(d, name, i, ": before the one before it");
    return LP_OK;
}

static int are_steps(const lp_slide_step *s, size_t n, int64_t from_us, int64_t until_us)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i].until_us <= from_us || s[i].until_us > until_us || s[i].x + s[i].w > LP_GRID_W || s[i].y + s[i].h > LP_GRID_H)
            return 0;
        from_us = s[i].until_us;
    }
    return 1;
}

lp_status lp_artifact_check_timeline(const lp_timeline *t, lp_diag *d)
{
    for (size_t i = 0; i < t->n_slides; i++) {
        const lp_slide *s = &t->slides[i];
        if (s->start_us >= s->end_us)
            return wrong(d, "timeline.slides", i, ".end_us: not after its start");
        if (i && s->start_us < s[-1].end_us)
            return wrong(d, "timeline.slides", i,
                         ".start_us: before the end of the one before it");
        if (s->same_as >= 0 && (size_t)s->same_as >= i)
            return wrong(d, "timeline.slides", i, ".same_as: not an earlier slide");
        if (!are_steps(s->steps, s->n_steps, s->start_us, s->end_us))
            return wrong(d, "timeline.slides", i, ".steps: not rising in the slide's time, or outside its picture");
    }
    lp_status s = check_spans(t->motion, t->n_motion, "timeline.motion", d);
    if (s == LP_OK)
        s = check_rising(t->cuts, t->n_cuts, "timeline.cuts", d);
    if (s == LP_OK)
        s = check_spans(t->sound.speech, t->sound.n_speech, "timeline.sound.speech", d);
    if (s == LP_OK)
        s = check_spans(t->sound.gaps, t->sound.n_gaps, "timeline.sound.gaps", d);
    return s;
}

static lp_status check_cue_list(const lp_cue *c, size_t n, const char *name, lp_diag *d)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i].start_us >= c[i].end_us)
            return wrong(d, name, i, ".end_us: not after its start");
        if (i && c[i].start_us < c[i - 1].start_us)
            return wrong(d, name, i, ".start_us: before the one before it");
    }
    return LP_OK;
}

static lp_status check_track(const lp_cues *c, lp_diag *d)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->items[i].person >= 0 && (size_t)c->items[i].person >= c->n_people)
            return wrong(d, "cues.items", i, ".person: there is no such person");
    for (size_t i = 0; i < c->n; i++)
        if (c->items[i].n_words && (c->items[i].first_word > c->words.n ||
                                    c->items[i].n_words > c->words.n - c->items[i].first_word))
            return wrong(d, "cues.items", i, ".n_words: there are not so many words");
    return check_cue_list(c->items, c->n, "cues.items", d);
}

lp_status lp_artifact_check_cues(const lp_cues *c, lp_diag *d)
{
    lp_status s = check_track(c, d);
    for (size_t i = 0; s == LP_OK && i < c->n_others; i++)
        s = check_track(&c->others[i], d);
    return s;
}

lp_status lp_artifact_check_plan(const lp_plan *p, lp_diag *d)
{
    for (size_t i = 0; i < p->map.n; i++) {
        const lp_map_piece *m = &p->map.pieces[i];
        if (m->len_us <= 0)
            return wrong(d, "plan.map.pieces", i, ".len_us: not above 0");
        if (i &&
            (m->out_us < m[-1].out_us + m[-1].len_us || m->in_us < m[-1].in_us + m[-1].len_us))
            return wrong(d, "plan.map.pieces", i, ": overlaps the one before it");
    }
    for (size_t i = 0; i < p->n_chapters; i++)
        if (i == 0 ? p->chapters[i].t_us != 0 : p->chapters[i].t_us <= p->chapters[i - 1].t_us)
            return wrong(d, "plan.chapters", i, ".t_us: the first is at 0, the others rise");
    for (size_t i = 0; i < p->n_slides; i++) {
        const lp_plan_slide *s = &p->slides[i];
        if (s->t_us > s->end_us)
            return wrong(d, "plan.slides", i, ".end_us: before its start");
        if (i && s->t_us < s[-1].end_us)
            return wrong(d, "plan.slides", i, ".t_us: before the end of the one before it");
        if (s->same_as >= 0 && (size_t)s->same_as >= i)
            return wrong(d, "plan.slides", i, ".same_as: not an earlier slide");
        if (!are_steps(s->steps, s->n_steps, s->t_us, s->end_us))
            return wrong(d, "plan.slides", i, ".steps: not rising in the slide's time, or outside its picture");
    }
    lp_status s = check_cue_list(p->cues, p->n_cues, "plan.cues", d);
    for (size_t i = 0; s == LP_OK && i < p->n_others; i++)
        s = check_cue_list(p->others[i].cues, p->others[i].n_cues, "plan.others.cues", d);
    return s == LP_OK ? check_rising(p->key_times, p->n_key_times, "plan.key_times", d) : s;
}

static int is_file_of(const lp_media *m, int position, lp_media_role role)
{
    return (size_t)position < m->n && m->files[position].role == role;
}

lp_status lp_artifact_check_media(const lp_media *m, lp_diag *d)
{
    for (size_t i = 0; i < m->n; i++) {
        if (!is_inside(m->files[i].path))
            return wrong(d, "media.files", i, ".path: not a plain name inside the work folder");
        if (!is_sha256(m->files[i].sha256))
            return wrong(d, "media.files", i, ".sha256: not 64 hexadecimal digits");
    }
    for (size_t i = 0; i < m->n_slides; i++)
        if (!is_file_of(m, m->slide_file[i], LP_MEDIA_STILL))
            return wrong(d, "media.slide_file", i, ": not a picture in files");
    for (size_t i = 0; i < m->n_steps; i++)
        if (!is_file_of(m, m->steps[i].file, LP_MEDIA_STEP) || (size_t)m->steps[i].slide >= m->n_slides ||
            (i && m->steps[i].slide < m->steps[i - 1].slide) ||
            (i && m->steps[i].slide == m->steps[i - 1].slide && m->steps[i].step <= m->steps[i - 1].step))
            return wrong(d, "media.steps", i, ": not a patch in files, or not after the one before it");
    if (m->sound >= 0 && !is_file_of(m, m->sound, LP_MEDIA_SOUND))
        return lp_fail(d, LP_ERR_INPUT, 0, "media.sound: %d is not a sound file", m->sound);
    if (m->video >= 0 && !is_file_of(m, m->video, LP_MEDIA_VIDEO))
        return lp_fail(d, LP_ERR_INPUT, 0, "media.video: %d is not a video file", m->video);
    return LP_OK;
}

lp_status lp_artifact_check_slide_texts(const lp_slide_texts *t, lp_diag *d)
{
    for (size_t i = 1; i < t->n; i++)
        if (t->items[i].slide <= t->items[i - 1].slide)
            return wrong(d, "slide_texts.items", i, ".slide: not after the one before it");
    return LP_OK;
}
