#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "encode/webp.h"

enum { W = 320, H = 240 };

static uint32_t seed;

static int noise(int most)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)(seed >> 16) % (2 * most + 1) - most;
}

static void put(AVFrame *f, int x, int y, int level)
{
    uint8_t *p = f->data[0] + y * f->linesize[0] + 4 * x;
    memset(p, level < 0 ? 0 : level > 255 ? 255 : level, 3);
    p[3] = 255;
}

/* Strokes on white with what a recorder's coder leaves around them. */
static AVFrame *drawn(void)
{
    AVFrame *f = lp_webp_picture(W, H);
    assert_non_null(f);
    seed = 11;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int is_near = x > 40 && x < 200 && y % 48 > 8 && y % 48 < 36, is_ink = is_near && x % 8 < 2 && y % 48 > 12 && y % 48 < 32;
            put(f, x, y, is_ink ? noise(6) : is_near ? 244 + noise(8) : 253);
        }
    return f;
}

static AVFrame *photographed(void)
{
    AVFrame *f = lp_webp_picture(W, H);
    assert_non_null(f);
    seed = 12;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            put(f, x, y, 40 + x / 4 + y / 3 + noise(2));
    return f;
}

/* A photograph on a slide without words: lossy coding keeps it in far fewer bytes. */
static AVFrame *mixed(void)
{
    AVFrame *f = photographed();
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W / 4; x++)
            put(f, x, y, 253);
    return f;
}

/* The kind of image data, RIFF container: https://developers.google.com/speed/webp/docs/riff_container */
static void assert_kind(AVFrame *f, const char kind[4], int *n_levels)
{
    AVPacket *coded = NULL;
    AVCodecContext *c = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_WEBP));
    AVFrame *back = av_frame_alloc();
    int is_lossless = -1, seen[256] = { 0 };
    assert_int_equal(lp_webp_code(f, &coded, &is_lossless, NULL), LP_OK);
    assert_int_equal(is_lossless, 0); /* not of what was given */
    assert_true(coded->size > 20);
    assert_memory_equal(coded->data + 12, kind, 4);
    assert_int_equal(avcodec_open2(c, NULL, NULL), 0);
    assert_int_equal(avcodec_send_packet(c, coded), 0);
    assert_int_equal(avcodec_receive_frame(c, back), 0);
    *n_levels = 0;
    for (int y = 0; back->format != AV_PIX_FMT_YUV420P && y < H; y++)
        for (int x = 0; x < W; x++)
            *n_levels += !seen[back->data[0][y * back->linesize[0] + 4 * x + 1]]++; /* of one channel, ARGB or BGRA */
    av_frame_free(&back);
    av_frame_free(&f);
    av_packet_free(&coded);
    avcodec_free_context(&c);
}

static void a_drawn_picture_is_coded_in_its_few_colours(void **state)
{
    int n_levels;
    (void)state;
    assert_kind(drawn(), "VP8L", &n_levels);
    assert_in_range(n_levels, 2, 9); /* the ground, and the levels of ink */
}

static void a_photograph_is_coded_lossy(void **state)
{
    int n_levels;
    (void)state;
    assert_kind(photographed(), "VP8 ", &n_levels);
}

static void a_photograph_on_a_ground_is_coded_lossy(void **state)
{
    int n_levels;
    (void)state;
    assert_kind(mixed(), "VP8 ", &n_levels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drawn_picture_is_coded_in_its_few_colours),
        cmocka_unit_test(a_photograph_is_coded_lossy),
        cmocka_unit_test(a_photograph_on_a_ground_is_coded_lossy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
