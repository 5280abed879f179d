#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "caption/letters.h"
#include "caption/phrases.h"

static int32_t first(const char *s)
{
    return lp_text_first(s, strlen(s));
}

static void characters_have_their_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        { "", 0 },     { "abc \xc3\xa9", 5 },  { "e\xcc\x81", 1 },
        { "今日", 4 }, { "한국", 4 },          { "ｱ", 1 },
        { "Ａ", 2 },   { "שָׁלוֹם", 4 },          { "مُحَمَّد", 4 },
        { "สวัสดี", 4 }, { "a\xe2\x80\x8d", 1 }, { "a\nb", 2 },
        { "😀", 2 },    { "नमस्ते", 4 },          { "、。", 4 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t columns = lp_text_columns(lp_text_measure(cases[i].text, strlen(cases[i].text)));
        if (columns != cases[i].columns)
            fail_msg("%s: %zu", cases[i].text, columns);
    }
}

/* Every pair is its own way back, and lowering changes nothing that is low. */
static void capitals_go_down_and_up_again(void **state)
{
    (void)state;
    static const char *const pairs[][2] = { { "A", "a" }, { "\xc3\x89", "\xc3\xa9" },
                                            { "Š", "š" }, { "Ł", "ł" },
                                            { "Ž", "ž" }, { "Ÿ", "ÿ" },
                                            { "Σ", "σ" }, { "Ά", "ά" },
                                            { "Ж", "ж" }, { "Ё", "ё" },
                                            { "Ա", "ա" }, { "Ａ", "ａ" },
                                            { "Ạ", "ạ" }, { "Ő", "ő" } };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        int32_t high = first(pairs[i][0]), low = first(pairs[i][1]);
        if (lp_letter_lower(high) != low || lp_letter_upper(low) != high)
            fail_msg("%s: U+%04X, %s: U+%04X", pairs[i][0], (unsigned)lp_letter_lower(high),
                     pairs[i][1], (unsigned)lp_letter_upper(low));
    }
    for (int32_t c = 0; c < 0x3000; c++) {
        int32_t low = lp_letter_lower(c);
        assert_int_equal(lp_letter_lower(low), low);
        if (low != c && c != 0x130)
            assert_int_equal(lp_letter_upper(low), c);
    }
    assert_int_equal(lp_letter_upper(0xdf), 0xdf); /* sharp s has none of one letter */
    assert_int_equal(lp_letter_upper(0xf7), 0xf7); /* a sign */
}

static void words_are_compared_without_what_surrounds_them(void **state)
{
    (void)state;
    static const char *const cases[][2] = { { "\"Don't,\"", "dont" }, { "3.5%", "35%" },
                                            { "\xe2\x80\x94", "" },   { "ÉTÉ!", "été" },
                                            { "今日。", "今日" },     { "مُحَمَّد،", "محمد" } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf b;
        lp_buf_init(&b, 100);
        lp_text_fold(&b, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(b.data ? b.data : "", cases[i][1]);
        lp_buf_clear(&b);
    }
}

static void text_is_unwrapped_as_its_script_wants(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "two\nlines", "two lines" }, { "今日は\n晴れ", "今日は晴れ" },
        { "Python\nを", "Pythonを" },  { "ส\nว", "สว" },
        { "한국\n말", "한국 말" },     { "a", "a" }
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf b;
        lp_buf_init(&b, 100);
        lp_text_unwrap(&b, cases[i][0]);
        assert_string_equal(b.data, cases[i][1]);
        lp_buf_clear(&b);
    }
}

static void words_have_classes_in_four_languages(void **state)
{
    (void)state;
    assert_int_equal(lp_word_classes("en-GB", "the"), LP_WORD_ARTICLE);
    assert_int_equal(lp_word_classes("EN", "because"), LP_WORD_CONJUNCTION);
    assert_int_equal(lp_word_classes("fr", "\xc3\xa0"), LP_WORD_PREPOSITION);
    assert_int_equal(lp_word_classes("es", "est\xc3\xa1"), LP_WORD_AUXILIARY);
    assert_int_equal(lp_word_classes("de", "\xc3\xbc"
                                           "ber"),
                     LP_WORD_PREPOSITION);
    assert_int_equal(lp_word_classes("en", "slope"), 0);
    assert_int_equal(lp_word_classes("en", "th"), 0);
    assert_int_equal(lp_word_classes("en", ""), 0);
    assert_int_equal(lp_word_classes("eng", "the"), 0);
    assert_int_equal(lp_word_classes("fi", "the"), 0);
    assert_int_equal(lp_word_classes(NULL, "the"), 0);
}

static void abbreviations_are_known(void **state)
{
    (void)state;
    static const char *const yes[] = { "Dr.", "e.g.", "(e.g.", "z.B.", "J.", "Fig." },
                             *const no[] = { "end.", "I.", "no.", "Dr", ".", "" };
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
        assert_true(lp_word_is_abbreviation(yes[i], strlen(yes[i])));
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
        assert_false(lp_word_is_abbreviation(no[i], strlen(no[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_their_columns),
        cmocka_unit_test(capitals_go_down_and_up_again),
        cmocka_unit_test(words_are_compared_without_what_surrounds_them),
        cmocka_unit_test(text_is_unwrapped_as_its_script_wants),
        cmocka_unit_test(words_have_classes_in_four_languages),
        cmocka_unit_test(abbreviations_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
