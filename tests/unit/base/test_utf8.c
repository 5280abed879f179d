#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define B(s) (s), sizeof(s) - 1

static void only_what_rfc_3629_allows_is_utf_8(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        int32_t code; /* -1: not UTF-8 */
        size_t used;
    } cases[] = {
        { B("a"), 'a', 1 },
        { B("\0"), 0, 1 },
        { B("\x7f"), 0x7f, 1 },
        { B("\xc2\x80"), 0x80, 2 },
        { B("\xdf\xbf"), 0x7ff, 2 },
        { B("\xe0\xa0\x80"), 0x800, 3 },
        { B("\xed\x9f\xbf"), 0xd7ff, 3 },
        { B("\xee\x80\x80"), 0xe000, 3 },
        { B("\xef\xbf\xbf"), 0xffff, 3 },
        { B("\xf0\x90\x80\x80"), 0x10000, 4 },
        { B("\xf4\x8f\xbf\xbf"), 0x10ffff, 4 },
        { B(""), -1, 1 },
        { B("\x80"), -1, 1 }, /* continuation alone */
        { B("\xbf"), -1, 1 },
        { B("\xc0\x80"), -1, 1 }, /* overlong */
        { B("\xc1\xbf"), -1, 1 },
        { B("\xe0\x80\xaf"), -1, 1 },
        { B("\xe0\x9f\xbf"), -1, 1 },
        { B("\xf0\x80\x80\xaf"), -1, 1 },
        { B("\xf0\x8f\xbf\xbf"), -1, 1 },
        { B("\xed\xa0\x80"), -1, 1 }, /* surrogates */
        { B("\xed\xbf\xbf"), -1, 1 },
        { B("\xf4\x90\x80\x80"), -1, 1 }, /* above U+10FFFF */
        { B("\xf5\x80\x80\x80"), -1, 1 },
        { B("\xf8\x88\x80\x80\x80"), -1, 1 },
        { B("\xfe"), -1, 1 },
        { B("\xff"), -1, 1 },
        { B("\xc3"), -1, 1 }, /* cut short */
        { B("\xe2\x82"), -1, 1 },
        { B("\xf0\x9f\x98"), -1, 1 },
        { B("\xc3("), -1, 1 }, /* something else in place of a continuation */
        { B("\xe2(\xa1"), -1, 1 },
        { B("\xe2\x82("), -1, 1 },
        { B("\xf0(\x8c\xbc"), -1, 1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t used = 0;
        int32_t code = lp_utf8_decode(cases[i].s, cases[i].n, &used);
        if (code != cases[i].code || used != cases[i].used)
            fail_msg("case %zu: %d, %zu bytes", i, (int)code, used);
        if (cases[i].n)
            assert_int_equal(lp_utf8_is_valid(cases[i].s, cases[i].n), code >= 0);
        if (code > 0) { /* and back */
            lp_buf b;
            lp_buf_init(&b, 8);
            lp_utf8_append(&b, (uint32_t)code);
            assert_int_equal(b.len, cases[i].n);
            assert_memory_equal(b.data, cases[i].s, b.len);
            lp_buf_clear(&b);
        }
    }
    assert_true(lp_utf8_is_valid("", 0));
    assert_false(lp_utf8_is_valid(B("abc\xff")));
}

static void code_points_that_are_none_are_written_as_the_replacement(void **state)
{
    (void)state;
    static const uint32_t bad[] = { 0xd800, 0xdfff, 0x110000, 0xffffffff };
    for (size_t i = 0; i < 4; i++) {
        lp_buf b;
        lp_buf_init(&b, 8);
        lp_utf8_append(&b, bad[i]);
        assert_string_equal(b.data, "\xef\xbf\xbd");
        lp_buf_clear(&b);
    }
}

static void counting_is_by_code_points(void **state)
{
    (void)state;
    assert_int_equal(lp_utf8_count(B("")), 0);
    assert_int_equal(lp_utf8_count(B("caf\xc3\xa9")), 4);
    assert_int_equal(lp_utf8_count(B("\xf0\x9f\x98\x80\xe2\x82\xac")), 2);
    assert_int_equal(lp_utf8_count(B("\xff\xe2\x82z")), 4);
}

static void foreign_text_is_recognised_and_converted(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        const char *encoding, *want;
    } cases[] = {
        { B(""), "utf-8", "" },
        { B("abc"), "utf-8", "abc" },
        { B("caf\xc3\xa9"), "utf-8", "caf\xc3\xa9" },
        { B("\xef\xbb\xbf"
            "caf\xc3\xa9"),
          "utf-8", "caf\xc3\xa9" },
        { B("\xef\xbb\xbf"
            "a\xff"
            "b"),
          "utf-8 with errors",
          "a\xc3\xbf"
          "b" },
        { B("caf\xc3\xa9\r\n\xe9t\xe9 \x96 \x81\r\nna\xc3\xafve"), "utf-8 with errors",
          "caf\xc3\xa9\r\n\xc3\xa9t\xc3\xa9 \xe2\x80\x93 \xef\xbf\xbd\r\nna\xc3\xafve" }, /* a line pasted in */
        { B("\xc3\xa9\xc3\xa0 caf\xe9"), "utf-8 with errors", "\xc3\xa9\xc3\xa0 caf\xc3\xa9" }, /* a letter */
        { B("\xe9\n\xe8\n\xe0\n\xc9\xbb\n"), "windows-1252", "\xc3\xa9\n\xc3\xa8\n\xc3\xa0\n\xc3\x89\xc2\xbb\n" },
        { B("caf\xe9"), "windows-1252", "caf\xc3\xa9" },
        { B("\xd0\xb4\xd0\xb0\xff, \xd0\xb4\xd0\xb0\xd0"), "utf-8 with errors",
          "\xd0\xb4\xd0\xb0\xef\xbf\xbd, \xd0\xb4\xd0\xb0\xef\xbf\xbd" }, /* a stray byte, and cut off */
        { B("\xe2\x80\x9c\xc3\xa9 \xe2\x80 x"), "utf-8 with errors",
          "\xe2\x80\x9c\xc3\xa9 \xef\xbf\xbd\xef\xbf\xbd x" }, /* a lost byte is one error */
        { B("\xc3\xa9t\xe9"), "windows-1252", "\xc3\x83\xc2\xa9t\xc3\xa9" }, /* as much one as the other */
        { B("\x80\x82\x93x\x94\x9f\xff"), "windows-1252",
          "\xe2\x82\xac\xe2\x80\x9a\xe2\x80\x9cx\xe2\x80\x9d\xc5\xb8\xc3\xbf" },
        { B("\x81\xe9"), "windows-1252", "\xc2\x81\xc3\xa9" },
        { B("\xff\xfe"
            "a\0\xe9\0\x3d\xd8\x00\xde"),
          "utf-16le", "a\xc3\xa9\xf0\x9f\x98\x80" },
        { B("\xfe\xff\0a\0\xe9\xd8\x3d\xde\x00"), "utf-16be", "a\xc3\xa9\xf0\x9f\x98\x80" },
        { B("\xff\xfe"
            "a\0\x3d\xd8z\0"),
          "utf-16le", "a\xef\xbf\xbdz" }, /* half a pair */
        { B("\xff\xfe"
            "a\0\x3d\xd8"),
          "utf-16le", "a\xef\xbf\xbd" },
        { B("\xff\xfe"
            "a\0b"),
          "utf-16le", "a" }, /* half a unit */
        { B("h\0e\0l\0l\0o\0"), "utf-16le", "hello" },
        { B("\0h\0e\0l\0l\0o"), "utf-16be", "hello" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf b;
        lp_buf_init(&b, 1000);
        const char *encoding = lp_utf8_from_bytes(&b, cases[i].s, cases[i].n);
        if (!lp_str_eq(encoding, cases[i].encoding) ||
            strcmp(b.data ? b.data : "", cases[i].want) != 0)
            fail_msg("case %zu: %s \"%s\"", i, encoding, b.data);
        lp_buf_clear(&b);
    }
}

static void lines_that_are_no_utf_8_are_told_by_number(void **state)
{
    (void)state;
    size_t at[2] = { 0, 0 };
    assert_int_equal(lp_utf8_bad_lines(B("a\r\n\r\n\xe9\r\n\xc3\xa9\n\n\xe9\r\xe9"), at, 2), 3);
    assert_int_equal(at[0], 3);
    assert_int_equal(at[1], 6);
    assert_int_equal(lp_utf8_bad_lines(B("caf\xc3\xa9"), at, 2), 0);
}

static void text_for_people_has_no_controls_and_no_direction_tricks(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        const char *want;
    } cases[] = {
        { B("a\tb\nc"), "a\tb\nc" },
        { B("a\0b\r\x7f"), "ab" },
        { B("a\x1b[31mred\x1b[0m \x1b[38;2;1;2;3mb\x1b[K\x1b[?25l\x1b(B\x1b[m."), "ared b." }, /* orders go whole */
        { B("\x1b[1 qa"), "a" },
        { B("a\x1b[31"), "a[31" }, /* without its end it is text behind a control character */
        { B("\x1b[31\nm"), "[31\nm" },
        { B("\x1b[3\xc3\xa9"), "[3\xc3\xa9" },
        { B("\x1b(see)\x1b b\x1b"), "(see) b" },
        { B("a\xc2\x85"
            "b\xc2\xa0"
            "c"),
          "ab\xc2\xa0"
          "c" },
        { B("a\xe2\x80\xae"
            "b\xe2\x80\xaa\xe2\x81\xa6\xe2\x81\xa9"),
          "ab" },
        { B("a\xe2\x80\x8e\xe2\x80\x8f"),
          "a\xe2\x80\x8e\xe2\x80\x8f" }, /* marks are plain Arabic and Hebrew typing */
        { B("\xef\xbb\xbf"
            "a"),
          "a" },
        { B("a\xff\xc3"), "a\xef\xbf\xbd\xef\xbf\xbd" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf b;
        lp_buf_init(&b, 1000);
        lp_utf8_clean(&b, cases[i].s, cases[i].n);
        if (strcmp(b.data, cases[i].want) != 0)
            fail_msg("case %zu: \"%s\"", i, b.data);
        lp_buf_clear(&b);
    }
}

static void a_control_character_is_found_wherever_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *s, *want; /* NULL: it stays */
    } cases[] = {
        { "\x1f", "" }, { "\x01", "" }, { "\x7f", "" }, { "\xff", "\xef\xbf\xbd" }, { "\xc2\x80", "" },
        { " ", NULL },   { "~", NULL },   { "\n", NULL },  { "\t", NULL },           { "\xc3\xa9", NULL },
    };
    for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++) {
        for (size_t at = 0; at <= 30; at++) {
            char s[80] = "", want[80] = "";
            lp_buf b;
            size_t n = (size_t)snprintf(s, sizeof(s), "%.*s%s%.*s", (int)at, "abcdefghijklmnopqrstuvwxyz!@~ ",
                                        cases[k].s, (int)(30 - at), "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@~ ");
            snprintf(want, sizeof(want), "%.*s%s%.*s", (int)at, "abcdefghijklmnopqrstuvwxyz!@~ ",
                     cases[k].want ? cases[k].want : cases[k].s, (int)(30 - at), "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@~ ");
            lp_buf_init(&b, 100);
            lp_utf8_clean(&b, s, n);
            assert_string_equal(b.data, want);
            assert_int_equal(lp_utf8_clean_run(s, n), cases[k].want ? at : n);
            lp_buf_clear(&b);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_rfc_3629_allows_is_utf_8),
        cmocka_unit_test(code_points_that_are_none_are_written_as_the_replacement),
        cmocka_unit_test(counting_is_by_code_points),
        cmocka_unit_test(foreign_text_is_recognised_and_converted),
        cmocka_unit_test(lines_that_are_no_utf_8_are_told_by_number),
        cmocka_unit_test(text_for_people_has_no_controls_and_no_direction_tricks),
        cmocka_unit_test(a_control_character_is_found_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
