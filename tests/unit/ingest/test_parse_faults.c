/* What all caption readers promise on any text: when memory runs out they say so, wherever that is, and
 * they take time in proportion to the text, however it is made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/markup.h"
#include "ingest/readers.h"

static lp_status read_failing(const lp_caption_reader *r, const lp_buf *text, const char *path, long nth,
                              size_t *n_cues)
{
    lp_arena a = { 0 };
    lp_cues c = { .source = path };
    lp_diag d = { 0 };
    lp_mem_fail_at(nth);
    lp_status s = r->parse(text->data, text->len, &a, &c, &d);
    lp_mem_fail_at(0);
    if (s != LP_OK && s != LP_ERR_NOMEM)
        fail_msg("%s: allocation %ld failed, and it said: %s", path, nth, d.text);
    assert_int_equal(s, d.status);
    *n_cues = c.n;
    lp_arena_clear(&a);
    return s;
}

/* Reads the text with the n-th allocation failing, for each n until none does. */
static void fail_each(const lp_caption_reader *r, const lp_buf *text, const char *path)
{
    size_t n_cues, n;
    long nth = 1;
    assert_int_equal(read_failing(r, text, path, 0, &n_cues), LP_OK);
    while (read_failing(r, text, path, nth, &n) == LP_ERR_NOMEM)
        nth++;
    if (n_cues == 0 || n != n_cues || nth < 2)
        fail_msg("%s: allocation %ld failed, and it said nothing: %zu cues of %zu", path, nth, n, n_cues);
}

static void each_failing_allocation_of_each_reader_is_reported(void **state)
{
    (void)state;
    const lp_caption_reader *r;
    for (size_t i = 0; (r = lp_caption_reader_at(i)) != NULL; i++) {
        lp_arena a = { 0 };
        char **names = NULL;
        size_t n = 0;
        const char *dir = lp_arena_printf(&a, "%s/tests/fuzz/seeds/%s", LECPACK_SOURCE_DIR, r->format);
        assert_int_equal(lp_file_list(dir, &a, &names, &n, NULL), LP_OK);
        assert_true(n > 0);
        for (size_t k = 0; k < n; k++) {
            lp_buf raw, text;
            lp_cues c = { 0 };
            const char *path = lp_path_join(&a, dir, names[k]);
            lp_buf_init(&raw, 1 << 20);
            lp_buf_init(&text, 1 << 22);
            assert_int_equal(lp_file_read(path, &raw, NULL), LP_OK);
            lp_utf8_from_bytes(&text, raw.data, raw.len);
            if (r->parse(text.data, text.len, &a, &c, NULL) == LP_OK) /* else: a seed that is refused */
                fail_each(r, &text, path);
            lp_buf_clear(&raw);
            lp_buf_clear(&text);
        }
        lp_arena_clear(&a);
    }
}

static double seconds_to_read(const char *format, const lp_buf *text)
{
    const lp_caption_reader *r = NULL;
    for (size_t i = 0; (r = lp_caption_reader_at(i)) && strcmp(r->format, format) != 0; i++)
        ;
    assert_non_null(r);
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    clock_t from = clock();
    lp_status s = r->parse(text->data, text->len, &a, &c, NULL);
    double took = (double)(clock() - from) / CLOCKS_PER_SEC;
    assert_int_equal(s, LP_OK);
    assert_true(c.n > 0);
    lp_arena_clear(&a);
    return took;
}

/* Each of these took minutes where a reader looked ahead from every < or every cue. */
static void no_text_makes_a_reader_slow(void **state)
{
    (void)state;
    static const struct {
        const char *format, *begin, *again, *end;
        size_t n;
    } cases[] = {
        { "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<", "\n", (1 << 20) - 1 },
        { "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<", ">\n", (1 << 20) - 1 },
        { "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "&", "\n", (1 << 20) - 1 },
        { "vtt", "WEBVTT\n\n", "00:01.000 --> 00:01.000\na\n\n", "", 100000 },
        { "vtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n<v A>a</v>\n\n", "", 50000 },
        { "srt", "1\n00:00:01,000 --> 00:00:02,000\n", "{\\", "\n", 1 << 18 },
        { "srt", "1\n00:00:01,000 --> 00:00:02,000\nx", "\n1\n\n", "", 100000 },
        { "sbv", "", "0:00:01.000,0:00:01.000\na\n\n", "", 100000 },
        { "ssa", "[Script Info]\n[Events]\nFormat: Start, End, Text\n", "Dialogue: 0:00:01.00,0:00:01.00,a\n", "",
          100000 },
        { "text", "Ada  0:01\n", "a\n\n", "", 100000 },
        { "ttml", "<tt xmlns='http://www.w3.org/ns/ttml'><body><div>", "<p begin='1s' end='1s'>a</p>",
          "</div></body></tt>", 50000 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf text;
        lp_buf_init(&text, 64 << 20);
        lp_buf_str(&text, cases[i].begin);
        for (size_t k = 0; k < cases[i].n; k++)
            lp_buf_str(&text, cases[i].again);
        lp_buf_str(&text, cases[i].end);
        double took = seconds_to_read(cases[i].format, &text);
        if (took > 4)
            fail_msg("%s, %zu times \"%s\": %.1f s", cases[i].format, cases[i].n, cases[i].again, took);
        lp_buf_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failing_allocation_of_each_reader_is_reported),
        cmocka_unit_test(no_text_makes_a_reader_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
