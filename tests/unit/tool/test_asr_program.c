/* lecpack-asr as a program: its exit codes and what it says, without a model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/tmpdir.h"
#include "tool/spawn.h"

enum { MAX_ARGS = 16 };

static lp_status take(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    (void)is_whole;
    (void)n;
    (void)d;
    char *out = user;
    size_t at = strlen(out);
    snprintf(out + at, 4096 - at, "%s\n", line);
    return LP_OK;
}

static void every_way_to_fail_has_its_exit_code(void **state)
{
    (void)state;
    static const char wav[] = "RIFF\x40\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\4\0\0\0\0\0\0\0";
    static const struct {
        const char *args[12];
        int code;
        const char *out, *err;
    } rows[] = {
        { { "--help" }, 0, "--chunks FILE", "" },
        { { "--version" }, 0, "lecpack-asr/1", "" },
        { { NULL }, 64, "", "--lecpack-asr 1" },
        { { "--lecpack-asr", "2", "--wav", "a.wav", "--chunks", "c.tsv" }, 64, "", "--lecpack-asr 1" },
        { { "--lecpack-asr", "1", "--wav", "a.wav" }, 64, "", "--chunks" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "c.tsv", "more" }, 64, "", "more" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "c.tsv", "--threads", "0" }, 64, "", "--threads" },
        { { "--what" }, 64, "", "what" },
        { { "--lecpack-asr", "1", "--wav", "none.wav", "--chunks", "c.tsv" }, 64, "", "none.wav" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "none.tsv" }, 64, "", "none.tsv" },
        { { "--lecpack-asr", "1", "--wav", "c.tsv", "--chunks", "c.tsv" }, 64, "", "not a WAV" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "a.wav" }, 64, "", "line 1" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "c.tsv", "--lang", "de" }, 69, "", "English" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "c.tsv", "--model", "none" }, 69, "", "tokens.txt" },
        { { "--lecpack-asr", "1", "--wav", "a.wav", "--chunks", "c.tsv", "--model", "." }, 69, "", "" }, /* tokens, but no model */
    };
    char *dir = tmpdir_make();
    tmpdir_put(dir, "a.wav", wav, sizeof(wav) - 1);
    tmpdir_put(dir, "c.tsv", "1\t0\t1\n", 6);
    tmpdir_put(dir, "tokens.txt", "<unk>\n", 6);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *argv[MAX_ARGS] = { LECPACK_ASR_PROGRAM };
        char out[4096] = "";
        memcpy(argv + 1, rows[i].args, sizeof(rows[i].args));
        lp_spawn run = { .argv = argv, .folder = dir, .on_line = take, .user = out, .timeout_us = INT64_C(60000000) };
        lp_spawn_end end;
        lp_diag d = { 0 };
        assert_int_equal(lp_spawn_run(&run, &end, &d), LP_OK);
        const char *err = end.err.data ? end.err.data : "";
        if (end.code != rows[i].code || !strstr(out, rows[i].out) || !strstr(err, rows[i].err))
            fail_msg("row %zu: exit code %d, out \"%s\", err \"%s\"", i, end.code, out, err);
        assert_true((end.code == 0) == (err[0] == '\0'));
        lp_spawn_end_clear(&end);
    }
    tmpdir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_fail_has_its_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
