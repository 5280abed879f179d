#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/srt.h"

static void print_cues(const lp_cues *c, char *out, size_t size)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < c->n && at < size; i++) {
        const lp_cue *q = &c->items[i];
        at += (size_t)snprintf(out + at, size - at, "%lld-%lld|%s|%s\n",
                               (long long)q->start_us / 1000, (long long)q->end_us / 1000,
                               q->person < 0 ? "" : c->people[q->person].name, q->text);
    }
}

#define T1 "00:00:01,000 --> 00:00:02,000"
#define T2 "00:00:03,000 --> 00:00:04,000"
#define T3 "00:00:05,000 --> 00:00:06,000"

static const struct {
    const char *name, *srt, *want;
    size_t n_read, n_dropped;
} cases[] = {
    { "a plain file", "1\n" T1 "\nHello\nthere\n\n2\n" T2 "\nb\n",
      "1000-2000||Hello\nthere\n3000-4000||b\n", 2, 0 },
    { "CR LF", "1\r\n" T1 "\r\na\r\n\r\n2\r\n" T2 "\r\nb\r\n", "1000-2000||a\n3000-4000||b\n",
      2, 0 },
    { "CR alone", "1\r" T1 "\ra\r\r2\r" T2 "\rb", "1000-2000||a\n3000-4000||b\n", 2, 0 },
    { "no numbers", T1 "\na\n\n" T2 "\nb", "1000-2000||a\n3000-4000||b\n", 2, 0 },
    { "every number is 1", "1\n" T1 "\na\n\n1\n" T2 "\nb", "1000-2000||a\n3000-4000||b\n", 2,
      0 },
    { "no blank lines", "1\n" T1 "\na\n2\n" T2 "\nb\n3\n" T3 "\nc",
      "1000-2000||a\n3000-4000||b\n5000-6000||c\n", 3, 0 },
    { "blank lines everywhere", "\n\n1\n\n" T1 "\n\na\n\nmore\n\n\n2\n" T2 "\nb",
      "1000-2000||a\nmore\n3000-4000||b\n", 2, 0 },
    { "text that is a number", "1\n" T1 "\n42\n\n2\n" T2 "\n43",
      "1000-2000||42\n3000-4000||43\n", 2, 0 },
    { "a number within the text", "1\n" T1 "\n42\nis the answer\n\n2\n" T2 "\nb",
      "1000-2000||42\nis the answer\n3000-4000||b\n", 2, 0 },
    { "points, places and short times",
      "1\n0:00:01.5 --> 0:00:02.50 X1:40 X2:600\na\n\n2\n00:03 --> 00:04\nb",
      "1500-2500||a\n3000-4000||b\n", 2, 0 },
    { "a number as the last line", "1\n" T1 "\nThe answer:\n42\n\n2\n" T2 "\nb",
      "1000-2000||The answer:\n42\n3000-4000||b\n", 2, 0 },
    { "a block without times", "1\n" T1 "\na\n\n2\nlost\n\n3\n" T3 "\nc",
      "1000-2000||a\n5000-6000||c\n", 3, 1 },
    { "times that can not be read",
      "1\n" T1 "\na\n\n2\n00:00:0x,000 --> 00:00:04,000\nlost\n\n3\n" T3 "\nc",
      "1000-2000||a\n5000-6000||c\n", 3, 1 },
    { "blank cues", "1\n" T1 "\n\n2\n" T2 "\n<i></i>\n\n3\n" T3 "\nc", "5000-6000||c\n", 3, 2 },
    { "text that begins with an arrow, and numbers with one between",
      "1\n" T1 "\n--> press this\n\n2\n" T2 "\n3 --> 4 is a mapping\n\n3\n" T3 "\n10:30 we go --> home",
      "1000-2000||--> press this\n3000-4000||3 --> 4 is a mapping\n5000-6000||10:30 we go --> home\n", 3, 0 },
    { "tags and overrides",
      "1\n" T1 "\n{\\an8}<font color=\"red\">a</font> <i>b</I><br>{c} &amp; d</ b>",
      "1000-2000||a b\n{c} & d\n", 1, 0 },
    { "times before 0, as shifting leaves them",
      "1\n-00:00:02,000 --> 00:00:01,000\ncut\n\n2\n-00:00:05,000 --> -00:00:03,000\ngone\n\n3\n" T2 "\nb\n\n4\n"
      "-00:00:01,500 --> -00:00:00,000\ngone too",
      "0-1000||cut\n3000-4000||b\n", 4, 2 },
    { "an arrow that is text", "1\n" T1 "\nfrom A --> B\n\n2\n" T2 "\nb",
      "1000-2000||from A --> B\n3000-4000||b\n", 2, 0 },
    { "speakers in capitals",
      "1\n" T1 "\nANN BELL: one\n\n2\n" T2 "\ntwo\n\n3\n" T3
      "\nANN BELL: three\n\n4\n00:00:07,000 --> 00:00:08,000\nTOM RAY: four\n\n5\n00:00:09,000 --> "
      "00:00:10,000\nSo: five\n\n6\n00:00:11,000 --> 00:00:12,000\nSo: six\n\n7\n00:00:13,000 "
      "--> 00:00:14,000\nGo on at 10:30\n\n8\n00:00:15,000 --> "
      "00:00:16,000\n8\n\n9\n00:00:17,000 --> 00:00:18,000\nTOM RAY: 9",
      "1000-2000|ANN BELL|one\n3000-4000||two\n5000-6000|ANN BELL|three\n7000-8000|TOM RAY|four\n9000-10000||So:"
      " five\n11000-12000||So: six\n13000-14000||Go on at "
      "10:30\n15000-16000||8\n17000-18000|TOM RAY|9\n",
      9, 0 },
    { "words before a colon that are nobody",
      "1\n" T1 "\nSQL: one\n\n2\n" T2 "\ntwo\n\n3\n" T3 "\nSQL: three\n\n4\n00:00:07,000 --> 00:00:08,000\n"
      "Step Two: four\n\n5\n00:00:09,000 --> 00:00:10,000\nStep Two: five\n\n6\n00:00:11,000 --> 00:00:12,000\n"
      "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80: six\n\n7\n00:00:13,000 --> 00:00:14,000\n"
      "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80: seven\n\n8\n00:00:15,000 --> 00:00:16,000\neight\n\n"
      "9\n00:00:17,000 --> 00:00:18,000\nnine\n\n10\n00:00:19,000 --> 00:00:20,000\nten\n\n"
      "11\n00:00:21,000 --> 00:00:22,000\neleven\n\n12\n00:00:23,000 --> 00:00:24,000\ntwelve\n\n"
      "13\n00:00:25,000 --> 00:00:26,000\n13.\n",
      "1000-2000||SQL: one\n3000-4000||two\n5000-6000||SQL: three\n7000-8000||Step Two: four\n"
      "9000-10000||Step Two: five\n11000-12000||\xd0\x9f\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80: six\n"
      "13000-14000||\xd0\x9f\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80: seven\n15000-16000||eight\n"
      "17000-18000||nine\n19000-20000||ten\n21000-22000||eleven\n23000-24000||twelve\n25000-26000||13.\n",
      13, 0 },
    { "a file that names somebody in each cue, and says Example: too",
      "1\n" T1 "\nAnna: one\n\n2\n" T2 "\nTom: two\n\n3\n" T3 "\nExample: three\n\n4\n00:00:07,000 --> 00:00:08,000\n"
      "Remember this: four\n\n5\n00:00:09,000 --> 00:00:10,000\nAnna: five\n\n6\n00:00:11,000 --> 00:00:12,000\n"
      "Example: six",
      "1000-2000|Anna|one\n3000-4000|Tom|two\n5000-6000|Tom|Example: three\n7000-8000|Tom|Remember this: four\n"
      "9000-10000|Anna|five\n11000-12000|Anna|Example: six\n",
      6, 0 },
};

static void files_give_the_cues_that_are_in_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .source = "x.srt" };
        char got[4096];
        assert_int_equal(lp_srt_parse(cases[i].srt, strlen(cases[i].srt), &a, &c, NULL), LP_OK);
        print_cues(&c, got, sizeof(got));
        if (strcmp(got, cases[i].want) != 0 || c.n_read != cases[i].n_read ||
            c.n_dropped != cases[i].n_dropped)
            fail_msg("%s: read %zu, dropped %zu:\n%s", cases[i].name, c.n_read, c.n_dropped,
                     got);
        lp_arena_clear(&a);
    }
}

static void text_without_a_single_time_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const bad[] = { "", "hello", "1\n2\n3\n", "a --> b\n" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .source = "x.srt" };
        lp_diag d = { 0 };
        assert_int_equal(lp_srt_parse(bad[i], strlen(bad[i]), &a, &c, &d), LP_ERR_INPUT);
        assert_non_null(strstr(d.text, "x.srt"));
        lp_arena_clear(&a);
    }
}

static void each_failing_allocation_is_reported(void **state)
{
    (void)state;
    static const char text[] =
        "1\n" T1 "\nA B: a\n2\n" T2 "\nA B: b\n\n9\nlost\n\n3\n" T3 "\nA B: c";
    lp_status s = LP_ERR_NOMEM;
    for (long n = 1; s != LP_OK; n++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        assert_true(n < 1000);
        lp_mem_fail_at(n);
        s = lp_srt_parse(text, sizeof(text) - 1, &a, &c, NULL);
        lp_mem_fail_at(0);
        if (s == LP_OK)
            assert_int_equal(c.n, 3);
        else
            assert_int_equal(s, LP_ERR_NOMEM);
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_give_the_cues_that_are_in_them),
        cmocka_unit_test(text_without_a_single_time_is_refused_by_name),
        cmocka_unit_test(each_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
