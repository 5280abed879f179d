#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/tmpdir.h"

#include <libavutil/opt.h>

#include "av/compat.h"
#include "av/probe.h"
#include "av/subtitle.h"

/* Recordings of 12 s, 25 pictures a second, made here: two pop-on captions, two letters a picture. */

enum { RATE = 25, N_FRAMES = 300, FIRST_AT = 50, SECOND_AT = 125, CLEAR_AT = 225 };

static unsigned char with_parity(int c)
{
    int bits = 0;
    for (int i = 0; i < 7; i++)
        bits += c >> i & 1;
    return (unsigned char)(c | (bits % 2 ? 0 : 0x80));
}

/* The letters of picture i: a caption is loaded before it is shown, and controls are sent twice. */
static void letters_of(int i, int *a, int *b)
{
    static const struct {
        int shown_at;
        const char *text;
    } captions[] = { { FIRST_AT, "Good morning." }, { SECOND_AT, "The mean is small." } };
    *a = *b = 0;
    for (size_t k = 0; k < 2; k++) {
        int n = ((int)strlen(captions[k].text) + 1) / 2, first = captions[k].shown_at - n - 4, at = i - first;
        if (at < 0 || at > n + 5)
            continue;
        *a = 0x14;
        *b = at < 2 ? 0x20 : at < 4 ? 0x70 : 0x2f; /* load, bottom row, show */
        if (at >= 4 && at < n + 4) {
            *a = captions[k].text[2 * (at - 4)];
            *b = captions[k].text[2 * (at - 4) + 1];
        }
    }
    if (i == CLEAR_AT || i == CLEAR_AT + 1) {
        *a = 0x14;
        *b = 0x2c;
    }
}

static int has_field_2;

static void add_letters(AVFrame *f, int i, int is_padding)
{
    int a = 0, b = 0;
    if (!is_padding)
        letters_of(i, &a, &b);
    AVFrameSideData *sd = av_frame_new_side_data(f, AV_FRAME_DATA_A53_CC, 6);
    assert_non_null(sd);
    unsigned char both[6] = { 0xfc, with_parity(a), with_parity(b), 0xfd, 0x80, 0x80 };
    if (has_field_2) {
        memcpy(both + 4, both + 1, 2);
        both[1] = both[2] = 0x80;
    }
    memcpy(sd->data, both, 6);
}

static void drain(AVCodecContext *c, AVFormatContext *f, AVPacket *pkt)
{
    while (avcodec_receive_packet(c, pkt) == 0) {
        av_packet_rescale_ts(pkt, c->time_base, f->streams[0]->time_base);
        pkt->stream_index = 0;
        assert_int_equal(av_interleaved_write_frame(f, pkt), 0);
    }
}

static int make(const char *path, const char *encoder, int is_padding)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(encoder);
    AVFormatContext *f = NULL;
    if (!codec)
        return -1;
    assert_true(avformat_alloc_output_context2(&f, NULL, NULL, path) >= 0);
    AVCodecContext *c = avcodec_alloc_context3(codec);
    c->width = c->height = 64;
    c->pix_fmt = AV_PIX_FMT_YUV420P;
    c->time_base = (AVRational){ 1, RATE };
    c->framerate = (AVRational){ RATE, 1 };
    c->gop_size = RATE;
    c->max_b_frames = 2; /* pictures are in another order than they are shown */
    c->thread_count = 1;
    c->bit_rate = 100000;
    if (f->oformat->flags & AVFMT_GLOBALHEADER)
        c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    (void)av_opt_set(c->priv_data, "b_strategy", "0", 0);
    (void)av_opt_set(c->priv_data, "preset", "ultrafast", 0);
    (void)av_opt_set(c->priv_data, "x264-params", "bframes=2:b-adapt=0:log=-1", 0);
    (void)av_opt_set(c->priv_data, "a53cc", "1", 0);
    assert_int_equal(avcodec_open2(c, codec, NULL), 0);
    AVStream *st = avformat_new_stream(f, NULL);
    assert_true(avcodec_parameters_from_context(st->codecpar, c) >= 0);
    st->time_base = c->time_base;
    assert_true(avio_open(&f->pb, path, AVIO_FLAG_WRITE) >= 0);
    assert_true(avformat_write_header(f, NULL) >= 0);
    AVPacket *pkt = av_packet_alloc();
    for (int i = 0; i < N_FRAMES; i++) {
        AVFrame *frame = av_frame_alloc();
        frame->format = c->pix_fmt;
        frame->width = frame->height = 64;
        frame->pts = i;
        assert_int_equal(av_frame_get_buffer(frame, 0), 0);
        for (int y = 0; y < 64; y++)
            memset(frame->data[0] + y * frame->linesize[0], (y + 4 * i) & 255, 64);
        for (int y = 0; y < 32; y++) {
            memset(frame->data[1] + y * frame->linesize[1], 128, 32);
            memset(frame->data[2] + y * frame->linesize[2], 128, 32);
        }
        add_letters(frame, i, is_padding);
        assert_int_equal(avcodec_send_frame(c, frame), 0);
        av_frame_free(&frame);
        drain(c, f, pkt);
    }
    assert_int_equal(avcodec_send_frame(c, NULL), 0);
    drain(c, f, pkt);
    assert_int_equal(av_write_trailer(f), 0);
    avio_closep(&f->pb);
    av_packet_free(&pkt);
    avcodec_free_context(&c);
    avformat_free_context(f);
    return 0;
}

typedef struct told {
    size_t n;
    int64_t start_us[8], end_us[8];
    char text[8][64];
} told;

static lp_status tell(void *user, int64_t start_us, int64_t end_us, const char *name, const char *text, int is_vtt, lp_diag *d)
{
    told *t = user;
    (void)name;
    (void)is_vtt;
    (void)d;
    assert_true(t->n < 8);
    t->start_us[t->n] = start_us;
    t->end_us[t->n] = end_us;
    snprintf(t->text[t->n++], sizeof(t->text[0]), "%s", text);
    return LP_OK;
}

static void read_back(const char *path, unsigned *closed_captions, told *t)
{
    lp_arena a = { 0 };
    lp_probe p;
    lp_diag d = { 0 };
    int64_t n_bad = 0;
    assert_int_equal(lp_probe_read(path, &a, NULL, &p, &d), LP_OK);
    *closed_captions = p.streams[0].closed_captions;
    *t = (told){ 0 };
    assert_int_equal(lp_av_subtitles_read(path, 0, p.streams[0].start_us, NULL, tell, t, &n_bad, NULL, &d), LP_OK);
    assert_int_equal(n_bad, 0);
    lp_arena_clear(&a);
}

static void assert_near(int64_t us, int frame)
{
    assert_true(us >= (frame - 2) * 40000 && us <= (frame + 2) * 40000);
}

static void assert_captions(const char *path)
{
    told t;
    unsigned found;
    read_back(path, &found, &t);
    assert_true(found & LP_CC_LETTERS);
    assert_true(t.n >= 2);
    assert_string_equal(t.text[0], "Good morning.");
    assert_string_equal(t.text[1], "The mean is small.");
    assert_near(t.start_us[0], FIRST_AT);
    assert_near(t.end_us[0], SECOND_AT);
    assert_near(t.start_us[1], SECOND_AT);
    assert_near(t.end_us[1], CLEAR_AT);
}

static void captions_are_read_from_within_the_pictures(void **state)
{
    static const struct {
        const char *name, *encoder;
    } made[] = { { "a.mp4", "libx264" }, { "a.ts", "libx264" }, { "a.mkv", "libx264" }, { "b.ts", "mpeg2video" },
                 { "b.mpg", "mpeg2video" } };
    size_t n_made = 0;
    for (int field = 0; field < 2; field++)
        for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
            char path[512];
            snprintf(path, sizeof(path), "%s/%s", (const char *)*state, made[i].name);
            has_field_2 = field;
            if (make(path, made[i].encoder, 0) != 0)
                continue;
            n_made++;
            assert_captions(path);
        }
    has_field_2 = 0;
    if (!n_made)
        skip();
}

static void padding_alone_is_no_captions(void **state)
{
    char path[512];
    told t;
    unsigned found = 0;
    snprintf(path, sizeof(path), "%s/padding.mp4", (const char *)*state);
    if (make(path, "libx264", 1) != 0)
        skip();
    read_back(path, &found, &t);
    assert_int_equal(found, LP_CC_SEEN);
    assert_int_equal(t.n, 0);
}

static int setup(void **state)
{
    *state = tmpdir_make();
    return 0;
}

static int teardown(void **state)
{
    tmpdir_remove(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(captions_are_read_from_within_the_pictures, setup, teardown),
        cmocka_unit_test_setup_teardown(padding_alone_is_no_captions, setup, teardown),
    };
    av_log_set_level(AV_LOG_QUIET);
    return cmocka_run_group_tests_name("av/picture_cc", tests, NULL, NULL);
}
