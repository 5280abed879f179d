#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tool/guard.h"

enum { MAX = 128 };

/* Words of a text, 0.4 s each, all of one certainty. */
static size_t words_of(const char *text, float p, lp_word *out)
{
    static char copy[4096];
    size_t n = 0;
    snprintf(copy, sizeof(copy), "%s", text);
    for (char *at = copy; *at;) {
        char *stop = strchr(at, ' ');
        if (stop)
            *stop = '\0';
        out[n] = (lp_word){ (int64_t)n * 400000, (int64_t)(n + 1) * 400000, at, p, -1 };
        n++;
        at = stop ? stop + 1 : at + strlen(at);
    }
    return n;
}

static const char *text_of(const lp_word *w, size_t n)
{
    static char text[4096];
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof(text) - at, "%s%s", i ? " " : "", w[i].text);
    }
    return text;
}

static void a_chunk_is_dropped_for_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        float p;
        int voice_ms;
        lp_guard_why why;
    } rows[] = {
        { "", 0.9F, 0, LP_GUARD_FINE },
        { "Thank you for watching", 0.9F, 190, LP_GUARD_NO_VOICE },
        { "Thank you", 0.9F, 210, LP_GUARD_FINE },
        { "the mean of it", 0.39F, 2000, LP_GUARD_UNSURE },
        { "the mean of it", 0.41F, 2000, LP_GUARD_FINE },
        { "the mean of it", -1, 2000, LP_GUARD_FINE },
        { "one two three four five six seven", 0.9F, 1100, LP_GUARD_TOO_FAST },
        { "one two three four five six seven", 0.9F, 1200, LP_GUARD_FINE },
        { "yes I do", 0.9F, 300, LP_GUARD_FINE },
        { "and the mean of it all, and so the mean of it all, and then the mean of it all, and now the mean of it all, and the mean of it all, and so "
          "the mean of it all, and the mean of it all", 0.9F, 30000, LP_GUARD_LOOP },
        { "Today we look at linear regression. The slope tells us how much the outcome changes when the predictor grows by one. The residual is the "
          "difference between what we observed and what the model expected to see.", 0.9F, 15000, LP_GUARD_FINE },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_word w[MAX];
        size_t n = words_of(rows[i].text, rows[i].p, w);
        lp_guard_why why = lp_guard_chunk(w, n, rows[i].voice_ms * 1000);
        if (why != rows[i].why)
            fail_msg("\"%s\": %d", rows[i].text, (int)why);
        assert_true((lp_guard_name(why)[0] == '\0') == (why == LP_GUARD_FINE));
    }
}

static void loops_are_said_once(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "in 1813, 1813, 1813, 1813", "in 1813," },
        { "no, no, no we go", "no, no, no we go" },
        { "it is very very good", "it is very very good" },
        { "so the folder again the folder again, The folder again. and on", "so the folder again and on" },
        { "a b a b c", "a b a b c" },
        { "a b a b a b c", "a b c" },
        { "one two three four five six seven eight one two three four five six seven eight one two three four five six seven eight",
          "one two three four five six seven eight" },
        { "", "" },
        { "x", "x" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_word w[MAX];
        size_t n = lp_guard_loops(w, words_of(rows[i][0], 0.9F, w));
        assert_string_equal(text_of(w, n), rows[i][1]);
    }
}

/* Voice where the string has 'v', each sign being 0.1 s. */
static lp_vad vad_of(const char *signs)
{
    static float level[4096];
    size_t n = strlen(signs) * 10;
    for (size_t i = 0; i < n; i++)
        level[i] = signs[i / 10] == 'v' ? 1 : -1;
    return (lp_vad){ .level = level, .n = n, .threshold = 0 };
}

static void an_invented_tail_goes(void **state)
{
    (void)state;
    static const struct {
        float p[6];
        const char *voice;
        const char *left;
    } rows[] = {
        { { 0.9F, 0.9F, 0.9F, 0.03F, 0.15F, 0.02F }, "vvvvvvvvvvvvvvvvvvvvvvvv", "a b c" },
        { { 0.9F, 0.9F, 0.9F, 0.9F, 0.15F, 0.15F }, "vvvvvvvvvvvvvvvvvvvvvvvv", "a b c d e f" },
        { { 0.9F, 0.05F, 0.9F, 0.9F, 0.9F, 0.9F }, "vvvvvvvvvvvvvvvvvvvvvvvv", "a b c d e f" },
        { { 0.9F, 0.9F, 0.9F, 0.9F, 0.4F, 0.4F }, "vvvvvvvvvvvvvvvv........", "a b c d" },
        { { 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.9F }, "vvvvvvvvvvvvvvvv........", "a b c d e f" },
        { { 0.01F, 0.01F, 0.01F, 0.01F, 0.01F, 0.01F }, "vvvvvvvvvvvvvvvvvvvvvvvv", "" },
        { { -1, -1, -1, -1, -1, -1 }, "........................", "a b c d e f" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_word w[MAX];
        size_t n = words_of("a b c d e f", 0, w);
        for (size_t k = 0; k < n; k++)
            w[k].p = rows[i].p[k];
        lp_vad v = vad_of(rows[i].voice);
        n = lp_guard_tail(w, n, &v);
        if (strcmp(text_of(w, n), rows[i].left) != 0)
            fail_msg("row %zu: %s", i, text_of(w, n));
    }
}

/* In tenths of a second. */
static void times_are_tied_to_the_voice_and_put_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *name, *voice;
        int n, in[3][2], want[3][2];
    } rows[] = {
        { "what is in voice stays", "..vvvvvvvvvv..", 2, { { 2, 6 }, { 6, 12 } }, { { 2, 6 }, { 6, 12 } } },
        { "room around goes", "..vvvvvvvv....", 2, { { 0, 5 }, { 5, 14 } }, { { 2, 5 }, { 5, 10 } } },
        { "a pause goes to neither", "vvvv......vvvv", 2, { { 0, 3 }, { 3, 14 } }, { { 0, 3 }, { 10, 14 } } },
        { "a word before a pause ends there", "vvvvvv.....v..", 1, { { 0, 12 } }, { { 0, 6 } } },
        { "a breath within is no pause", "vvvv.vvvvvvvvv", 1, { { 0, 10 } }, { { 0, 10 } } },
        { "without a voice it stays", "..............", 1, { { 3, 5 } }, { { 3, 5 } } },
        { "beyond the end of the sound", "vvvv", 1, { { 2, 9 } }, { { 2, 4 } } },
        { "no start before the last, no end after the next start", "vvvvvvvvvvvvvv", 3, { { 5, 9 }, { 3, 4 }, { 7, 6 } }, { { 5, 5 }, { 5, 5 }, { 7, 7 } } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_word w[3];
        lp_vad v = vad_of(rows[i].voice);
        for (int k = 0; k < rows[i].n; k++)
            w[k] = (lp_word){ rows[i].in[k][0] * 100000, rows[i].in[k][1] * 100000, "x", 1, -1 };
        lp_words_tie(w, (size_t)rows[i].n, &v);
        for (int k = 0; k < rows[i].n; k++)
            if (w[k].start_us != rows[i].want[k][0] * 100000 || w[k].end_us != rows[i].want[k][1] * 100000)
                fail_msg("%s: word %d is %lld to %lld", rows[i].name, k, (long long)w[k].start_us, (long long)w[k].end_us);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chunk_is_dropped_for_a_reason),
        cmocka_unit_test(loops_are_said_once),
        cmocka_unit_test(an_invented_tail_goes),
        cmocka_unit_test(times_are_tied_to_the_voice_and_put_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
