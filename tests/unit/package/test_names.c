#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "package/names.h"

static void names_that_are_safe_everywhere_are_accepted(void **state)
{
    (void)state;
    static const char *const good[] = { "index.html",
                                        "slides/001.webp",
                                        "sound-3fa19c02.webm",
                                        "captions.pt-br.vtt",
                                        "a/b/c/d/e/f/g/h",
                                        "README.txt",
                                        "0",
                                        "a..b",
                                        "console.txt",
                                        "com",
                                        "com10",
                                        "lpt",
                                        "null",
                                        "auxiliary.txt",
                                        "a_b" };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        if (lp_name_problem(good[i]))
            fail_msg("%s: %s", good[i], lp_name_problem(good[i]));
}

/* The attacks of the BagIt conformance suite and of zip files, each as a name in a manifest. */
static void names_that_could_harm_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *why; /* part of the sentence */
    } bad[] = {
        { "", "empty" },
        { "..", "out of the package" },
        { "../x", "out of the package" },
        { "a/../../x", "out of the package" },
        { "slides/..", "out of the package" },
        { ".", "the part" },
        { "./x", "the part" },
        { "a/./x", "the part" },
        { "/etc/passwd", "slash" },
        { "//host/share", "slash" },
        { "a//b", "slash" },
        { "a/", "slash" },
        { "~/x", "character" },
        { "~root/x", "character" },
        { "${HOME}/x", "character" },
        { "$(id)", "character" },
        { "%2e%2e/x", "character" },
        { "c:/x", "character" },
        { "c:\\x", "character" },
        { "a\\..\\x", "character" },
        { "\\\\host\\share", "character" },
        { "file:x", "character" },
        { "a:stream", "character" },
        { "a b", "character" },
        { "a\nb", "character" },
        { "a\tb", "character" },
        { "a\x7f", "character" },
        { "a*", "character" },
        { "a?b", "character" },
        { "a|b", "character" },
        { "<script>", "character" },
        { "a\"b", "character" },
        { "A.txt", "character" },
        { "readme.TXT", "character" },
        { "README.TXT", "character" },
        { "x/README.txt", "character" },
        { "caf\xc3\xa9.txt", "character" },
        { "cafe\xcc\x81.txt", "character" },
        { "\xff\xfe", "character" },
        { "a\xe2\x80\xae"
          "gpj.exe",
          "character" },
        { "-rf", "begin" },
        { "a/-o", "begin" },
        { ".hidden", "begin" },
        { "...", "begin" },
        { "_x", "begin" },
        { "a.", "ends with a dot" },
        { "a./b", "ends with a dot" },
        { "con", "device" },
        { "con.txt", "device" },
        { "nul", "device" },
        { "nul.tar.gz", "device" },
        { "a/aux", "device" },
        { "aux/b", "device" },
        { "prn.vtt", "device" },
        { "com1", "device" },
        { "com0.x", "device" },
        { "lpt9.webp", "device" },
        { "a/b/c/d/e/f/g/h/i", "too many parts" },
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *problem = lp_name_problem(bad[i].name);
        if (!problem || !strstr(problem, bad[i].why))
            fail_msg("\"%s\": %s", bad[i].name, problem ? problem : "accepted");
    }
}

static void a_name_of_200_bytes_is_the_longest(void **state)
{
    (void)state;
    char name[LP_NAME_MAX_BYTES + 2];
    memset(name, 'a', sizeof(name));
    name[200] = '\0';
    assert_null(lp_name_problem(name));
    name[200] = 'a';
    name[201] = '\0';
    assert_non_null(lp_name_problem(name));
}

static void names_that_can_not_be_in_one_folder_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *names[4];
        size_t n;
        const char *second; /* NULL: they can be */
    } rows[] = {
        { { "b", "a", "c" }, 3, NULL },
        { { "a", "b", "a" }, 3, "a" },
        { { "a/b", "c", "a" }, 3, "a/b" },
        { { "a-b", "a/b", "a" }, 3, "a/b" }, /* '-' comes before '/' in ASCII */
        { { "a.b/c", "a/b", "a.c", "ab" }, 4, NULL },
        { { "readme.txt", "x", "README.txt" }, 3, "readme" },
        { { "a" }, 1, NULL },
        { { NULL }, 0, NULL },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *names[4];
        memcpy(names, rows[i].names, sizeof(names));
        size_t at = lp_names_clash(names, rows[i].n);
        if (!rows[i].second)
            assert_int_equal(at, rows[i].n);
        else {
            assert_true(at > 0 && at < rows[i].n);
            if (strcmp(rows[i].second, "readme") != 0)
                assert_string_equal(names[at], rows[i].second);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_safe_everywhere_are_accepted),
        cmocka_unit_test(names_that_could_harm_are_refused),
        cmocka_unit_test(a_name_of_200_bytes_is_the_longest),
        cmocka_unit_test(names_that_can_not_be_in_one_folder_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
