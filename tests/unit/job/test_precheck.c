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
#include "job/precheck.h"

static char top[] = "precheck-XXXXXX";

static int make_tree(void **state)
{
    (void)state;
    return mkdtemp(top) && chdir(top) == 0 && lp_file_mkdirs("in/sub", NULL) == LP_OK &&
                   lp_file_mkdirs("pkg", NULL) == LP_OK &&
                   lp_file_write("in/a.mp4", "x", 1, NULL) == LP_OK &&
                   lp_file_write("pkg/a.mp4", "x", 1, NULL) == LP_OK &&
                   lp_file_write("a.mp4", "x", 1, NULL) == LP_OK &&
                   lp_file_write("a.vtt", "x", 1, NULL) == LP_OK && symlink("in", "link") == 0
               ? 0
               : -1;
}

static int remove_tree(void **state)
{
    (void)state;
    return chdir("..") == 0 && lp_file_remove(top, NULL) == LP_OK ? 0 : -1;
}

static void paths_that_would_swallow_each_other_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *input, *output, *work, *captions;
        lp_status want;
    } rows[] = {
        { "a.mp4", "out", ".out.work", NULL, LP_OK },
        { "in", "out", ".out.work", NULL, LP_OK },
        { "in", "inside", ".inside.work", NULL, LP_OK }, /* a name that only begins alike */
        { "a.mp4", "new/deep/out", "new/deep/.out.work", "a.vtt", LP_OK },
        { "in", "in", ".in.work", NULL, LP_ERR_USAGE },
        { "in", "in/out", "in/.out.work", NULL, LP_ERR_USAGE },
        { "in/", "in/not/there", "w", NULL, LP_ERR_USAGE },
        { "link", "in/out", "w", NULL, LP_ERR_USAGE },
        { "in", "in/sub/../out", "w", NULL, LP_ERR_USAGE },
        { "a.mp4", "a.mp4", "w", NULL, LP_ERR_USAGE },
        { "pkg/a.mp4", "pkg", ".pkg.work", NULL, LP_ERR_USAGE },
        { "a.mp4", ".", "w", NULL, LP_ERR_USAGE },
        { "a.mp4", "out", "out/work", NULL, LP_ERR_USAGE },
        { "a.mp4", "w/out", "w", NULL, LP_ERR_USAGE },
        { "in/a.mp4", "out", "in", NULL, LP_ERR_USAGE },
        { "none.mp4", "out", "w", NULL, LP_ERR_NO_INPUT },
        { "a.mp4", "out", "w", "none.vtt", LP_ERR_NO_INPUT },
        { "a.mp4", "out", "w", "in", LP_ERR_NO_INPUT },
        { "a.mp4", "pkg", "w", "pkg/a.mp4", LP_ERR_USAGE },
        { "", "out", "w", NULL, LP_ERR_USAGE },
        { "a.mp4", "", "w", NULL, LP_ERR_USAGE },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_diag d = { 0 };
        print_message("%s -> %s\n", rows[i].input, rows[i].output);
        lecpack_options one = { .captions = rows[i].captions }, more = { .captions = "a.vtt" };
        more.more_captions = &rows[i].captions; /* a second one is looked at as the first */
        more.n_more_captions = rows[i].captions != NULL;
        assert_int_equal(lp_precheck_paths(rows[i].input, rows[i].output, rows[i].work, &one, &d), rows[i].want);
        assert_int_equal(d.status, rows[i].want);
        d = (lp_diag){ 0 };
        assert_int_equal(lp_precheck_paths(rows[i].input, rows[i].output, rows[i].work, &more, &d), rows[i].want);
    }
}

static void options_out_of_range_are_named(void **state)
{
    (void)state;
    static const struct {
        lecpack_options change;
        const char *named; /* NULL: fine */
    } rows[] = {
        { { .sound_bps = 12000 }, NULL },
        { { .sound_bps = 6000, .lang = "pt-BR", .title = "\xc3\x89t\xc3\xa9", .n_threads = 64 },
          NULL },
        { { .sound_bps = 5999 }, "--sound-rate: " },
        { { .sound_bps = 64001 }, "--sound-rate: " },
        { { .sound_bps = 12000, .lang = "e" }, "--lang: " },
        { { .sound_bps = 12000, .lang = "en_US" }, "--lang: " },
        { { .sound_bps = 12000, .lang = "en-" }, "--lang: " },
        { { .sound_bps = 12000, .lang = "englishman" }, "--lang: " },
        { { .sound_bps = 12000, .title = "" }, "--title: " },
        { { .sound_bps = 12000, .title = "\xff" }, "--title: " },
        { { .sound_bps = 12000, .n_threads = 65 }, "--jobs: " },
        { { .sound_bps = 12000, .n_threads = -1 }, "--jobs: " },
        { { .sound_bps = 12000, .video = (lecpack_video)7 }, "--video: " },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_diag d = { 0 };
        assert_int_equal(lp_precheck_options(&rows[i].change, &d),
                         rows[i].named ? LP_ERR_USAGE : LP_OK);
        if (rows[i].named)
            assert_memory_equal(d.text, rows[i].named, strlen(rows[i].named));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_that_would_swallow_each_other_are_refused),
        cmocka_unit_test(options_out_of_range_are_named),
    };
    return cmocka_run_group_tests_name("job/precheck", tests, make_tree, remove_tree);
}
