/* The built-in engine with its real model, on recorded and on made speech. LECPACK_ASR_DIR names the model's folder; without it the
 * data folder is looked in. Skipped where there is none (tools/get-asr-model fetches it), or where the recordings
 * (pocketsphinx-testdata), flite, espeak-ng or sox are missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/wav.h"
#include "support/tmpdir.h"
#include "tool/asr.h"
#include "tool/spawn.h"

#define LIBRIVOX "/usr/share/pocketsphinx/test/data/librivox"

enum { MAX_WORDS = 512, WORD = 64, MAX_TEXT = 8192, HZ = 16000, BLOCK = 160, MAX_PARTS = 8, MAX_SAMPLES = 60 * HZ };

static const char *const utterances[] = { "0870", "0880", "0890", "0920", "0930" };
static const char librivox_text[] =
    "and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for them "
    "he was not an ill disposed young man "
    "unless to be rather cold hearted and rather selfish is to be ill disposed "
    "had he married a more amiable woman he might have been made still more respectable than he was "
    "he might even have been made amiable himself";

/* 38 words of a lecture, written for this test. */
static const char lecture_text[] =
    "Today we look at linear regression. The slope tells us how much the outcome changes when the predictor grows by one. "
    "The residual is the difference between what we observed and what the model expected to see.";

typedef struct fixture {
    char *dir;
    lp_arena arena;
    lp_asr_engine engine;
    lp_words words;
    lp_asr_report report;
    const lp_asr_term *terms;
    size_t n_terms;
} fixture;

/* Skips the test without a model. */
static void begin(fixture *f)
{
    const char *dir = getenv("LECPACK_ASR_DIR");
    *f = (fixture){ 0 };
    lp_diag d = { 0 };
    lp_asr_options o = { .engine = "builtin", .lang = "en", .program = LECPACK_ASR_PROGRAM, .model = dir && *dir ? dir : NULL };
    if (lp_asr_find(&o, &f->arena, &f->engine, &d) != LP_OK) {
        print_message("skipped: %s\n", d.text);
        lp_arena_clear(&f->arena);
        skip();
    }
    f->engine.least_timeout_us = INT64_C(600) * 1000000; /* under sanitizers, beside other tests */
    f->dir = tmpdir_make();
}

static void end(fixture *f)
{
    lp_arena_clear(&f->arena);
    tmpdir_remove(f->dir);
}

/* Runs a program of the machine; skips the test where it is missing. */
static void call(fixture *f, const char *const *argv)
{
    lp_spawn run = { .argv = argv, .folder = f->dir, .timeout_us = INT64_C(60000000) };
    lp_spawn_end e;
    lp_diag d = { 0 };
    lp_arena a = { 0 };
    const char *path = lp_spawn_find(argv[0], &a);
    lp_arena_clear(&a);
    if (!path) {
        print_message("skipped: there is no %s here\n", argv[0]);
        end(f);
        skip();
    }
    if (lp_spawn_run(&run, &e, &d) != LP_OK || e.code != 0)
        fail_msg("%s failed: %s %s", argv[0], d.text, e.err.data ? e.err.data : "");
    lp_spawn_end_clear(&e);
}

static void need_recordings(fixture *f)
{
    if (lp_file_stat(LIBRIVOX).kind == LP_FILE_DIR)
        return;
    print_message("skipped: there is no " LIBRIVOX " (pocketsphinx-testdata)\n");
    end(f);
    skip();
}

static void hear(fixture *f, const char *wav)
{
    lp_diag d = { 0 };
    lp_asr_job job = { .wav = wav, .folder = f->dir, .terms = f->terms, .n_terms = f->n_terms };
    lp_file_info info = lp_file_stat(wav);
    struct rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    f->words = (lp_words){ 0 };
    if (lp_asr_transcribe(&f->engine, &job, &f->arena, &f->words, &f->report, &d) != LP_OK)
        fail_msg("%s: %s", wav, d.text);
    getrusage(RUSAGE_CHILDREN, &after);
    double cpu = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) + (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
    print_message("%s: %.1f s of sound, %.1f s of CPU, at most %ld MB; %zu words, mean p %.3f, %zu chunks, %zu again\n", lp_path_base(wav),
                  (double)info.bytes / 32000, cpu, after.ru_maxrss / 1024, f->words.n, f->report.mean_p, f->report.n_chunks,
                  f->report.n_resplit);
    for (size_t i = 0; i < f->words.n; i++) {
        const lp_word *w = &f->words.items[i];
        assert_true(w->end_us >= w->start_us && (i == 0 || w->start_us >= w[-1].end_us));
        assert_true(w->p >= 0 && w->p <= 1);
    }
}

/* Words in lower case without signs; a hyphen parts words, "Mr." is "mister". */
static size_t plain_words(const char *text, char words[MAX_WORDS][WORD])
{
    size_t n = 0, len = 0;
    for (;; text++) {
        char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (n < MAX_WORDS && len < WORD - 1)
                words[n][len++] = c;
        } else if ((c == ' ' || c == '-' || c == '\0') && len > 0) {
            words[n][len] = '\0';
            if (strcmp(words[n], "mr") == 0)
                snprintf(words[n], WORD, "mister");
            n++;
            len = 0;
        }
        if (c == '\0')
            return n;
    }
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* How many words must be changed, put in or taken out to get from one text to the other (Levenshtein). */
static size_t n_wrong(const char *wanted, const char *got)
{
    static char a[MAX_WORDS][WORD], b[MAX_WORDS][WORD];
    size_t n = plain_words(wanted, a), m = plain_words(got, b), row[MAX_WORDS + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, corner + (strcmp(a[i - 1], b[j - 1]) != 0));
            corner = above;
        }
    }
    return row[m];
}

static const char *said(const fixture *f)
{
    static char text[MAX_TEXT];
    text[0] = '\0';
    for (size_t i = 0; i < f->words.n; i++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof(text) - at, "%s ", f->words.items[i].text);
    }
    return text;
}

static void assert_wrong_at_most(const fixture *f, const char *wanted, size_t most)
{
    size_t wrong = n_wrong(wanted, said(f));
    print_message("%zu wrong: %s\n", wrong, said(f));
    assert_true(wrong <= most);
}

static const char *utterance(fixture *f, size_t i)
{
    return lp_arena_printf(&f->arena, LIBRIVOX "/sense_and_sensibility_01_austen_64kb-%s.wav", utterances[i]);
}

static void the_measure_of_wrong_words_sees_them(void **state)
{
    (void)state;
    assert_int_equal(n_wrong("one two three", "One, two-three."), 0);
    assert_int_equal(n_wrong("one two three", "one three"), 1);
    assert_int_equal(n_wrong("one two three", "one too three four"), 2);
    assert_int_equal(n_wrong("mister smith", ""), 2);
}

static void a_reader_is_understood(void **state)
{
    (void)state;
    fixture f;
    char all[MAX_TEXT] = "";
    begin(&f);
    need_recordings(&f);
    for (size_t i = 0; i < 5; i++) {
        hear(&f, utterance(&f, i));
        size_t at = strlen(all);
        snprintf(all + at, sizeof(all) - at, "%s ", said(&f));
    }
    size_t wrong = n_wrong(librivox_text, all);
    print_message("%zu of 70 wrong: %s\n", wrong, all);
    assert_true(wrong <= 2);
    end(&f);
}

static void a_made_voice_is_understood(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    const char *raw = tmpdir_path(f.dir, "raw.wav"), *wav = tmpdir_path(f.dir, "lecture.wav");
    const char *flite[] = { "flite", "-voice", "slt", "-t", lecture_text, "-o", raw, NULL };
    const char *espeak[] = { "espeak-ng", "-v", "en-us", "-s", "140", "-w", raw, lecture_text, NULL };
    const char *sox[] = { "sox", raw, "-r", "16000", "-c", "1", "-b", "16", wav, NULL };
    const char *const *const voices[] = { flite, espeak };
    for (size_t i = 0; i < 2; i++) {
        call(&f, voices[i]);
        call(&f, sox);
        hear(&f, wav);
        assert_wrong_at_most(&f, lecture_text, 3);
    }
    end(&f);
}

/* The residual and the predictor are on the slide: they may only help. */
static void terms_of_the_slide_help(void **state)
{
    (void)state;
    static const lp_asr_term terms[] = { { 0, INT64_C(20000000), "predictor", 0 }, { 0, INT64_C(20000000), "residual", 0 },
                                         { INT64_C(60000000), INT64_C(90000000), "elsewhere", 6 } };
    fixture f;
    begin(&f);
    const char *raw = tmpdir_path(f.dir, "raw.wav"), *wav = tmpdir_path(f.dir, "lecture.wav");
    const char *espeak[] = { "espeak-ng", "-v", "en-us", "-s", "140", "-w", raw, lecture_text, NULL };
    const char *sox[] = { "sox", raw, "-r", "16000", "-c", "1", "-b", "16", wav, NULL };
    call(&f, espeak);
    call(&f, sox);
    f.terms = terms;
    f.n_terms = 3;
    hear(&f, wav);
    assert_wrong_at_most(&f, lecture_text, 3);
    assert_non_null(strstr(said(&f), "predictor "));
    assert_non_null(strstr(said(&f), "residual "));
    end(&f);
}

static void no_words_come_from_what_is_no_speech(void **state)
{
    (void)state;
    fixture f;
    begin(&f);
    const char *wav = tmpdir_path(f.dir, "sound.wav");
    const char *silence[] = { "sox", "-R", "-D", "-n", "-r", "16000", "-c", "1", "-b", "16", wav, "trim", "0", "12", NULL };
    const char *noise[] = { "sox", "-R", "-n", "-r", "16000", "-c", "1", "-b", "16", wav, "synth", "12", "whitenoise", "gain", "-20", NULL };
    const char *hum[] = { "sox", "-R", "-n", "-r", "16000", "-c", "1", "-b", "16", wav, "synth", "12", "brownnoise", "tremolo", "0.4", "80", "gain", "-12", NULL };
    const char *music[] = { "sox", "-R", "-n", "-r", "16000", "-c", "1", "-b", "16", wav, "synth", "2", "pluck", "C3", "pluck", "E3", "pluck", "G3",
                            "pluck", "C4", "remix", "-", "fade", "0", "2", "0.3", "gain", "-6", "repeat", "5", NULL };
    const char *const *const sounds[] = { silence, noise, hum, music };
    for (size_t i = 0; i < 4; i++) {
        call(&f, sounds[i]);
        hear(&f, wav);
        if (f.words.n)
            fail_msg("sound %zu: %s", i, said(&f));
    }
    end(&f);
}

/* A long sound that is put together from parts, with faint noise between. */
typedef struct assembly {
    int16_t *pcm;
    size_t n;
    size_t n_parts, start[MAX_PARTS], end[MAX_PARTS]; /* first and last sample with a voice, by the part's own wave form */
    uint32_t seed;
} assembly;

static void add_noise(assembly *a, int ms)
{
    for (size_t i = 0; i < (size_t)ms * HZ / 1000; i++) {
        a->seed = a->seed * 1664525U + 1013904223U;
        a->pcm[a->n++] = (int16_t)((int)(a->seed >> 26) - 32);
    }
}

static double block_energy(const float *pcm)
{
    double sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += (double)pcm[i] * (double)pcm[i];
    return sum;
}

/* Appends the part of a file from its first to its last block of 10 ms that is louder than 3 % of its loudest. */
static void add_part(assembly *a, const char *path)
{
    lp_wav w;
    lp_diag d = { 0 };
    assert_int_equal(lp_wav_open(&w, path, &d), LP_OK);
    size_t n_blocks = (size_t)w.n / BLOCK, first = n_blocks, last = 0;
    float *pcm = lp_calloc(n_blocks * BLOCK, sizeof(*pcm));
    assert_non_null(pcm);
    assert_int_equal(lp_wav_read(&w, 0, pcm, n_blocks * BLOCK, &d), LP_OK);
    double loudest = 0;
    for (size_t i = 0; i < n_blocks; i++)
        loudest = fmax(loudest, block_energy(pcm + i * BLOCK));
    for (size_t i = 0; i < n_blocks; i++) {
        if (block_energy(pcm + i * BLOCK) < loudest * 0.03 * 0.03)
            continue;
        first = i < first ? i : first;
        last = i + 1;
    }
    assert_true(a->n_parts < MAX_PARTS && a->n + n_blocks * BLOCK < MAX_SAMPLES);
    a->start[a->n_parts] = a->n;
    for (size_t i = first * BLOCK; i < last * BLOCK; i++)
        a->pcm[a->n++] = (int16_t)lrintf(pcm[i] * 32768);
    a->end[a->n_parts++] = a->n;
    lp_free(pcm);
    lp_wav_close(&w);
}

static const char *put_assembly(fixture *f, const assembly *a)
{
    unsigned char head[44] = "RIFF....WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data";
    uint32_t bytes = (uint32_t)(2 * a->n);
    char *all = lp_calloc(44 + bytes, 1);
    assert_non_null(all);
    for (int i = 0; i < 4; i++) {
        head[4 + i] = (unsigned char)((bytes + 36) >> (8 * i));
        head[40 + i] = (unsigned char)(bytes >> (8 * i));
    }
    memcpy(all, head, 44);
    memcpy(all + 44, a->pcm, bytes); /* little-endian, as all machines that the model runs on */
    tmpdir_put(f->dir, "all.wav", all, 44 + bytes);
    lp_free(all);
    return lp_arena_strdup(&f->arena, tmpdir_path(f->dir, "all.wav"));
}

/* Each part's first word must begin within 0.3 s of the part's voice, its last end within 0.5 s of its end; no word may lie between parts. `firsts` are
 * the first words of the parts. */
static void assert_in_place(const fixture *f, const assembly *a, const char *const *firsts)
{
    size_t word = 0;
    double worst = 0, worst_end = 0;
    for (size_t i = 0; i < a->n_parts; i++) {
        double start = (double)a->start[i] / HZ, end_s = (double)a->end[i] / HZ;
        char plain[MAX_WORDS][WORD];
        assert_true(word < f->words.n);
        double first = (double)f->words.items[word].start_us / 1e6, last = 0;
        assert_true(plain_words(f->words.items[word].text, plain) >= 1);
        if (strcmp(plain[0], firsts[i]) != 0)
            fail_msg("part %zu begins with \"%s\", not \"%s\"", i, plain[0], firsts[i]);
        while (word < f->words.n && (double)f->words.items[word].start_us / 1e6 < end_s + 0.1)
            last = (double)f->words.items[word++].end_us / 1e6;
        worst = fmax(worst, fabs(first - start));
        worst_end = fmax(worst_end, fabs(last - end_s));
        print_message("part %zu: voice %.2f to %.2f, words %.2f to %.2f\n", i, start, end_s, first, last);
    }
    assert_int_equal(word, f->words.n);
    assert_true(worst <= 0.3);
    assert_true(worst_end <= 0.5);
}

static void utterances_are_where_they_are_said(void **state)
{
    (void)state;
    static const char *const firsts[] = { "and", "he", "unless", "had", "he" };
    static const int gaps_ms[] = { 1500, 700, 3000, 500, 2000 };
    fixture f;
    begin(&f);
    need_recordings(&f);
    assembly a = { .pcm = lp_calloc(MAX_SAMPLES, sizeof(int16_t)), .seed = 1 };
    for (size_t i = 0; i < 5; i++) {
        add_noise(&a, gaps_ms[i]);
        add_part(&a, utterance(&f, i));
    }
    add_noise(&a, 2000);
    hear(&f, put_assembly(&f, &a));
    lp_free(a.pcm);
    assert_in_place(&f, &a, firsts);
    assert_wrong_at_most(&f, librivox_text, 3);
    end(&f);
}

/* Phrases of a made voice, so that many words have a start that is known. */
static void phrases_are_where_they_are_said(void **state)
{
    (void)state;
    static const char *const phrases[] = { "The slope of the line", "tells us how much", "our outcome will change", "every time the predictor",
                                           "grows by one unit", "and nothing else moves" };
    static const char *const firsts[] = { "the", "tells", "our", "every", "grows", "and" };
    fixture f;
    begin(&f);
    const char *raw = tmpdir_path(f.dir, "raw.wav"), *wav = tmpdir_path(f.dir, "part.wav");
    assembly a = { .pcm = lp_calloc(MAX_SAMPLES, sizeof(int16_t)), .seed = 1 };
    for (size_t i = 0; i < 6; i++) {
        const char *flite[] = { "flite", "-voice", "slt", "-t", phrases[i], "-o", raw, NULL };
        const char *sox[] = { "sox", raw, "-r", "16000", "-c", "1", "-b", "16", wav, NULL };
        call(&f, flite);
        call(&f, sox);
        add_noise(&a, 400 + (int)i * 120);
        add_part(&a, wav);
    }
    add_noise(&a, 1000);
    hear(&f, put_assembly(&f, &a));
    lp_free(a.pcm);
    assert_in_place(&f, &a, firsts);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_of_wrong_words_sees_them),
        cmocka_unit_test(a_reader_is_understood),
        cmocka_unit_test(a_made_voice_is_understood),
        cmocka_unit_test(terms_of_the_slide_help),
        cmocka_unit_test(no_words_come_from_what_is_no_speech),
        cmocka_unit_test(utterances_are_where_they_are_said),
        cmocka_unit_test(phrases_are_where_they_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
