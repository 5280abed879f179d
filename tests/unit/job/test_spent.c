#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "job/spent.h"

static char dir[32];

static int make_dir(void **state)
{
    (void)state;
    memcpy(dir, "spent-XXXXXX", sizeof("spent-XXXXXX"));
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    return lp_file_remove(dir, NULL) == LP_OK ? 0 : -1;
}

static int64_t of(const char *stage, const char *key)
{
    json_t *file = NULL;
    assert_int_equal(lp_spent_read(dir, &file, NULL), LP_OK);
    int64_t us = lp_spent_of(file, stage, key);
    json_decref(file);
    return us;
}

static void a_stage_keeps_its_time_when_another_runs(void **state)
{
    (void)state;
    lp_spent first[] = { { "survey", "aa", 1500000 }, { "plan", "bb", 0 } };
    lp_spent second[] = { { "plan", "cc", 2000000 } };
    assert_int_equal(of("survey", "aa"), -1);
    assert_int_equal(lp_spent_add(dir, first, 2, NULL), LP_OK);
    assert_int_equal(lp_spent_add(dir, second, 1, NULL), LP_OK);
    assert_int_equal(of("survey", "aa"), 1500000);
    assert_int_equal(of("plan", "cc"), 2000000);
}

static void time_spent_on_other_work_is_not_told(void **state)
{
    (void)state;
    lp_spent one = { "survey", "aa", 1500000 };
    assert_int_equal(lp_spent_add(dir, &one, 1, NULL), LP_OK);
    assert_int_equal(of("survey", "ab"), -1);
    assert_int_equal(of("survey", NULL), -1);
    assert_int_equal(of("video", "aa"), -1);
}

static void a_damaged_file_is_written_anew(void **state)
{
    (void)state;
    static const char *const texts[] = { "{", "[]", "{\"stages\": 3}",
                                         "{\"stages\": {\"survey\": {\"key\": \"aa\"}}}" };
    lp_arena a = { 0 };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char *path = lp_path_join(&a, dir, "spent.json");
        assert_int_equal(lp_file_write(path, texts[i], strlen(texts[i]), NULL), LP_OK);
        assert_int_equal(of("survey", "aa"), -1);
        lp_spent one = { "survey", "aa", 1000 };
        assert_int_equal(lp_spent_add(dir, &one, 1, NULL), LP_OK);
        assert_int_equal(of("survey", "aa"), 1000);
    }
    lp_arena_clear(&a);
}

static void a_folder_that_can_not_be_written_disturbs_nothing(void **state)
{
    (void)state;
    lp_spent one = { "survey", "aa", 1000 };
    assert_int_equal(lp_spent_add("no/such/folder", &one, 1, NULL), LP_OK);
    json_t *file = NULL;
    assert_int_equal(lp_spent_read("no/such/folder", &file, NULL), LP_OK);
    assert_null(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stage_keeps_its_time_when_another_runs, make_dir,
                                        remove_dir),
        cmocka_unit_test_setup_teardown(time_spent_on_other_work_is_not_told, make_dir,
                                        remove_dir),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_written_anew, make_dir, remove_dir),
        cmocka_unit_test(a_folder_that_can_not_be_written_disturbs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
