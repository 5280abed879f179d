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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_the_table_is_a_word_with_its_place),
        cmocka_unit_test(what_is_no_word_is_passed_over),
    };
    return cmocka_run_group_tests_name("tool/ocr", tests, NULL, NULL);
}
