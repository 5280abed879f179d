/* The caption files beyond WebVTT and SubRip: small ones written here, and real ones of the
 * corpus, whose words are counted in the file and in the cues. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "ingest/readers.h"

static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/lecpack-readers-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    return lp_file_remove(dir, NULL) == LP_OK ? 0 : -1;
}

static const char *put(lp_arena *a, const char *name, const char *text)
{
    char *path = lp_path_join(a, dir, name);
    assert_int_equal(lp_file_write(path, text, strlen(text), NULL), LP_OK);
    return path;
}

static const char *corpus_file(lp_arena *a, const char *name)
{
    const char *env = getenv("LECPACK_CORPUS");
    const char *path = lp_path_join(
        a, env && *env ? env : LECPACK_SOURCE_DIR "/../shared/corpus", name);
    if (lp_file_stat(path).kind == LP_FILE_REGULAR)
        return path;
    print_message("skipped: there is no %s (set LECPACK_CORPUS)\n", path);
    lp_arena_clear(a);
    skip();
    return NULL;
}

static int has_finding(const lp_cues *c, const char *code)
{
    for (size_t i = 0; i < c->findings.n; i++)
        if (lp_str_eq(c->findings.items[i].code, code))
            return 1;
    return 0;
}

/* "start-end name: text" of each cue in ms, one a line, line breaks as |. */
static const char *told(const lp_cues *c, lp_arena *a)
{
    lp_buf b;
    lp_buf_init(&b, 1 << 20);
    lp_buf_str(&b, "");
    for (size_t i = 0; i < c->n; i++) {
        const lp_cue *q = &c->items[i];
        lp_buf_printf(&b, "%lld-%lld %s: ", (long long)(q->start_us / 1000),
                      (long long)(q->end_us / 1000),
                      q->person < 0 ? "" : c->people[q->person].name);
        for (const char *s = q->text; *s; s++)
            lp_buf_char(&b, *s == '\n' ? '|' : *s);
        lp_buf_char(&b, '\n');
    }
    char *copy = lp_arena_strdup(a, b.data ? b.data : "");
    lp_buf_clear(&b);
    return copy;
}

static const struct {
    const char *name, *text, *format, *finding, *want;
} small[] = {
    { "sbv.sbv",
      "0:00:01.000,0:00:02.500\nOne, two \n[br]three\n\n0:00:03.000,0:00:04.000\nfour\n\nfive\n\n"
      "0:00:0x.000,0:00:06.000\nlost\n",
      "sbv", "captions-dropped", "1000-2500 : One, two|three\n3000-4000 : four|five\n" },
    { "format.ass",
      "[Script Info]\n; a comment\n[V4+ Styles]\nFormat: Name\nStyle: Default\n\n[Events]\n"
      "Format: Start, End, Actor, Text\n"
      "Dialogue: 0:00:01.00,0:00:02.50,Anna,{\\i1}Hello{\\i0}, you\\Nthere\n"
      "Comment: 0:00:02.00,0:00:03.00,Anna,not shown\n"
      "Dialogue: 0:00:03.00,0:00:04.00,,{\\an8\\p1}m 0 0 l 1 1{\\p0}shape gone\n"
      "Dialogue: never,0:00:04.00,,lost\n",
      "ssa", "captions-dropped", "1000-2500 Anna: Hello, you|there\n3000-4000 : shape gone\n" },
    { "nested.ttml",
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<!-- <p> -->\n"
      "<tt:tt xmlns:tt=\"http://www.w3.org/ns/ttml\" xml:lang=\"fr\""
      " xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\"><tt:head><tt:metadata>"
      "<ttm:agent xml:id=\"a\" type=\"person\"><ttm:name type=\"full\">Anna B</ttm:name>"
      "</ttm:agent></tt:metadata></tt:head><tt:body begin=\"10s\"><tt:div end=\"00:00:20\">\n"
      "<tt:p begin=\"1s\" dur=\"2s\" ttm:agent=\"a\">One\n  <tt:br/>two <tt:span>&amp; more"
      "</tt:span></tt:p>\n<tt:p begin=\"00:00:05:15\" end=\"1h\"><ttm:desc>no</ttm:desc>cut</tt:p>"
      "</tt:div><tt:div timeContainer=\"seq\"><tt:p dur=\"1s\">a</tt:p><tt:p dur=\"1s\">b</tt:p>"
      "</tt:div><tt:div><tt:p begin=\"15s\" end=\"17s\">whole <tt:span begin=\"1s\">late"
      "</tt:span></tt:p></tt:div></tt:body></tt:tt>",
      "ttml", NULL,
      "10000-11000 : a\n11000-12000 : b\n11000-13000 Anna B: One|two & more\n"
      "15500-30000 : cut\n25000-27000 : whole\n26000-27000 : late\n" },
    { "broken.dfxp",
      "<tt><body><div><p begin=\"1s\" end=\"2s\">kept</p><p begin=\"3s\">lost</div>", "ttml",
      "captions-damaged", "1000-2000 : kept\n" },
    { "not-escaped.ttml",
      "<?xml version='1.0'?><!-- Q & A <br> --><tt><body><div>\n<p begin='1s' end='2s' id='a&b'>R&D, AT&amp;T &Co;</p>"
      "<p begin='3s' end='4s'>caf&eacute;&nbsp;1 &lt; 2 &LT; 3 < 4 &#233;&#0;&#1;\x01</p>"
      "<p begin='5s' end='6s'><![CDATA[R&D <b> &eacute;]]> &amp;eacute; &#x26;&#60;&quot;&QUOT;</p></div></body></tt>",
      "ttml", "captions-mended",
      "1000-2000 : R&D, AT&T &Co;\n"
      "3000-4000 : caf\xc3\xa9\xc2\xa0"
      "1 < 2 < 3 < 4 \xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n"
      "5000-6000 : R&D <b> &eacute; &eacute; &<\"\"\n" },
    { "entities.ttml", "<tt><body><div><p begin='1s' "
      "end='2s'>&eacute;t&eacute;&nbsp;!</p></div></body></tt>", "ttml", NULL,
      "1000-2000 : \xc3\xa9t\xc3\xa9\xc2\xa0!\n" },
    { "untimed.ttml",
      "<tt><body><div><p begin=\"1s\" end=\"2s\">kept</p><p>never shown</p></div></body></tt>",
      "ttml", "captions-dropped", "1000-2000 : kept\n" },
    { "meet.txt",
      "Class (2026-09-15 at 10:02 GMT+2) - Transcript\nAttendees\nAnna B, Carl\nTranscript\n"
      "00:00:00\n\nAnna B: Good morning,\neverybody.\nCarl: Note: it is early.\n\n00:00:05\n\n"
      "Anna B: Yes.\nTranscription ended after 00:00:06\nThis was computer generated.\n",
      "text", "captions-approximate",
      /* 24 + 1 of 24 + 1 + 18 + 1 shares of 5 s; "Yes." could last 1 s and does */
      "0-2840 Anna B: Good morning, everybody.\n2840-4999 Carl: Note: it is early.\n"
      "5000-6000 Anna B: Yes.\n" },
    { "meet.md",
      "# Class\n### 00:01:00\n\n**Anna:** 10:30 is fine\n\n### Transcription ended after 00:02:00\n",
      "text", "captions-approximate", "60000-62800 Anna: 10:30 is fine\n" },
    { "teams.txt",
      "Class-20260615_133555-Meeting Transcript\n15 June 2026, 03:35am\n27m 42s\n"
      "Carl started transcription\n\nAnna Bell   0:03\nHello.\nSecond.\n\nCarl   0:05\nHi.\n"
      "Anna Bell   1:00:05\nEnd\n",
      "text", "captions-approximate",
      "3000-4999 Anna Bell: Hello. Second.\n5000-5800 Carl: Hi.\n"
      "3605000-3605266 Anna Bell: End\n" },
    { "teams-notices.txt",
      "Class-Meeting Transcript\n15 June 2026, 03:35am\n27m 42s\n\nAnna Bell started transcription\n\n"
      "Anna Bell   0:03\nHello.\n\nCarl stopped transcription\n\nAnna Bell   0:05\n"
      "Who stopped transcription? I started\ntranscription again.\nAnna Bell (Guest) stopped transcription\n",
      "text", "captions-notices",
      "3000-4400 Anna Bell: Hello.\n5000-8866 Anna Bell: Who stopped transcription? I started transcription again.\n" },
    { "webex.txt",
      "0:01 : Anna Bell (she/her) : Good morning: all.\n0:03 : Carl : 10:30 : is fine\nand goes on.\n0:59:59 :  : "
      "Yes.\n"
      "1:00:00 : who is that\n",
      "text", "captions-approximate",
      "1000-2999 Anna Bell (she/her): Good morning: all.\n3000-8800 Carl: 10:30 : is fine and goes on.\n"
      "3599000-3600000 : Yes.\n3600000-3600799 : who is that\n" },
    { "stamped.txt",
      "Class of today\n\n00:00:01 Anna: Good morning.\n\n[00:00:04] Carl Ray: See https://a.org\n(0:00:06.5) Anna: "
      "Bye.\n",
      "text", "captions-approximate",
      "1000-3800 Anna: Good morning.\n4000-6499 Carl Ray: See https://a.org\n6500-6833 Anna: Bye.\n" },
};

static void each_format_gives_its_words_times_and_speakers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        lp_diag d = { 0 };
        if (lp_captions_read_file(put(&a, small[i].name, small[i].text), &a, &c, &d) != LP_OK)
            fail_msg("%s", d.text);
        if (!lp_str_eq(told(&c, &a), small[i].want))
            fail_msg("%s: %s", small[i].name, told(&c, &a));
        assert_string_equal(c.format, small[i].format);
        assert_string_equal(c.source, small[i].name);
        assert_int_equal(c.is_approximate, lp_str_eq(c.format, "text"));
        if (small[i].finding && !has_finding(&c, small[i].finding))
            fail_msg("%s: no %s", small[i].name, small[i].finding);
        if (!small[i].finding)
            assert_int_equal(c.findings.n, 0);
        lp_arena_clear(&a);
    }
}

/* Of what is left out or changed each thing is told, by line or by time. */
static void what_is_dropped_or_joined_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *finding, *part;
    } cases[] = {
        { "a.srt", "1\r\n00:00:0x,000 --> 00:00:02,000\r\na\r\n\r\n2\r\n00:00:07,000 --> 00:00:08,000\r\n"
      "<i></i>\r\n\r\n3\r\n"
                   "00:00:09,000 --> 00:00:10,000\r\nb\r\n\r\n4\r\nno times\r\n",
          "captions-dropped", "3 of 4 (line 2, 0:07, line 13)" },
        { "b.vtt", "WEBVTT\n\nNOTE\n\n00:01.000 --> never\na\n\n00:02.000 --> 00:03.000\nb\n", "captions-dropped",
          "1 of 2 (line 5)" },
        { "c.sbv", "0:00:01.000,0:00:02.000\na\n\n0:00:0x.000,0:00:03.000\nb\n\n0:00:05.000,0:00:06.000\nc\n",
          "captions-dropped", "1 of 3 (line 4)" },
        { "d.ass", "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,a\nDialogue: "
      "never,0:00:04.00,b\n",
          "captions-dropped", "1 of 2 (line 4)" },
        { "e.ttml", "<tt><body>\n<p begin='1s' end='2s'>a</p>\n<p>b</p>\n</body></tt>", "captions-dropped", "1 of 2 "
      "(line 3)" },
        { "f.srt", "1\n-00:00:02,000 --> 00:00:01,000\na\n\n2\n-00:00:02,000 --> -00:00:01,000\nb\n", "captions-early",
          "left out, because they end there: 1; shown from 0: 1" },
        { "g.srt", "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\na\n"
      "", "captions-joined", ": 1" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        const char *text = "";
        assert_int_equal(lp_captions_read_file(put(&a, cases[i].name, cases[i].text), &a, &c, NULL), LP_OK);
        for (size_t k = 0; k < c.findings.n; k++)
            if (lp_str_eq(c.findings.items[k].code, cases[i].finding))
                text = c.findings.items[k].text;
        if (!strstr(text, cases[i].part))
            fail_msg("%s: %s", cases[i].name, text);
        lp_arena_clear(&a);
    }
}

static void the_content_decides_and_a_wrong_name_is_said(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
        lp_cues c = { 0 };
        assert_int_equal(lp_captions_read_file(put(&a, "x.vtt", small[i].text), &a, &c, NULL),
                         LP_OK);
        assert_string_equal(c.format, small[i].format);
        assert_true(has_finding(&c, "captions-format"));
    }
    lp_cues fr = { 0 };
    assert_int_equal(lp_captions_read_file(put(&a, "x.ttml", small[2].text), &a, &fr, NULL),
                     LP_OK);
    assert_string_equal(fr.lang, "fr");
    lp_arena_clear(&a);
}

static void what_can_not_be_captions_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
        { "<!DOCTYPE tt [<!ENTITY a \"aa\">]><tt><body><p begin=\"1s\">&a;</p></body></tt>",
          "DOCTYPE" },
        { "<tt><body><p smpte:backgroundImage=\"#i\" begin=\"1s\" end=\"2s\"/></body></tt>",
          "pictures" },
        { "<tt><body><p>no times</p></body></tt>", "no <p> with times" },
        { "<tt><body>\n<p begin=\"1s\">one</div></body></tt>", "damaged in line 2" },
        { "[Script Info]\n[Events]\nFormat: Start, End, Text\n", "Dialogue" },
        { "10:00:01 From Anna to Everyone : hello\n", "no captions" }, /* a chat */
        { "10:00:01 From Anna to Everyone : hello\n10:00:02 From Carl to Everyone:\n\thello\n", "no captions" },
        { "00:00:01\tAnna:\thello\n00:00:02\tCarl:\thello\n", "no captions" },
        { "10:00:01 Anna:\thello\n10:00:02 Carl:\thello\n", "no captions" },
        { "0:00 Welcome\n5:30 Methods: the mean\n9:00 Part 2: more\n", "no captions" }, /* chapters */
    };
    lp_arena a = { 0 };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_cues c = { 0 };
        lp_diag d = { 0 };
        assert_int_equal(lp_captions_read_file(put(&a, "bad", cases[i].text), &a, &c, &d),
                         LP_ERR_INPUT);
        if (!strstr(d.text, cases[i].why))
            fail_msg("%s", d.text);
    }
    lp_buf deep;
    lp_diag d = { 0 };
    lp_cues c = { 0 };
    lp_buf_init(&deep, 1 << 20);
    lp_buf_str(&deep, "<tt>");
    for (int i = 0; i < 5000; i++)
        lp_buf_str(&deep, "<div>");
    assert_int_equal(lp_captions_read_file(put(&a, "deep", deep.data), &a, &c, &d), LP_ERR_INPUT);
    assert_non_null(strstr(d.text, "nested too deep"));
    lp_buf_clear(&deep);
    lp_arena_clear(&a);
}

static long long bytes_read(void)
{
    long long n = -1;
    FILE *f = fopen("/proc/self/io", "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "rchar: %lld", &n), 1);
    fclose(f);
    return n;
}

static void a_text_is_told_by_its_beginning_and_a_huge_one_not_read(void **state)
{
    (void)state;
    static const char teams[] = "Ada Bell   0:03\nHello there.\n\n";
    const lp_caption_reader *r = lp_caption_reader_named("x.txt");
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_diag d = { 0 };
    const char *path = put(&a, "notes.txt", teams);
    assert_true(lp_caption_file_is(path, r));
    assert_int_equal(truncate(path, 32 << 20), 0); /* a hole: costs no room */
    long long from = bytes_read();
    assert_true(lp_caption_file_is(path, r));
    assert_true(bytes_read() - from < 2 << 20);
    assert_int_equal(truncate(path, 2000LL << 20), 0);
    from = bytes_read();
    assert_false(lp_caption_file_is(path, r));
    assert_int_equal(lp_captions_read_file(path, &a, &c, &d), LP_ERR_INPUT);
    assert_true(bytes_read() - from < 1 << 20);
    assert_non_null(strstr(d.text, "notes.txt: larger than 67108864 bytes"));
    lp_arena_clear(&a);
}

/* A real file, what it must give, as a person reads it there. n_words counts blank-separated
 * words of all cues. */
static const struct {
    const char *file, *format;
    size_t n_cues, n_people, n_words;
    int64_t first_ms, last_ms; /* start of the first, end of the last */
    const char *text;          /* stands in one of its cues */
} real[] = {
    { "captions/go-astisub/example-in-breaklines.ttml", "ttml", 4, 0, 18, 0, 4000,
      "Seventh line\nEighth middle line" },
    { "captions/go-astisub/example-in-merging-style.ttml", "ttml", 4, 0, 5, 0, 180000,
      "text1.0 text1.1" },
    { "captions/go-astisub/example-in-carriage-return.ssa", "ssa", 3, 2, 39, 0, 14066,
      "more interesting than the other?" },
    { "captions/exoplayer/ttml/frame_rate.xml", "ttml", 2, 0, 4, 1000, 2002000, "text 2" },
    { "captions/exoplayer/ttml/inherit_begin_from_div.xml", "ttml", 6, 0, 6, 69583, 302000,
      "Stil." },
    { "captions/exoplayer/ssa/layer", "ssa", 2, 1, 4, 2340, 15900, "Layer negative." },
    { "captions/webvtt-py/invalid_timeframe.sbv", "sbv", 4, 0, 12, 378, 17484 + 1900, "#5" },
    { "captions/webvtt-py/missing_caption_text.sbv", "sbv", 4, 0, 12, 378, 17484 + 1900, "#3" },
    { "captions/webvtt-py/missing_timeframe.sbv", "sbv", 4, 0, 15, 378, 17484 + 1900, "#2" },
};

static void real_files_give_every_word_that_they_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        size_t n_words = 0;
        int has_text = 0;
        int64_t last_us = 0;
        assert_int_equal(lp_captions_read_file(corpus_file(&a, real[i].file), &a, &c, NULL), LP_OK);
        for (size_t k = 0; k < c.n; k++) {
            for (const char *s = c.items[k].text; *s;) {
                size_t n = strcspn(s, " \n");
                n_words += n > 0;
                s += n + strspn(s + n, " \n");
            }
            has_text |= strstr(c.items[k].text, real[i].text) != NULL;
            if (c.items[k].end_us > last_us)
                last_us = c.items[k].end_us;
        }
        if (c.n != real[i].n_cues || c.n_people != real[i].n_people || n_words != real[i].n_words ||
            c.items[0].start_us != real[i].first_ms * 1000 || last_us / 1000 != real[i].last_ms ||
            !has_text || !lp_str_eq(c.format, real[i].format))
            fail_msg("%s: %s, %zu people, %zu words, from %lld to %lld\n%s", real[i].file, c.format,
                     c.n_people, n_words, (long long)c.items[0].start_us, (long long)last_us,
                     told(&c, &a));
        lp_arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_gives_its_words_times_and_speakers),
        cmocka_unit_test(what_is_dropped_or_joined_is_told_with_its_place),
        cmocka_unit_test(the_content_decides_and_a_wrong_name_is_said),
        cmocka_unit_test(what_can_not_be_captions_is_refused),
        cmocka_unit_test(a_text_is_told_by_its_beginning_and_a_huge_one_not_read),
        cmocka_unit_test(real_files_give_every_word_that_they_hold),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
