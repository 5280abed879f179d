#include "session/artifact.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "base/grid.h"
#include "session/artifact_check.h"
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
static const char *const media_roles[] = { "still", "step", "sound", "video", NULL };

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

static const lp_field slide_step_fields[] = {
    LP_F_INT64(lp_slide_step, until_us, 0, MAX_US),
    LP_F_INT64(lp_slide_step, picture_us, 0, MAX_US),
    LP_F_INT(lp_slide_step, x, 0, LP_GRID_W - 1),
    LP_F_INT(lp_slide_step, y, 0, LP_GRID_H - 1),
    LP_F_INT(lp_slide_step, w, 1, LP_GRID_W),
    LP_F_INT(lp_slide_step, h, 1, LP_GRID_H),
    LP_F_END,
};

static const lp_field slide_fields[] = {
    LP_F_INT64(lp_slide, start_us, 0, MAX_US),
    LP_F_INT64(lp_slide, end_us, 0, MAX_US),
    LP_F_INT64(lp_slide, picture_us, 0, MAX_US),
    LP_F_OBJECTS(lp_slide, steps, n_steps, slide_step_fields, lp_slide_step),
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
    LP_F_EXTRA(lp_cue, is_checked, 0, 1),
    LP_F_END,
};

static const lp_field person_fields[] = { LP_F_TEXT(lp_person, name, 1), LP_F_END };

/* What every track has; the main one holds the others. */
#define TRACK_FIELDS                                                                           \
    LP_F_OBJECTS(lp_cues, items, n, cue_fields, lp_cue),                                       \
    LP_F_OBJECTS(lp_cues, people, n_people, person_fields, lp_person),                         \
    LP_F_OPTION(lp_cues, lang),                                                                \
    LP_F_OPTION(lp_cues, source_lang),                                                         \
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
    LP_F_EXTRA(lp_cues, is_edited, 0, 1),                                                      \
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
    LP_F_OPTION(lp_slide_text, title),
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
    LP_F_OBJECTS(lp_plan_slide, steps, n_steps, slide_step_fields, lp_slide_step),
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

static const lp_field media_step_fields[] = {
    LP_F_INT(lp_media_step, slide, 0, MAX_POSITION),
    LP_F_INT(lp_media_step, step, 0, MAX_POSITION),
    LP_F_INT(lp_media_step, file, 0, MAX_POSITION),
    LP_F_INT(lp_media_step, x_px, 0, MAX_PX),
    LP_F_INT(lp_media_step, y_px, 0, MAX_PX),
    LP_F_END,
};

static const lp_field media_fields[] = {
    LP_F_OBJECTS_AS("files", lp_media, files, n, media_file_fields, lp_media_file),
    LP_F_INTS(lp_media, slide_file, n_slides, 0, MAX_POSITION),
    LP_F_OBJECTS(lp_media, steps, n_steps, media_step_fields, lp_media_step),
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

lp_status lp_session_from_json(const json_t *o, lp_arena *a, lp_session *out, lp_diag *d)
{
    *out = (lp_session){ 0 };
    lp_status s = lp_fields_read(session_fields, "session", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? lp_artifact_check_session(out, d) : s;
}

lp_status lp_timeline_from_json(const json_t *o, lp_arena *a, lp_timeline *out, lp_diag *d)
{
    *out = (lp_timeline){ 0 };
    lp_status s = lp_fields_read(timeline_fields, "timeline", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? lp_artifact_check_timeline(out, d) : s;
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
    return s == LP_OK ? lp_artifact_check_cues(out, d) : s;
}

lp_status lp_slide_texts_from_json(const json_t *o, lp_arena *a, lp_slide_texts *out, lp_diag *d)
{
    *out = (lp_slide_texts){ 0 };
    lp_status s = lp_fields_read(slide_texts_fields, "slide_texts", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? lp_artifact_check_slide_texts(out, d) : s;
}

lp_status lp_plan_from_json(const json_t *o, lp_arena *a, lp_plan *out, lp_diag *d)
{
    *out = (lp_plan){ 0 };
    lp_status s = lp_fields_read(plan_fields, "plan", o, a, out, d);
    out->findings.cap = out->findings.n;
    return s == LP_OK ? lp_artifact_check_plan(out, d) : s;
}

lp_status lp_media_from_json(const json_t *o, lp_arena *a, lp_media *out, lp_diag *d)
{
    *out = (lp_media){ 0 };
    lp_status s = lp_fields_read(media_fields, "media", o, a, out, d);
    out->cap = out->n;
    out->findings.cap = out->findings.n;
    return s == LP_OK ? lp_artifact_check_media(out, d) : s;
}
