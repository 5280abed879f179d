#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "caption/srt_write.h"

#define WJ "\xe2\x81\xa0"

static void cues_are_written_as_players_read_them(void **state)
{
    (void)state;
    static const lp_cue cues[] = {
        { 0, 1500000, "Hello\nthere", 0, 0, 0, 0 },
        { 3661001499, 3661002500, "a<b -->\n\n{\\an8}{x}", 0, 0, 0, 0 },
        { 4000000000, 4001000000, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 1, 0, 0, 0 },
        { 4002000000, 4003000000, "nobody", -1, 0, 0, 0 },
    };
    static const lp_person people[] = { { "Ada" }, { "B\nC" } };
    lp_buf out;
    lp_buf_init(&out, 10000);
    lp_srt_write(&out, cues, 4, people, 2);
    assert_int_equal(lp_buf_check(&out, "srt", NULL), LP_OK);
    assert_string_equal(out.data,
                        "1\r\n00:00:00,000 --> 00:00:01,500\r\nAda: Hello\r\nthere\r\n"
                        "\r\n2\r\n01:01:01,001 --> 01:01:01,003\r\na<" WJ "b --" WJ ">\r\n{" WJ
                        "\\an8}{x}\r\n"
                        "\r\n3\r\n01:06:40,000 --> 01:06:41,000\r\nB C: "
                        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\r\n"
                        "\r\n4\r\n01:06:42,000 --> 01:06:43,000\r\nnobody\r\n");
    lp_buf_clear(&out);
}

static void one_speaker_is_named_once_and_no_cue_is_nothing(void **state)
{
    (void)state;
    static const lp_cue cue = { 0, 1000000, "Hi", 0, 0, 0, 0 };
    static const lp_person ada = { "Ada" };
    lp_buf out;
    lp_buf_init(&out, 1000);
    lp_srt_write(&out, &cue, 1, &ada, 1);
    lp_srt_write(&out, &cue, 0, &ada, 1);
    assert_int_equal(lp_buf_check(&out, "srt", NULL), LP_OK);
    assert_string_equal(out.data, "1\r\n00:00:00,000 --> 00:00:01,000\r\nAda: Hi\r\n");
    lp_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cues_are_written_as_players_read_them),
        cmocka_unit_test(one_speaker_is_named_once_and_no_cue_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
