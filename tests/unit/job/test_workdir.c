#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "job/workdir.h"

typedef struct place {
    char dir[32];
    lp_arena a;
} place;

static int make_place(void **state)
{
    static place p;
    p = (place){ "workdir-XXXXXX", { 0 } };
    *state = &p;
    return mkdtemp(p.dir) ? 0 : -1;
}

static int remove_place(void **state)
{
    place *p = *state;
    lp_arena_clear(&p->a);
    return lp_file_remove(p->dir, NULL) == LP_OK ? 0 : -1;
}

static const char *in(place *p, const char *name)
{
    return lp_path_join(&p->a, p->dir, name);
}

static void put(place *p, const char *name, const char *text)
{
    assert_int_equal(lp_file_write(in(p, name), text, strlen(text), NULL), LP_OK);
}

static void the_default_is_hidden_beside_the_output(void **state)
{
    place *p = *state;
    static const struct {
        const char *output, *work;
    } rows[] = { { "week3", "./.week3.work" },
                 { "a/week3/", "a/.week3.work" },
                 { "/week3", "/.week3.work" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(lp_workdir_default(&p->a, rows[i].output), rows[i].work);
}

static void a_folder_with_other_things_is_refused_and_untouched(void **state)
{
    place *p = *state;
    lp_diag d = { 0 };
    put(p, "thesis.doc", "x");
    assert_int_equal(lp_workdir_open(p->dir, &d), LP_ERR_CREATE);
    assert_non_null(strstr(d.text, "holds other things than lecpack's work"));
    lp_workdir_drop_unused(p->dir);
    assert_int_equal(lp_file_stat(in(p, "thesis.doc")).kind, LP_FILE_REGULAR);
    assert_int_equal(lp_file_stat(in(p, "lecpack-work.txt")).kind, LP_FILE_NONE);
}

static void a_folder_in_which_nothing_was_done_is_removed(void **state)
{
    place *p = *state;
    const char *dir = in(p, "w");
    assert_int_equal(lp_workdir_open(dir, NULL), LP_OK);
    assert_int_equal(lp_workdir_open(dir, NULL), LP_OK); /* its own marker is no other thing */
    lp_workdir_drop_unused(dir);
    assert_int_equal(lp_file_stat(dir).kind, LP_FILE_NONE);
    assert_int_equal(lp_workdir_open(dir, NULL), LP_OK);
    put(p, "w/survey.json", "{}");
    lp_workdir_drop_unused(dir);
    assert_int_equal(lp_file_stat(in(p, "w/survey.json")).kind, LP_FILE_REGULAR);
}

static void write_record(place *p)
{
    lp_fingerprint f = { 0 };
    assert_int_equal(lp_fingerprint_add(&f, &p->a, "option x", "1", NULL), LP_OK);
    json_t *artifact = json_pack("{s:i, s:f}", "n", 7, "gain", 1.25);
    json_t *files = json_pack(
        "[{s:s, s:i, s:s}]", "path", "sound/a.webm", "bytes", 3, "sha256",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* of "abc", FIPS
                                                                                180-4 */
    assert_int_equal(lp_record_write(p->dir, "sound", &f, artifact, files, NULL), LP_OK);
    json_decref(artifact);
    json_decref(files);
}

static void a_record_is_read_back_as_it_was_written(void **state)
{
    place *p = *state;
    lp_record r;
    write_record(p);
    assert_int_equal(lp_record_read(p->dir, "sound", &r, NULL), LP_OK);
    assert_non_null(r.root);
    assert_int_equal(lp_json_int(r.artifact, "n", 0), 7);
    assert_string_equal(lp_json_str(r.reads, "option x", ""), "1");
    assert_int_equal(strlen(r.key), 64);
    lp_record_clear(&r);
    assert_null(r.root);
}

static void a_record_that_is_damaged_or_altered_counts_as_none(void **state)
{
    place *p = *state;
    static const struct {
        const char *from, *to;
    } edits[] = {
        { "\"n\": 7", "\"n\": 8" }, /* the artifact is not the one that was hashed */
        { "\"stage\": \"sound\"", "\"stage\": \"video\"" },
        { "\"key\"", "\"kei\"" },
        { "\"files\": [", "\"fil\": [" },
        { "\"reads\": {", "\"reads\": 1, \"r\": {" },
        { "{", "" }, /* not JSON */
    };
    for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
        lp_buf b, c;
        lp_record r;
        write_record(p);
        lp_buf_init(&b, 1 << 16);
        lp_buf_init(&c, 1 << 16);
        assert_int_equal(lp_file_read(in(p, "sound.json"), &b, NULL), LP_OK);
        char *at = strstr(b.data, edits[i].from);
        assert_non_null(at);
        lp_buf_bytes(&c, b.data, (size_t)(at - b.data));
        lp_buf_str(&c, edits[i].to);
        lp_buf_str(&c, at + strlen(edits[i].from));
        put(p, "sound.json", c.data);
        assert_int_equal(lp_record_read(p->dir, "sound", &r, NULL), LP_OK);
        assert_null(r.root);
        lp_buf_clear(&b);
        lp_buf_clear(&c);
    }
}

static void files_are_checked_by_size_and_when_asked_by_content(void **state)
{
    place *p = *state;
    static const struct {
        const char *content;
        int good, good_deep;
    } rows[] = { { NULL, 0, 0 }, { "abc", 1, 1 }, { "abX", 1, 0 }, { "abcd", 0, 0 } };
    lp_record r;
    write_record(p);
    assert_int_equal(lp_record_read(p->dir, "sound", &r, NULL), LP_OK);
    assert_int_equal(lp_file_mkdirs(in(p, "sound"), NULL), LP_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *bad = NULL;
        if (rows[i].content)
            put(p, "sound/a.webm", rows[i].content);
        assert_int_equal(lp_record_check_files(&r, p->dir, 0, NULL, &p->a, &bad, NULL), LP_OK);
        assert_int_equal(bad == NULL, rows[i].good);
        assert_int_equal(lp_record_check_files(&r, p->dir, 1, NULL, &p->a, &bad, NULL), LP_OK);
        assert_int_equal(bad == NULL, rows[i].good_deep);
    }
    lp_record_clear(&r);
}

static void a_record_can_not_lead_out_of_its_folder(void **state)
{
    place *p = *state;
    static const char *const paths[] = { "../abc", "/etc/passwd", "a/../../abc", "", ".." };
    put(p, "abc", "abc");
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        const char *bad = NULL;
        json_t *files = json_pack("[{s:s, s:i}]", "path", paths[i], "bytes", 3);
        lp_record r = { .files = files };
        assert_int_equal(lp_record_check_files(&r, in(p, "w"), 0, NULL, &p->a, &bad, NULL),
                         LP_OK);
        assert_string_equal(bad, paths[i]);
        json_decref(files);
    }
}

static void media_of_another_key_are_removed_and_of_the_same_kept(void **state)
{
    place *p = *state;
    char *path = NULL;
    assert_int_equal(lp_workdir_stage_dir(p->dir, "video", "k1", &p->a, &path, NULL), LP_OK);
    put(p, "video/chunk1", "x");
    assert_int_equal(lp_workdir_stage_dir(p->dir, "video", "k1", &p->a, &path, NULL), LP_OK);
    assert_int_equal(lp_file_stat(in(p, "video/chunk1")).kind, LP_FILE_REGULAR);
    assert_int_equal(lp_workdir_stage_dir(p->dir, "video", "k2", &p->a, &path, NULL), LP_OK);
    assert_int_equal(lp_file_stat(in(p, "video/chunk1")).kind, LP_FILE_NONE);
    assert_int_equal(lp_file_stat(path).kind, LP_FILE_DIR);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_default_is_hidden_beside_the_output),
        TEST(a_folder_with_other_things_is_refused_and_untouched),
        TEST(a_folder_in_which_nothing_was_done_is_removed),
        TEST(a_record_is_read_back_as_it_was_written),
        TEST(a_record_that_is_damaged_or_altered_counts_as_none),
        TEST(files_are_checked_by_size_and_when_asked_by_content),
        TEST(a_record_can_not_lead_out_of_its_folder),
        TEST(media_of_another_key_are_removed_and_of_the_same_kept),
    };
    return cmocka_run_group_tests_name("job/workdir", tests, NULL, NULL);
}
