#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "av/cc_bytes.h"

typedef struct seen {
    size_t n;
    unsigned char triplets[40][3];
} seen;

static void take(void *user, const unsigned char triplet[3])
{
    seen *s = user;
    assert_true(s->n < 40);
    memcpy(s->triplets[s->n++], triplet, 3);
}

/* B5 0031 GA94 03, process_cc_data_flag and two triplets, em_data; the second has two zeros, so that a 3 stands behind. */
#define CC "\xb5\x00\x31GA94\x03\x42\xff\xfc\x94\x20\xfc\x00\x00"
#define CC_ESCAPED "\xb5\x00\x31GA94\x03\x42\xff\xfc\x94\x20\xfc\x00\x00\x03"
/* before it another message of four bytes, the zeros of which have a 3 behind them too: who counts that looks too far on */
#define MESSAGES "\x05\x04\x00\x00\x03\x01\xaa\x04\x10" CC_ESCAPED "\xff\x80"

static seen walk(lp_cc_coding coding, int length_bytes, const char *data, size_t n, int is_deep)
{
    seen s = { 0 };
    lp_cc_shape shape = { coding, length_bytes };
    lp_cc_walk(&shape, (const unsigned char *)data, n, is_deep, take, &s);
    return s;
}

#define WALK(coding, length_bytes, is_deep, text) walk(coding, length_bytes, text, sizeof(text) - 1, is_deep)

static void assert_both(seen s)
{
    assert_int_equal(s.n, 2);
    assert_memory_equal(s.triplets[0], "\xfc\x94\x20", 3);
    assert_memory_equal(s.triplets[1], "\xfc\x00\x00", 3);
}

static void captions_are_found_however_units_are_set_apart(void **state)
{
    (void)state;
    assert_both(WALK(LP_CC_H264, 0, 0, "\0\0\0\1\x09\xf0\0\0\1\x06" MESSAGES "\0\0\1\x65\x88\x84"));
    assert_both(WALK(LP_CC_H264, 4, 0, "\0\0\0\2\x09\xf0\0\0\0\x1d\x06" MESSAGES "\0\0\0\3\x65\x88\x84"));
    assert_both(WALK(LP_CC_H264, 2, 0, "\0\2\x09\xf0\0\x1d\x06" MESSAGES "\0\3\x65\x88\x84"));
    assert_both(WALK(LP_CC_HEVC, 0, 0, "\0\0\1\x40\1\x0c\0\0\1\x4e\x01" MESSAGES "\0\0\1\x26\1\xaf"));
    assert_both(WALK(LP_CC_HEVC, 4, 0, "\0\0\0\x1e\x4e\x01" MESSAGES "\0\0\0\3\x26\1\xaf"));
    assert_both(WALK(LP_CC_MPEG2, 0, 0, "\0\0\1\0\0\x10\0\0\1\xb2GA94\x03\x42\xff\xfc\x94\x20\xfc\x00\x00\xff\0\0\1\1zz"));
}

static void behind_the_first_slice_only_the_deep_walk_looks(void **state)
{
    (void)state;
    assert_int_equal(WALK(LP_CC_H264, 0, 0, "\0\0\1\x65\x88\0\0\1\x06" MESSAGES).n, 0);
    assert_both(WALK(LP_CC_H264, 0, 1, "\0\0\1\x65\x88\0\0\1\x06" MESSAGES));
    assert_int_equal(WALK(LP_CC_HEVC, 0, 0, "\0\0\1\x26\1\0\0\1\x50\1" MESSAGES).n, 0);
    assert_both(WALK(LP_CC_HEVC, 0, 1, "\0\0\1\x26\1\0\0\1\x50\1" MESSAGES));
}

static void other_user_data_is_none(void **state)
{
    (void)state;
    assert_int_equal(WALK(LP_CC_H264, 0, 1, "\0\0\1\x06\x05\x10" CC "\x80").n, 0);                 /* another message */
    assert_int_equal(WALK(LP_CC_H264, 0, 1, "\0\0\1\x06\x04\x08\xb5\x00\x31GA94\x06\x80").n, 0);    /* bar data */
    assert_int_equal(WALK(LP_CC_H264, 0, 1, "\0\0\1\x06\x04\x0a\xb5\x00\x31GA94\x03\x02\xff\x80").n, 0); /* flag not set */
    assert_int_equal(WALK(LP_CC_H264, 0, 1, "\0\0\1\x06\x04\x0a\xb5\x00\x2fGA94\x03\x42\xff\x80").n, 0);
    assert_int_equal(WALK(LP_CC_NO, 0, 1, "\0\0\1\x06" MESSAGES).n, 0);
}

/* Read beyond the end, were there no end: the copies are exactly as long as what is walked (for the sanitizer). */
static void a_packet_cut_anywhere_is_walked_to_its_end(void **state)
{
    (void)state;
    static const char starts[] = "\0\0\1\x06" MESSAGES "\0\0\1\x65", lengths[] = "\0\0\0\x1d\x06" MESSAGES "\0\0\0\1\x65";
    for (int k = 0; k < 2; k++) {
        const char *data = k ? lengths : starts;
        for (size_t n = 0; n < (k ? sizeof(lengths) : sizeof(starts)); n++) {
            char *copy = test_malloc(n + 1);
            memcpy(copy + 1, data, n);
            seen s = walk(LP_CC_H264, k ? 4 : 0, copy + 1, n, 1);
            assert_true(s.n <= 2);
            test_free(copy);
        }
    }
    assert_int_equal(WALK(LP_CC_H264, 4, 1, "\xff\xff\xff\xff\x06" MESSAGES).n, 0);
}

static void the_shape_is_read_from_the_extradata(void **state)
{
    (void)state;
    static const unsigned char avcc[] = { 1, 77, 0, 30, 0xfd, 0xe1 }, starts[] = { 0, 0, 0, 1, 0x67, 66 };
    unsigned char hvcc[23] = { 1 };
    hvcc[21] = 0x0f;
    assert_int_equal(lp_cc_shape_of(LP_CC_H264, avcc, sizeof(avcc)).length_bytes, 2);
    assert_int_equal(lp_cc_shape_of(LP_CC_H264, starts, sizeof(starts)).length_bytes, 0);
    assert_int_equal(lp_cc_shape_of(LP_CC_H264, NULL, 0).length_bytes, 0);
    assert_int_equal(lp_cc_shape_of(LP_CC_H264, avcc, 4).length_bytes, 0);
    assert_int_equal(lp_cc_shape_of(LP_CC_HEVC, hvcc, sizeof(hvcc)).length_bytes, 4);
}

static void padding_and_cea_708_are_told_from_letters(void **state)
{
    (void)state;
    static const struct {
        unsigned char triplet[3];
        unsigned bits;
    } cases[] = {
        { { 0xfc, 0x80, 0x80 }, LP_CC_SEEN },                 /* padding with parity */
        { { 0xfc, 0x94, 0x20 }, LP_CC_SEEN | LP_CC_LETTERS },
        { { 0xfd, 0x94, 0x20 }, LP_CC_SEEN | LP_CC_LETTERS }, /* field 2 */
        { { 0xf8, 0x94, 0x20 }, LP_CC_SEEN },                 /* not valid */
        { { 0xff, 0x02, 0x21 }, LP_CC_SEEN | LP_CC_708 },
        { { 0xfa, 0x00, 0x00 }, LP_CC_SEEN },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unsigned bits = 0;
        lp_cc_note(&bits, cases[i].triplet);
        assert_int_equal(bits, cases[i].bits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_are_found_however_units_are_set_apart),
        cmocka_unit_test(behind_the_first_slice_only_the_deep_walk_looks),
        cmocka_unit_test(other_user_data_is_none),
        cmocka_unit_test(a_packet_cut_anywhere_is_walked_to_its_end),
        cmocka_unit_test(the_shape_is_read_from_the_extradata),
        cmocka_unit_test(padding_and_cea_708_are_told_from_letters),
    };
    return cmocka_run_group_tests_name("av/cc_bytes", tests, NULL, NULL);
}
