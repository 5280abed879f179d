#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"

static json_t *parsed(const char *text)
{
    json_t *o = NULL;
    assert_int_equal(lp_json_parse(text, strlen(text), "test", &o, NULL), LP_OK);
    return o;
}

static void only_strict_json_is_read_and_the_place_is_named(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       "{",
                                       "{} x",
                                       "{\"a\":1,\"a\":2}",
                                       "{'a':1}",
                                       "[1,]",
                                       "{\"a\":\"\xff\"}",
                                       "\"a\"",
                                       "[\"\\u0000\"]",
                                       "[1e999]" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        json_t *o = (json_t *)&i;
        lp_diag d = { 0 };
        if (lp_json_parse(bad[i], strlen(bad[i]), "x.json", &o, &d) != LP_ERR_INPUT || o)
            fail_msg("%s", bad[i]);
        assert_non_null(strstr(d.text, "x.json: not valid JSON at line"));
    }
}

static void keys_keep_their_order_and_text_its_letters(void **state)
{
    (void)state;
    json_t *o = json_object();
    lp_json_set_str(o, "z", "caf\xc3\xa9 \"<\"");
    lp_json_set_str(o, "left-out", NULL);
    lp_json_set_str(o, "bad", "a\xff");
    lp_json_set_int(o, "a", INT64_MIN);
    lp_json_set_bool(o, "b", 7);
    lp_json_set_seconds(o, "s", 1234567);
    lp_json_set_seconds(o, "whole", 60000000);
    lp_json_set_seconds(o, "less", -1500);
    lp_json_set_new(NULL, "x", json_integer(1)); /* takes it all the same: nothing leaks */
    lp_buf b;
    lp_buf_init(&b, 1000);
    assert_int_equal(lp_json_text(o, 0, &b, NULL), LP_OK);
    assert_string_equal(
        b.data, "{\"z\":\"caf\xc3\xa9 "
                "\\\"<\\\"\",\"bad\":\"a\xef\xbf\xbd\",\"a\":-9223372036854775808,\"b\":true,"
                "\"s\":1.235,\"whole\":60,\"less\":-0.002}");
    lp_buf_clear(&b);
    json_decref(o);
}

static void pretty_text_ends_with_a_line_end_and_too_much_is_refused(void **state)
{
    (void)state;
    json_t *o = parsed("{\"a\":[1,2]}");
    lp_buf b, small;
    lp_buf_init(&b, 1000);
    lp_buf_init(&small, 5);
    assert_int_equal(lp_json_text(o, 1, &b, NULL), LP_OK);
    assert_string_equal(b.data, "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n");
    assert_int_equal(lp_json_text(o, 1, &small, NULL), LP_ERR_INPUT);
    lp_buf_clear(&b);
    assert_int_equal(lp_json_text(NULL, 1, &b, NULL), LP_ERR_NOMEM);
    lp_buf_clear(&small);
    json_decref(o);
}

static void what_is_missing_or_of_another_type_gives_the_default(void **state)
{
    (void)state;
    json_t *o = parsed("{\"s\":\"x\",\"i\":7,\"r\":1.5,\"b\":true,\"n\":null,\"far\":1e30}");
    lp_arena a = { 0 };
    assert_string_equal(lp_json_str(o, "s", "d"), "x");
    assert_string_equal(lp_json_str(o, "i", "d"), "d");
    assert_string_equal(lp_json_str_dup(o, "s", &a), "x");
    assert_null(lp_json_str_dup(o, "none", &a));
    assert_int_equal(lp_json_int(o, "i", -1), 7);
    assert_int_equal(lp_json_int(o, "r", -1), -1);
    assert_int_equal(lp_json_int(o, "none", -1), -1);
    assert_true(lp_json_real(o, "i", -1) > 6.9 && lp_json_real(o, "r", -1) < 1.6);
    assert_true(lp_json_bool(o, "b", 0));
    assert_true(lp_json_bool(o, "i", 1));
    assert_int_equal(lp_json_get_seconds(o, "r", -1), 1500000);
    assert_int_equal(lp_json_get_seconds(o, "i", -1), 7000000);
    assert_int_equal(lp_json_get_seconds(o, "far", -1), -1);
    assert_int_equal(lp_json_get_seconds(NULL, "far", -1), -1);
    lp_arena_clear(&a);
    json_decref(o);
}

static void a_file_comes_back_as_it_was_written(void **state)
{
    (void)state;
    char path[] = "/tmp/lecpack-json-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    fclose(f);
    json_t *o = parsed("{\"b\":1,\"a\":[true,null]}"), *back = NULL;
    lp_diag d = { 0 };
    assert_int_equal(lp_json_write(path, o, NULL), LP_OK);
    assert_int_equal(lp_json_read(path, 1000, &back, NULL), LP_OK);
    assert_true(json_equal(o, back));
    json_decref(back);
    assert_int_equal(lp_json_read(path, 5, &back, &d), LP_ERR_INPUT);
    assert_null(back);
    assert_int_equal(lp_file_remove(path, NULL), LP_OK);
    assert_int_equal(lp_json_read(path, 1000, &back, NULL), LP_ERR_NO_INPUT);
    json_decref(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_strict_json_is_read_and_the_place_is_named),
        cmocka_unit_test(keys_keep_their_order_and_text_its_letters),
        cmocka_unit_test(pretty_text_ends_with_a_line_end_and_too_much_is_refused),
        cmocka_unit_test(what_is_missing_or_of_another_type_gives_the_default),
        cmocka_unit_test(a_file_comes_back_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
