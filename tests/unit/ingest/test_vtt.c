#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ingest/vtt.h"

/* Writes the cues as "start-end|name|text" in milliseconds, one a line. */
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

static const struct {
    const char *name, *vtt, *want;
    size_t n_read, n_dropped;
} cases[] = {
    { "a plain file",
      "WEBVTT\n\n00:01.000 --> 00:02.500\nHello\nthere\n\n01:00:03.000 --> 01:00:04.000 "
      "align:start\nB",
      "1000-2500||Hello\nthere\n3603000-3604000||B\n", 2, 0 },
    { "line ends of all kinds",
      "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\na\r\n\r\n00:03.000 --> "
      "00:04.000\rb\rc\r\r00:05.000 --> 00:06.000\nd",
      "1000-2000||a\n3000-4000||b\nc\n5000-6000||d\n", 3, 0 },
    { "a header with words", "WEBVTT - my title\nKind: captions\n\n00:01.000 --> 00:02.000\na",
      "1000-2000||a\n", 1, 0 },
    { "no blank line after the header", "WEBVTT\n00:01.000 --> 00:02.000\na", "1000-2000||a\n",
      1, 0 },
    { "names of cues",
      "WEBVTT\n\nintro\n00:01.000 --> 00:02.000\na\n\n2\n00:03.000 --> 00:04.000\nb",
      "1000-2000||a\n3000-4000||b\n", 2, 0 },
    { "notes, styles and regions",
      "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE one\nmore\n\n00:01.000 "
      "--> 00:02.000\nNOTE is text here",
      "1000-2000||NOTE is text here\n", 1, 0 },
    { "two lines of times in one block",
      "WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb",
      "1000-2000||a\n3000-4000||b\n", 2, 0 },
    { "an arrow in the text",
      "WEBVTT\n\n00:01.000 --> 00:02.000\nA maps\nx --> y, so\n-->\n10 --> 20\n\n00:03.000 --> 00:04.000\nx-->y",
      "1000-2000||A maps\nx --> y, so\n-->\n10 --> 20\n3000-4000||x-->y\n", 2, 0 },
    { "times with a slip right below a text",
      "WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> never\nb\nsoon --> 00:05\nc\n00:06.000 --> 00:07.000\nd",
      "1000-2000||a\n6000-7000||d\n", 4, 2 },
    { "two lines of times one after the other",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n00:03.000 --> 00:04.000\nb", "3000-4000||b\n", 2, 1 },
    { "unpadded times", "WEBVTT\n\n0:0:0.0 --> 0:0:1.57\na\n\n0:1:2.5 --> 0:1:3.25\nb",
      "0-1570||a\n62500-63250||b\n", 2, 0 },
    { "commas and no decimals",
      "WEBVTT\n\n00:00:01,5 --> 00:00:02,250\na\n\n00:00:03 --> 00:00:04\nb",
      "1500-2250||a\n3000-4000||b\n", 2, 0 },
    { "times that are none",
      "WEBVTT\n\n00:61.000 --> 00:62.000\na\n\n00:01.000 -> 00:02.000\nb\n\n00:05.000 --> "
      "00:06.000\nc",
      "5000-6000||c\n", 2, 1 },
    { "blank cues",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\n <i> </i> \n\n00:05.000 "
      "--> 00:06.000\nc",
      "5000-6000||c\n", 3, 2 },
    { "voices",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ada &amp; Bo>Hi</v>\n\n00:03.000 --> "
      "00:04.000\n<v Ada  &amp;\tBo>again",
      "1000-2000|Ada & Bo|Hi\n3000-4000|Ada & Bo|again\n", 2, 0 },
    { "two voices in one cue",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Hi</v>\n<v B>Ho, <b>you</b>",
      "1000-2000|A|Hi\n1000-2000|B|Ho, you\n", 1, 0 },
    { "readings of characters",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>\u6f22\u5b57<rt>kanji</rt></ruby>\u3092 <ruby>\u6f22<rt>kan</rt>\u5b57<rt>"
      "ji</ruby>\n<ruby>WWW<rt>World Wide Web</rt></ruby>, <ruby>a<rt></rt></ruby> <ruby>b<rp>(</rp><rt>c</rt><rp>)</rp></ruby>\n"
      "<ruby>\u6f22<rp>\uff08</rp><rt>x</rt><rp>\uff09</rp></ruby> d<rt>e</rt> <ruby>f<rt>g",
      "1000-2000||\u6f22\u5b57(kanji)\u3092 \u6f22(kan)\u5b57(ji)\nWWW (World Wide Web), a b(c)\n\u6f22\uff08x\uff09 de "
      "f (g)\n",
      1, 0 },
    { "an end before the start",
      "WEBVTT\n\n00:01.000 --> 00:00.500\nabcdefghij\n\n00:09.000 --> 00:10.000\nb",
      "1000-2600||abcdefghij\n9000-10000||b\n", 2, 0 },
    { "such an end, and a cue soon after",
      "WEBVTT\n\n00:01.000 --> 00:01.000\nabcdefghij\n\n00:01.200 --> 00:10.000\nb",
      "1000-1200||abcdefghij\n1200-10000||b\n", 2, 0 },
    { "cues out of order", "WEBVTT\n\n00:03.000 --> 00:04.000\nb\n\n00:01.000 --> 00:02.000\na",
      "1000-2000||a\n3000-4000||b\n", 2, 0 },
    { "repeated cues",
      "WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:02.000 --> 00:03.000\na\n\n00:09.000 --> "
      "00:10.000\na",
      "1000-3000||a\n9000-10000||a\n", 3, 0 },
    { "speakers as Zoom writes them",
      "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAda L: Hi\n\n2\n00:03.000 --> 00:04.000\nBo: Ho: "
      "ho",
      "1000-2000|Ada L|Hi\n3000-4000|Bo|Ho: ho\n", 2, 0 },
    { "Zoom's names, with cues that go on without one",
      "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nEric's iPad (Clapton): Hi & welcome\r\n\r\n2\r\n"
      "00:00:02.000 --> 00:00:03.000\r\nto all: of you\r\n\r\n3\r\n00:00:03.000 --> 00:00:04.000\r\nand me\r\n\r\n"
      "4\r\n00:00:04.000 --> 00:00:05.000\r\nJosé | X@Y: Ho\r\n\r\n5\r\n00:00:05.000 --> 00:00:06.000\r\n"
      "José | X@Y: hum\r\n\r\n6\r\n00:00:06.000 --> 00:00:07.000\r\nEric's iPad (Clapton): end\r\n",
      "1000-2000|Eric's iPad (Clapton)|Hi & welcome\n2000-3000|Eric's iPad (Clapton)|to all: of you\n"
      "3000-4000|Eric's iPad (Clapton)|and me\n"
      "4000-5000|José | X@Y|Ho\n5000-6000|José | X@Y|hum\n6000-7000|Eric's iPad (Clapton)|end\n", 6, 0 },
    { "Teams' turns in parts, entities, and no </v>",
      "WEBVTT\n\n91b3f3c3-44c6-4a8b-8c0a-add105d816bd/22-0\n00:00:10.087 --> 00:00:13.130\n"
      "<v Far&#237;as, Ana (Contractor)>One turn\nof two</v>\n\n91b3f3c3-44c6-4a8b-8c0a-add105d816bd/22-1\n"
      "00:00:13.130 --> 00:00:14.270\n<v Far&#237;as, Ana (Contractor)>parts.\n\n"
      "91b3f3c3-44c6-4a8b-8c0a-add105d816bd/23-0\n00:00:14.030 --> 00:00:15.000\n<v Bo>It.</v>\n",
      "10087-14270|Farías, Ana (Contractor)|One turn\nof two\nparts.\n"
      "14030-15000|Bo|It.\n", 3, 0 },
    { "Webex' speakers in the names of cues",
      "WEBVTT\n\n1 \"Ann \"Bee\" Lu (she/her)\" (1262511360)\n00:01.000 --> 00:02.000\nNote: hi\n\n"
      "2 \"\" (0)\n00:02.000 --> 00:03.000\nwho?\n\n3 \"x\" (y)\n00:03.000 --> 00:04.000\nno\n\n"
      "4 \"Bo\" (1)\n00:04.000 --> 00:05.000\n<v Cy>named twice",
      "1000-2000|Ann \"Bee\" Lu (she/her)|Note: hi\n2000-3000||who?\n3000-4000||no\n4000-5000|Cy|named twice\n", 4,
      0 },
    { "Panopto's note before the first words",
      "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n[Auto-generated transcript. Edits may have been applied for "
      "clarity.]\nGood morning\n\n2\n00:02.000 --> 00:03.000\n[Auto-generated transcript] is what it says",
      "1000-2000||Good morning\n2000-3000||[Auto-generated transcript] is what it says\n", 2, 0 },
    { "Panopto's note alone",
      "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n[Auto-generated transcript. Edits may have been applied for "
      "clarity.]\n\n2\n00:02.000 --> 00:03.000\na", "2000-3000||a\n", 1, 0 },
    { "YouTube's words with times of their own",
      "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
      "so<00:00:00.400><c> today</c><00:00:00.900><c.colorE5E5E5> we</c>\n\n00:00:02.000 --> 00:00:02.010\n"
      "so today we\n \n\n00:00:02.010 --> 00:00:04.000\nso today we\nlook<00:00:02.300><c> on</c>",
      "0-2010||so today we\n2010-4000||so today we\nlook on\n", 3, 0 },
    { "no-break spaces between blanks at the end",
      "WEBVTT\n\n00:01.000 --> 00:02.000\na&nbsp;b &nbsp; &nbsp;\n\n00:02.000 --> 00:03.000\n &nbsp; \n",
      "1000-2000||a\xc2\xa0"
      "b\n", 2, 1 },
    { "names of characters, as HTML has them",
      "WEBVTT\n\n00:01.000 --> 00:02.000\n&ClockwiseContourIntegral; &nsubE; &zwnj;x &NotEqualTilde; &alpha;&Alpha;\n\n"
      "00:02.000 --> 00:03.000\n&not &notit; &notin; &ampx &AMP; &alpha &nosuchname; R&D Q&A; a&b\n\n"
      "00:03.000 --> 00:04.000\nsee /?a=1&copy=2&reg=3 &copy 4 &copy;=5 &#x80; &#0; &#xd800;",
      "1000-2000||\u2232 \u2ac5\u0338 \u200cx \u2242\u0338 \u03b1\u0391\n"
      "2000-3000||\u00ac \u00acit; \u2209 &x & &alpha &nosuchname; R&D Q&A; a&b\n"
      "3000-4000||see /?a=1&copy=2&reg=3 \u00a9 4 \u00a9=5 \u20ac \ufffd \ufffd\n", 3, 0 },
    { "nothing but the signature", "WEBVTT", "", 0, 0 },
};

static void files_give_the_cues_that_are_in_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .source = "x.vtt" };
        char got[4096];
        assert_int_equal(lp_vtt_parse(cases[i].vtt, strlen(cases[i].vtt), &a, &c, NULL), LP_OK);
        print_cues(&c, got, sizeof(got));
        if (strcmp(got, cases[i].want) != 0 || c.n_read != cases[i].n_read ||
            c.n_dropped != cases[i].n_dropped)
            fail_msg("%s: read %zu, dropped %zu:\n%s", cases[i].name, c.n_read, c.n_dropped,
                     got);
        lp_arena_clear(&a);
    }
}

static void what_does_not_begin_with_webvtt_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "WEBVT", "WEBVTTX\n", "webvtt\n", " WEBVTT\n", "1\n00:01.000 --> 00:02.000\na"
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .source = "x.vtt" };
        lp_diag d = { 0 };
        assert_int_equal(lp_vtt_parse(bad[i], strlen(bad[i]), &a, &c, &d), LP_ERR_INPUT);
        assert_non_null(strstr(d.text, "x.vtt"));
        lp_arena_clear(&a);
    }
}

static void the_header_may_say_the_language(void **state)
{
    (void)state;
    static const char text[] =
        "WEBVTT\nKind: captions\nLanguage: pt-br\n\n00:01.000 --> 00:02.000\na";
    lp_arena a = { 0 };
    lp_cues c = { 0 }, known = { .lang = "de" };
    assert_int_equal(lp_vtt_parse(text, sizeof(text) - 1, &a, &c, NULL), LP_OK);
    assert_string_equal(c.lang, "pt-BR");
    assert_string_equal(c.format, "vtt");
    assert_int_equal(lp_vtt_parse(text, sizeof(text) - 1, &a, &known, NULL), LP_OK);
    assert_string_equal(known.lang, "de");
    lp_arena_clear(&a);
}

static void what_was_left_out_is_said(void **state)
{
    (void)state;
    static const char text[] =
        "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:02.000\na";
    lp_arena a = { 0 };
    lp_cues c = { .source = "x.vtt" };
    assert_int_equal(lp_vtt_parse(text, sizeof(text) - 1, &a, &c, NULL), LP_OK);
    assert_int_equal(c.findings.n, 2);
    assert_string_equal(c.findings.items[0].code, "captions-dropped");
    assert_non_null(strstr(c.findings.items[0].text, "left out: 1 of 2"));
    assert_string_equal(c.findings.items[1].code, "captions-times");
    lp_arena_clear(&a);
}

static void places_that_are_not_kept_are_counted(void **state)
{
    (void)state;
    static const char text[] = "WEBVTT\n\nREGION\nid:low\nscroll:up\n\n"
                               "00:01.000 --> 00:02.000 align:start position:0%\na\n\n"
                               "00:02.000 --> 00:03.000 line:0\nb\n\n00:03.000 --> 00:04.000 region:low\nc\n\n"
                               "00:04.000 --> 00:05.000 vertical:rl\nd\n\n00:05.000 --> 00:06.000 region:none "
      "line:x\ne\n";
    lp_arena a = { 0 };
    lp_cues c = { .source = "x.vtt" };
    assert_int_equal(lp_vtt_parse(text, sizeof(text) - 1, &a, &c, NULL), LP_OK);
    assert_int_equal(c.n, 5);
    assert_int_equal(c.findings.n, 1);
    assert_string_equal(c.findings.items[0].code, "captions-placed");
    assert_non_null(strstr(c.findings.items[0].text, "x.vtt: "));
    assert_non_null(strstr(c.findings.items[0].text, "not kept: 3"));
    lp_arena_clear(&a);
}

static void each_failing_allocation_is_reported(void **state)
{
    (void)state;
    static const char text[] = "WEBVTT\nLanguage: en\n\n1 \"Zoe\" (1)\n00:00.100 --> 00:00.200\n[Auto-generated "
                               "transcript.] z\n\n00:01.000 --> 00:02.000\n<v "
                               "Ada>&eacute;\xff\n\n00:03.000 --> 00:02.000\nBo: a\n\n"
                               "00:05.000 --> 00:06.000\nBo: b\n\n00:07.000 --> 00:08.000\n\n";
    lp_status s = LP_ERR_NOMEM;
    for (long n = 1; s != LP_OK; n++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        lp_diag d = { 0 };
        assert_true(n < 1000);
        lp_mem_fail_at(n);
        s = lp_vtt_parse(text, sizeof(text) - 1, &a, &c, &d);
        lp_mem_fail_at(0);
        if (s == LP_OK)
            assert_int_equal(c.n, 4);
        else
            assert_int_equal(s, LP_ERR_NOMEM);
        lp_arena_clear(&a);
    }
}

/* "start-end word" in ms of each cue's words, a cue a line. */
static void print_words(const lp_cues *c, char *out, size_t size)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < c->n; i++) {
        for (size_t k = 0; k < c->items[i].n_words; k++) {
            const lp_word *w = &c->words.items[c->items[i].first_word + k];
            at += (size_t)snprintf(out + at, size - at, "%lld-%lld %s, ", (long long)w->start_us / 1000,
                                   (long long)w->end_us / 1000, w->text);
        }
        at += (size_t)snprintf(out + at, size - at, "\n");
    }
}

static void time_stamps_within_a_cue_are_times_of_its_words(void **state)
{
    (void)state;
    static const struct {
        const char *vtt, *want;
    } rows[] = {
        /* a rolling window: the line above is old; a syllable belongs to its word; no stamp, half of the time each */
        { "WEBVTT\n\n00:01.000 --> 00:05.000\n \nhello<00:02.000><c> and</c><00:03.000><c> "
      "wel</c><00:03.500><c>come</c>\n\n"
          "00:05.000 --> 00:09.000\nhello and welcome\nto<00:06.000><c> ab abcd</c>\n",
          "1000-1750 hello, 2000-2570 and, 3000-3930 welcome, \n5000-5480 to, 6000-6480 ab, 7285-7945 abcd, \n" },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\nno stamps <i>here</i> <3\n", "\n" },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\nbehind<00:09.000> it\n", "\n" },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\ngoing<00:01.500> back<00:01.200> again\n", "\n" },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>one<00:01.500> two</v> <v B>three</v>\n", "\n\n" },
        { "WEBVTT\n\n00:01.000 --> 00:01.400\n<v A><00:01.100>R&amp;D<00:01.200> ab</v>\n", "1100-1200 R&D, "
      "1200-1400 ab, \n" },
        { "WEBVTT\n\n00:03.000 --> 00:04.000\n<00:03.500>late\n\n00:01.000 --> 00:02.000\n<00:01.500>early\n",
          "\n3500-4000 late, \n" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        char got[1000];
        assert_int_equal(lp_vtt_parse(rows[i].vtt, strlen(rows[i].vtt), &a, &c, NULL), LP_OK);
        print_words(&c, got, sizeof(got));
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("row %zu: %s", i, got);
        lp_arena_clear(&a);
    }
}

/* Within the program U+E000 stands for a stamp. */
#define GUID "0a1b2c3d-1111-2222-3333-444455556666/"
static void parts_of_a_turn_are_one_with_the_times_of_their_words(void **state)
{
    (void)state;
    static const char vtt[] = "WEBVTT\n\n" GUID "12-0\n00:01.000 --> 00:03.000\n<v Ada Bell>We take the</v>\n\n" GUID
                              "12-1\n00:05.000 --> 00:06.000\n<v Ada Bell>mean of\nit.</v>\n\n" GUID
                              "13-0\n00:06.000 --> 00:07.000\n<v Ada Bell>So.</v>\n\n" GUID
                              "13-2\n00:07.500 --> 00:08.000\n<v Ada Bell>A part is lost.</v>\n\n" GUID
                              "14-0\n00:09.000 --> 00:10.000\n<v Ada Bell>Yes?</v>\n\n" GUID
                              "14-1\n00:10.000 --> 00:11.000\n<v Bo>No.</v>\n\n" GUID
                              "15-0\n00:10.500 --> 00:12.000\n<v Ada Bell>But I</v>\n\n" GUID
                              "15-1\n00:09.500 --> 00:10.000\n<v Ada Bell>say so.</v>\n\nx-0\n00:13.000 --> "
                              "00:14.000\n<v Bo>a</v>\n\nx-1\n00:14.000 --> 00:15.000\n<v Bo>b</v>\n";
    lp_arena a = { 0 };
    lp_cues c = { .source = "t.vtt" };
    char got[2000];
    assert_int_equal(lp_vtt_parse(vtt, sizeof(vtt) - 1, &a, &c, NULL), LP_OK);
    print_cues(&c, got, sizeof(got));
    assert_string_equal(got, "1000-6000|Ada Bell|We take the\nmean of\nit.\n6000-7000|Ada Bell|So.\n"
                             "7500-8000|Ada Bell|A part is lost.\n9000-10000|Ada Bell|Yes?\n10000-11000|Bo|No.\n"
                             "10500-12000|Ada Bell|But I\nsay so.\n13000-14000|Bo|a\n14000-15000|Bo|b\n");
    assert_int_equal(c.n_read, 10);
    assert_int_equal(c.items[0].n_words, 6);
    static const int starts_ms[] = { 1000, 1545, 2454, 5000, 5454, 5727 }; /* 11 letters in each part */
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(c.words.items[c.items[0].first_word + i].start_us / 1000, starts_ms[i]);
    assert_int_equal(c.items[5].n_words, 0);
    assert_string_equal(c.findings.items[0].code, "captions-turns");
    lp_arena_clear(&a);
}

static void references_that_look_like_stamps_are_none(void **state)
{
    (void)state;
    lp_buf b;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    lp_buf_init(&b, 1 << 20);
    lp_buf_str(&b, "WEBVTT\n\n00:01.000 --> 00:09.000\n<00:00:02.000>a");
    for (int i = 0; i < 3000; i++)
        lp_buf_str(&b, " &#xe000;b");
    assert_int_equal(lp_vtt_parse(b.data, b.len, &a, &c, NULL), LP_OK);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.words.n, 0);
    assert_int_equal(strlen(c.items[0].text), 1 + 3000 * 5);
    lp_arena_clear(&a);
    lp_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_stamps_within_a_cue_are_times_of_its_words),
        cmocka_unit_test(parts_of_a_turn_are_one_with_the_times_of_their_words),
        cmocka_unit_test(references_that_look_like_stamps_are_none),
        cmocka_unit_test(files_give_the_cues_that_are_in_them),
        cmocka_unit_test(what_does_not_begin_with_webvtt_is_refused_by_name),
        cmocka_unit_test(the_header_may_say_the_language),
        cmocka_unit_test(what_was_left_out_is_said),
        cmocka_unit_test(places_that_are_not_kept_are_counted),
        cmocka_unit_test(each_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
