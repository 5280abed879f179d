#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tool/asr_formats.h"

static const char *show(const lp_words *w)
{
    static char text[4096];
    text[0] = '\0';
    for (size_t i = 0; i < w->n; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof(text) - at, "%s%s %lld-%lld %.2f", i ? ", " : "", w->items[i].text, (long long)(w->items[i].start_us / 1000),
                 (long long)(w->items[i].end_us / 1000), (double)w->items[i].p);
    }
    return text;
}

/* As whisper.cpp 1.9 writes it with -ojf, shortened. sqrt(0.9 * 0.4) = 0.6. */
static const char cpp_json[] =
    "{\"systeminfo\":\"AVX\",\"model\":{\"type\":\"base\"},\"params\":{\"language\":\"auto\"},\"result\":{\"language\":\"en\"},\"transcription\":["
    "{\"timestamps\":{\"from\":\"00:00:00,000\",\"to\":\"00:00:02,000\"},\"offsets\":{\"from\":0,\"to\":2000},\"text\":\" The slopes.\",\"tokens\":["
    "{\"text\":\"[_BEG_]\",\"offsets\":{\"from\":0,\"to\":0},\"id\":50364,\"p\":0.9,\"t_dtw\":-1},"
    "{\"text\":\" The\",\"offsets\":{\"from\":100,\"to\":400},\"id\":440,\"p\":0.75,\"t_dtw\":-1},"
    "{\"text\":\" slop\",\"offsets\":{\"from\":400,\"to\":800},\"id\":1,\"p\":0.9,\"t_dtw\":-1},"
    "{\"text\":\"es\",\"offsets\":{\"from\":800,\"to\":1000},\"id\":2,\"p\":0.4,\"t_dtw\":-1},"
    "{\"text\":\".\",\"offsets\":{\"from\":1000,\"to\":1100},\"id\":3,\"t_dtw\":-1}]},"
    "{\"offsets\":{\"from\":2000,\"to\":3000},\"text\":\" na\xc3\xafve x\",\"tokens\":[{\"text\":\" na\xc3\",\"offsets\":{\"from\":2000,\"to\":2500},\"p\":0.9},"
    "{\"text\":\"\xafve\",\"offsets\":{\"from\":2500,\"to\":2900},\"p\":0.9},{\"text\":\" x\",\"offsets\":{\"from\":2900,\"to\":3000},\"p\":0.8}]}]}";

/* What whisper.cpp writes, shortened to what is read of it. S: a segment from one millisecond to another, with its text; T: a
 * token. */
#define S(from, to, text, tokens) \
    "{\"timestamps\":{\"from\":\"00:00:00,000\",\"to\":\"00:00:01,000\"},\"offsets\":{\"from\":" #from ",\"to\":" #to "},\"text\":\"" text \
    "\",\"tokens\":[" tokens "]}"
#define T(text, from, to, p) \
    "{\"text\":\"" text "\",\"timestamps\":{\"from\":\"00:00:00,000\"},\"offsets\":{\"from\":" #from ",\"to\":" #to "},\"id\":7,\"p\":" #p ",\"t_dtw\":-1}"
#define UNTIMED(text) "{\"text\":\"" text "\",\"id\":7,\"p\":0.5,\"t_dtw\":-1}"
#define BEG T("[_BEG_]", 0, 0, 0.9)
#define CPP(lang, segments) "{\"params\":{\"language\":\"auto\"},\"result\":{\"language\":\"" lang "\"},\"transcription\":[" segments "]}"

static const struct {
    const char *name, *text, *words, *lang;
} cpp_rows[] = {
    { "Arabic, a letter split between tokens",
      CPP("ar", S(0, 2000, " \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xd8\xa8\xd9\x83",
                  BEG "," T(" \xd9\x85\xd8", 0, 300, 0.8) "," T("\xb1\xd8\xad\xd8", 300, 600, 0.8) "," T("\xa8\xd8\xa7", 600, 800, 0.8) "," T(" \xd8", 900, 1000, 0.5) "," T("\xa8\xd9\x83", 1000, 1500, 0.5) "," T("[_TT_100]", 2000, 2000, 0.3))),
      "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 0-800 0.80, \xd8\xa8\xd9\x83 900-1500 0.50", "ar" },
    { "Chinese: each token a word, with its stop, a character split between tokens",
      CPP("zh", S(0, 2000, "\xe4\xbb\x8a\xe5\xa4\xa9\xe6\x88\x91\xef\xbc\x8c\xe5\xad\xa6",
                  T("\xe4\xbb\x8a\xe5\xa4\xa9", 0, 400, 0.9) "," T("\xe6\x88", 400, 500, 0.8) "," T("\x91", 500, 600, 0.8) "," T("\xef\xbc\x8c", 600, 800, 0.8) "," T("\xe5\xad\xa6", 800, 1200, 0.7))),
      "\xe4\xbb\x8a\xe5\xa4\xa9 0-400 0.90, \xe6\x88\x91\xef\xbc\x8c 400-800 0.80, \xe5\xad\xa6 800-1200 0.70", "zh" },
    { "a character split between segments",
      CPP("zh", S(0, 1000, "\xe4\xbb\x8a\xe5", T("\xe4\xbb\x8a", 0, 500, 0.9) "," T("\xe5", 500, 1000, 0.6)) "," S(1000, 2000, "\xa4\xa9", T("\xa4\xa9", 1000, 1500, 0.6))),
      "\xe4\xbb\x8a 0-500 0.90, \xe5\xa4\xa9 500-1500 0.60", "zh" },
    { "a byte that no other completes", CPP("fr", S(0, 1000, " caf\xc3", T(" caf\xc3", 0, 500, 0.9) "," T(" x", 500, 800, 0.9))),
      "caf\xef\xbf\xbd 0-500 0.90, x 500-800 0.90", "fr" },
    { "tokens without times: those of the segment", CPP("en", S(1000, 3000, " ab cd", BEG "," UNTIMED(" ab") "," UNTIMED(" cd"))),
      "ab 1000-2000 -1.00, cd 2000-3000 -1.00", "en" },
    { "no tokens, as with -oj", "{\"result\":{\"language\":\"de\"},\"transcription\":[{\"offsets\":{\"from\":0,\"to\":1000},\"text\":\" ab cd\"}]}",
      "ab 0-500 -1.00, cd 500-1000 -1.00", "de" },
    { "signs alone, and what is said of silence",
      CPP("en", S(0, 1000, "", BEG "," T("[_TT_50]", 1000, 1000, 0.2)) "," S(1000, 2000, " [BLANK_AUDIO]", T(" [", 1000, 1100, 0.9) "," T("BL", 1100, 1200, 0.9) "," T("ANK", 1200, 1300, 0.9) "," T("_", 1300, 1400, 0.9) "," T("AUDIO", 1400, 1500, 0.9) "," T("]", 1500, 1600, 0.9))),
      "", "en" },
    { "times that go back keep the order of words", CPP("en", S(0, 2000, " a b c", T(" a", 500, 800, 0.9) "," T(" b", 200, 300, 0.9) "," T(" c", 800, 900, 0.9))),
      "a 500-800 0.90, b 800-800 0.90, c 800-900 0.90", "en" },
    { "what is no JSON: a mark, a raw line end and tab in strings, nan", "\xef\xbb\xbf" CPP("en", S(0, 1000, " a\n", T(" a\n", 0, 100, nan) "," T(" b\t", 200, 300, -inf))),
      "a 0-100 -1.00, b 200-300 -1.00", "en" },
    { "colours for a terminal, bare, as JSON writes them, and around it all",
      "\x1b[0m" CPP("en", S(0, 1000, " a b", T(" \x1b[31ma\x1b[0m", 0, 100, 0.9) "," T(" \\u001b[1;32mb\\u001b[0m", 200, 300, 0.8))) "\x1b[K",
      "a 0-100 0.90, b 200-300 0.80", "en" },
    { "the language that was asked for, where none was found", "{\"params\":{\"language\":\"sv\"},\"transcription\":[]}", "", "sv" },
    { "none", "{\"params\":{\"language\":\"auto\"},\"transcription\":[]}", "", NULL },
};

static void whisper_cpp_is_read_in_all_its_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cpp_rows) / sizeof(*cpp_rows); i++) {
        lp_arena a = { 0 };
        lp_words w = { 0 };
        lp_diag d = { 0 };
        const char *lang = "?";
        if (lp_asr_format_read(LP_ASR_WHISPER_CPP_JSON, cpp_rows[i].text, strlen(cpp_rows[i].text), &a, &w, &lang, &d) != LP_OK)
            fail_msg("%s: %s", cpp_rows[i].name, d.text);
        if (strcmp(show(&w), cpp_rows[i].words) != 0)
            fail_msg("%s: %s", cpp_rows[i].name, show(&w));
        assert_true(cpp_rows[i].lang ? lang && strcmp(lang, cpp_rows[i].lang) == 0 : lang == NULL);
        lp_arena_clear(&a);
    }
}


static void every_format_gives_words(void **state)
{
    (void)state;
    static const struct {
        lp_asr_format format;
        const char *text, *words, *lang;
    } rows[] = {
        { LP_ASR_WHISPER_JSON,
          "{\"text\":\" x\",\"segments\":[{\"id\":0,\"start\":0.5,\"end\":2,\"text\":\" The slope\",\"words\":[{\"word\":\" The\",\"start\":0.5,\"end\":0.8,"
          "\"probability\":0.9},{\"word\":\" slope\",\"start\":0.8,\"end\":1.5,\"probability\":0.5}]},{\"start\":3,\"end\":4,\"text\":\" ab cd\"}],"
          "\"language\":\"en\"}",
          "The 500-800 0.90, slope 800-1500 0.50, ab 3000-3500 -1.00, cd 3500-4000 -1.00", "en" },
        { LP_ASR_WHISPER_JSON, "{\"segments\":[{\"start\":1,\"end\":2,\"words\":[{\"word\":\"in\",\"start\":1,\"end\":1.2,\"score\":0.7},{\"word\":\"1813\"}]}]}",
          "in 1000-1200 0.70, 1813 1200-1200 -1.00", NULL },
        { LP_ASR_WHISPER_JSON, "{\"segments\":[{\"start\":1,\"end\":2,\"avg_logprob\":NaN,\"words\":[{\"word\":\"a\",\"start\":1,\"end\":1},{\"word\":\"b\",\"start\":1,\"end\":1},"
          "{\"word\":\"NaN\",\"start\":1,\"end\":1}]}]}", "a 1000-1000 -1.00, b 1000-1000 -1.00, NaN 1000-1000 -1.00", NULL },
        { LP_ASR_WHISPER_JSON, "{\"segments\":[]}", "", NULL },
        { LP_ASR_WHISPER_CPP_JSON, cpp_json, "The 100-400 0.75, slopes. 400-1100 0.60, na\xc3\xafve 2000-2900 0.90, x 2900-3000 0.80", "en" },
        { LP_ASR_VTT, "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\nab <b>cd</b>\n\n00:00:03.500 --> 00:00:04.500\nef\ngh\n",
          "ab 1000-1500 -1.00, cd 1500-2000 -1.00, ef 3500-4000 -1.00, gh 4000-4500 -1.00", NULL },
        { LP_ASR_VTT, "WEBVTT\n", "", NULL },
        { LP_ASR_SRT, "1\r\n00:00:01,000 --> 00:00:02,000\r\nab cd\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nef", "ab 1000-1500 -1.00, cd 1500-2000 -1.00, ef 3600000-3601000 -1.00", NULL },
        { LP_ASR_SRT, "", "", NULL },
        { LP_ASR_SRT, "2\n00:00:05,000 --> 00:00:06,000\nlate\n\n1\n00:00:01,000 --> 00:00:00,500\nearly\n", "early 1000-1000 -1.00, late 5000-6000 -1.00", NULL },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_words w = { 0 };
        lp_diag d = { 0 };
        const char *lang = "?";
        if (lp_asr_format_read(rows[i].format, rows[i].text, strlen(rows[i].text), &a, &w, &lang, &d) != LP_OK)
            fail_msg("row %zu: %s", i, d.text);
        if (strcmp(show(&w), rows[i].words) != 0)
            fail_msg("row %zu: %s", i, show(&w));
        assert_true(rows[i].lang ? lang && strcmp(lang, rows[i].lang) == 0 : lang == NULL);
        lp_arena_clear(&a);
    }
}

static void what_is_of_another_format_is_refused(void **state)
{
    (void)state;
    static const struct {
        lp_asr_format format;
        const char *text;
    } rows[] = { { LP_ASR_WHISPER_JSON, "" }, { LP_ASR_WHISPER_JSON, "[]" }, { LP_ASR_WHISPER_JSON, "{\"segments\":3}" }, { LP_ASR_WHISPER_CPP_JSON, "{\"segments\":[]}" },
                 { LP_ASR_VTT, "{\"segments\":[]}" }, { LP_ASR_SRT, "no captions\n" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_words w = { 0 };
        lp_diag d = { 0 };
        const char *lang;
        if (lp_asr_format_read(rows[i].format, rows[i].text, strlen(rows[i].text), &a, &w, &lang, &d) != LP_ERR_INPUT || !d.text[0])
            fail_msg("row %zu was taken", i);
        lp_arena_clear(&a);
    }
}

/* Cut, and with single bytes altered: any answer but a crash, a hang or words out of order. */
static void broken_bytes_do_no_harm(void **state)
{
    (void)state;
    static const char vtt[] = "WEBVTT\n\n99999999:00:01.000 --> 00:02.000\na<b\n\n1:2:3:4 --> 1\n-1:00 --> 0:99\n00:01.9999999999 --> 00:02.1\nx";
    const struct {
        lp_asr_format format;
        const char *text;
    } rows[] = { { LP_ASR_WHISPER_CPP_JSON, cpp_json }, { LP_ASR_WHISPER_CPP_JSON, cpp_rows[0].text },
                 { LP_ASR_WHISPER_CPP_JSON, cpp_rows[2].text }, { LP_ASR_VTT, vtt }, { LP_ASR_SRT, vtt } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        size_t n = strlen(rows[i].text);
        for (size_t k = 0; k < 2 * n; k++) {
            lp_arena a = { 0 };
            lp_words w = { 0 };
            const char *lang;
            size_t len = k < n ? k : n;
            char *copy = lp_calloc(len, 1);
            memcpy(copy, rows[i].text, len);
            if (k >= n)
                copy[k - n] = (char)(copy[k - n] ^ 0x15);
            lp_status s = lp_asr_format_read(rows[i].format, copy, len, &a, &w, &lang, NULL);
            assert_true(s == LP_OK || s == LP_ERR_INPUT);
            for (size_t j = 0; j < w.n && s == LP_OK; j++)
                assert_true(w.items[j].end_us >= w.items[j].start_us && (j == 0 || w.items[j].start_us >= w.items[j - 1].start_us));
            lp_free(copy);
            lp_arena_clear(&a);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_gives_words),
        cmocka_unit_test(whisper_cpp_is_read_in_all_its_shapes),
        cmocka_unit_test(what_is_of_another_format_is_refused),
        cmocka_unit_test(broken_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
