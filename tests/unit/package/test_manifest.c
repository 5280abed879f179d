#include "unit/package/made.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/str.h"
#include "package/manifest.h"

static int setup(void **state)
{
    made *m = lp_calloc(1, sizeof(*m));
    made_init(m);
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    made_clear(*state);
    lp_free(*state);
    return 0;
}

/* The manifest of the class, for json_decref(). */
static json_t *manifest_of(made *m)
{
    json_t *root = NULL;
    lp_diag d = { 0 };
    const char *path = tmpdir_path(made_build(m, "out", NULL), "lecpack.json");
    if (lp_json_read(path, 1 << 20, &root, &d) != LP_OK)
        fail_msg("%s", d.text);
    return root;
}

/* The part of it at "a.b.0.c", as JSON on one line. */
static void assert_at(const json_t *root, const char *place, const char *expected)
{
    char part[64];
    const json_t *o = root;
    for (const char *p = place; *p;) {
        size_t n = strcspn(p, ".");
        snprintf(part, sizeof(part), "%.*s", (int)n, p);
        o = json_is_array(o) ? json_array_get(o, strtoul(part, NULL, 10))
                             : json_object_get(o, part);
        p += n + (p[n] == '.');
    }
    char *text = json_dumps(o, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
    if (!lp_str_eq(text, expected))
        fail_msg("%s is %s, not %s", place, text ? text : "missing",
                 expected ? expected : "missing");
    free(text);
}

static void a_manifest_says_what_the_class_is(void **state)
{
    static const struct {
        const char *place, *expected;
    } rows[] = {
        { "format", "\"lecpack\"" },
        { "version", "\"1.0\"" },
        { "rev", "1" },
        { "title", "\"Beads, week 3\"" },
        { "lang", "\"en\"" },
        { "dir", "\"ltr\"" },
        { "recorded", "\"2025-03-02T10:00:00Z\"" },
        { "duration", "90" },
        { "source_duration", "110" },
        { "people", "[{\"id\":\"s1\",\"name\":\"Speaker 1\",\"pseudonym\":true},"
                    "{\"id\":\"s2\",\"name\":\"Speaker 2\",\"pseudonym\":true}]" },
        { "layers.0.id", "\"text\"" },
        { "layers.0.needs", "[]" },
        { "layers.0.sufficient", "[\"textual\"]" },
        { "layers.1.needs", "[\"text\"]" },
        { "layers.1.bytes", "41" },
        { "layers.1.files", "3" },
        { "layers.2.transfer", "600000" },
        { "layers.3.id", "\"video\"" },
        { "layers.3.needs", "[\"sound\"]" },
        { "layers.3.sufficient", "[\"auditory\",\"visual\"]" },
        { "layers.4.id", "\"extra\"" },
        { "files.0.path", "\"index.html\"" },
        { "files.0.role", "\"viewer\"" },
        { "files.2.path", "\"slides/002.webp\"" },
        { "files.2.t", "10" },
        { "files.2.width", "1280" },
        { "files.2.bytes", "14" },
        { "files.3.t", "40" },
        { "files.4.layer", "\"sound\"" },
        { "files.4.duration", "90" },
        { "files.4.piece", "262144" },
        { "files.4.pieces.3", NULL },
        { "files.5.piece", NULL },
        { "captions", "\"present\"" },
        { "tracks.0.path", "\"captions.en.vtt\"" },
        { "tracks.0.origin", "\"platform\"" },
        { "tracks.0.source", "\"week3.vtt\"" },
        { "tracks.0.encoding", "\"utf-8\"" },
        { "tracks.0.cues", "3" },
        { "tracks.0.quality.words", "7" },
        { "timeline.chapters",
          "[{\"t\":0,\"title\":\"Start\"},{\"t\":20,\"title\":\"Beads & <jars>\"}]" },
        { "timeline.slides.2", "{\"t\":25,\"end\":40,\"path\":\"slides/001.webp\"}" },
        { "timeline.events", "[]" },
        { "timeline.map", "[[0,12.3],[40,60]]" },
        { "a11y.accessMode", "[\"textual\",\"auditory\",\"visual\"]" },
        { "a11y.accessModeSufficient", "[[\"textual\"],[\"auditory\",\"visual\"]]" },
        { "a11y.accessibilityFeature",
          "[\"captions\",\"transcript\",\"structuralNavigation\",\"synchronizedAudioText\"]" },
        { "findings",
          "[{\"code\":\"file-cut-short\",\"severity\":\"loss\",\"start\":70,\"end\":90,"
          "\"text\":\"z.mp4: the last minute is missing\"}]" },
        { "provenance.tool", "\"lecpack 0.1.0\"" },
        { "provenance.options", "\"sound-rate=12000 video=av1\"" },
        { "provenance.sources.0.name", "\"z.mp4\"" },
        { "provenance.sources.0.duration", "110" },
        { "provenance.sources.1.name", "\"week3.vtt\"" },
        { "provenance.sources.2", NULL }, /* the captions that were not used */
        { "rights", "{}" },
    };
    json_t *root = manifest_of(*state);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_at(root, rows[i].place, rows[i].expected);
    json_decref(root);
}

static void the_keys_stand_in_their_order(void **state)
{
    static const char *const keys[] = {
        "format", "version",  "id",       "rev",      "title",
        "lang",   "dir",      "recorded", "duration", "source_duration",
        "people", "totals",   "layers",   "files",    "captions",
        "tracks", "timeline", "a11y",     "findings", "provenance",
        "rights"
    };
    json_t *root = manifest_of(*state);
    size_t i = 0;
    for (void *it = json_object_iter(root); it; it = json_object_iter_next(root, it), i++) {
        assert_true(i < sizeof(keys) / sizeof(keys[0]));
        assert_string_equal(json_object_iter_key(it), keys[i]);
    }
    assert_int_equal(i, sizeof(keys) / sizeof(keys[0]));
    json_decref(root);
}

static void what_is_missing_is_not_claimed(void **state)
{
    static const struct {
        const char *place, *expected;
    } rows[] = {
        { "captions", "\"missing\"" },
        { "tracks", "[]" },
        { "a11y.accessMode", "[]" },
        { "a11y.accessModeSufficient", "[]" },
        { "a11y.accessibilityFeature", "[\"structuralNavigation\"]" },
        { "a11y.accessibilityHazard",
          "[\"noFlashingHazard\",\"noMotionSimulationHazard\",\"noSoundHazard\"]" },
        { "findings.1.code", "\"captions-missing\"" },
        { "layers.0.sufficient", "[]" },
        { "layers.2", NULL },
    };
    made *m = *state;
    made_only_text(m);
    json_t *root = manifest_of(m);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_at(root, rows[i].place, rows[i].expected);
    json_decref(root);
}

static void a_video_without_sound_needs_the_text_only(void **state)
{
    made *m = *state;
    m->media.sound = -1;
    json_t *root = manifest_of(m);
    assert_at(root, "layers.2.id", "\"video\"");
    assert_at(root, "layers.2.needs", "[\"text\"]");
    assert_at(root, "layers.2.sufficient", "[\"visual\"]");
    json_decref(root);
}

static void the_id_is_a_uuid_of_version_5(void **state)
{
    (void)state;
    char id[LP_MANIFEST_ID_CHARS], other[LP_MANIFEST_ID_CHARS];
    lp_diag d = { 0 };
    /* python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, "urn:sha-256:abc?x=1"))' */
    assert_int_equal(lp_manifest_id("abc", "x=1", id, &d), LP_OK);
    assert_string_equal(id, "urn:uuid:543ff832-0987-5bc0-92a6-92530bff8837");
    assert_int_equal(lp_manifest_id("abc", "x=2", other, &d), LP_OK);
    assert_string_not_equal(id, other);
    assert_int_equal(lp_manifest_id("abd", "x=1", other, &d), LP_OK);
    assert_string_not_equal(id, other);
}

static void a_manifest_is_read_back_by_the_public_reader(void **state)
{
    made *m = *state;
    const char *dir = made_build(m, "out", NULL);
    for (int i = 0; i < 2; i++) {
        lecpack_manifest *r = NULL;
        char error[256] = "?";
        assert_int_equal(lecpack_manifest_open(i ? tmpdir_path(dir, "lecpack.json") : dir, &r,
                                               error, sizeof(error)),
                         LECPACK_OK);
        assert_string_equal(error, "");
        assert_string_equal(r->title, "Beads, week 3");
        assert_string_equal(r->tool, "lecpack 0.1.0");
        assert_int_equal(r->duration_us, 90 * MADE_SECOND);
        assert_int_equal(r->n_layers, 5);
        assert_string_equal(r->layers[3].needs[0], "sound");
        assert_int_equal(r->n_files, 11);
        const lecpack_file *sound = &r->files[4];
        assert_string_equal(sound->role, "sound");
        assert_int_equal(sound->bytes, MADE_SOUND_BYTES);
        assert_int_equal(sound->n_pieces, 3);
        assert_int_equal(strlen(sound->pieces[2]), 64);
        assert_int_equal(sound->t_us, -1);
        assert_int_equal(r->files[3].t_us, 40 * MADE_SECOND);
        assert_int_equal(r->files[3].height_px, 360);
        lecpack_manifest_free(&r);
        assert_null(r);
        lecpack_manifest_free(&r);
    }
    lecpack_manifest_free(NULL);
}

#define SHA "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""
#define FILE_(path, more)                                                                      \
    "{\"path\":" path ",\"layer\":\"text\",\"role\":\"viewer\",\"type\":\"text/"               \
                      "html\",\"bytes\":0,\"sha256\":" SHA more "}"
#define LAYER "{\"id\":\"text\",\"needs\":[],\"bytes\":0,\"transfer\":0,\"files\":1}"
#define HEAD(version)                                                                          \
    "{\"format\":\"lecpack\",\"version\":\"" version                                           \
    "\",\"id\":\"i\",\"rev\":1,\"title\":\"t\",\"lang\":\"en\","                               \
    "\"duration\":1,\"provenance\":{\"tool\":\"x\"},"
#define WHOLE(layers, files) HEAD("1.0") "\"layers\":[" layers "],\"files\":[" files "]}"

static void damaged_and_hostile_manifests_are_refused(void **state)
{
    static const struct {
        const char *text;
        lecpack_status status;
        const char *why;
    } rows[] = {
        { WHOLE(LAYER, FILE_("\"a\"", "")), LECPACK_OK, "" },
        { HEAD("1.9") "\"later\":{},\"layers\":[" LAYER
                      "],\"files\":[" FILE_("\"a\"", ",\"later\":1") "]}",
          LECPACK_OK, "" },
        { HEAD("2.0") "\"layers\":[" LAYER "],\"files\":[" FILE_("\"a\"", "") "]}",
          LECPACK_ERR_UNSUPPORTED, "newer" },
        { HEAD("0.1") "\"layers\":[" LAYER "],\"files\":[" FILE_("\"a\"", "") "]}",
          LECPACK_ERR_INPUT, "version" },
        { HEAD("1") "\"layers\":[" LAYER "],\"files\":[" FILE_("\"a\"", "") "]}",
          LECPACK_ERR_INPUT, "version" },
        { "", LECPACK_ERR_INPUT, "not valid JSON" },
        { "{", LECPACK_ERR_INPUT, "not valid JSON" },
        { "[]", LECPACK_ERR_INPUT, "not the manifest" },
        { "{\"format\":\"zip\"}", LECPACK_ERR_INPUT, "not the manifest" },
        { "{\"format\":\"lecpack\"}", LECPACK_ERR_INPUT, "\"version\" is missing" },
        { HEAD("1.0") "\"files\":[]}", LECPACK_ERR_INPUT, "\"layers\" is missing" },
        { WHOLE("", FILE_("\"a\"", "")), LECPACK_ERR_INPUT, "\"layers\"" },
        { WHOLE(LAYER, ""), LECPACK_ERR_INPUT, "\"files\"" },
        { WHOLE(LAYER, "1"), LECPACK_ERR_INPUT, "files[0].path" },
        { WHOLE(LAYER, FILE_("1", "")), LECPACK_ERR_INPUT, "files[0].path is not text" },
        { WHOLE(LAYER, FILE_("\"a\"", ",\"t\":-1")), LECPACK_ERR_INPUT, "files[0].t" },
        { WHOLE(LAYER, FILE_("\"a\"", ",\"width\":1e9")), LECPACK_ERR_INPUT, "files[0].width" },
        { WHOLE(LAYER, FILE_("\"a\"", ",\"piece\":262144")), LECPACK_ERR_INPUT,
          "files[0].pieces" },
        { WHOLE(LAYER, FILE_("\"a\"", ",\"piece\":262144,\"pieces\":[" SHA "]")),
          LECPACK_ERR_INPUT, "files[0].pieces" },
        { WHOLE("{\"id\":\"x\",\"needs\":[],\"bytes\":0,\"transfer\":0,\"files\":1}",
                FILE_("\"a\"", "")),
          LECPACK_ERR_INPUT, "files[0].layer" },
        { WHOLE("{\"id\":\"text\",\"needs\":[1],\"bytes\":0,\"transfer\":0,\"files\":1}",
                FILE_("\"a\"", "")),
          LECPACK_ERR_INPUT, "layers[0].needs" },
        { WHOLE("{\"id\":\"text\",\"needs\":[],\"bytes\":-1,\"transfer\":0,\"files\":1}",
                FILE_("\"a\"", "")),
          LECPACK_ERR_INPUT, "layers[0].bytes" },
        { WHOLE(LAYER, "{\"path\":\"a\",\"layer\":\"text\",\"role\":\"viewer\",\"type\":\"x/"
                       "y\",\"bytes\":0,\"sha256\":\"E3\"}"),
          LECPACK_ERR_INPUT, "files[0].sha256" },
        { WHOLE(LAYER, FILE_("\"../a\"", "")), LECPACK_ERR_INPUT,
          "unsafe: the name of files[0] leads out" },
        { WHOLE(LAYER, FILE_("\"lecpack.json\"", "")), LECPACK_ERR_INPUT, "unsafe" },
        { WHOLE(LAYER, FILE_("\"a\"", "") "," FILE_("\"a\"", "")), LECPACK_ERR_INPUT,
          "unsafe: a comes twice" },
        { WHOLE(LAYER, FILE_("\"a\"", "") "," FILE_("\"a/b\"", "")), LECPACK_ERR_INPUT,
          "unsafe: a/b comes twice" },
    };
    made *m = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lecpack_manifest *r = NULL;
        char error[512] = "";
        tmpdir_put(m->dir, "x.json", rows[i].text, strlen(rows[i].text));
        lecpack_status s =
            lecpack_manifest_open(tmpdir_path(m->dir, "x.json"), &r, error, sizeof(error));
        if (s != rows[i].status || !strstr(error, rows[i].why) ||
            (s == LECPACK_OK) != (r != NULL))
            fail_msg("row %zu: status %d, \"%s\"", i, (int)s, error);
        lecpack_manifest_free(&r);
    }
}

static void what_is_not_there_is_no_input(void **state)
{
    made *m = *state;
    lecpack_manifest *r = NULL;
    char error[8] = "";
    assert_int_equal(lecpack_manifest_open(tmpdir_path(m->dir, "none"), &r, NULL, 0),
                     LECPACK_ERR_NO_INPUT);
    assert_int_equal(lecpack_manifest_open(m->dir, &r, error, sizeof(error)),
                     LECPACK_ERR_NO_INPUT);
    assert_int_equal(strlen(error), 7); /* cut to fit */
    assert_int_equal(lecpack_manifest_open(NULL, &r, NULL, 0), LECPACK_ERR_USAGE);
    assert_null(r);
}

static void every_failed_allocation_of_reading_is_reported(void **state)
{
    made *m = *state;
    const char *dir = made_build(m, "out", NULL);
    lecpack_status s = LECPACK_ERR_NOMEM;
    long n = 1;
    for (; s != LECPACK_OK && n < 10000; n++) {
        lecpack_manifest *r = NULL;
        lp_mem_fail_at(n);
        s = lecpack_manifest_open(dir, &r, NULL, 0);
        lp_mem_fail_at(0);
        assert_true(s == LECPACK_OK || s == LECPACK_ERR_NOMEM);
        assert_int_equal(s == LECPACK_OK, r != NULL);
        lecpack_manifest_free(&r);
    }
    assert_true(n > 3);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_manifest_says_what_the_class_is),
        TEST(the_keys_stand_in_their_order),
        TEST(what_is_missing_is_not_claimed),
        TEST(a_video_without_sound_needs_the_text_only),
        TEST(the_id_is_a_uuid_of_version_5),
        TEST(a_manifest_is_read_back_by_the_public_reader),
        TEST(damaged_and_hostile_manifests_are_refused),
        TEST(what_is_not_there_is_no_input),
        TEST(every_failed_allocation_of_reading_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
