#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/wav.h"
#include "support/tmpdir.h"

#define RIFF   "RIFF\x40\0\0\0WAVE"
#define FORMAT "fmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0"
#define DATA   "data\x08\0\0\0\0\0\0\x40\0\x80\xff\x7f"

static lp_status open_bytes(char *dir, const char *bytes, size_t n, lp_wav *w, lp_diag *d)
{
    *d = (lp_diag){ 0 };
    tmpdir_put(dir, "a.wav", bytes, n);
    return lp_wav_open(w, tmpdir_path(dir, "a.wav"), d);
}
#define OPEN(text) open_bytes(dir, text, sizeof(text) - 1, &w, &d)

static void samples_are_read_and_silence_lies_beyond(void **state)
{
    (void)state;
    char *dir = tmpdir_make();
    lp_wav w;
    lp_diag d;
    float x[6];
    static const float want[] = { 0, 0.5F, -1, 32767.0F / 32768, 0, 0 };
    assert_int_equal(OPEN(RIFF FORMAT DATA), LP_OK);
    assert_int_equal(w.n, 4);
    assert_int_equal(lp_wav_read(&w, 0, x, 6, &d), LP_OK);
    for (int i = 0; i < 6; i++)
        assert_true(fabsf(x[i] - want[i]) < 1e-6F);
    assert_int_equal(lp_wav_read(&w, 2, x, 1, &d), LP_OK);
    assert_true(x[0] < -0.99F);
    lp_wav_close(&w);
    /* a chunk of odd length before the sound, padded; and a size that promises more than there is */
    assert_int_equal(OPEN(RIFF "LIST\3\0\0\0abc\0" FORMAT "data\xff\xff\xff\xff\0\x40"), LP_OK);
    assert_int_equal(w.n, 1);
    assert_int_equal(lp_wav_read(&w, 0, x, 1, &d), LP_OK);
    assert_true(fabsf(x[0] - 0.5F) < 1e-6F);
    lp_wav_close(&w);
    tmpdir_remove(dir);
}

static void another_form_is_refused_by_name(void **state)
{
    (void)state;
    char *dir = tmpdir_make();
    lp_wav w;
    lp_diag d;
    static const struct {
        const char *bytes;
        size_t n;
    } rows[] = {
#define ROW(text) { text, sizeof(text) - 1 }
        ROW(""), ROW("RIFF"), ROW("RIFX\0\0\0\0WAVE"), ROW(RIFF), ROW(RIFF FORMAT), ROW(RIFF DATA FORMAT), ROW(RIFF "fmt \x10\0\0\0\1\0"),
        ROW(RIFF "fmt \x10\0\0\0\1\0\2\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0" DATA), /* two channels */
        ROW(RIFF "fmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x7d\0\0\2\0\x10\0" DATA), /* 48000 Hz */
        ROW(RIFF "fmt \x10\0\0\0\3\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x20\0" DATA), /* floats */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (open_bytes(dir, rows[i].bytes, rows[i].n, &w, &d) != LP_ERR_INPUT || !strstr(d.text, "a.wav"))
            fail_msg("row %zu: %s", i, d.text);
        assert_int_equal(w.fd, -1);
    }
    assert_int_equal(lp_wav_open(&w, dir, &d), LP_ERR_NO_INPUT);
    assert_int_equal(lp_wav_open(&w, tmpdir_path(dir, "none"), &d), LP_ERR_NO_INPUT);
    tmpdir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_read_and_silence_lies_beyond),
        cmocka_unit_test(another_form_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
