#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "job/run.h"
#include "job/spent.h"
#include "job/stage_calls.h"

/* The engine is tried on stages that cost nothing: each counts its runs, and makes an artifact
 * of what it needs. */
static struct {
    int runs[LP_STAGES];
    lp_stage_id failing; /* LP_STAGES: none */
    lp_status failure;
    int n_stop; /* is_cancelled says yes from this call on; 0: never */
    char explained[2000];
} fake;

static char top[64];

static lp_status count(lp_stage_id id, lp_diag *d)
{
    fake.runs[id]++;
    return fake.failing == id
               ? lp_fail(d, fake.failure, 0, "%s: failed as it was told", lp_stages[id].name)
               : LP_OK;
}

static lp_status simple(lp_stage_id id, lp_stage_call *c, json_t *artifact, lp_diag *d)
{
    lp_status s = count(id, d);
    if (s != LP_OK) {
        json_decref(artifact);
        return s;
    }
    c->artifact = artifact;
    return artifact ? LP_OK : lp_fail_nomem(d);
}

static lp_status run_ingest(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return simple(LP_STAGE_INGEST, c,
                  json_pack("{s:I, s:s}", "bytes", (json_int_t)j->files[0].bytes, "title",
                            j->options->title ? j->options->title : "none"),
                  d);
}

static lp_status run_survey(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_SURVEY, c, json_pack("{s:i}", "slides", 3), d);
}

static lp_status run_import(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_IMPORT, c, json_pack("{s:i}", "imported", 4), d);
}

static lp_status run_read(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_READ, c, json_pack("{s:i}", "texts", 3), d);
}

static lp_status run_hear(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_HEAR, c, json_pack("{s:i}", "words", 9), d);
}

static lp_status run_caption(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_CAPTION, c, json_pack("{s:i}", "cues", 5), d);
}

static lp_status run_plan(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return simple(LP_STAGE_PLAN, c,
                  json_pack("{s:i, s:i}", "sound", j->options->sound_bps, "video",
                            (int)j->options->video),
                  d);
}

static lp_status run_media(lp_stage_id id, lp_job *j, lp_stage_call *c, lp_diag *d)
{
    char *dir = NULL, hex[LP_SHA256_HEX];
    const char *name = lp_stages[id].name;
    lp_status s = count(id, d);
    if (s == LP_OK)
        s = lp_workdir_stage_dir(j->work_dir, name, c->key, c->arena, &dir, d);
    char *path = s == LP_OK ? lp_path_join(c->arena, dir, "a.bin") : NULL;
    if (s == LP_OK)
        s = path ? lp_file_write(path, name, strlen(name), d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_sha256_bytes(name, strlen(name), hex, d);
    if (s != LP_OK)
        return s;
    c->files = json_pack("[{s:s+, s:I, s:s}]", "path", name, "/a.bin", "bytes",
                         (json_int_t)strlen(name), "sha256", hex);
    c->artifact = json_pack("{s:s}", "made", name);
    return c->files && c->artifact ? LP_OK : lp_fail_nomem(d);
}

static lp_status run_stills(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return run_media(LP_STAGE_STILLS, j, c, d);
}

static lp_status run_sound(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return run_media(LP_STAGE_SOUND, j, c, d);
}

static lp_status run_video(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    return run_media(LP_STAGE_VIDEO, j, c, d);
}

static lp_status run_package(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    static const char text[] = "{\"format\": \"lecpack\"}";
    char hex[LP_SHA256_HEX];
    lp_status s = count(LP_STAGE_PACKAGE, d);
    if (s == LP_OK)
        s = lp_file_mkdirs(j->output, d);
    char *path = lp_path_join(c->arena, j->output, "lecpack.json");
    if (s == LP_OK)
        s = path ? lp_file_write(path, text, sizeof(text) - 1, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_sha256_bytes(text, sizeof(text) - 1, hex, d);
    if (s != LP_OK)
        return s;
    c->files = json_pack("[{s:s, s:i, s:s}]", "path", "lecpack.json", "bytes",
                         (int)sizeof(text) - 1, "sha256", hex);
    c->artifact = json_pack("{s:s}", "manifest", hex);
    return c->files && c->artifact ? LP_OK : lp_fail_nomem(d);
}

static lp_status run_zip(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    (void)j;
    return simple(LP_STAGE_ZIP, c, json_pack("{s:i}", "bytes", 1), d);
}

static lp_status load(lp_job *j, const json_t *o, lp_arena *a, lp_diag *d)
{
    (void)j;
    (void)a;
    return json_is_object(o) ? LP_OK : lp_fail(d, LP_ERR_INPUT, 0, "no object");
}

static lp_stage table[LP_STAGES];

static void on_message(void *user, const char *text)
{
    (void)user;
    size_t n = strlen(fake.explained);
    snprintf(fake.explained + n, sizeof(fake.explained) - n, "%s\n", text);
}

static int is_cancelled(void *user)
{
    (void)user;
    if (fake.n_stop > 1)
        fake.n_stop--;
    return fake.n_stop == 1;
}

static lecpack_options options(void)
{
    return (lecpack_options){ .sound_bps = 12000,
                              .n_threads = 2,
                              .want_explain = 1,
                              .on_message = on_message,
                              .is_cancelled = is_cancelled };
}

static lp_status pack(const lecpack_options *o, lp_diag *d)
{
    static lp_run r;
    memset(fake.runs, 0, sizeof(fake.runs));
    fake.explained[0] = '\0';
    lp_status s = lp_run_pack(&r, table, "a.mp4", "out", o, d);
    lp_run_clear(&r);
    return s;
}

/* The letters of the stages that ran: i s (i)m(port) r(ead) h(ear) c p S(tills) o(sound) v P(ackage) z. */
static const char *ran(void)
{
    static char text[LP_STAGES + 1];
    size_t n = 0;
    for (int id = 0; id < LP_STAGES; id++)
        if (fake.runs[id])
            text[n++] = "ismrhcpSovPz"[id];
    text[n] = '\0';
    return text;
}

static int setup(void **state)
{
    static lp_status (*const runs[])(lp_job *, lp_stage_call *,
                                     lp_diag *) = { run_ingest, run_survey, run_import, run_read,
                                                    run_hear,   run_caption, run_plan,   run_stills,
                                                    run_sound,  run_video,   run_package, run_zip };
    (void)state;
    memset(&fake, 0, sizeof(fake));
    fake.failing = LP_STAGES;
    memcpy(table, lp_stages, sizeof(table));
    for (int id = 0; id < LP_STAGES; id++) {
        table[id].run = runs[id];
        table[id].load = load;
    }
    /* in memory where there is such a place: the runs flush hundreds of files, which takes
     * minutes on a disk */
    int has_shm = lp_file_stat("/dev/shm").kind == LP_FILE_DIR && access("/dev/shm", W_OK) == 0;
    snprintf(top, sizeof(top), "%s/lecpack-run-XXXXXX", has_shm ? "/dev/shm" : "/tmp");
    return mkdtemp(top) && chdir(top) == 0 &&
                   lp_file_write("a.mp4", "recording", 9, NULL) == LP_OK
               ? 0
               : -1;
}

static int teardown(void **state)
{
    (void)state;
    return chdir("/") == 0 && lp_file_remove(top, NULL) == LP_OK ? 0 : -1;
}

static void everything_runs_once_and_then_nothing(void **state)
{
    (void)state;
    static const char *const files[] = { ".",
                                         "out",
                                         "out/lecpack.json",
                                         ".out.work",
                                         ".out.work/survey.json",
                                         ".out.work/lock",
                                         ".out.work/sound/a.bin" };
    enum { N = sizeof(files) / sizeof(files[0]) };
    int64_t before[N];
    lecpack_options o = options();
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "ismrhcpSovP");
    for (size_t i = 0; i < N; i++)
        before[i] = lp_file_stat(files[i]).mtime_ns;
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "");
    for (size_t i = 1; i < N; i++)
        assert_int_equal(lp_file_stat(files[i]).mtime_ns, before[i]);
    assert_non_null(strstr(fake.explained, "package: up to date\n"));
    assert_int_equal(lp_file_stat(".out.lock").kind, LP_FILE_NONE);
}

static void a_changed_option_redoes_what_depends_on_it(void **state)
{
    (void)state;
    static const struct {
        lecpack_options change;
        const char *ran, *explained;
    } rows[] = {
        { { .sound_bps = 16000 }, "poP", "plan: runs: option sound-rate changed\n" },
        { { .sound_bps = 16000, .video = LECPACK_VIDEO_NONE },
          "pvP",
          "plan: runs: option video changed\n" },
        { { .sound_bps = 16000, .video = LECPACK_VIDEO_NONE, .title = "T" },
          "ipP",
          "ingest: runs: option title changed\n" },
        { { .sound_bps = 16000, .video = LECPACK_VIDEO_NONE, .title = "T", .want_zip = 1 },
          "z",
          "zip: runs: not done yet\n" },
    };
    lecpack_options o = options();
    assert_int_equal(pack(&o, NULL), LP_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        o.sound_bps = rows[i].change.sound_bps;
        o.video = rows[i].change.video;
        o.title = rows[i].change.title;
        o.want_zip = rows[i].change.want_zip;
        assert_int_equal(pack(&o, NULL), LP_OK);
        assert_string_equal(ran(), rows[i].ran);
        assert_non_null(strstr(fake.explained, rows[i].explained));
    }
}

static void a_recording_that_was_only_touched_costs_its_reading_alone(void **state)
{
    (void)state;
    lecpack_options o = options();
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_int_equal(lp_file_write("a.mp4", "recordinG", 9, NULL),
                     LP_OK); /* the artifact stays the same */
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "i");
    assert_non_null(strstr(fake.explained, "ingest: runs: input file 1 changed\n"));
}

static void what_was_removed_or_altered_is_made_again(void **state)
{
    (void)state;
    static const struct {
        const char *path, *text; /* NULL: removed */
        const char *ran;
    } rows[] = {
        { "out", NULL, "P" },
        { "out/lecpack.json", "{ \"format\": \"lecpack\"}", "P" },
        { ".out.work/sound/a.bin", NULL, "o" },
        { ".out.work/sound/a.bin", "x", "o" },
        { ".out.work/survey.json", "{", "s" },
        { ".out.work/survey.json", NULL, "s" },
        { ".out.work/package.json", NULL, "P" },
        { ".out.work", NULL, "ismrhcpSovP" },
    };
    lecpack_options o = options();
    assert_int_equal(pack(&o, NULL), LP_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%s\n", rows[i].path);
        if (rows[i].text)
            assert_int_equal(
                lp_file_write(rows[i].path, rows[i].text, strlen(rows[i].text), NULL), LP_OK);
        else
            assert_int_equal(lp_file_remove(rows[i].path, NULL), LP_OK);
        assert_int_equal(pack(&o, NULL), LP_OK);
        assert_string_equal(ran(), rows[i].ran);
    }
}

static void altered_media_of_the_same_size_never_reach_a_package(void **state)
{
    (void)state;
    lecpack_options o = options();
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_int_equal(lp_file_write(".out.work/sound/a.bin", "SOUND", 5, NULL), LP_OK);
    assert_int_equal(lp_file_remove("out", NULL), LP_OK);
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "oP");
}

/* -1: there is no time for the work that the record of the stage is of */
static int64_t spent_on(lp_stage_id id)
{
    lp_record record;
    json_t *file = NULL;
    assert_int_equal(lp_spent_read(".out.work", &file, NULL), LP_OK);
    assert_int_equal(lp_record_read(".out.work", table[id].name, &record, NULL), LP_OK);
    int64_t us = lp_spent_of(file, table[id].name, record.key);
    lp_record_clear(&record);
    json_decref(file);
    return us;
}

static void the_time_of_each_stage_that_ran_to_its_end_is_kept(void **state)
{
    (void)state;
    lecpack_options o = options();
    fake.failing = LP_STAGE_VIDEO;
    fake.failure = LP_ERR_IO;
    assert_int_equal(pack(&o, NULL), LP_ERR_IO);
    for (int id = 0; id < LP_STAGES; id++)
        assert_int_equal(spent_on((lp_stage_id)id) >= 0, id < LP_STAGE_VIDEO);
    fake.failing = LP_STAGES;
    assert_int_equal(pack(&o, NULL), LP_OK);
    for (int id = 0; id < LP_STAGES; id++)
        assert_int_equal(spent_on((lp_stage_id)id) >= 0, id != LP_STAGE_ZIP);
}

static void a_failed_stage_keeps_what_was_done_before_it(void **state)
{
    (void)state;
    lecpack_options o = options();
    lp_diag d = { 0 };
    fake.failing = LP_STAGE_VIDEO;
    fake.failure = LP_ERR_FULL;
    assert_int_equal(pack(&o, &d), LP_ERR_FULL);
    assert_string_equal(d.text, "video: failed as it was told");
    assert_int_equal(lp_file_stat("out").kind, LP_FILE_NONE);
    fake.failing = LP_STAGES;
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "vP");
}

static void a_recording_that_can_not_be_read_leaves_nothing_behind(void **state)
{
    (void)state;
    lecpack_options o = options();
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    fake.failing = LP_STAGE_INGEST;
    fake.failure = LP_ERR_INPUT;
    assert_int_equal(pack(&o, NULL), LP_ERR_INPUT);
    assert_int_equal(lp_file_list(".", &a, &names, &n, NULL), LP_OK);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], "a.mp4");
    lp_arena_clear(&a);
}

static void a_stop_ends_the_run_and_the_next_goes_on(void **state)
{
    (void)state;
    lecpack_options o = options();
    lp_diag d = { 0 };
    fake.n_stop = 5; /* stops before the fourth stage */
    assert_int_equal(pack(&o, &d), LP_ERR_CANCELLED);
    assert_string_equal(ran(), "ism");
    fake.n_stop = 0;
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "rhcpSovP");
}

static lp_status run_within(lp_job *j, lp_stage_call *c, lp_diag *d)
{
    static lp_run second;
    lp_diag told = { 0 };
    lecpack_options o = options();
    assert_int_equal(lp_run_pack(&second, table, "a.mp4", "./out/", &o, &told), LP_ERR_BUSY);
    assert_non_null(strstr(told.text, "another lecpack run (pid "));
    lp_run_clear(&second);
    o.work_dir = j->work_dir;
    assert_int_equal(lp_run_pack(&second, table, "a.mp4", "out2", &o, NULL), LP_ERR_BUSY);
    lp_run_clear(&second);
    return run_survey(j, c, d);
}

static void a_second_run_on_the_output_or_the_work_folder_is_busy(void **state)
{
    (void)state;
    lecpack_options o = options();
    table[LP_STAGE_SURVEY].run = run_within;
    assert_int_equal(pack(&o, NULL), LP_OK);
    assert_string_equal(ran(), "ismrhcpSovP");
}

static void every_failed_allocation_is_reported_and_the_next_run_ends_well(void **state)
{
    (void)state;
    lecpack_options o = options();
    o.n_threads = 1;
    for (long nth = 1; nth < 5000; nth++) {
        lp_diag d = { 0 };
        assert_int_equal(lp_file_remove("out", NULL), LP_OK);
        assert_int_equal(lp_file_remove(".out.work", NULL), LP_OK);
        lp_mem_fail_at(nth);
        lp_status s = pack(&o, &d);
        lp_mem_fail_at(0);
        if (s == LP_OK) {
            assert_true(nth > 50);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
        assert_int_equal(pack(&o, NULL), LP_OK);
    }
    fail_msg("it never ends");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_runs_once_and_then_nothing),
        TEST(a_changed_option_redoes_what_depends_on_it),
        TEST(a_recording_that_was_only_touched_costs_its_reading_alone),
        TEST(what_was_removed_or_altered_is_made_again),
        TEST(altered_media_of_the_same_size_never_reach_a_package),
        TEST(the_time_of_each_stage_that_ran_to_its_end_is_kept),
        TEST(a_failed_stage_keeps_what_was_done_before_it),
        TEST(a_recording_that_can_not_be_read_leaves_nothing_behind),
        TEST(a_stop_ends_the_run_and_the_next_goes_on),
        TEST(a_second_run_on_the_output_or_the_work_folder_is_busy),
        TEST(every_failed_allocation_is_reported_and_the_next_run_ends_well),
    };
    return cmocka_run_group_tests_name("job/run", tests, NULL, NULL);
}
