#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/figures.h"

static json_t *json(const char *text)
{
    json_t *o = json_loads(text, 0, NULL);
    assert_non_null(o);
    return o;
}

static void a_download_takes_its_bits_at_the_rate_of_the_line(void **state)
{
    (void)state;
    /* 35000 bit/s: 8 s for the text, 80 s for the sound */
    json_t *layers = json("[{\"id\": \"text\", \"transfer_bytes\": 35000},"
                          " {\"id\": \"sound\", \"transfer_bytes\": 350000}]");
    json_t *lines = lp_figures_lines(layers);
    const json_t *slow = json_array_get(lines, 0);
    const json_t *seconds = json_object_get(slow, "seconds");
    assert_int_equal(json_array_size(lines), LP_NET_LINES);
    assert_int_equal(lp_json_int(slow, "bits_per_second", 0), 35000);
    assert_true(lp_json_real(seconds, "text", 0) == 8.0);
    assert_true(lp_json_real(seconds, "sound", 0) == 80.0);
    assert_true(lp_json_real(seconds, "all", 0) == 88.0);
    for (size_t i = 1; i < LP_NET_LINES; i++)
        assert_true(lp_net_lines[i - 1].bps < lp_net_lines[i].bps);
    json_decref(lines);
    json_decref(layers);
}

/* `want`: "start-end" of each cut, in seconds. */
static void what_the_map_leaves_out_is_what_was_cut(void **state)
{
    (void)state;
    static const struct {
        const char *map;
        int64_t duration_us, source_us;
        const char *want;
    } rows[] = {
        { "[[0, 0]]", 100000000, 100000000, "" },
        { "[[0, 0]]", 99999800, 100000000, "" }, /* rounded */
        { "[[0, 30]]", 70000000, 100000000, "0-30 " },
        { "[[0, 0]]", 70000000, 100000000, "70-100 " },
        { "[[0, 5], [20, 40]]", 60000000, 90000000, "0-5 25-40 80-90 " },
        { "[[0, 1e300], [1e300, -4]]", 10000000, 10000000, "" },
        { "[3, []]", 10000000, 10000000, "" },
        { "{}", 10000000, 10000000, "" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        json_t *map = json(rows[i].map), *cut;
        json_t *trimmed = lp_figures_trimmed(map, rows[i].duration_us, rows[i].source_us);
        lp_buf got;
        size_t k;
        int64_t sum_us = 0;
        lp_buf_init(&got, 1000);
        lp_buf_str(&got, "");
        json_array_foreach(json_object_get(trimmed, "cuts"), k, cut)
        {
            int64_t from = lp_json_get_seconds(cut, "start", 0);
            int64_t to = lp_json_get_seconds(cut, "end", 0);
            sum_us += to - from;
            lp_buf_printf(&got, "%d-%d ", (int)(from / 1000000), (int)(to / 1000000));
        }
        assert_string_equal(got.data ? got.data : "", rows[i].want);
        assert_int_equal(lp_json_get_seconds(trimmed, "seconds", -1), sum_us);
        lp_buf_clear(&got);
        json_decref(trimmed);
        json_decref(map);
    }
}

static const char figures[] =
    "{\"package\": \"week3\", \"title\": \"<b>A & B\\u001b[31m\", \"duration\": 150.0,"
    " \"bytes\": 50000, \"transfer_bytes\": 40000, \"layers\": [{\"id\": \"text\","
    " \"transfer_bytes\": 15459}], \"minutes\": [{\"minute\": 0, \"slides\": 100, \"sound\": "
    "200,"
    " \"video\": null}, {\"minute\": 1, \"slides\": 0, \"sound\": 100, \"video\": 300}],"
    " \"loudness\": {\"target_lufs\": -16.0, \"before\": {\"lufs\": -27.5, \"peak_db\": -4.7}},"
    " \"findings\": [{\"severity\": \"loss\", \"text\": \"<script>alert(1)</script>\"}],"
    " \"stages\": [{\"stage\": \"survey\", \"seconds\": 12.34}, {\"stage\": \"plan\","
    " \"seconds\": null}], \"unknown\": [\"The work folder is gone.\"]}";

static void assert_in(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void text_and_page_tell_the_same_figures(void **state)
{
    (void)state;
    static const char *const both[] = { "15 kB",  "-27.5",     "-16 LUFS",
                                        "12.3 s", "not known", "The work folder is gone." };
    json_t *o = json(figures);
    lp_buf text, page;
    lp_buf_init(&text, 1 << 20);
    lp_buf_init(&page, 1 << 20);
    lp_figures_text(o, &text);
    assert_int_equal(lp_figures_page(o, &page, NULL), LP_OK);
    for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
        assert_in(text.data, both[i]);
        assert_in(page.data, both[i]);
    }
    lp_buf_clear(&text);
    lp_buf_clear(&page);
    json_decref(o);
}

static void foreign_text_can_not_be_markup_nor_orders_to_a_terminal(void **state)
{
    (void)state;
    json_t *o = json(figures);
    lp_buf text, page;
    lp_buf_init(&text, 1 << 20);
    lp_buf_init(&page, 1 << 20);
    lp_figures_text(o, &text);
    assert_int_equal(lp_figures_page(o, &page, NULL), LP_OK);
    assert_null(strchr(text.data, '\x1b'));
    assert_null(strstr(page.data, "<script"));
    assert_null(strstr(page.data, "<b>"));
    assert_in(page.data, "&lt;script&gt;alert(1)");
    lp_buf_clear(&text);
    lp_buf_clear(&page);
    json_decref(o);
}

static void the_highest_minute_fills_the_picture(void **state)
{
    (void)state;
    json_t *o = json(figures);
    lp_buf page;
    lp_buf_init(&page, 1 << 20);
    assert_int_equal(lp_figures_page(o, &page, NULL), LP_OK);
    /* 400 bytes are 160 high: 300 of video on 100 of sound */
    assert_in(page.data, "<rect class=\"video\" x=\"322.50\" y=\"0.00\" width=\"255.00\" "
                         "height=\"120.00\"/>");
    assert_in(page.data, "y=\"120.00\" width=\"255.00\" height=\"40.00\"/>");
    lp_buf_clear(&page);
    json_decref(o);
}

static void a_page_that_does_not_fit_is_an_error(void **state)
{
    (void)state;
    json_t *o = json(figures);
    lp_buf page;
    lp_buf_init(&page, 4000);
    assert_int_not_equal(lp_figures_page(o, &page, NULL), LP_OK);
    lp_buf_clear(&page);
    json_decref(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_download_takes_its_bits_at_the_rate_of_the_line),
        cmocka_unit_test(what_the_map_leaves_out_is_what_was_cut),
        cmocka_unit_test(text_and_page_tell_the_same_figures),
        cmocka_unit_test(foreign_text_can_not_be_markup_nor_orders_to_a_terminal),
        cmocka_unit_test(the_highest_minute_fills_the_picture),
        cmocka_unit_test(a_page_that_does_not_fit_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
