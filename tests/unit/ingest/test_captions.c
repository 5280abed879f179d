#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavformat/avformat.h>

#include "base/file.h"
#include "ingest/ingest.h"
#include "ingest/readers.h"

static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/lecpack-captions-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    return lp_file_remove(dir, NULL) == LP_OK ? 0 : -1;
}

static const char *put(lp_arena *a, const char *name, const void *bytes, size_t n)
{
    char *path = lp_path_join(a, dir, name);
    assert_int_equal(lp_file_write(path, bytes, n, NULL), LP_OK);
    return path;
}

static lp_caption_source file_source(const char *path, const char *format)
{
    return (lp_caption_source){ .kind = LP_CAPTION_FILE,
                                .file = { .path = path, .name = lp_path_base(path) },
                                .format = format };
}

static const lp_finding *finding(const lp_cues *c, const char *code)
{
    for (size_t i = 0; i < c->findings.n; i++)
        if (strcmp(c->findings.items[i].code, code) == 0)
            return &c->findings.items[i];
    return NULL;
}

/* The main track alone. */
static lp_status first_track(const lp_session *s, lp_arena *a, const lp_progress *p, lp_cues *out, lp_diag *d)
{
    lp_cues *all = NULL;
    size_t n = 0;
    lp_status st = lp_ingest_captions(s, a, p, &all, &n, d);
    if (st == LP_OK) {
        *out = all[0];
        assert_int_equal(n > 0, out->n > 0);
    }
    return st;
}

#define SRT "1\n00:00:01,000 --> 00:00:02,000\n"

static void text_is_converted_and_the_conversion_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        size_t n;
        const char *encoding, *text;
    } cases[] = {
        { "utf8.srt", SRT "caf\xc3\xa9", sizeof(SRT) + 4, "utf-8", "caf\xc3\xa9" },
        { "mark.srt", "\xef\xbb\xbf" SRT "a", sizeof(SRT) + 3, "utf-8", "a" },
        { "cp1252.srt", SRT "caf\xe9 \x96 \x80", sizeof(SRT) + 7, "windows-1252",
          "caf\xc3\xa9 \xe2\x80\x93 \xe2\x82\xac" },
        { "mixed.srt", SRT "caf\xc3\xa9\nd\xe9j\xe0", sizeof(SRT) + 9, "utf-8 with errors",
          "caf\xc3\xa9\nd\xc3\xa9j\xc3\xa0" },
        { "utf16.vtt",
          "\xff\xfeW\0E\0B\0V\0T\0T\0\n\0\n\0\x30\0:\0\x31\0 \0-\0-\0>\0 "
          "\0\x30\0:\0\x32\0\n\0\xe9\0",
          44, "utf-16le", "\xc3\xa9" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c;
        lp_caption_source src =
            file_source(put(&a, cases[i].name, cases[i].bytes, cases[i].n), NULL);
        lp_session s = { .lang = "en", .captions = &src, .n_captions = 1 };
        assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
        assert_int_equal(c.n, 1);
        assert_string_equal(c.items[0].text, cases[i].text);
        assert_string_equal(c.encoding, cases[i].encoding);
        assert_string_equal(c.source, cases[i].name);
        assert_string_equal(c.lang, "en");
        assert_string_equal(c.origin, "platform");
        assert_int_equal(finding(&c, "captions-encoding") != NULL,
                         strcmp(cases[i].encoding, "utf-8") != 0);
        lp_arena_clear(&a);
    }
}

static void lines_in_another_coding_are_told_by_number(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { 0 };
    static const char text[] = SRT "caf\xc3\xa9\n\n" SRT "d\xe9j\xe0\n\n" SRT "na\xc3\xafve\n";
    assert_int_equal(lp_captions_read_file(put(&a, "x.srt", text, sizeof(text) - 1), &a, &c, NULL), LP_OK);
    assert_string_equal(finding(&c, "captions-encoding")->text,
                        "x.srt: it is in UTF-8, but not in line 7: read as windows-1252 where that can be; see "
                        "whether the letters are right there");
    assert_int_equal(finding(&c, "captions-encoding")->severity, LP_WARNING);
    lp_arena_clear(&a);
}

static void text_that_looks_wrongly_decoded_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int is_wrong;
    } cases[] = {
        { "\317\360\350\342\345\362, \375\362\356 \352\363\360\361 "
          "\357\356 C++ \344\353\377 \342\361\345\365", 1 }, /* Cyrillic */
        { "Dzi\352kuj\352, chcia\263bym wyja\234ni\346 regu\263y. \243\271cznie trzy, bo by\263y.", 1 }, /* Polish */
        { "P\370i p\370edn\341\232ce t\370i v\354ci: m\354\370it, v\354d\354t", 1 }, /* Czech */
        { "\307al\375\376ma i\347in \347ok \376ey ba\376l\375yor, \347\375k\375\376", 1 }, /* Turkish */
        { "caf\303\203\302\251, d\303\203\302\251j\303\203\302\240 vu", 1 }, /* UTF-8, twice */
        { "L'\351t\351 \340 \311vry: d\351j\340 pr\351par\351, r\351p\351t\351, cr\351\351e \253 ou\357 \273", 0 },
        { "Gr\366\337e: \304u\337ere \334bergr\366\337en, 3 m\263 f\374r \326l", 0 },
        { "N\303O. A a\347\343o n\343o \351 a solu\347\343o; s\343o li\347\365es, irm\343s", 0 },
        { "\336a\360 er \376\341 \376\375\360ing \341 \376v\355 "
          "sem \376\372 s\375nir m\351r, g\363\360i", 0 }, /* Icelandic */
        { "R\370d gr\370d med fl\370de: h\370r p\345 \346blet", 0 },
        { "\277Qu\351? \241S\355! Ni\361o, a\361o, ma\361ana \277y t\372?", 0 },
        { "N\303\203O. CORA\303\207\303\203O, \302\253IRM\303\203\302\273, "
          "IRM\303\203\342\200\246 fran\303\247ais", 0 },
        { "\320\237\321\200\320\270\320\262\320\265\321\202", 0 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { 0 };
        char text[400];
        int n = snprintf(text, sizeof(text), SRT "%s\n", cases[i].text);
        assert_int_equal(lp_captions_read_file(put(&a, "x.srt", text, (size_t)n), &a, &c, NULL), LP_OK);
        if ((finding(&c, "captions-misread") != NULL) != cases[i].is_wrong)
            fail_msg("case %zu (%s): %s", i, c.encoding, c.items[0].text);
        lp_arena_clear(&a);
    }
}

static void the_first_source_with_cues_is_used_and_the_others_are_named(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c;
    lp_caption_source sources[] = {
        file_source("/nowhere/gone.vtt", "vtt"),
        file_source(put(&a, "empty.vtt", "WEBVTT\n", 7), "vtt"),
        file_source(put(&a, "really.vtt", SRT "good", sizeof(SRT) + 3), "vtt"),
        file_source(put(&a, "second.srt", SRT "other", sizeof(SRT) + 4), "srt"),
        file_source(put(&a, "unread.srt", SRT "more", sizeof(SRT) + 3), "srt"),
    };
    sources[2].lang = "de";
    lp_session s = { .lang = "und", .captions = sources, .n_captions = 5 };
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_int_equal(c.n, 1);
    assert_string_equal(c.items[0].text, "good");
    assert_string_equal(c.lang, "de");
    assert_string_equal(c.format, "srt");
    assert_non_null(finding(&c, "captions-format"));
    assert_int_equal(c.findings.n, 4);
    assert_string_equal(finding(&c, "captions-chosen")->text,
                        "captions used: really.vtt (de), second.srt (language not known); left out: unread.srt "
                        "(second.srt has the captions already)");
    assert_non_null(strstr(c.findings.items[0].text, "gone.vtt"));
    assert_null(
        strstr(c.findings.items[0].text, "nowhere")); /* folders are nobody's business */
    assert_string_equal(c.findings.items[1].text, "empty.vtt: there are no captions in it");
    lp_arena_clear(&a);
}

static void the_language_wanted_comes_first_and_each_language_once(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c, *all = NULL;
    size_t n = 0;
    lp_caption_source sources[] = {
        file_source(put(&a, "l.en.vtt", SRT "english", sizeof(SRT) + 6), "vtt"),
        file_source(put(&a, "l.vtt", SRT "of no language", sizeof(SRT) + 13), "vtt"),
        file_source(put(&a, "l.fr.srt", SRT "french", sizeof(SRT) + 5), "srt"),
        file_source(put(&a, "l.en-GB.srt", SRT "british", sizeof(SRT) + 6), "srt"),
        file_source(put(&a, "l.de.srt", "nothing", 7), "srt"),
    };
    sources[0].lang = "en";
    sources[2].lang = "fr";
    sources[3].lang = "en-GB";
    sources[4].lang = "de";
    lp_stream french = { .lang = "fra" };
    lp_session s = { .lang = "fr", .captions = sources, .n_captions = 5, .streams = &french, .n_streams = 1 };
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_string_equal(c.items[0].text, "french");
    assert_int_equal(lp_ingest_captions(&s, &a, NULL, &all, &n, NULL), LP_OK);
    assert_int_equal(n, 3);
    assert_string_equal(all[0].items[0].text, "french");
    assert_string_equal(all[1].items[0].text, "english");
    assert_string_equal(all[2].items[0].text, "british"); /* its name says that it is another one */
    assert_string_equal(finding(&all[0], "captions-chosen")->text,
                        "captions used: l.fr.srt (fr), l.en.vtt (en), l.en-GB.srt (en-GB); left out: l.vtt "
                        "(l.fr.srt has the captions already)");
    assert_memory_equal(finding(&all[0], "captions-unusable")->text, "l.de.srt", 8);
    s.lang = "en-GB";
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_string_equal(c.items[0].text, "british");
    s.lang = "en-US";
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_string_equal(c.items[0].text, "english");
    sources[1].is_named = 1; /* then it is what the user wants, whatever its language */
    s.lang = "fr";
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_string_equal(c.items[0].text, "of no language");
    lp_arena_clear(&a);
}

static void without_captions_there_are_none_and_no_error(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c;
    lp_caption_source bad = file_source("/nowhere/gone.vtt", "vtt");
    lp_session none = { .lang = "en" },
               gone = { .lang = "en", .captions = &bad, .n_captions = 1 };
    assert_int_equal(first_track(&none, &a, NULL, &c, NULL), LP_OK);
    assert_int_equal(c.n, 0);
    assert_string_equal(c.origin, "none");
    assert_int_equal(first_track(&gone, &a, NULL, &c, NULL), LP_OK);
    assert_string_equal(c.origin, "none");
    assert_non_null(finding(&c, "captions-unusable"));
    lp_arena_clear(&a);
}

static int yes(void *user)
{
    (void)user;
    return 1;
}

static void a_request_to_stop_is_heard(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c;
    lp_diag d = { 0 };
    lp_progress p = { .is_cancelled = yes };
    lp_caption_source src = file_source(put(&a, "stop.srt", SRT "a", sizeof(SRT)), "srt");
    lp_session s = { .lang = "en", .captions = &src, .n_captions = 1 };
    assert_int_equal(first_track(&s, &a, &p, &c, &d), LP_ERR_CANCELLED);
    assert_int_equal(d.status, LP_ERR_CANCELLED);
    lp_arena_clear(&a);
}

struct packet {
    int64_t t_ms, len_ms;
    const char *bytes;
    int n;
};

/* A recording that holds one subtitle stream and nothing else. */
static const char *mux(lp_arena *a, const char *name, enum AVCodecID codec,
                       const struct packet *p, size_t n)
{
    const char *path = lp_path_join(a, dir, name);
    AVFormatContext *f = NULL;
    assert_true(avformat_alloc_output_context2(&f, NULL, NULL, path) >= 0);
    AVStream *st = avformat_new_stream(f, NULL);
    assert_non_null(st);
    st->codecpar->codec_type = AVMEDIA_TYPE_SUBTITLE;
    st->codecpar->codec_id = codec;
    st->time_base = (AVRational){ 1, 1000 };
    assert_true(avio_open(&f->pb, path, AVIO_FLAG_WRITE) >= 0);
    assert_true(avformat_write_header(f, NULL) >= 0);
    AVPacket *pkt = av_packet_alloc();
    for (size_t i = 0; i < n; i++) {
        assert_true(av_new_packet(pkt, p[i].n) >= 0);
        memcpy(pkt->data, p[i].bytes, (size_t)p[i].n);
        pkt->pts = pkt->dts = av_rescale_q(p[i].t_ms, (AVRational){ 1, 1000 }, st->time_base);
        pkt->duration = av_rescale_q(p[i].len_ms, (AVRational){ 1, 1000 }, st->time_base);
        assert_true(av_write_frame(f, pkt) >= 0);
        av_packet_unref(pkt);
    }
    assert_true(av_write_trailer(f) >= 0);
    av_packet_free(&pkt);
    avio_closep(&f->pb);
    avformat_free_context(f);
    return path;
}

static void subtitles_inside_the_recording_are_read_on_the_session_clock(void **state)
{
    (void)state;
    static const struct packet srt[] = { { 1000, 1500, "One <i>line</i>\n{\\an8}two", 25 },
                                         { 4000, 1000, "A, b & c", 8 } };
    static const struct packet tx3g[] = { { 0, 1000, "\0\0", 2 },
                                          { 1000, 1500, "\0\3One", 5 },
                                          { 2500, 1500, "\0\0", 2 },
                                          { 4000, 1000, "\0\3Two", 5 } };
    lp_arena a = { 0 };
    const struct {
        const char *path, *first;
    } cases[] = {
        { mux(&a, "s.mkv", AV_CODEC_ID_SUBRIP, srt, 2), "One line\ntwo" },
        { mux(&a, "t.mp4", AV_CODEC_ID_MOV_TEXT, tx3g, 4), "One" },
    };
    for (size_t i = 0; i < 2; i++) {
        lp_cues c;
        lp_caption_source src = {
            .kind = LP_CAPTION_STREAM, .stream = 0, .format = "subrip", .lang = "fr"
        };
        lp_session s = { .lang = "en",
                         .media = { .path = cases[i].path, .name = "x" },
                         .origin_us = 500000,
                         .captions = &src,
                         .n_captions = 1 };
        assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
        assert_int_equal(c.n, 2);
        assert_string_equal(c.items[0].text, cases[i].first);
        assert_int_equal(c.items[0].start_us, 500000);
        assert_int_equal(c.items[0].end_us, 2000000);
        assert_int_equal(c.items[1].start_us, 3500000);
        assert_int_equal(c.items[1].end_us, 4500000);
        assert_string_equal(c.source, "stream 0");
        assert_string_equal(c.lang, "fr");
    }
    lp_arena_clear(&a);
}

/* With odd parity, as closed captions are sent. */
static char odd(int c)
{
    int n_ones = 0;
    for (int b = c & 0x7f; b; b >>= 1)
        n_ones += b & 1;
    return (char)((c & 0x7f) | (n_ones % 2 ? 0 : 0x80));
}

struct sent { /* two bytes of closed captions */
    int64_t t_ms;
    int a, b;
};

/* CEA-608 in MOV: the cues of what was sent; the last packet ends at end_ms, the session's clock begins at 100 ms. */
static void read_608(lp_arena *a, const struct sent *sent, size_t n, int64_t end_ms, lp_cues *c)
{
    char bytes[20][3];
    struct packet p[20];
    for (size_t i = 0; i < n; i++) {
        bytes[i][0] = (char)0xfc; /* of the first field; the muxer makes a box of it */
        bytes[i][1] = odd(sent[i].a);
        bytes[i][2] = odd(sent[i].b);
        p[i] = (struct packet){ sent[i].t_ms, (i + 1 < n ? sent[i + 1].t_ms : end_ms) - sent[i].t_ms, bytes[i], 3 };
    }
    lp_caption_source src = { .kind = LP_CAPTION_STREAM, .stream = 0, .format = "eia_608" };
    lp_session s = { .lang = "en",
                     .media = { .path = mux(a, "c608.mov", AV_CODEC_ID_EIA_608, p, n), .name = "x" },
                     .origin_us = 100000,
                     .captions = &src,
                     .n_captions = 1 };
    assert_int_equal(first_track(&s, a, NULL, c, NULL), LP_OK);
}

/* A caption is loaded, shown (14 2F), and taken off (14 2C) or left where it is at the end. */
static void closed_captions_in_a_track_are_there_when_they_were_shown(void **state)
{
    (void)state;
    static const struct sent sent[] = {
        { 0, 0x14, 0x20 },    { 200, 0x14, 0x70 },  { 300, 'H', 'I' },    { 1000, 0x14, 0x2f }, { 2500, 0x14, 0x2c },
        { 3000, 0x14, 0x20 }, { 3100, 0x14, 0x70 }, { 3200, 'Y', 'O' },   { 3300, 'U', 0 },     { 4000, 0x14, 0x2f },
    };
    lp_arena a = { 0 };
    lp_cues c;
    read_608(&a, sent, sizeof(sent) / sizeof(sent[0]), 5100, &c);
    assert_int_equal(c.n, 2);
    assert_string_equal(c.items[0].text, "HI");
    assert_int_equal(c.items[0].start_us, 900000);
    assert_int_equal(c.items[0].end_us, 2400000);
    assert_string_equal(c.items[1].text, "YOU");
    assert_int_equal(c.items[1].start_us, 3900000);
    assert_int_equal(c.items[1].end_us, 5000000); /* where the track ends */
    lp_arena_clear(&a);
}

/* Two rows that roll up (14 25), each begun by 14 2D; nothing takes off the last. */
static void closed_captions_that_roll_up_are_there_to_the_last(void **state)
{
    (void)state;
    static const struct sent sent[] = {
        { 0, 0x14, 0x25 },    { 200, 0x14, 0x2d },  { 300, 0x14, 0x70 }, { 400, 'H', 'I' },  { 2000, 0x14, 0x2d },
        { 2100, 0x14, 0x70 }, { 2200, 'Y', 'O' },   { 2300, 'U', 0 },    { 4000, 0x14, 0x2d }, { 4100, 0x14, 0x70 },
        { 4200, 'E', 'N' },   { 4300, 'D', 0 },
    };
    lp_arena a = { 0 };
    lp_cues c;
    read_608(&a, sent, sizeof(sent) / sizeof(sent[0]), 6100, &c);
    assert_true(c.n > 0);
    assert_non_null(strstr(c.items[c.n - 1].text, "END"));
    assert_true(c.items[c.n - 1].start_us >= 3900000);
    assert_int_equal(c.items[c.n - 1].end_us, 6000000);
    lp_arena_clear(&a);
}

static void voices_of_webvtt_inside_the_recording_are_people(void **state)
{
    (void)state;
    static const struct packet vtt[] = { { 1000, 1500, "<v Anna B>Hello, <i>you</i></v>", 31 },
                                         { 4000, 1000, "<v Carl>a &amp; b", 17 } };
    static const struct packet ass[] = { { 1000, 1500, "0,0,Default,Anna B,0,0,0,,Hello, {\\i1}you",
                                           42 },
                                         { 4000, 1000, "1,0,Default,Carl,0,0,0,,a & b", 29 } };
    lp_arena a = { 0 };
    const char *paths[] = { mux(&a, "v.mkv", AV_CODEC_ID_WEBVTT, vtt, 2),
                            mux(&a, "a.mkv", AV_CODEC_ID_ASS, ass, 2) };
    for (size_t i = 0; i < 2; i++) {
        lp_cues c;
        lp_caption_source src = { .kind = LP_CAPTION_STREAM, .stream = 0, .format = "x" };
        lp_session s = { .lang = "en",
                         .media = { .path = paths[i], .name = "x" },
                         .captions = &src,
                         .n_captions = 1 };
        assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
        assert_int_equal(c.n, 2);
        assert_string_equal(c.items[0].text, "Hello, you");
        assert_int_equal(c.items[0].end_us, 2500000);
        assert_string_equal(c.items[1].text, "a & b");
        assert_int_equal(c.n_people, 2);
        assert_string_equal(c.people[c.items[0].person].name, "Anna B");
        assert_string_equal(c.people[c.items[1].person].name, "Carl");
    }
    lp_arena_clear(&a);
}

static void a_stream_that_is_not_there_is_a_finding_that_names_the_file_alone(void **state)
{
    (void)state;
    static const struct packet one = { 0, 1000, "a", 1 };
    lp_arena a = { 0 };
    lp_cues c;
    lp_caption_source src = { .kind = LP_CAPTION_STREAM, .stream = 5, .format = "subrip" };
    lp_session s = { .lang = "en",
                     .media = { .path = mux(&a, "one.mkv", AV_CODEC_ID_SUBRIP, &one, 1),
                                .name = "one.mkv" },
                     .captions = &src,
                     .n_captions = 1 };
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_int_equal(c.n, 0);
    assert_string_equal(c.findings.items[0].text, "one.mkv: stream 5 is neither subtitles nor a picture");
    lp_arena_clear(&a);
}

static void a_stream_without_a_decoder_is_a_finding_that_names_the_file_alone(void **state)
{
    (void)state;
    static const struct packet one = { 0, 1000, "a", 1 };
    lp_arena a = { 0 };
    lp_cues c;
    lp_caption_source src = { .kind = LP_CAPTION_STREAM,
                              .stream = 0,
                              .format = "hdmv_text_subtitle" };
    lp_session s = { .lang = "en",
                     .media = { .path = mux(&a, "textst.mkv", AV_CODEC_ID_HDMV_TEXT_SUBTITLE,
                                            &one, 1),
                                .name = "textst.mkv" },
                     .captions = &src,
                     .n_captions = 1 };
    assert_int_equal(first_track(&s, &a, NULL, &c, NULL), LP_OK);
    assert_int_equal(c.n, 0);
    assert_memory_equal(c.findings.items[0].text, "textst.mkv: stream 0: no decoder", 32);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_converted_and_the_conversion_is_said),
        cmocka_unit_test(lines_in_another_coding_are_told_by_number),
        cmocka_unit_test(text_that_looks_wrongly_decoded_is_told),
        cmocka_unit_test(the_first_source_with_cues_is_used_and_the_others_are_named),
        cmocka_unit_test(the_language_wanted_comes_first_and_each_language_once),
        cmocka_unit_test(voices_of_webvtt_inside_the_recording_are_people),
        cmocka_unit_test(without_captions_there_are_none_and_no_error),
        cmocka_unit_test(a_request_to_stop_is_heard),
        cmocka_unit_test(subtitles_inside_the_recording_are_read_on_the_session_clock),
        cmocka_unit_test(closed_captions_in_a_track_are_there_when_they_were_shown),
        cmocka_unit_test(closed_captions_that_roll_up_are_there_to_the_last),
        cmocka_unit_test(a_stream_that_is_not_there_is_a_finding_that_names_the_file_alone),
        cmocka_unit_test(a_stream_without_a_decoder_is_a_finding_that_names_the_file_alone),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
