/* A small class as the page is written from it, for the tests of the page. */
#ifndef UNIT_PACKAGE_LESSON_H
#define UNIT_PACKAGE_LESSON_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "package/page.h"

enum { SEC = 1000000 };

/* A small class: two chapters, three slides of which the last is the first again, two people. A
 * test changes what it is about before it writes the page. */
typedef struct lesson {
    lp_session session;
    lp_timeline timeline;
    lp_cues cues;
    lp_plan plan;
    lp_media media;
    lp_package_input package;
    lp_page_input page;
    lp_person people[2];
    lp_chapter chapters[2];
    lp_plan_slide slides[3];
    lp_cue said[4];
    lp_page_file pictures[3], sound, video;
} lesson;

static void lesson_init(lesson *l)
{
    *l = (lesson){
        .session = { .title = "Beads",
                     .lang = "en",
                     .recorded = "2025-03-02T10:00:00Z",
                     .media = { .name = "z.mp4" } },
        .people = { { "Ana" }, { "Student 2" } },
        .chapters = { { 0, "Start" }, { 20 * SEC, "Middle" } },
        .slides = { { 0, 10 * SEC, 0, -1, 0, NULL, 0 },
                    { 10 * SEC, 25 * SEC, 0, -1, 0, NULL, 0 },
                    { 25 * SEC, 90 * SEC, 0, 0, 0, NULL, 0 } },
        .said = { { 1 * SEC, 4 * SEC, "One & two.", 0, 0, 0, 0 },
                  { 9700000, 12 * SEC, "Second slide.", 0, 0, 0, 0 },
                  { 21 * SEC, 23 * SEC, "A question?", 1, 0, 0, 0 },
                  { 61500000, 64 * SEC, "Late.", 0, 0, 0, 0 } },
        .pictures = { { "slides/001.webp", 1500, "image/webp", 1280, 720 },
                      { "slides/002.webp", 2500, "image/webp", 1280, 720 },
                      { "slides/001.webp", 1500, "image/webp", 1280, 720 } },
        .sound = { "sound-3fa19c02.webm", 5000000, "audio/webm; codecs=opus", 0, 0 },
        .video = { "video-91c0d77e.webm", 9049999, "video/webm", 1280, 720 },
    };
    l->cues = (lp_cues){
        .n = 4, .people = l->people, .n_people = 2, .lang = "en", .origin = "human"
    };
    l->plan = (lp_plan){ .duration_us = 90 * SEC,
                         .chapters = l->chapters,
                         .n_chapters = 2,
                         .slides = l->slides,
                         .n_slides = 3,
                         .cues = l->said,
                         .n_cues = 4 };
    l->package =
        (lp_package_input){ &l->session, &l->timeline,    &l->cues, NULL, &l->plan, &l->media,
                            ".",         "lecpack 0.1.0", "libavformat", "" };
    l->page = (lp_page_input){ .id = "urn:uuid:1",
                               .package = &l->package,
                               .slides = l->pictures,
                               .n_slides = 3,
                               .sound = &l->sound,
                               .video = &l->video };
}

/* The page's text, for lp_free(). */
static char *written(const lesson *l)
{
    lp_diag d = { 0 };
    lp_buf out;
    lp_arena a = { 0 };
    lp_tracks tracks;
    lp_page_input in = l->page;
    lp_buf_init(&out, 1 << 24);
    assert_int_equal(lp_tracks_make(in.package, &a, &tracks, &d), LP_OK);
    in.tracks = &tracks;
    assert_int_equal(lp_page_write(&in, &out, &d), LP_OK);
    assert_int_equal(strlen(out.data), out.len);
    lp_arena_clear(&a);
    return out.data;
}

#endif
