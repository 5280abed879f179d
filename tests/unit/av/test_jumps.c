#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "av/joined.h"

enum { PICTURE, SOUND, STEP_MS = 500 };

/* A recording in parts: each stream's packets come every half a second, at rising places. */
typedef struct part {
    int streams;                        /* bit PICTURE, bit SOUND */
    int64_t start_ms, picture_start_ms; /* picture_start_ms -1: as the sound's */
    int n;
} part;

static AVFormatContext *new_recording(const char *format)
{
    AVFormatContext *f = avformat_alloc_context();
    assert_non_null(f);
    f->iformat = av_find_input_format(format);
    assert_non_null(f->iformat);
    for (int i = 0; i < 2; i++) {
        AVStream *st = avformat_new_stream(f, NULL);
        assert_non_null(st);
        st->codecpar->codec_type = i == PICTURE ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
        st->time_base = (AVRational){ 1, 1000 };
    }
    return f;
}

static void push_part(lp_jumps *j, const part *p, int64_t *pos)
{
    lp_diag d = { 0 };
    AVPacket *pkt = av_packet_alloc();
    assert_non_null(pkt);
    for (int i = 0; i < p->n; i++)
        for (int s = PICTURE; s <= SOUND; s++) {
            if (!(p->streams >> s & 1))
                continue;
            pkt->stream_index = s;
            pkt->pts = pkt->dts =
                (s == PICTURE && p->picture_start_ms >= 0 ? p->picture_start_ms : p->start_ms) +
                i * STEP_MS;
            pkt->duration = STEP_MS;
            pkt->pos = *pos += 188;
            assert_int_equal(lp_jumps_push(j, pkt, &d), LP_OK);
        }
    av_packet_free(&pkt);
}

static size_t find(const part *parts, size_t n, lp_arena *a, lp_joints *out,
                   lp_probe_joint **told)
{
    lp_diag d = { 0 };
    lp_jumps *j = NULL;
    size_t n_told = 0;
    int64_t pos = 0;
    AVFormatContext *f = new_recording("mpegts");
    assert_int_equal(lp_jumps_new(f, &j, &d), LP_OK);
    assert_non_null(j);
    for (size_t i = 0; i < n; i++)
        push_part(j, &parts[i], &pos);
    assert_int_equal(lp_jumps_finish(j, a, out, told, &n_told, &d), LP_OK);
    lp_jumps_free(&j);
    avformat_free_context(f);
    return n_told;
}

static void parts_follow_each_other_without_a_hole(void **state)
{
    /* 10 s from 5 s on, 4 s from 1 s on, 2 s from an hour on */
    const part parts[] = { { 3, 5000, -1, 20 }, { 3, 1000, -1, 8 }, { 3, 3600000, -1, 4 } };
    lp_arena a = { 0 };
    lp_joints j = { 0 };
    lp_probe_joint *told = NULL;
    (void)state;
    assert_int_equal(find(parts, 3, &a, &j, &told), 2);
    assert_int_equal(told[0].at_us, 15000000);
    assert_int_equal(told[0].jump_us, -14000000);
    assert_int_equal(told[1].at_us, 19000000);
    assert_int_equal(j.n, 4);
    assert_int_equal(j.items[0].shift_us, 14000000);
    assert_int_equal(j.items[3].shift_us, 19000000 - 3600000000);
    assert_int_equal(j.items[PICTURE].pos_bytes,
                     41 * 188); /* 20 packets a stream come before, from 188 on */
    assert_int_equal(j.items[SOUND].pos_bytes, 42 * 188);
    lp_arena_clear(&a);
}

static void sound_and_picture_keep_their_distance(void **state)
{
    /* behind the joint the picture begins 0.3 s after the sound: so it stays */
    const part parts[] = { { 3, 5000, -1, 20 }, { 3, 1000, 1300, 8 } };
    lp_arena a = { 0 };
    lp_joints j = { 0 };
    lp_probe_joint *told = NULL;
    (void)state;
    assert_int_equal(find(parts, 2, &a, &j, &told), 1);
    assert_int_equal(j.items[PICTURE].shift_us, 14000000);
    assert_int_equal(j.items[SOUND].shift_us, 14000000);
    lp_arena_clear(&a);
}

static void what_is_no_joint_stays(void **state)
{
    static const struct {
        part parts[2];
        size_t n_joints;
    } cases[] = {
        { { { 3, 0, -1, 20 }, { 3, 10000, -1, 8 } }, 0 }, /* goes on */
        { { { 3, 0, -1, 20 }, { 3, 0, 10000, 8 } }, 0 },  /* the sound alone jumps back */
        { { { 3, 0, -1, 20 }, { 3, 18000, -1, 8 } }, 0 }, /* a hole of 8 s: time that passed */
        { { { 3, 0, -1, 20 }, { 3, 21000, -1, 8 } }, 1 }, /* of 11 s */
        { { { 1, 0, -1, 20 }, { 1, 300000, -1, 8 } },
          0 },                                        /* pictures alone may be minutes apart */
        { { { 3, 0, -1, 20 }, { 2, 0, -1, 8 } }, 1 }, /* the picture had ended */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_joints j = { 0 };
        lp_probe_joint *told = NULL;
        size_t n = find(cases[i].parts, 2, &a, &j, &told);
        lp_arena_clear(&a);
        if (n != cases[i].n_joints)
            fail_msg("case %zu: %zu joints", i, n);
    }
}

static void containers_that_know_their_places_are_not_looked_at(void **state)
{
    lp_diag d = { 0 };
    lp_jumps *j = NULL;
    AVFormatContext *f = new_recording("matroska");
    (void)state;
    assert_int_equal(lp_jumps_new(f, &j, &d), LP_OK);
    assert_null(j);
    avformat_free_context(f);
}

static void packets_are_moved_by_their_place(void **state)
{
    lp_joint items[] = { { PICTURE, 100, 5000000 },
                         { SOUND, 300, 5000000 },
                         { PICTURE, 200, -1000000 } };
    lp_joints j = { .items = items, .n = 3 };
    lp_joined at = { .joints = &j, .stream = PICTURE };
    AVFormatContext *f = new_recording("mpegts");
    AVPacket *pkt = av_packet_alloc();
    const int64_t places[] = { 99, 100, -1, 250, 150, 250, 99 }; /* back after a seek */
    const int64_t moved[] = { 7000, 12000, 12000, 6000, 12000, 6000, 7000 };
    (void)state;
    for (int i = 0; i < 7; i++) {
        pkt->pos = places[i]; /* -1: as the one before */
        pkt->pts = 7000;
        pkt->dts = AV_NOPTS_VALUE;
        lp_joined_move(&at, f, pkt);
        assert_int_equal(pkt->pts, moved[i]);
        assert_true(pkt->dts == AV_NOPTS_VALUE);
    }
    av_packet_free(&pkt);
    avformat_free_context(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_follow_each_other_without_a_hole),
        cmocka_unit_test(sound_and_picture_keep_their_distance),
        cmocka_unit_test(what_is_no_joint_stays),
        cmocka_unit_test(containers_that_know_their_places_are_not_looked_at),
        cmocka_unit_test(packets_are_moved_by_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
