#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tool/asr_lines.h"

#define CHUNK(words) "{\"t\":\"chunk\",\"id\":4,\"start\":10,\"end\":20,\"lang\":\"en\",\"words\":[" words "],\"eos\":true}"

static const char *show(const lp_asr_line *l)
{
    static char text[4096];
    text[0] = '\0';
    for (size_t i = 0; i < l->n_words; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof(text) - at, "%s%s %lld-%lld %.2f", i ? ", " : "", l->words[i].text, (long long)(l->words[i].start_us / 1000),
                 (long long)(l->words[i].end_us / 1000), (double)l->words[i].p);
    }
    return text;
}

static void words_are_brought_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *line, *words;
        size_t n_mended;
    } rows[] = {
        { CHUNK("[10,10.5,0.9,\"The\"],[10.5,11,0.25,\"slope,\"]"), "The 10000-10500 0.90, slope, 10500-11000 0.25", 0 },
        { CHUNK(""), "", 0 },
        { CHUNK("[9.9995,10.5,1,\"rounding\"]"), "rounding 10000-10500 1.00", 0 },
        { CHUNK("[3,4,0.9,\"early\"],[25,26,0.9,\"late\"]"), "early 10000-10000 0.90, late 20000-20000 0.90", 2 },
        { CHUNK("[12,11,0.9,\"reversed\"]"), "reversed 12000-12000 0.90", 1 },
        { CHUNK("[15,16,0.9,\"b\"],[12,13,0.9,\"a\"]"), "b 15000-16000 0.90, a 15000-15000 0.90", 1 },
        { CHUNK("[\"x\",null,[],\"no-numbers\"]"), "no-numbers 10000-10000 -1.00", 1 },
        { CHUNK("[1e300,-1e300,9,\"huge\"]"), "huge 10000-10000 1.00", 1 },
        { CHUNK("[10,12,0.5,\"  two  parts \"]"), "two 10000-10750 0.50, parts 10750-12000 0.50", 0 },
        { CHUNK("[10,12,0.5,\" \"],[10,12,0.5,\"\"]"), "", 0 },
        { CHUNK("[10,12,0.5,\"a\\u0007b\\u202ec\"]"), "abc 10000-12000 0.50", 0 },
        { CHUNK("[10,12,0.5,\"a\xff" "b\"]"), "a\xef\xbf\xbd" "b 10000-12000 0.50", 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_asr_line l;
        lp_diag d = { 0 };
        if (lp_asr_line_parse(rows[i].line, strlen(rows[i].line), &a, &l, &d) != LP_OK)
            fail_msg("%s: %s", rows[i].line, d.text);
        assert_int_equal(l.kind, LP_ASR_LINE_CHUNK);
        if (strcmp(show(&l), rows[i].words) != 0 || l.n_mended != rows[i].n_mended)
            fail_msg("%s: %s, %zu mended", rows[i].line, show(&l), l.n_mended);
        lp_arena_clear(&a);
    }
}

static void what_is_not_of_the_form_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "", "null", "[]", "{}", "{\"t\":3}", "Loading", "{\"t\":\"chunk\"}",
        "{\"t\":\"chunk\",\"id\":-1,\"start\":1,\"end\":2,\"words\":[]}",
        "{\"t\":\"chunk\",\"id\":1,\"start\":3,\"end\":2,\"words\":[]}",
        "{\"t\":\"chunk\",\"id\":1,\"start\":1,\"end\":2,\"words\":{}}",
        "{\"t\":\"chunk\",\"id\":1,\"start\":1e99,\"end\":2e99,\"words\":[]}",
        CHUNK("[10,11,0.9]"), CHUNK("[10,11,0.9,7]"), CHUNK("\"word\""), CHUNK("") " x",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_asr_line l;
        lp_diag d = { 0 };
        if (lp_asr_line_parse(rows[i], strlen(rows[i]), &a, &l, &d) != LP_ERR_INPUT || !d.text[0])
            fail_msg("taken: %s", rows[i]);
        lp_arena_clear(&a);
    }
}

/* Every beginning of a good line is a bad one; a copy of the exact size lets the sanitizer see a byte too many. */
static void a_line_cut_anywhere_is_refused(void **state)
{
    (void)state;
    static const char whole[] = CHUNK("[10,10.5,0.9,\"na\xc3\xafve\"]");
    for (size_t n = 0; n < strlen(whole); n++) {
        lp_arena a = { 0 };
        lp_asr_line l;
        char *part = lp_calloc(n, 1);
        memcpy(part, whole, n);
        assert_int_equal(lp_asr_line_parse(part, n, &a, &l, NULL), LP_ERR_INPUT);
        lp_free(part);
        lp_arena_clear(&a);
    }
}

static void a_line_nested_to_no_end_is_refused(void **state)
{
    (void)state;
    enum { DEPTH = 500000 };
    char *line = lp_calloc(DEPTH, 1);
    memset(line, '[', DEPTH);
    lp_arena a = { 0 };
    lp_asr_line l;
    assert_int_equal(lp_asr_line_parse(line, DEPTH, &a, &l, NULL), LP_ERR_INPUT);
    lp_free(line);
    lp_arena_clear(&a);
}

static void other_lines_say_who_it_is_or_nothing(void **state)
{
    (void)state;
    static const char hello[] = "{\"t\":\"hello\",\"engine\":\"e\",\"model\":\"m\",\"sha256\":\"00\",\"caps\":[\"new\"]}";
    lp_arena a = { 0 };
    lp_asr_line l;
    assert_int_equal(lp_asr_line_parse(hello, strlen(hello), &a, &l, NULL), LP_OK);
    assert_int_equal(l.kind, LP_ASR_LINE_HELLO);
    assert_string_equal(l.engine, "e");
    assert_string_equal(l.model, "m");
    assert_string_equal(l.sha256, "00");
    assert_int_equal(lp_asr_line_parse("{\"t\":\"end\"}", 11, &a, &l, NULL), LP_OK);
    assert_int_equal(l.kind, LP_ASR_LINE_END);
    assert_int_equal(lp_asr_line_parse("{\"t\":\"new\"}", 11, &a, &l, NULL), LP_OK);
    assert_int_equal(l.kind, LP_ASR_LINE_OTHER);
    lp_arena_clear(&a);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static lp_word words[] = { { 10000000, 10500000, "\"The\\", 0.9F, -1 }, { 10500000, 11000000, "slope", -1, -1 } };
    lp_asr_line line = { .id = 7, .start_us = 10000000, .end_us = 12345000, .lang = "en", .words = words, .n_words = 2, .is_complete = 1 }, back;
    lp_arena a = { 0 };
    lp_buf b;
    lp_buf_init(&b, 4096);
    assert_int_equal(lp_asr_line_write(&line, &b, NULL), LP_OK);
    assert_int_equal(b.data[b.len - 1], '\n');
    assert_int_equal(lp_asr_line_parse(b.data, b.len, &a, &back, NULL), LP_OK);
    assert_int_equal(back.id, 7);
    assert_int_equal(back.end_us, 12345000);
    assert_string_equal(show(&back), "\"The\\ 10000-10500 0.90, slope 10500-11000 -1.00");
    lp_buf_clear(&b);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_brought_in_order),
        cmocka_unit_test(what_is_not_of_the_form_is_refused),
        cmocka_unit_test(a_line_cut_anywhere_is_refused),
        cmocka_unit_test(a_line_nested_to_no_end_is_refused),
        cmocka_unit_test(other_lines_say_who_it_is_or_nothing),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
