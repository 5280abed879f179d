#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/tmpdir.h"
#include "tool/asr.h"

typedef struct place {
    char *dir;
    lp_arena arena;
} place;

static void put_program(const place *p, const char *name, const char *text)
{
    tmpdir_put(p->dir, name, text, strlen(text));
    assert_int_equal(chmod(tmpdir_path(p->dir, name), 0755), 0);
}

/* A PATH and a data folder of our own. */
static void begin(place *p)
{
    *p = (place){ .dir = tmpdir_make() };
    lp_diag d = { 0 };
    assert_int_equal(lp_file_mkdirs(tmpdir_path(p->dir, "lecpack/asr"), &d), LP_OK);
    setenv("XDG_DATA_HOME", p->dir, 1);
    char path[4096];
    snprintf(path, sizeof(path), "%s:/usr/bin:/bin", p->dir);
    setenv("PATH", path, 1);
}

static void end(place *p)
{
    lp_arena_clear(&p->arena);
    tmpdir_remove(p->dir);
}

static void the_engine_fits_the_language_and_what_is_there(void **state)
{
    (void)state;
    enum { HELPER = 1, WHISPER = 2, NONE = -1 };
    static const struct {
        const char *engine, *lang;
        int there, kind;
        const char *told;
        int is_assumed;
    } rows[] = {
        { NULL, "en", HELPER | WHISPER, LP_ASR_HELPER, "en", 0 },
        { "auto", "en-GB", HELPER | WHISPER, LP_ASR_HELPER, "en", 0 },
        { "auto", "de", HELPER | WHISPER, LP_ASR_WHISPER, "de", 0 },
        { "auto", "pt-BR", WHISPER, LP_ASR_WHISPER, "pt", 0 },
        { "auto", "und", HELPER | WHISPER, LP_ASR_WHISPER, "auto", 0 },
        { "auto", NULL, HELPER, LP_ASR_HELPER, "en", 1 },
        { "auto", "en", WHISPER, LP_ASR_WHISPER, "en", 0 },
        { "auto", "de", HELPER, NONE, NULL, 0 },
        { "auto", "en", 0, NONE, NULL, 0 },
        { "builtin", "und", HELPER | WHISPER, LP_ASR_HELPER, "en", 1 },
        { "builtin", "eng", HELPER, LP_ASR_HELPER, "en", 0 },
        { "builtin", "enm", HELPER, NONE, NULL, 0 }, /* Middle English */
        { "whisper-cli", "en", HELPER | WHISPER, LP_ASR_WHISPER, "en", 0 },
        { "whisper-cli", "en", HELPER, NONE, NULL, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        place p;
        begin(&p);
        put_program(&p, "lecpack-asr", "#!/bin/sh\n");
        put_program(&p, "whisper-cli", "#!/bin/sh\n");
        if (rows[i].there & HELPER)
            tmpdir_put(p.dir, "lecpack/asr/encoder_model.onnx", "x", 1);
        if (rows[i].there & WHISPER)
            tmpdir_put(p.dir, "lecpack/asr/ggml-base.bin", "x", 1);
        lp_asr_options o = { .engine = rows[i].engine, .lang = rows[i].lang };
        lp_asr_engine e;
        lp_diag d = { 0 };
        lp_status s = lp_asr_find(&o, &p.arena, &e, &d);
        if (s != (rows[i].kind == NONE ? LP_ERR_TOOL : LP_OK))
            fail_msg("row %zu: %d %s", i, (int)s, d.text);
        if (s == LP_OK && ((int)e.kind != rows[i].kind || !lp_str_eq(e.lang, rows[i].told) || e.is_lang_assumed != rows[i].is_assumed))
            fail_msg("row %zu: kind %d, %s", i, (int)e.kind, e.lang);
        assert_true(s == LP_OK ? e.program && e.model && e.n_threads == 1 : d.text[0] != '\0');
        end(&p);
    }
}

static void wrong_values_are_the_callers_fault(void **state)
{
    (void)state;
    static const lp_asr_options rows[] = {
        { .engine = "best" }, { .engine = "command" }, { .engine = "command", .command = "  " }, { .engine = "command", .command = "sh 'x" },
        { .engine = "command", .command = "sh", .format = "txt" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        lp_arena a = { 0 };
        lp_asr_engine e;
        lp_diag d = { 0 };
        assert_int_equal(lp_asr_find(&rows[i], &a, &e, &d), LP_ERR_USAGE);
        assert_true(d.text[0]);
        lp_arena_clear(&a);
    }
}

static void a_command_is_split_without_a_shell(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_asr_engine e;
    lp_diag d = { 0 };
    lp_asr_options o = { .engine = "command", .command = " sh\t-c 'echo \"a b\"; $(x)' \"{wav}\"x '' ", .format = "srt" };
    static const char *const want[] = { "sh", "-c", "echo \"a b\"; $(x)", "{wav}x", "", NULL };
    assert_int_equal(lp_asr_find(&o, &a, &e, &d), LP_OK);
    assert_int_equal(e.format, LP_ASR_SRT);
    for (size_t i = 0; i < 6; i++)
        assert_true(lp_str_eq(e.command[i], want[i]));
    lp_arena_clear(&a);
}

/* 2 s of noise after 2 s of pause: the voice is from 2 to 4 s. */
static const char *put_wav(place *p)
{
    static char w[44 + 2 * 96000] = "RIFF....WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\xee\x02";
    uint32_t seed = 5;
    for (size_t i = 0; i < 96000; i++) {
        seed = seed * 1664525U + 1013904223U;
        int v = ((int)(seed >> 16) - 32768) / (i >= 32000 && i < 64000 ? 8 : 2000);
        w[44 + 2 * i] = (char)(v & 255);
        w[45 + 2 * i] = (char)((v >> 8) & 255);
    }
    tmpdir_put(p->dir, "a.wav", w, sizeof(w));
    return lp_arena_strdup(&p->arena, tmpdir_path(p->dir, "a.wav"));
}

static lp_status hear(place *p, const lp_asr_options *o, lp_words *words, lp_asr_report *r, lp_diag *d)
{
    lp_asr_engine e;
    static const lp_asr_term terms[] = { { 0, 1, "slope", 0 }, { 0, 1, "residual", 0 }, { 2, 3, "slope", 0 } };
    lp_asr_job job = { .wav = put_wav(p), .folder = p->dir, .terms = terms, .n_terms = 3 };
    *words = (lp_words){ 0 };
    *d = (lp_diag){ 0 };
    assert_int_equal(lp_asr_find(o, &p->arena, &e, d), LP_OK);
    return lp_asr_transcribe(&e, &job, &p->arena, words, r, d);
}

static void whisper_cli_is_called_as_it_wants(void **state)
{
    (void)state;
    place p;
    lp_words words;
    lp_asr_report r;
    lp_diag d;
    begin(&p);
    put_program(&p, "whisper-cli",
                "#!/bin/sh\nfor i; do echo \"$i\"; done >\"$TMPDIR.args\"\nwhile [ $# -gt 0 ]; do [ \"$1\" = -of ] && out=$2; shift; done\n"
                "echo '{\"result\":{\"language\":\"en\"},\"transcription\":[{\"offsets\":{\"from\":2000,\"to\":3000},\"text\":\" a b\",\"tokens\":[{\"text\":\" a\",\"p\":0.9,"
                "\"offsets\":{\"from\":2100,\"to\":2600}},{\"text\":\" b\",\"p\":0.5,\"offsets\":{\"from\":2600,\"to\":3000}}]},{\"offsets\":{\"from\":5500,\"to\":5900},"
                "\"text\":\" Thanks for watching\",\"tokens\":[]}]}' >\"$out.json\"\n");
    tmpdir_put(p.dir, "lecpack/asr/ggml-base.bin", "abc", 3);
    char args_path[4096];
    snprintf(args_path, sizeof(args_path), "%s/t", p.dir);
    setenv("TMPDIR", args_path, 1);
    lp_asr_options o = { .engine = "whisper-cli", .lang = "und", .n_threads = 2 };
    lp_status s = hear(&p, &o, &words, &r, &d);
    unsetenv("TMPDIR");
    if (s != LP_OK)
        fail_msg("%s", d.text);
    assert_int_equal(words.n, 2); /* what it says at 5.5 s lies where nobody speaks */
    assert_string_equal(words.items[1].text, "b");
    assert_int_equal(words.items[1].start_us, 2600000);
    assert_string_equal(r.lang, "en");
    assert_string_equal(r.engine, "whisper-cli");
    assert_string_equal(r.model, "ggml-base.bin");
    assert_string_equal(r.model_sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(r.n_dropped, 3);
    char *args = tmpdir_get(p.dir, "t.args", NULL);
    assert_non_null(strstr(args, "-l\nauto\n-t\n2\n"));
    assert_non_null(strstr(args, "-ojf\n"));
    assert_non_null(strstr(args, "--prompt\nslope, residual\n"));
    lp_free(args);
    end(&p);
}

static void a_command_writes_to_a_file_or_to_its_output(void **state)
{
    (void)state;
    static const char *const commands[] = { "engine {wav} {lang}", "engine {wav} {lang} {out}" };
    for (size_t i = 0; i < 2; i++) {
        place p;
        lp_words words;
        lp_asr_report r;
        lp_diag d;
        begin(&p);
        put_program(&p, "engine", "#!/bin/sh\n[ -f \"$1\" ] && [ \"$2\" = de ] || exit 9\n"
                                  "printf '1\\n00:00:02,000 --> 00:00:03,000\\nein Satz\\n' >\"${3:-/dev/stdout}\"\necho noise${3:+ on stdout} >&2\n");
        lp_asr_options o = { .engine = "command", .command = commands[i], .lang = "de-AT", .format = "srt" };
        lp_status s = hear(&p, &o, &words, &r, &d);
        if (s != LP_OK)
            fail_msg("%s", d.text);
        assert_int_equal(words.n, 2);
        assert_string_equal(words.items[0].text, "ein");
        assert_true(r.mean_p < 0);
        assert_string_equal(r.lang, "de");
        end(&p);
    }
}

static void a_command_that_fails_is_a_tool_that_fails(void **state)
{
    (void)state;
    static const char *const programs[] = { "#!/bin/sh\necho because >&2\nexit 3\n", "#!/bin/sh\nkill -9 $$\n", "#!/bin/sh\necho no captions\n" };
    static const char *const words_of[] = { "because", "signal 9", "captions" };
    for (size_t i = 0; i < 3; i++) {
        place p;
        lp_words words;
        lp_asr_report r;
        lp_diag d;
        begin(&p);
        put_program(&p, "engine", programs[i]);
        lp_asr_options o = { .engine = "command", .command = "engine", .format = "srt" };
        assert_int_equal(hear(&p, &o, &words, &r, &d), LP_ERR_TOOL);
        if (!strstr(d.text, words_of[i]))
            fail_msg("%s", d.text);
        end(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_fits_the_language_and_what_is_there),
        cmocka_unit_test(wrong_values_are_the_callers_fault),
        cmocka_unit_test(a_command_is_split_without_a_shell),
        cmocka_unit_test(whisper_cli_is_called_as_it_wants),
        cmocka_unit_test(a_command_writes_to_a_file_or_to_its_output),
        cmocka_unit_test(a_command_that_fails_is_a_tool_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
