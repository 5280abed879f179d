/* What becomes of an engine that does well, and of one that does not. The engine is tests/support/fake-engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/time.h"
#include "support/tmpdir.h"
#include "tool/asr.h"

enum { HZ = 16000, N_BURSTS = 3, BURST_S = 2, PAUSE_S = 2, MAX_SECONDS = 40 };

static void put_le(unsigned char *p, uint32_t v, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (unsigned char)(v >> (8 * i));
}

/* N bursts of noise of 2 s, each with 2 s of pause before it; with a gap of 0.5 s in the middle of each if asked. */
static void put_bursts(const char *dir, const char *name, int n_bursts, int has_gap)
{
    size_t n = (size_t)(n_bursts * (BURST_S + PAUSE_S) + PAUSE_S) * HZ;
    unsigned char *w = lp_calloc(44 + 2 * n, 1);
    uint32_t seed = 5;
    assert_non_null(w);
    memcpy(w, "RIFF....WAVEfmt ", 16);
    put_le(w + 4, (uint32_t)(36 + 2 * n), 4);
    put_le(w + 16, 16, 4);
    put_le(w + 20, 1, 2);
    put_le(w + 22, 1, 2);
    put_le(w + 24, HZ, 4);
    put_le(w + 28, 2 * HZ, 4);
    put_le(w + 32, 2, 2);
    put_le(w + 34, 16, 2);
    memcpy(w + 36, "data", 4);
    put_le(w + 40, (uint32_t)(2 * n), 4);
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525U + 1013904223U;
        size_t at = i % ((BURST_S + PAUSE_S) * HZ);
        int is_loud = at >= PAUSE_S * HZ && !(has_gap && at >= PAUSE_S * HZ + HZ * 3 / 4 && at < PAUSE_S * HZ + HZ * 5 / 4);
        int32_t v = (int32_t)(seed >> 16) - 32768;
        put_le(w + 44 + 2 * i, (uint32_t)(v / (is_loud ? 8 : 2000)), 2);
    }
    tmpdir_put(dir, name, w, 44 + 2 * n);
    lp_free(w);
}

static void put_wav(const char *dir, const char *name, int n_bursts)
{
    put_bursts(dir, name, n_bursts, 0);
}

typedef struct fixture {
    char *dir;
    lp_arena arena;
    lp_asr_engine engine;
    lp_asr_job job;
    lp_words words;
    lp_asr_report report;
    lp_diag d;
} fixture;

static void begin(fixture *f, const char *mode)
{
    *f = (fixture){ .dir = tmpdir_make() };
    put_wav(f->dir, "speech.wav", N_BURSTS);
    f->engine = (lp_asr_engine){ .kind = LP_ASR_HELPER, .program = LECPACK_SOURCE_DIR "/tests/support/fake-engine", .model = mode, .lang = "en",
                                 .n_threads = 1, .least_timeout_us = 60000000, .timeout_times = 3 };
    f->job = (lp_asr_job){ .wav = lp_arena_strdup(&f->arena, tmpdir_path(f->dir, "speech.wav")), .folder = f->dir };
}

static lp_status run(fixture *f)
{
    f->words = (lp_words){ 0 };
    f->d = (lp_diag){ 0 };
    return lp_asr_transcribe(&f->engine, &f->job, &f->arena, &f->words, &f->report, &f->d);
}

static void end(fixture *f)
{
    lp_arena_clear(&f->arena);
    tmpdir_remove(f->dir);
}

/* The words, with a blank between. */
static const char *said(const fixture *f)
{
    static char text[4096];
    text[0] = '\0';
    for (size_t i = 0; i < f->words.n; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof(text) - at, "%s%s", i ? " " : "", f->words.items[i].text);
    }
    return text;
}

static size_t n_starts(const fixture *f)
{
    size_t n = 0, lines = 0;
    if (lp_file_stat(tmpdir_path(f->dir, "asr-chunks.tsv.starts")).kind == LP_FILE_NONE)
        return 0;
    char *text = tmpdir_get(f->dir, "asr-chunks.tsv.starts", &n);
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n';
    lp_free(text);
    return lines;
}

static int has_finding(const fixture *f, const char *code)
{
    for (size_t i = 0; i < f->report.findings.n; i++)
        if (lp_str_eq(f->report.findings.items[i].code, code))
            return 1;
    return 0;
}

static void assert_in_order(const fixture *f)
{
    for (size_t i = 0; i < f->words.n; i++) {
        const lp_word *w = &f->words.items[i];
        assert_true(w->start_us >= 0 && w->end_us >= w->start_us && w->end_us <= 14000000);
        assert_true(i == 0 || w->start_us >= w[-1].start_us);
        assert_true((w->p >= 0 && w->p <= 1) || w->p == -1.0F);
    }
}

/* Chunks begin at 1.8, 5.8 and 9.8 s: 0.2 s before the noise. */
static void hears_every_chunk_and_says_when(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "ok");
    f.job.origin_us = 100000000;
    assert_int_equal(run(&f), LP_OK);
    assert_string_equal(said(&f), "one-1 two-1 one-2 two-2 one-3 two-3");
    static const int starts_ms[] = { 102300, 102800, 106300, 106800, 110300, 110800 };
    for (size_t i = 0; i < 6; i++) /* the level is smoothed over 70 ms, which moves an edge by that at most */
        assert_in_range(f.words.items[i].start_us, starts_ms[i] * 1000 - 40000, starts_ms[i] * 1000 + 40000);
    assert_string_equal(f.report.engine, "fake 1");
    assert_string_equal(f.report.model, "none");
    assert_string_equal(f.report.model_sha256, "00ff");
    assert_string_equal(f.report.lang, "en");
    assert_int_equal(f.report.n_chunks, 3);
    assert_int_equal(f.report.n_failed, 0);
    assert_int_equal(f.report.n_unheard, 0);
    assert_true(fabs(f.report.mean_p - 0.85) < 1e-3);
    assert_int_equal(f.report.findings.n, 0);
    end(&f);
}

static void how_an_engine_fails(void **state)
{
    (void)state;
    static const struct {
        const char *mode;
        lp_status status;
        const char *said, *finding;
        size_t n_failed, n_starts;
        int64_t least_timeout_us;
    } rows[] = {
        { "slow", LP_OK, "one-1 two-1 one-2 two-2 one-3 two-3", NULL, 0, 1, 60000000 },
        { "twice", LP_OK, "one-1 two-1 one-2 two-2 one-3 two-3", NULL, 0, 1, 60000000 },
        { "crash-once", LP_OK, "one-1 two-1 one-2 two-2 one-3 two-3", NULL, 0, 2, 60000000 },
        { "crash", LP_OK, "one-1 two-1 one-3 two-3", "asr-chunk-failed", 1, 3, 60000000 },
        { "hang", LP_OK, "one-1 two-1 one-3 two-3", "asr-chunk-failed", 1, 3, 700000 },
        { "half", LP_OK, "one-1 two-1 one-3 two-3", "asr-chunk-failed", 1, 3, 60000000 },
        { "forgets", LP_OK, "one-1 two-1 one-3 two-3", "asr-chunk-failed", 1, 2, 60000000 },
        { "lies", LP_OK, "one-1 two-1 one-2 two-2 one-3 two-3", "asr-times", 0, 1, 60000000 },
        { "bytes", LP_OK,
          "one\xef\xbf\xbd\xef\xbf\xbd two three four one\xef\xbf\xbd\xef\xbf\xbd two three four one\xef\xbf\xbd\xef\xbf\xbd two three four", NULL, 0,
          1, 60000000 },
        { "silent", LP_OK, "", "asr-not-recognised", 0, 1, 60000000 },
        { "wordless", LP_ERR_TOOL, "", "asr-chunk-failed", 2, 6, 60000000 },
        { "garbage", LP_ERR_TOOL, "", "asr-chunk-failed", 2, 6, 60000000 },
        { "flood", LP_ERR_TOOL, "", "asr-chunk-failed", 2, 6, 60000000 },
        { "broken", LP_ERR_TOOL, "", "asr-chunk-failed", 2, 6, 60000000 },
        { "missing", LP_ERR_TOOL, "", NULL, 0, 1, 60000000 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        fixture f;
        begin(&f, rows[i].mode);
        f.engine.least_timeout_us = rows[i].least_timeout_us;
        f.engine.timeout_times = rows[i].least_timeout_us < 60000000 ? 0 : 3;
        int64_t begun = lp_time_monotonic_us();
        lp_status s = run(&f);
        if (s != rows[i].status)
            fail_msg("%s: status %d: %s", rows[i].mode, (int)s, f.d.text);
        if (strcmp(said(&f), rows[i].said) != 0)
            fail_msg("%s: it said: %s", rows[i].mode, said(&f));
        if (f.report.n_failed != rows[i].n_failed || n_starts(&f) != rows[i].n_starts)
            fail_msg("%s: %zu failed, %zu starts", rows[i].mode, f.report.n_failed, n_starts(&f));
        if (rows[i].finding ? !has_finding(&f, rows[i].finding) : f.report.findings.n != 0)
            fail_msg("%s: %zu findings, first %s", rows[i].mode, f.report.findings.n, f.report.findings.n ? f.report.findings.items[0].code : "");
        assert_true((s == LP_OK) == (f.d.text[0] == '\0'));
        assert_true(lp_time_monotonic_us() - begun < MAX_SECONDS * (int64_t)LP_SECOND_US);
        assert_in_order(&f);
        end(&f);
    }
}

static void a_missing_engine_is_said_with_its_own_words(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "missing");
    assert_int_equal(run(&f), LP_ERR_TOOL);
    assert_non_null(strstr(f.d.text, "the model is missing"));
    end(&f);
    begin(&f, "ok");
    f.engine.program = "/no/such/engine";
    assert_int_equal(run(&f), LP_ERR_TOOL);
    assert_non_null(strstr(f.d.text, "/no/such/engine"));
    assert_int_equal(n_starts(&f), 0);
    end(&f);
}

static void a_second_run_takes_all_from_the_journal(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "ok");
    assert_int_equal(run(&f), LP_OK);
    char first[4096];
    int64_t start = f.words.items[5].start_us;
    snprintf(first, sizeof(first), "%s", said(&f));
    assert_int_equal(run(&f), LP_OK);
    assert_string_equal(said(&f), first);
    assert_int_equal(f.words.items[5].start_us, start);
    assert_int_equal(f.report.n_resumed, 3);
    assert_string_equal(f.report.engine, "fake 1");
    assert_string_equal(f.report.model_sha256, "00ff");
    assert_int_equal(n_starts(&f), 1);
    end(&f);
}

/* Cut at every byte, as by a kill at any moment: what is whole is used, the rest is heard again, and the journal is whole after it. */
static void a_journal_cut_anywhere_is_gone_on_with(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "ok");
    assert_int_equal(run(&f), LP_OK);
    size_t n = 0, last_resumed = 0;
    char *whole = tmpdir_get(f.dir, "asr.journal", &n);
    for (size_t cut = 0; cut <= n; cut += cut + 40 > n ? 1 : 37) {
        tmpdir_put(f.dir, "asr.journal", whole, cut);
        assert_int_equal(run(&f), LP_OK);
        assert_string_equal(said(&f), "one-1 two-1 one-2 two-2 one-3 two-3");
        size_t kept = f.report.n_resumed, size = 0;
        assert_true(kept >= last_resumed && kept <= 3);
        last_resumed = kept;
        char *now = tmpdir_get(f.dir, "asr.journal", &size);
        assert_true(now[size - 1] == '\n');
        assert_int_equal(run(&f), LP_OK);
        assert_int_equal(f.report.n_resumed, 3);
        lp_free(now);
    }
    assert_int_equal(last_resumed, 3);
    lp_free(whole);
    end(&f);
}

static void a_journal_of_something_else_is_not_used(void **state)
{
    (void)state;
    static const lp_asr_term term = { 0, 5000000, "slope", 3 }, other = { 0, 5000000, "scope", 3 };
    fixture f;
    begin(&f, "ok");
    assert_int_equal(run(&f), LP_OK);
    f.job.terms = &term;
    f.job.n_terms = 1;
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.report.n_resumed, 0);
    char *terms = tmpdir_get(f.dir, "asr-terms.tsv", NULL);
    assert_string_equal(terms, "0.000\t5.000\tslope\t3.00\n");
    lp_free(terms);
    f.job.terms = &other;
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.report.n_resumed, 0);
    f.engine.model = "slow";
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.report.n_resumed, 0);
    put_wav(f.dir, "speech.wav", 2);
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.report.n_resumed, 0);
    assert_string_equal(said(&f), "one-1 two-1 one-2 two-2");
    end(&f);
}

/* The engine hears nothing in whole chunks, and all of it in pieces; the first of the two pieces is 0.2 s before the noise. */
static void what_gave_too_few_words_is_heard_again_in_pieces(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "sleepy");
    put_bursts(f.dir, "speech.wav", 2, 1);
    assert_int_equal(run(&f), LP_OK);
    assert_string_equal(said(&f), "one-1000000 two-1000000 one-1000001 two-1000001 one-1000002 two-1000002 one-1000003 two-1000003");
    assert_int_equal(f.report.n_chunks, 2);
    assert_int_equal(f.report.n_resplit, 2);
    assert_int_equal(f.report.n_unheard, 0);
    assert_int_equal(n_starts(&f), 2);
    assert_in_order(&f);
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.report.n_resumed, 6);
    assert_int_equal(n_starts(&f), 2);
    end(&f);
}

/* Of five chunks one passes over a part: it has words enough, but less than is usual here. It is heard again, being the worst,
 * and its pieces are taken where they give over a quarter more. */
static void what_gave_less_words_than_usual_is_heard_again_too(void **state)
{
    (void)state;
    static const struct {
        const char *mode;
        size_t n_chosen, n_words;
    } cases[] = { { "skips", 1, 6 + 6 + 6 + 4 + 6 }, { "evens", 0, 6 + 6 + 3 + 6 + 6 }, { "nears", 0, 6 + 6 + 4 + 6 + 6 } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture f;
        begin(&f, cases[i].mode);
        put_bursts(f.dir, "speech.wav", 5, 1);
        assert_int_equal(run(&f), LP_OK);
        if (f.report.n_chunks != 5 || f.report.n_resplit != 1 || f.report.n_chosen != cases[i].n_chosen || f.words.n != cases[i].n_words)
            fail_msg("%s: %zu chunks, %zu again, %zu chosen, %zu words: %s", cases[i].mode, f.report.n_chunks, f.report.n_resplit,
                     f.report.n_chosen, f.words.n, said(&f));
        assert_true((strstr(said(&f), "three-1000000") != NULL) == (cases[i].n_chosen > 0));
        assert_int_equal(n_starts(&f), 2);
        end(&f);
    }
}

static int want_stop(void *user)
{
    fixture *f = user;
    return lp_file_stat(tmpdir_path(f->dir, "asr-chunks.tsv.starts")).kind == LP_FILE_REGULAR;
}

static void stopping_keeps_what_is_there(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "hang");
    lp_progress p = { .is_cancelled = want_stop, .user = &f };
    f.job.progress = &p;
    assert_int_equal(run(&f), LP_ERR_CANCELLED);
    char *journal = tmpdir_get(f.dir, "asr.journal", NULL);
    assert_non_null(strstr(journal, "\"t\":\"job\""));
    lp_free(journal);
    end(&f);
}

static void sound_without_a_voice_needs_no_engine(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "broken");
    put_wav(f.dir, "speech.wav", 0);
    /* the room's noise at -96 dB is below what counts as sound */
    unsigned char *silence = lp_calloc(44 + 12 * 2 * HZ, 1);
    size_t n = 0;
    char *head = tmpdir_get(f.dir, "speech.wav", &n);
    memcpy(silence, head, 44);
    put_le(silence + 40, 12 * 2 * HZ, 4);
    tmpdir_put(f.dir, "speech.wav", silence, 44 + 12 * 2 * HZ);
    lp_free(silence);
    lp_free(head);
    assert_int_equal(run(&f), LP_OK);
    assert_int_equal(f.words.n, 0);
    assert_int_equal(f.report.n_chunks, 0);
    assert_int_equal(n_starts(&f), 0);
    end(&f);
}

static void the_sound_must_be_what_it_should(void **state)
{
    (void)state;
    fixture f;
    begin(&f, "ok");
    tmpdir_put(f.dir, "speech.wav", "RIFF", 4);
    assert_int_equal(run(&f), LP_ERR_INPUT);
    assert_non_null(strstr(f.d.text, "speech.wav"));
    f.job.wav = "/no/such.wav";
    assert_int_equal(run(&f), LP_ERR_NO_INPUT);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hears_every_chunk_and_says_when),
        cmocka_unit_test(how_an_engine_fails),
        cmocka_unit_test(a_missing_engine_is_said_with_its_own_words),
        cmocka_unit_test(a_second_run_takes_all_from_the_journal),
        cmocka_unit_test(a_journal_cut_anywhere_is_gone_on_with),
        cmocka_unit_test(a_journal_of_something_else_is_not_used),
        cmocka_unit_test(what_gave_too_few_words_is_heard_again_in_pieces),
        cmocka_unit_test(what_gave_less_words_than_usual_is_heard_again_too),
        cmocka_unit_test(stopping_keeps_what_is_there),
        cmocka_unit_test(sound_without_a_voice_needs_no_engine),
        cmocka_unit_test(the_sound_must_be_what_it_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
