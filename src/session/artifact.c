#include "session/artifact.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "session/artifact_words.h"
#include "session/fields.h"

/* What is read is held against these; they are wide, and keep sums of two from overflowing. */
#define MAX_US    INT64_C(1000000000000000) /* 31 years */
#define ANY_US    (INT64_MAX / 4)           /* container clocks begin anywhere */
#define MAX_COUNT (INT64_MAX / 4)
enum {
    MAX_PX = 65536,
    MAX_PERSON = 9999,
    MAX_STREAM = 9999,
    MAX_POSITION = 999999,
    MAX_DB = 1000
};

static_assert(sizeof(lp_severity) == sizeof(int), "enums are read and written as int");

static const char *const severities[] = { "note", "warning", "loss", NULL };
static const char *const stream_kinds[] = { "video", "audio", "subtitle", "other", NULL };
static const char *const caption_kinds[] = { "file", "stream", NULL };
static const char *const sound_mixes[] = { "mono", "left", "right", NULL };
static const char *const video_codecs[] = { "none", "av1", "h264", NULL };
static const char *const media_roles[] = { "still", "sound", "video", NULL };

static const lp_field finding_fields[] = {
    LP_F_TEXT(lp_finding, code, 1),
    LP_F_ENUM(lp_finding, severity, severities),
    LP_F_INT64(lp_finding, start_us, -1, ANY_US),
    LP_F_INT64(lp_finding, end_us, -1, ANY_US),
    LP_F_TEXT(lp_finding, text, 1),
    LP_F_END,
};
#define FINDINGS(st)                                                                           \
    LP_F_OBJECTS_AS("findings", st, findings.items, findings.n, finding_fields, lp_finding)

/* ---- session ---- */

static const lp_field stream_fields[] = {
    LP_F_INT(lp_stream, index, 0, INT_MAX),
    LP_F_ENUM(lp_stream, kind, stream_kinds),
    LP_F_OPTION(lp_stream, codec),
    LP_F_OPTION(lp_stream, lang),
    LP_F_BOOL(lp_stream, is_default),
    LP_F_BOOL(lp_stream, is_cover),
    LP_F_BOOL(lp_stream, can_decode),
    LP_F_INT(lp_stream, width_px, 0, INT_MAX),
    LP_F_INT(lp_stream, height_px, 0, INT_MAX),
    LP_F_INT(lp_stream, rate_hz, 0, INT_MAX),
    LP_F_INT(lp_stream, n_channels, 0, INT_MAX),
    LP_F_INT64(lp_stream, claimed_us, -1, INT64_MAX),
    LP_F_INT64(lp_stream, start_us, -ANY_US, ANY_US),
    LP_F_INT64(lp_stream, end_us, -ANY_US, ANY_US),
    LP_F_INT64(lp_stream, n_packets, 0, MAX_COUNT),
    LP_F_INT64(lp_stream, bytes, 0, MAX_COUNT),
    LP_F_END,
};

static const lp_field source_fields[] = {
    LP_F_PATH(lp_source, path),
    LP_F_OPTION(lp_source, name),
    LP_F_INT64(lp_source, bytes, 0, MAX_COUNT),
    LP_F_INT64(lp_source, mtime_ns, INT64_MIN, INT64_MAX),
    LP_F_OPTION(lp_source, sha256),
    LP_F_END,
};

static const lp_field caption_source_fields[] = {
    LP_F_ENUM(lp_caption_source, kind, caption_kinds),
    LP_F_OBJECT(lp_caption_source, file, source_fields),
    LP_F_INT(lp_caption_source, stream, -1, INT_MAX),
    LP_F_OPTION(lp_caption_source, format),
    LP_F_OPTION(lp_caption_source, lang),
    LP_F_BOOL(lp_caption_source, is_named),
    LP_F_END,
};

static const lp_field mark_fields[] = {
    LP_F_INT64(lp_mark, t_us, -ANY_US, ANY_US),
    LP_F_TEXT(lp_mark, title, 0),
    LP_F_END,
};

static const lp_field joint_fields[] = {
    LP_F_INT(lp_joint, stream, 0, MAX_STREAM),
    LP_F_INT64(lp_joint, pos_bytes, 0, MAX_COUNT),
    LP_F_INT64(lp_joint, shift_us, -ANY_US, ANY_US),
    LP_F_END,
};

static const lp_field landing_fields[] = {
    LP_F_INT(lp_landing, stream, 0, MAX_STREAM),
    LP_F_INT64(lp_landing, t_us, -ANY_US, ANY_US),
    LP_F_INT64(lp_landing, pos_bytes, 0, MAX_COUNT),
    LP_F_END,
};

static const lp_field session_fields[] = {
    LP_F_TEXT(lp_session, platform, 1),
    LP_F_TEXT(lp_session, title, 1),
    LP_F_TEXT(lp_session, lang, 1),
    LP_F_OPTION(lp_session, recorded),
    LP_F_OPTION(lp_session, container),
    LP_F_OBJECT(lp_session, media, source_fields),
    LP_F_INT64(lp_session, origin_us, -ANY_US, ANY_US),
    LP_F_OBJECTS_AS("joints", lp_session, joints.items, joints.n, joint_fields, lp_joint),
    LP_F_OBJECTS_AS("landings", lp_session, joints.landings, joints.n_landings, landing_fields, lp_landing),
    LP_F_INT64(lp_session, claimed_us, -1, INT64_MAX),
    LP_F_INT64(lp_session, duration_us, 0, MAX_US),
    LP_F_OBJECTS(lp_session, streams, n_streams, stream_fields, lp_stream),
    LP_F_INT(lp_session, video, -1, MAX_STREAM),
    LP_F_INT(lp_session, audio, -1, MAX_STREAM),
    LP_F_INTS(lp_session, audio_candidates, n_audio_candidates, 0, MAX_STREAM),
    LP_F_OBJECTS(lp_session, captions, n_captions, caption_source_fields, lp_caption_source),
    LP_F_OBJECTS(lp_session, marks, n_marks, mark_fields, lp_mark),
    FINDINGS(lp_session),
    LP_F_END,
};

/* ---- timeline ---- */

static const lp_field span_fields[] = {
    LP_F_INT64(lp_span, start_us, 0, MAX_US),
    LP_F_INT64(lp_span, end_us, 0, MAX_US),
    LP_F_END,
};

static const lp_field slide_fields[] = {
    LP_F_INT64(lp_slide, start_us, 0, MAX_US),
    LP_F_INT64(lp_slide, end_us, 0, MAX_US),
    LP_F_INT64(lp_slide, picture_us, 0, MAX_US),
    LP_F_INT(lp_slide, same_as, -1, MAX_POSITION),
    LP_F_BOOL(lp_slide, is_poster),
    LP_F_END,
};

static const lp_field sound_survey_fields[] = {
    LP_F_INT(lp_sound_survey, stream, -1, MAX_STREAM),
    LP_F_ENUM(lp_sound_survey, mix, sound_mixes),
    LP_F_REAL(lp_sound_survey, loudness_lufs, -MAX_DB, MAX_DB),
    LP_F_REAL(lp_sound_survey, peak_db, -MAX_DB, MAX_DB),
    LP_F_REAL(lp_sound_survey, gain_db, -MAX_DB, MAX_DB),
    LP_F_INT64(lp_sound_survey, start_us, -1, MAX_US),
    LP_F_INT64(lp_sound_survey, end_us, -1, MAX_US),
    LP_F_OBJECTS(lp_sound_survey, speech, n_speech, span_fields, lp_span),
    LP_F_OBJECTS(lp_sound_survey, gaps, n_gaps, span_fields, lp_span),
    LP_F_END,
};

static const lp_field timeline_fields[] = {
    LP_F_INT64(lp_timeline, duration_us, 0, MAX_US),
    LP_F_OBJECTS(lp_timeline, slides, n_slides, slide_fields, lp_slide),
    LP_F_INT(lp_timeline, width_px, 0, MAX_PX),
    LP_F_INT(lp_timeline, height_px, 0, MAX_PX),
    LP_F_OBJECTS(lp_timeline, motion, n_motion, span_fields, lp_span),
    LP_F_INT64S(lp_timeline, cuts, n_cuts, 0, MAX_US),
    LP_F_INT64(lp_timeline, n_frames_decoded, 0, MAX_COUNT),
    LP_F_INT64(lp_timeline, n_frames, 0, MAX_COUNT),
    LP_F_OBJECT(lp_timeline, sound, sound_survey_fields),
    FINDINGS(lp_timeline),
    LP_F_END,
};

/* ---- cues ---- */

static const lp_field cue_fields[] = {
    LP_F_INT64(lp_cue, start_us, 0, MAX_US),
    LP_F_INT64(lp_cue, end_us, 0, MAX_US),
    LP_F_TEXT(lp_cue, text, 1),
    LP_F_INT(lp_cue, person, -1, MAX_PERSON),
    LP_F_EXTRA(lp_cue, first_word, 0, MAX_COUNT),
    LP_F_EXTRA(lp_cue, n_words, 0, MAX_COUNT),
    LP_F_END,
};

static const lp_field person_fields[] = { LP_F_TEXT(lp_person, name, 1), LP_F_END };

/* What every track has; the main one holds the others. */
#define TRACK_FIELDS                                                                           \
    LP_F_OBJECTS(lp_cues, items, n, cue_fields, lp_cue),                                       \
    LP_F_OBJECTS(lp_cues, people, n_people, person_fields, lp_person),                         \
    LP_F_OPTION(lp_cues, lang),                                                                \
    LP_F_OPTION(lp_cues, origin),                                                              \
    LP_F_OPTION(lp_cues, source),                                                              \
    LP_F_OPTION(lp_cues, format),                                                              \
    LP_F_OPTION(lp_cues, encoding),                                                            \
    LP_F_SIZE(lp_cues, n_read, 0, MAX_COUNT),                                                  \
    LP_F_SIZE(lp_cues, n_dropped, 0, MAX_COUNT),                                               \
    LP_F_OPTION(lp_cues, engine),                                                              \
    LP_F_OPTION(lp_cues, model),                                                               \
    LP_F_OPTION(lp_cues, model_sha256),                                                        \
    LP_F_BOOL(lp_cues, is_reviewed),                                                           \
    LP_F_BOOL(lp_cues, is_approximate),                                                        \
    LP_F_OBJECTS(lp_cues, unheard, n_unheard, span_fields, lp_span),                           \
    FINDINGS(lp_cues)

static const lp_field other_fields[] = { TRACK_FIELDS, LP_F_END };

static const lp_field cues_fields[] = {
    TRACK_FIELDS,
    LP_F_OBJECTS(lp_cues, others, n_others, other_fields, lp_cues),
    LP_F_END,
};

/* ---- slide texts ---- */

static const lp_field slide_text_fields[] = {
    LP_F_INT(lp_slide_text, slide, 0, MAX_POSITION),
    LP_F_TEXT(lp_slide_text, text, 1),
    LP_F_END,
};

static const lp_field slide_texts_fields[] = {
    LP_F_OBJECTS(lp_slide_texts, items, n, slide_text_fields, lp_slide_text),
    LP_F_OPTION(lp_slide_texts, engine),
    FINDINGS(lp_slide_texts),
    LP_F_END,
};

/* ---- plan ---- */

static const lp_field piece_fields[] = {
    LP_F_INT64(lp_map_piece, out_us, 0, MAX_US),
    LP_F_INT64(lp_map_piece, in_us, 0, MAX_US),
    LP_F_INT64(lp_map_piece, len_us, 0, MAX_US),
    LP_F_END,
};

static const lp_field map_fields[] = {
    LP_F_OBJECTS(lp_time_map, pieces, n, piece_fields, lp_map_piece),
    LP_F_END,
};

static const lp_field chapter_fields[] = {
    LP_F_INT64(lp_chapter, t_us, 0, MAX_US),
    LP_F_TEXT(lp_chapter, title, 0),
    LP_F_END,
};

static const lp_field plan_slide_fields[] = {
    LP_F_INT64(lp_plan_slide, t_us, 0, MAX_US),
    LP_F_INT64(lp_plan_slide, end_us, 0, MAX_US),
    LP_F_INT64(lp_plan_slide, picture_us, 0, MAX_US),
    LP_F_INT(lp_plan_slide, same_as, -1, MAX_POSITION),
    LP_F_BOOL(lp_plan_slide, is_poster),
    LP_F_END,
};

static const lp_field sound_plan_fields[] = {
    LP_F_INT(lp_sound_plan, stream, -1, MAX_STREAM),
    LP_F_ENUM(lp_sound_plan, mix, sound_mixes),
    LP_F_INT(lp_sound_plan, rate_bps, 0, INT_MAX),
    LP_F_REAL(lp_sound_plan, gain_db, -MAX_DB, MAX_DB),
    LP_F_REAL(lp_sound_plan, limit_db, -MAX_DB, MAX_DB),
    LP_F_BOOL(lp_sound_plan, has_limiter),
    LP_F_END,
};

static const lp_field video_plan_fields[] = {
    LP_F_ENUM(lp_video_plan, codec, video_codecs),
    LP_F_INT(lp_video_plan, width_px, 0, MAX_PX),
    LP_F_INT(lp_video_plan, height_px, 0, MAX_PX),
    LP_F_INT(lp_video_plan, max_fps_milli, 0, INT_MAX),
    LP_F_INT(lp_video_plan, crf, -1, 1000),
    LP_F_INT(lp_video_plan, preset, -100, 100),
    LP_F_INT(lp_video_plan, max_key_frames_apart, 0, INT_MAX),
    LP_F_INT64(lp_video_plan, max_key_us, 0, MAX_US),
    LP_F_BOOL(lp_video_plan, is_motion),
    LP_F_END,
};

static const lp_field plan_track_fields[] = {
    LP_F_OBJECTS(lp_plan_track, cues, n_cues, cue_fields, lp_cue),
    LP_F_END,
};

static const lp_field plan_fields[] = {
    LP_F_INT64(lp_plan, duration_us, 0, MAX_US),
    LP_F_OBJECT(lp_plan, map, map_fields),
    LP_F_OBJECTS(lp_plan, chapters, n_chapters, chapter_fields, lp_chapter),
    LP_F_OBJECTS(lp_plan, slides, n_slides, plan_slide_fields, lp_plan_slide),
    LP_F_INT(lp_plan, width_px, 0, MAX_PX),
    LP_F_INT(lp_plan, height_px, 0, MAX_PX),
    LP_F_OBJECT(lp_plan, sound, sound_plan_fields),
    LP_F_OBJECT(lp_plan, video, video_plan_fields),
    LP_F_OBJECTS(lp_plan, cues, n_cues, cue_fields, lp_cue),
    LP_F_OBJECTS(lp_plan, others, n_others, plan_track_fields, lp_plan_track),
    LP_F_INT64S(lp_plan, key_times, n_key_times, 0, MAX_US),
    FINDINGS(lp_plan),
    LP_F_END,
};

/* ---- media ---- */

static const lp_field media_file_fields[] = {
    LP_F_TEXT(lp_media_file, path, 1),
    LP_F_ENUM(lp_media_file, role, media_roles),
    LP_F_TEXT(lp_media_file, type, 1),
    LP_F_TEXT(lp_media_file, ext, 1),
    LP_F_INT64(lp_media_file, bytes, 0, MAX_COUNT),
    LP_F_TEXT(lp_media_file, sha256, 64),
    LP_F_INT(lp_media_file, width_px, 0, MAX_PX),
    LP_F_INT(lp_media_file, height_px, 0, MAX_PX),
    LP_F_INT64(lp_media_file, duration_us, 0, MAX_US),
    LP_F_BOOL(lp_media_file, is_lossless),
    LP_F_END,
};

static const lp_field media_fields[] = {
    LP_F_OBJECTS_AS("files", lp_media, files, n, media_file_fields, lp_media_file),
    LP_F_INTS(lp_media, slide_file, n_slides, 0, MAX_POSITION),
    LP_F_INT(lp_media, sound, -1, MAX_POSITION),
    LP_F_INT(lp_media, video, -1, MAX_POSITION),
    FINDINGS(lp_media),
    LP_F_END,
};

json_t *lp_session_to_json(const lp_session *s)
{
    return lp_fields_write(session_fields, s);
}

json_t *lp_timeline_to_json(const lp_timeline *t)
{
    return lp_fields_write(timeline_fields, t);
}

json_t *lp_cues_to_json(const lp_cues *c)
{
    json_t *o = lp_fields_write(cues_fields, c);
    if (!o || c->words.n == 0)
        return o;
    if (json_object_set_new(o, "words", lp_words_to_json(&c->words)) == 0)
        return o;
    json_decref(o);
    return NULL;
}

json_t *lp_slide_texts_to_json(const lp_slide_texts *t)
{
    return lp_fields_write(slide_texts_fields, t);
}

json_t *lp_plan_to_json(const lp_plan *p)
{
    return lp_fields_write(plan_fields, p);
}

json_t *lp_media_to_json(const lp_media *m)
{
    return lp_fields_write(media_fields, m);
}

json_t *lp_findings_to_json(const lp_findings *f)
{
    return lp_fields_write_objects(finding_fields, sizeof(lp_finding), f->items, f->n);
}

/* ---- reading: what holds between fields; each check names the first field that is wrong ----
 */

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

static lp_status check_session(const lp_session *s, lp_diag *d)
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

static lp_status check_timeline(const lp_timeline *t, lp_diag *d)
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

static lp_status check_cues(const lp_cues *c, lp_diag *d)
{
    lp_status s = check_track(c, d);
    for (size_t i = 0; s == LP_OK && i < c->n_others; i++)
        s = check_track(&c->others[i], d);
    return s;
}

static lp_status check_plan(const lp_plan *p, lp_diag *d)
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

static lp_status check_media(const lp_media *m, lp_diag *d)
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
    if (m->sound >= 0 && !is_file_of(m, m->sound, LP_MEDIA_SOUND))
        return lp_fail(d, LP_ERR_INPUT, 0, "media.sound: %d is not a sound file", m->sound);
    if (m->video >= 0 && !is_file_of(m, m->video, LP_MEDIA_VIDEO))
        return lp_fail(d, LP_ERR_INPUT, 0, "media.video: %d is not a video file", m->video);
    return LP_OK;
}

lp_status lp_session_from_json(const json_t *o, lp_arena *a, lp_session *out, lp_diag *d)
{
    *out = (lp_session){ 0 };
    lp_status s = lp_fields_read(session_fields, "session", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? check_session(out, d) : s;
}

lp_status lp_timeline_from_json(const json_t *o, lp_arena *a, lp_timeline *out, lp_diag *d)
{
    *out = (lp_timeline){ 0 };
    lp_status s = lp_fields_read(timeline_fields, "timeline", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? check_timeline(out, d) : s;
}

lp_status lp_cues_from_json(const json_t *o, lp_arena *a, lp_cues *out, lp_diag *d)
{
    *out = (lp_cues){ 0 };
    lp_status s = lp_fields_read(cues_fields, "cues", o, a, out, d);
    out->cap = out->n;
    out->cap_people = out->n_people;
    if (s == LP_OK)
        s = lp_words_from_json(json_object_get(o, "words"), (int)out->n_people, a, &out->words, d);
    out->findings.cap = out->findings.n;
    for (size_t i = 0; i < out->n_others; i++) {
        lp_cues *other = &out->others[i];
        other->cap = other->n;
        other->cap_people = other->n_people;
        other->findings.cap = other->findings.n;
    }
    return s == LP_OK ? check_cues(out, d) : s;
}

lp_status lp_slide_texts_from_json(const json_t *o, lp_arena *a, lp_slide_texts *out, lp_diag *d)
{
    *out = (lp_slide_texts){ 0 };
    lp_status s = lp_fields_read(slide_texts_fields, "slide_texts", o, a, out, d);
    out->findings.cap = out->findings.n;
    for (size_t i = 1; s == LP_OK && i < out->n; i++)
        if (out->items[i].slide <= out->items[i - 1].slide)
            s = wrong(d, "slide_texts.items", i, ".slide: not after the one before it");
    return s;
}

lp_status lp_plan_from_json(const json_t *o, lp_arena *a, lp_plan *out, lp_diag *d)
{
    *out = (lp_plan){ 0 };
    lp_status s = lp_fields_read(plan_fields, "plan", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? check_plan(out, d) : s;
}

lp_status lp_media_from_json(const json_t *o, lp_arena *a, lp_media *out, lp_diag *d)
{
    *out = (lp_media){ 0 };
    lp_status s = lp_fields_read(media_fields, "media", o, a, out, d);
    out->cap = out->n;
    out->findings.cap = out->findings.n;
    return s == LP_OK ? check_media(out, d) : s;
}
