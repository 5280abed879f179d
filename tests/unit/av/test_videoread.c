#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/tmpdir.h"

#include "av/mux.h"
#include "av/videoread.h"

/* A recording of one key frame and, after it, two frames that no other needs between each two that others do. */
enum { W = 64, H = 48, RATE = 25, N_FRAMES = 60 };

static char *dir, path[1024];

static int make(void **state)
{
    AVCodecContext *c = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MPEG4));
    AVFrame *f = av_frame_alloc();
    AVPacket *pkt = av_packet_alloc();
    lp_mux *m = NULL;
    (void)state;
    dir = tmpdir_make();
    snprintf(path, sizeof(path), "%s", tmpdir_path(dir, "clip.mkv"));
    c->width = f->width = W;
    c->height = f->height = H;
    c->pix_fmt = AV_PIX_FMT_YUV420P;
    f->format = AV_PIX_FMT_YUV420P;
    c->time_base = (AVRational){ 1, RATE };
    c->gop_size = 2 * N_FRAMES;
    c->max_b_frames = 2;
    c->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    c->global_quality = f->quality = 3 * FF_QP2LAMBDA;
    c->thread_count = 1;
    if (lp_mux_wants_global_header("matroska"))
        c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (avcodec_open2(c, NULL, NULL) < 0 || lp_mux_open(path, "matroska", c, &m, NULL) != LP_OK)
        return -1;
    for (int i = 0; i <= N_FRAMES; i++) {
        if (i < N_FRAMES && (av_frame_get_buffer(f, 0) < 0))
            return -1;
        for (int y = 0; i < N_FRAMES && y < H; y++) {
            for (int x = 0; x < W; x++)
                f->data[0][y * f->linesize[0] + x] = (uint8_t)(x < i ? 200 : 40 + y);
            memset(f->data[1 + y % 2] + y / 2 * f->linesize[1], 128, W / 2);
        }
        f->pts = i;
        if (avcodec_send_frame(c, i < N_FRAMES ? f : NULL) < 0)
            return -1;
        while (avcodec_receive_packet(c, pkt) >= 0)
            if (lp_mux_write(m, pkt, NULL) != LP_OK)
                return -1;
        for (int k = 0; k < AV_NUM_DATA_POINTERS; k++)
            av_buffer_unref(&f->buf[k]);
    }
    avcodec_free_context(&c);
    av_frame_free(&f);
    av_packet_free(&pkt);
    return lp_mux_close(&m, NULL) == LP_OK ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    tmpdir_remove(dir);
    return 0;
}

static const AVFrame *at(lp_videoread *r, int64_t t_us)
{
    const AVFrame *f = NULL;
    assert_int_equal(lp_videoread_at(r, t_us, &f, NULL), LP_OK);
    return f;
}

static void the_picture_of_a_moment_is_the_one_that_reading_through_gives(void **state)
{
    const lp_video_ref v = { path, 0, 0, NULL };
    lp_videoread *all = NULL, *one = NULL;
    const AVFrame *f = NULL;
    int64_t t = 0;
    int n = 0;
    (void)state;
    assert_int_equal(lp_videoread_open(&v, 0, &all, NULL), LP_OK);
    assert_int_equal(lp_videoread_open(&v, 0, &one, NULL), LP_OK);
    assert_int_equal(lp_videoread_range(all, 0, INT64_MAX / 4, NULL), LP_OK);
    for (; lp_videoread_next(all, &f, &t, NULL) == LP_OK && f; n++) {
        const AVFrame *g = at(one, t);
        assert_non_null(g);
        for (int y = 0; y < H; y++)
            assert_memory_equal(f->data[0] + y * f->linesize[0], g->data[0] + y * g->linesize[0], W);
    }
    assert_int_equal(n, N_FRAMES);
    lp_videoread_close(&all);
    lp_videoread_close(&one);
}

static void what_no_other_frame_needs_is_not_decoded_on_the_way_there(void **state)
{
    const lp_video_ref v = { path, 0, 0, NULL };
    lp_videoread *r = NULL;
    const AVFrame *f = NULL;
    int64_t t = 0;
    int n_before = 0;
    (void)state;
    assert_int_equal(lp_videoread_open(&v, 0, &r, NULL), LP_OK);
    assert_non_null(at(r, INT64_C(45) * 1000000 / RATE));
    assert_in_range(lp_videoread_stats(r).n_decoded, 45 / 3, 45 / 3 + 4);
    /* a range read after that has all of its frames, and the one that stood when it began */
    assert_int_equal(lp_videoread_range(r, INT64_C(20) * 1000000 / RATE, INT64_C(30) * 1000000 / RATE, NULL), LP_OK);
    for (; lp_videoread_next(r, &f, &t, NULL) == LP_OK && f; n_before++)
        if (n_before == 0)
            assert_in_range(lp_videoread_before(r)->data[0][18], 190, 210); /* the light ends at 19 */
    assert_int_equal(n_before, 10);
    lp_videoread_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_of_a_moment_is_the_one_that_reading_through_gives),
        cmocka_unit_test(what_no_other_frame_needs_is_not_decoded_on_the_way_there),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
