#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tool/ocr.h"

static void a_line_of_the_table_is_a_word_with_its_place(void **state)
{
    (void)state;
    static const char line[] = "5\t1\t2\t3\t4\t5\t100\t200\t30\t12\t96.5\tvariance";
    lp_ocr_word w;
    assert_int_equal(lp_ocr_parse(line, sizeof(line) - 1, &w), 1);
    assert_int_equal(w.block, 2);
    assert_int_equal(w.paragraph, 3);
    assert_int_equal(w.line, 4);
    assert_int_equal(w.left_px, 100);
    assert_int_equal(w.top_px, 200);
    assert_int_equal(w.height_px, 12);
    assert_true(w.sure > 96 && w.sure < 97);
    assert_int_equal(w.n, 8);
    assert_memory_equal(w.text, "variance", 8);
}

static void what_is_no_word_is_passed_over(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "", "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t2\t3\t4\t0\t100\t200\t30\t12\t96.5\ta whole line", "4\t1\t2\t3\t4\t0\t100\t200\t30\t12\t-1\t", "5\t1\t2\t3\t4\t5\t100\t200\t30\t12\t96.5",
        "5\t1\t2\t3\t4\t5\t100\t200\t30\t12\t96.5\t", "5\t1\tx\t3\t4\t5\t100\t200\t30\t12\t96.5\tword",
        "5\t1\t2\t3\t4\t5\t1e99\t200\t30\t12\t96.5\tword", "5\t1\t2\t3\t4\t5\tnan\t200\t30\t12\t96.5\tword"
    };
    lp_ocr_word w;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        if (lp_ocr_parse(lines[i], strlen(lines[i]), &w))
            fail_msg("taken for a word: %s", lines[i]);
}

/* Words as tesseract found them on slides: block, top, height, text; a block a line. */
typedef struct word_case {
    int block, top_px, height_px;
    const char *text;
} word_case;

static const struct {
    const char *name;
    word_case words[14];
    const char *want;
} titles[] = {
    { "letters without a foot or a head are no smaller type",
      { { 1, 81, 31, "More" }, { 1, 81, 39, "people," }, { 1, 81, 32, "smaller" }, { 1, 81, 22, "error" },
        { 2, 162, 10, "error" }, { 2, 162, 15, "in" }, { 2, 162, 18, "points" }, { 3, 226, 20, "times" }, { 3, 226, 26, "people:" } },
      "More people, smaller error" },
    { "the topmost of two as large",
      { { 1, 200, 36, "Every" }, { 2, 80, 31, "Remember" }, { 3, 300, 18, "half" }, { 3, 300, 19, "the" }, { 4, 400, 18, "of" },
        { 4, 400, 18, "it" } },
      "Remember" },
    { "two lines of one heading",
      { { 1, 80, 40, "Sampling" }, { 2, 125, 31, "and" }, { 2, 125, 31, "its" }, { 2, 125, 22, "errors" }, { 3, 300, 18, "the" },
        { 3, 300, 18, "text" }, { 4, 330, 18, "below" }, { 4, 330, 18, "it" } },
      "Sampling and its errors" },
    { "a large number is no heading",
      { { 1, 80, 60, "42" }, { 1, 80, 60, "%" }, { 2, 200, 18, "the" }, { 2, 200, 18, "text" }, { 3, 240, 18, "and" }, { 3, 240, 18, "that" } },
      "" },
    { "nor with its unit",
      { { 1, 80, 60, "1,048,576" }, { 1, 80, 47, "bytes" }, { 2, 200, 18, "the" }, { 2, 200, 18, "text" }, { 3, 240, 18, "and" } }, "" },
    { "text of one size has none",
      { { 1, 80, 18, "the" }, { 1, 80, 18, "first" }, { 2, 100, 18, "line" }, { 2, 100, 18, "still" }, { 3, 120, 18, "the" }, { 3, 120, 18, "last" } },
      "" },
    { "a slide that is one line", { { 1, 300, 20, "Questions?" } }, "Questions?" },
    { "no words", { { 0 } }, "" },
};

static void the_heading_is_what_is_larger_than_the_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        lp_ocr_word w[14];
        size_t n = 0;
        for (; n < 14 && titles[i].words[n].text; n++) {
            const word_case *c = &titles[i].words[n];
            w[n] = (lp_ocr_word){ c->block, 1, 1, 60, c->top_px, c->height_px, 90, c->text, strlen(c->text) };
        }
        lp_arena a = { 0 };
        lp_buf b;
        lp_buf_init(&b, 1000);
        assert_int_equal(lp_ocr_title(w, n, &a, &b, NULL), LP_OK);
        if (b.len != strlen(titles[i].want) || memcmp(b.data ? b.data : "", titles[i].want, b.len) != 0)
            fail_msg("%s: %.*s", titles[i].name, (int)b.len, b.data ? b.data : "");
        lp_buf_clear(&b);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_the_table_is_a_word_with_its_place),
        cmocka_unit_test(what_is_no_word_is_passed_over),
        cmocka_unit_test(the_heading_is_what_is_larger_than_the_rest),
    };
    return cmocka_run_group_tests_name("tool/ocr", tests, NULL, NULL);
}
