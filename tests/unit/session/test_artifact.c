#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "session/artifact.h"

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static lp_finding a_finding = { "file-cut-short", LP_LOSS, 5, 9, "a.mp4 ends early" };
static lp_finding two_findings[] = { { "x", LP_NOTE, -1, -1, "n" },
                                     { "y", LP_WARNING, 0, 7, "w\n\"<&" } };

static lp_stream streams[] = {
    { 0, LP_STREAM_VIDEO, "h264", NULL, 1, 0, 1, 1280, 720, 0, 0, 90000000, 0, 89000000, 2700,
      123456789 },
    { 2, LP_STREAM_AUDIO, "aac", "eng", 0, 0, 1, 0, 0, 48000, 2, -1, -21333, 88000000, 4000,
      1400000 },
    { 3, LP_STREAM_SUBTITLE, "mov_text", "fra", 0, 0, 1, 0, 0, 0, 0, -1, -1, -1, 0, 0 },
    { 4, LP_STREAM_OTHER, NULL, NULL, 0, 1, 0, 0, 0, 0, 0, -1, -1, -1, 0, 0 },
};
static int candidates[] = { 1 };
static lp_caption_source captions[] = {
    { LP_CAPTION_FILE,
      { "/in/a.vtt", "a.vtt", 77, 1700000000123456789, HEX64 },
      0,
      "vtt",
      "en", 1 },
    { LP_CAPTION_STREAM, { 0 }, 3, "mov_text", NULL, 0 },
};
static lp_mark marks[] = { { 0, "" }, { 60000000, "Proof \xe2\x88\x80" } };
static lp_joint joints[] = { { 0, 188, -5 }, { 1, 376, INT64_C(95443717688) } };
static lp_landing landings[] = { { 1, -3, 0 } };
static const lp_session full_session = {
    "plain",  "Week 3",
    "en",     "2026-01-02T03:04:05Z",
    "mov",    { "/in/caf\xe9.mp4", "caf.mp4", 5000000000, -1, NULL },
    -40000,   { joints, 2, landings, 1 },
    90000000, 89000000,
    streams,
    4,        0,
    1,        candidates,
    1,        captions,
    2,        marks,
    2,        { &a_finding, 1, 1 }
};

static lp_slide_step slide_steps[] = { { 4, 2, 10, 20, 30, 40 }, { 10, 4, 0, 0, 160, 90 } };
static lp_slide slides[] = { { 0, 10, 5, -1, 0, slide_steps, 2 }, { 10, 20, 15, -1, 1, NULL, 0 }, { 20, 30, 29, 0, 0, NULL, 0 } };
static lp_span spans[] = { { 1, 4 }, { 4, 9 } };
static int64_t times[] = { 3, 3, 8 };
static const lp_timeline full_timeline = { 30,
                                           slides,
                                           3,
                                           1280,
                                           720,
                                           spans,
                                           1,
                                           times,
                                           3,
                                           11,
                                           250,
                                           { 1, LP_MIX_RIGHT, -23.45, -1.5, 8.25, 2, 29, spans, 2,
                                             spans, 1 },
                                           { two_findings, 2, 2 } };

static lp_cue cue_items[] = { { 0, 5, "one\ntwo", 1, 0, 2, 0 },
                              { 0, 6, "three", -1, 0, 0, 1 },
                              { 7, 9, "<b>", 0, 2, 1, 0 } };
static lp_word words[] = { { 0, 2, "one", 0.25F, 1 },
                           { 3, 5, "two", -1, 1 },
                           { 7, 9, "<b>", 1, -1 } };
static lp_span unheard[] = { { 4, 5 }, { 8, 12 } };
static lp_person people[] = { { "Ada" }, { "Bo" } };
static lp_cue other_items[] = { { 0, 5, "un", 1, 0, 0, 0 }, { 7, 9, "trois", -1, 0, 0, 0 } };
static lp_cues others[] = {
    { .items = other_items, .n = 2, .people = people, .n_people = 2, .lang = "fr", .origin = "platform",
      .source = "a.fr.srt", .format = "srt", .encoding = "windows-1252", .n_read = 2 },
    { .lang = "ar", .source_lang = "fa", .origin = "human", .is_reviewed = 1 },
};
static const lp_cues full_cues = {
    cue_items,  3,       3,     people,  2, 2, "en",    "de",
    "platform", "a.vtt", "vtt", "utf-8", 5, 2, { &a_finding, 1, 1 },
    { words, 3, 3 },
    "lecpack-asr", "moonshine-base-en", "0123456789012345678901234567890123456789012345678901234567890123",
    1, 1, 1, unheard, 2, others, 2, NULL, 0, 0
};

static lp_slide_text slide_text_items[] = { { 0, "Sampling error\nWeek 3", "Sampling error" },
                                           { 7, "p = 0.42\nn = 1000", NULL } };
static const lp_slide_texts full_slide_texts = { slide_text_items, 2, "tesseract 5.3.0", { &a_finding, 1, 1 } };

static lp_map_piece pieces[] = { { 0, 5, 10 }, { 10, 20, 7 } };
static lp_chapter chapters[] = { { 0, "Start" }, { 9, "" } };
static lp_plan_slide plan_slides[] = { { 0, 10, 5, -1, 0, slide_steps, 2 }, { 10, 17, 15, 0, 1, NULL, 0 } };
static lp_plan_track plan_others[] = { { other_items, 2 }, { NULL, 0 } };
static const lp_plan full_plan = { 17,
                                   { pieces, 2 },
                                   chapters,
                                   2,
                                   plan_slides,
                                   2,
                                   1280,
                                   720,
                                   { 1, LP_MIX_LEFT, 12000, 6.25, -1, 1 },
                                   { LP_VIDEO_AV1, 1280, 720, 5000, 40, 8, 128, 60000000, 1 },
                                   cue_items,
                                   3,
                                   plan_others,
                                   2,
                                   times,
                                   3,
                                   { &a_finding, 1, 1 } };

static lp_media_file files[] = {
    { "stills/001.webp", LP_MEDIA_STILL, "image/webp", "webp", 900, HEX64, 1280, 720, 0, 1 },
    { "sound.webm", LP_MEDIA_SOUND, "audio/webm; codecs=opus", "webm", 1000, HEX64, 0, 0, 17,
      0 },
    { "video.webm", LP_MEDIA_VIDEO, "video/webm", "webm", 2000, HEX64, 1280, 720, 17, 0 },
    { "stills/001-1.webp", LP_MEDIA_STEP, "image/webp", "webp", 90, HEX64, 128, 72, 0, 1 },
};
static lp_media_step media_steps[] = { { 0, 0, 3, 64, 32 }, { 0, 1, 3, 0, 0 }, { 1, 0, 3, 0, 0 } };
static int slide_file[] = { 0, 0 };
static const lp_media full_media = { files, 4, 4, slide_file, 2, media_steps, 3, 1, 2, { &a_finding, 1, 1 } };

/* The five artifacts behind one face. */
union any {
    lp_session session;
    lp_timeline timeline;
    lp_cues cues;
    lp_slide_texts slide_texts;
    lp_plan plan;
    lp_media media;
};

static json_t *write_session(const void *p)
{
    return lp_session_to_json(p);
}
static json_t *write_timeline(const void *p)
{
    return lp_timeline_to_json(p);
}
static json_t *write_cues(const void *p)
{
    return lp_cues_to_json(p);
}
static json_t *write_plan(const void *p)
{
    return lp_plan_to_json(p);
}
static json_t *write_media(const void *p)
{
    return lp_media_to_json(p);
}
static lp_status read_session(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_session_from_json(o, a, &p->session, d);
}
static lp_status read_timeline(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_timeline_from_json(o, a, &p->timeline, d);
}
static lp_status read_cues(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_cues_from_json(o, a, &p->cues, d);
}
static lp_status read_plan(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_plan_from_json(o, a, &p->plan, d);
}
static lp_status read_media(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_media_from_json(o, a, &p->media, d);
}

static json_t *write_slide_texts(const void *p)
{
    return lp_slide_texts_to_json(p);
}
static lp_status read_slide_texts(const json_t *o, lp_arena *a, union any *p, lp_diag *d)
{
    return lp_slide_texts_from_json(o, a, &p->slide_texts, d);
}

static const struct kind {
    const void *full;
    json_t *(*write)(const void *);
    lp_status (*read)(const json_t *, lp_arena *, union any *, lp_diag *);
} kinds[] = {
    { &full_session, write_session, read_session },
    { &full_timeline, write_timeline, read_timeline },
    { &full_cues, write_cues, read_cues },
    { &full_plan, write_plan, read_plan },
    { &full_media, write_media, read_media },
    { &full_slide_texts, write_slide_texts, read_slide_texts },
};
enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void text_of(json_t *o, lp_buf *out)
{
    lp_buf_init(out, 1 << 20);
    assert_non_null(o);
    assert_int_equal(lp_json_text(o, 1, out, NULL), LP_OK);
    json_decref(o);
}

static void what_is_read_back_writes_the_same_text(void **state)
{
    (void)state;
    for (size_t k = 0; k < N_KINDS; k++) {
        lp_arena a = { 0 };
        union any back;
        lp_diag d = { 0 };
        lp_buf first, second;
        text_of(kinds[k].write(kinds[k].full), &first);
        json_t *parsed = NULL;
        assert_int_equal(lp_json_parse(first.data, first.len, "test", &parsed, &d), LP_OK);
        if (kinds[k].read(parsed, &a, &back, &d) != LP_OK)
            fail_msg("%zu: %s", k, d.text);
        json_decref(parsed); /* the struct must not lean on it */
        text_of(kinds[k].write(&back), &second);
        assert_string_equal(first.data, second.data);
        lp_buf_clear(&first);
        lp_buf_clear(&second);
        lp_arena_clear(&a);
    }
}

static void every_kind_of_field_comes_back_with_its_value(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_session s;
    json_t *o = lp_session_to_json(&full_session);
    assert_int_equal(lp_session_from_json(o, &a, &s, NULL), LP_OK);
    json_decref(o);
    assert_string_equal(s.title, "Week 3");
    assert_string_equal(s.media.path, "/in/caf\xe9.mp4"); /* a path is bytes, not text */
    assert_null(s.media.sha256);
    assert_int_equal(s.media.bytes, 5000000000);
    assert_int_equal(s.media.mtime_ns, -1);
    assert_int_equal(s.origin_us, -40000);
    assert_int_equal(s.n_streams, 4);
    assert_int_equal(s.streams[1].kind, LP_STREAM_AUDIO);
    assert_int_equal(s.streams[1].start_us, -21333);
    assert_int_equal(s.streams[1].n_channels, 2);
    assert_int_equal(s.streams[3].is_cover, 1);
    assert_null(s.streams[0].lang);
    assert_int_equal(s.captions[0].file.mtime_ns, 1700000000123456789);
    assert_int_equal(s.captions[1].kind, LP_CAPTION_STREAM);
    assert_int_equal(s.captions[1].stream, 3);
    assert_string_equal(s.marks[1].title, "Proof \xe2\x88\x80");
    assert_int_equal(s.findings.items[0].severity, LP_LOSS);
    lp_timeline t;
    o = lp_timeline_to_json(&full_timeline);
    assert_int_equal(lp_timeline_from_json(o, &a, &t, NULL), LP_OK);
    json_decref(o);
    assert_int_equal(t.sound.mix, LP_MIX_RIGHT);
    assert_true(fabs(t.sound.loudness_lufs + 23.45) < 1e-9);
    assert_true(fabs(t.sound.gain_db - 8.25) < 1e-9);
    assert_int_equal(t.sound.n_speech, 2);
    assert_int_equal(t.cuts[2], 8);
    assert_int_equal(t.slides[2].same_as, 0);
    lp_cues c;
    o = lp_cues_to_json(&full_cues);
    assert_int_equal(lp_cues_from_json(o, &a, &c, NULL), LP_OK);
    json_decref(o);
    assert_string_equal(c.items[0].text, "one\ntwo");
    assert_int_equal(c.n_read, 5);
    assert_string_equal(c.people[1].name, "Bo");
    assert_int_equal(c.items[0].n_words, 2);
    assert_int_equal(c.items[2].first_word, 2);
    assert_int_equal(c.items[0].is_checked, 0);
    assert_int_equal(c.items[1].is_checked, 1);
    assert_int_equal(c.is_edited, 1);
    assert_int_equal(c.words.n, 3);
    assert_int_equal(c.words.items[1].start_us, 3);
    assert_int_equal(c.words.items[1].end_us, 5);
    assert_string_equal(c.words.items[2].text, "<b>");
    assert_true(c.words.items[0].p == 0.25F && c.words.items[1].p == -1);
    assert_int_equal(c.words.items[0].person, 1);
    assert_int_equal(lp_cues_add(&c, &a, 9, 10, "more", -1, NULL), LP_OK); /* it can grow */
    assert_string_equal(c.items[3].text, "more");
    lp_arena_clear(&a);
}

static void numbers_that_json_can_not_hold_become_the_bound(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_timeline t = { .sound = { .stream = -1, .loudness_lufs = -70, .peak_db = -INFINITY } };
    json_t *o = lp_timeline_to_json(&t);
    assert_non_null(o);
    assert_int_equal(lp_timeline_from_json(o, &a, &t, NULL), LP_OK);
    assert_true(t.sound.peak_db <= -200);
    json_decref(o);
    lp_arena_clear(&a);
}

static void the_same_struct_gives_readable_json(void **state)
{
    (void)state;
    lp_buf b;
    text_of(lp_findings_to_json(&(lp_findings){ two_findings, 2, 2 }), &b);
    assert_string_equal(
        b.data,
        "[\n  {\n    \"code\": \"x\",\n    \"severity\": \"note\",\n    \"start_us\": -1,\n"
        "    \"end_us\": -1,\n    \"text\": \"n\"\n  },\n  {\n    \"code\": \"y\",\n"
        "    \"severity\": \"warning\",\n    \"start_us\": 0,\n    \"end_us\": 7,\n"
        "    \"text\": \"w\\n\\\"<&\"\n  }\n]\n");
    lp_buf_clear(&b);
}

/* `path` is a key, a position, a key ..; the value there is replaced by the JSON text `value`,
 * NULL removes it. */
static void change(json_t *o, const char *path, const char *value)
{
    char step[64];
    for (;;) {
        size_t n = strcspn(path, ".");
        snprintf(step, sizeof(step), "%.*s", (int)n, path);
        int is_last = path[n] == '\0';
        size_t i = (size_t)(step[0] - '0');
        json_t *v = is_last && value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
        if (is_last && json_is_array(o))
            assert_int_equal(json_array_set_new(o, i, v), 0);
        else if (is_last)
            assert_int_equal(value ? json_object_set_new(o, step, v) : json_object_del(o, step),
                             0);
        if (is_last)
            return;
        o = json_is_array(o) ? json_array_get(o, i) : json_object_get(o, step);
        assert_non_null(o);
        path += n + 1;
    }
}

static void a_damaged_artifact_is_refused_and_the_field_named(void **state)
{
    (void)state;
    enum { S, T, C, P, M, W };
    static const struct {
        int kind;
        const char *path, *value, *named;
    } damage[] = {
        { S, "title", NULL, "session.title: missing" },
        { C, "words.1", "\"1 2 3\"", "cues.words[1]: not" },
        { C, "words.1", "\"1 2 3 0 \"", "cues.words[1]: not" },
        { C, "words.1", "\"1 2 3 0 a b\"", "cues.words[1]: not" },
        { C, "words.1", "\"1 2 1001 0 a\"", "cues.words[1]: not" },
        { C, "words.1", "\"1 -2 3 0 a\"", "cues.words[1]: not" },
        { C, "words.1", "\"1 2 3 2 a\"", "cues.words[1]: not" },
        { C, "words.1", "\"9999999999999999999999999 2 3 0 a\"", "cues.words[1]: not" },
        { C, "words.1", "7", "cues.words[1]: not" },
        { C, "words.0", "\"4 2 3 0 a\"", "cues.words[1]: before" },
        { C, "words", "{}", "cues.words: not a list" },
        { W, "items.1.slide", "0", "slide_texts.items[1].slide: not after" },
        { W, "items.0.text", "\"\"", "slide_texts.items[0].text" },
        { C, "items.2.n_words", "2", "cues.items[2].n_words: there are not" },
        { C, "items.2.first_word", "4", "cues.items[2].n_words: there are not" },
        { C, "items.0.n_words", "-1", "cues.items[0].n_words: -1" },
        { S, "title", "\"\"", "session.title: empty" },
        { S, "title", "7", "session.title: not a string" },
        { S, "video", "1", "session.video: 1 is not a video" },
        { S, "video", "4", "session.video" },
        { S, "video", "-2", "session.video: -2 is not from -1" },
        { S, "audio", "0", "session.audio" },
        { S, "audio_candidates.0", "3", "session.audio_candidates[0]" },
        { S, "audio_candidates.0", "\"1\"", "session.audio_candidates[0]: not a whole" },
        { S, "streams", "{}", "session.streams: not a list" },
        { S, "streams.1", "[]", "session.streams[1]: not an object" },
        { S, "streams.1.kind", "\"sound\"", "session.streams[1].kind" },
        { S, "streams.1.kind", "1", "session.streams[1].kind" },
        { S, "streams.0.is_default", "1", "session.streams[0].is_default" },
        { S, "streams.0.width_px", "99999999999", "session.streams[0].width_px" },
        { S, "streams.0.width_px", "12.5", "session.streams[0].width_px: not a whole" },
        { S, "duration_us", "-1", "session.duration_us" },
        { S, "media.path", "{\"hex\": \"2f00\"}", "session.media.path" },
        { S, "media.path", "{\"hex\": \"2\"}", "session.media.path" },
        { S, "media.path", NULL, "session.media: path" },
        { S, "media.sha256", "\"00\"", "session.media.sha256" },
        { S, "captions.0.file.path", NULL, "session.captions" },
        { S, "captions.1.stream", "-1", "session.captions[1].stream" },
        { S, "findings.0.severity", "\"bad\"", "session.findings[0].severity" },
        { T, "slides.1.same_as", "1", "timeline.slides[1].same_as" },
        { T, "slides.1.end_us", "10", "timeline.slides[1].end_us" },
        { T, "slides.0.steps.0.until_us", "10", "timeline.slides[0].steps" },
        { T, "slides.0.steps.0.until_us", "0", "timeline.slides[0].steps" },
        { T, "slides.0.steps.1.until_us", "11", "timeline.slides[0].steps" },
        { T, "slides.0.steps.0.x", "131", "timeline.slides[0].steps" },
        { T, "slides.0.steps.0.y", "51", "timeline.slides[0].steps" },
        { T, "slides.0.steps.0.w", "0", "timeline.slides[0].steps[0].w" },
        { T, "slides.1.start_us", "9", "timeline.slides[1].start_us" },
        { T, "motion.0.end_us", "1", "timeline.motion[0].end_us" },
        { T, "sound.speech.1.start_us", "3", "timeline.sound.speech[1].start_us" },
        { T, "sound.gaps.0.start_us", "-1", "timeline.sound.gaps[0].start_us" },
        { T, "sound.peak_db", "1e300", "timeline.sound.peak_db" },
        { T, "sound.gain_db", "\"loud\"", "timeline.sound.gain_db" },
        { T, "sound", "null", "timeline.sound: not an object" },
        { T, "cuts.1", "2", "timeline.cuts[1]" },
        { C, "items.0.person", "2", "cues.items[0].person" },
        { C, "items.0.text", "\"\"", "cues.items[0].text: empty" },
        { C, "items.2.start_us", "9", "cues.items[2].end_us" },
        { C, "items.0.start_us", "1", "cues.items[1].start_us" },
        { C, "n_read", "-1", "cues.n_read" },
        { P, "map.pieces.1.in_us", "14", "plan.map.pieces[1]" },
        { P, "map.pieces.1.out_us", "9", "plan.map.pieces[1]" },
        { P, "map.pieces.0.len_us", "0", "plan.map.pieces[0].len_us" },
        { P, "chapters.0.t_us", "1", "plan.chapters[0].t_us" },
        { P, "chapters.1.t_us", "0", "plan.chapters[1].t_us" },
        { P, "slides.1.t_us", "9", "plan.slides[1].t_us" },
        { P, "slides.0.steps.1.until_us", "11", "plan.slides[0].steps" },
        { P, "slides.1.same_as", "1", "plan.slides[1].same_as" },
        { P, "cues.0.end_us", "0", "plan.cues[0].end_us" },
        { P, "key_times.2", "2", "plan.key_times[2]" },
        { P, "video.codec", "\"av2\"", "plan.video.codec" },
        { M, "files.0.path", "\"../x\"", "media.files[0].path" },
        { M, "files.0.path", "\"a/../x\"", "media.files[0].path" },
        { M, "files.0.path", "\"/x\"", "media.files[0].path" },
        { M, "files.0.sha256",
          "\""
          "Z123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
          "\"",
          "media.files[0].sha256" },
        { M, "slide_file.1", "1", "media.slide_file[1]" },
        { M, "slide_file.1", "3", "media.slide_file[1]" },
        { M, "slide_file.1", "-1", "media.slide_file[1]" },
        { M, "steps.0.file", "0", "media.steps[0]" },
        { M, "steps.0.file", "4", "media.steps[0]" },
        { M, "steps.2.slide", "2", "media.steps[2]" },
        { M, "steps.2.slide", "0", "media.steps[2]" },
        { M, "steps.1.step", "0", "media.steps[1]" },
        { M, "sound", "2", "media.sound" },
        { M, "video", "3", "media.video" },
    };
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        const struct kind *k = &kinds[damage[i].kind];
        lp_arena a = { 0 };
        lp_diag d = { 0 };
        union any out;
        json_t *o = k->write(k->full);
        change(o, damage[i].path, damage[i].value);
        if (k->read(o, &a, &out, &d) != LP_ERR_INPUT ||
            strncmp(d.text, damage[i].named, strlen(damage[i].named)) != 0)
            fail_msg("%s = %s: status %d, \"%s\"", damage[i].path, damage[i].value,
                     (int)d.status, d.text);
        json_decref(o);
        lp_arena_clear(&a);
    }
}

static void keys_of_a_later_version_are_ignored(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c;
    json_t *o = lp_cues_to_json(&full_cues);
    change(o, "colour", "[1]");
    assert_int_equal(lp_cues_from_json(o, &a, &c, NULL), LP_OK);
    json_decref(o);
    lp_arena_clear(&a);
}

static void *json_alloc(size_t n)
{
    return lp_calloc(n, 1);
}

static void each_failing_allocation_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    json_set_alloc_funcs(json_alloc, lp_free);
    for (size_t k = 0; k < N_KINDS; k++) {
        json_t *o = NULL;
        for (long n = 1; !o; n++) {
            assert_true(n < 10000);
            lp_mem_fail_at(n);
            o = kinds[k].write(kinds[k].full);
        }
        lp_mem_fail_at(0);
        lp_status s = LP_ERR_NOMEM;
        for (long n = 1; s != LP_OK; n++) {
            lp_arena a = { 0 };
            lp_diag d = { 0 };
            union any out;
            lp_mem_fail_at(n);
            s = kinds[k].read(o, &a, &out, &d);
            lp_mem_fail_at(0);
            assert_int_equal(s, d.status);
            if (s != LP_OK)
                assert_int_equal(s, LP_ERR_NOMEM);
            else
                assert_true(n > 1);
            lp_arena_clear(&a);
        }
        json_decref(o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_back_writes_the_same_text),
        cmocka_unit_test(every_kind_of_field_comes_back_with_its_value),
        cmocka_unit_test(numbers_that_json_can_not_hold_become_the_bound),
        cmocka_unit_test(the_same_struct_gives_readable_json),
        cmocka_unit_test(a_damaged_artifact_is_refused_and_the_field_named),
        cmocka_unit_test(keys_of_a_later_version_are_ignored),
        cmocka_unit_test(each_failing_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
