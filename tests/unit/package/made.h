/* A small class with made-up media, for the tests of what is done with packages. */
#ifndef UNIT_PACKAGE_MADE_H
#define UNIT_PACKAGE_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "package/package.h"
#include "support/tmpdir.h"

enum { MADE_SECOND = 1000000, MADE_SOUND_BYTES = 600000, MADE_SLIDES = 4 };

/* Three pictures for four slides: the third slide is the first again, and the last picture has
 * the bytes of the second. A test changes what it is about, then builds. */
typedef struct made {
    char *dir; /* holds work/, and what a test makes */
    lp_session session;
    lp_timeline timeline;
    lp_cues cues;
    lp_plan plan;
    lp_media media;
    lp_package_input in;
    lp_person people[2];
    lp_chapter chapters[2];
    lp_plan_slide slides[MADE_SLIDES];
    lp_cue said[3];
    lp_media_file files[5];
    int slide_file[MADE_SLIDES];
    lp_map_piece pieces[2];
    lp_caption_source captions[2];
    lp_finding finding;
    char media_dir[4200];
    lp_arena arena;
} made;

static inline void made_media(made *m)
{
    static const char names[5][16] = { "a.webp", "b.webp", "c.webp", "s.webm", "v.webm" };
    static unsigned char bytes[MADE_SOUND_BYTES];
    lp_diag d = { 0 };
    snprintf(m->media_dir, sizeof(m->media_dir), "%s/work", m->dir);
    assert_int_equal(lp_file_mkdirs(m->media_dir, &d), LP_OK);
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)((uint32_t)i * 2654435761u >> 13);
    tmpdir_put(m->media_dir, names[0], "first picture", 13);
    tmpdir_put(m->media_dir, names[1], "second picture", 14);
    tmpdir_put(m->media_dir, names[2], "third picture!", 14);
    tmpdir_put(m->media_dir, names[3], bytes, sizeof(bytes));
    tmpdir_put(m->media_dir, names[4], bytes, 1000);
    m->files[0] = (lp_media_file){ names[0], LP_MEDIA_STILL, "image/webp", "webp", 13,
                                   NULL,     1280,           720,          -1,     0 };
    m->files[1] = (lp_media_file){ names[1], LP_MEDIA_STILL, "image/webp", "webp", 14,
                                   NULL,     1280,           720,          -1,     1 };
    m->files[2] =
        (lp_media_file){ names[2], LP_MEDIA_STILL, "image/webp", "webp", 14, NULL, 640, 360, -1,
                         0 };
    m->files[3] = (lp_media_file){ names[3],
                                   LP_MEDIA_SOUND,
                                   "audio/webm; codecs=opus",
                                   "webm",
                                   MADE_SOUND_BYTES,
                                   NULL,
                                   0,
                                   0,
                                   90 * MADE_SECOND,
                                   0 };
    m->files[4] = (lp_media_file){ names[4],
                                   LP_MEDIA_VIDEO,
                                   "video/webm; codecs=av01.0.08M.08",
                                   "webm",
                                   1000,
                                   NULL,
                                   1280,
                                   720,
                                   90 * MADE_SECOND,
                                   0 };
    m->media = (lp_media){ .files = m->files,
                           .n = 5,
                           .slide_file = m->slide_file,
                           .n_slides = MADE_SLIDES,
                           .sound = 3,
                           .video = 4 };
}

static inline void made_init(made *m)
{
    *m = (made){
        .people = { { "Ana Ruiz" }, { "Bo Chen" } },
        .chapters = { { 0, "Start" }, { 20 * MADE_SECOND, "Beads & <jars>" } },
        .slides = { { 0, 10 * MADE_SECOND, 0, -1, 0, NULL, 0 },
                    { 10 * MADE_SECOND, 25 * MADE_SECOND, 0, -1, 0, NULL, 0 },
                    { 25 * MADE_SECOND, 40 * MADE_SECOND, 0, 0, 0, NULL, 0 },
                    { 40 * MADE_SECOND, 90 * MADE_SECOND, 0, -1, 0, NULL, 0 } },
        .said = { { 1 * MADE_SECOND, 4 * MADE_SECOND, "One & two.", 0, 0, 0, 0 },
                  { 9700000, 12 * MADE_SECOND, "Second slide.", 0, 0, 0, 0 },
                  { 61500000, 64 * MADE_SECOND, "A question?", 1, 0, 0, 0 } },
        .slide_file = { 0, 1, 0, 2 },
        .pieces = { { 0, 12300000, 40 * MADE_SECOND },
                    { 40 * MADE_SECOND, 60 * MADE_SECOND, 50 * MADE_SECOND } },
        .captions = { { LP_CAPTION_FILE,
                        { "/x/week3.vtt", "week3.vtt", 900, 0, NULL },
                        -1,
                        "vtt",
                        "en",
                        0 },
                      { LP_CAPTION_FILE,
                        { "/x/other.srt", "other.srt", 800, 0, NULL },
                        -1,
                        "srt",
                        "fr",
                        0 } },
        .finding = { "file-cut-short", LP_LOSS, 70 * MADE_SECOND, 90 * MADE_SECOND,
                     "z.mp4: the last minute is missing" },
        .dir = tmpdir_make(),
    };
    static const char sha[] =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    m->captions[0].file.sha256 = m->captions[1].file.sha256 = sha;
    m->session = (lp_session){ .platform = "plain",
                               .title = "Beads, week 3",
                               .lang = "en",
                               .recorded = "2025-03-02T10:00:00Z",
                               .media = { "/x/z.mp4", "z.mp4", 12345, 0, sha },
                               .duration_us = 110 * MADE_SECOND,
                               .captions = m->captions,
                               .n_captions = 2 };
    m->session.findings = (lp_findings){ &m->finding, 1, 1 };
    m->cues = (lp_cues){ .n = 3,
                         .items = m->said,
                         .people = m->people,
                         .n_people = 2,
                         .lang = "en",
                         .origin = "platform",
                         .source = "week3.vtt",
                         .format = "vtt",
                         .encoding = "utf-8" };
    m->plan = (lp_plan){ .duration_us = 90 * MADE_SECOND,
                         .chapters = m->chapters,
                         .n_chapters = 2,
                         .slides = m->slides,
                         .n_slides = MADE_SLIDES,
                         .cues = m->said,
                         .n_cues = 3,
                         .map = { m->pieces, 2 } };
    made_media(m);
    m->in = (lp_package_input){ &m->session,
                                &m->timeline,
                                &m->cues,
                                NULL,
                                &m->plan,
                                &m->media,
                                m->media_dir,
                                "lecpack 0.1.0",
                                "libavformat 59.27.100",
                                "sound-rate=12000 video=av1" };
}

static inline void made_clear(made *m)
{
    lp_arena_clear(&m->arena);
    tmpdir_remove(m->dir);
}

/* Builds into DIR/name, which it returns; the path is tmpdir_path()'s. */
static inline const char *made_build(made *m, const char *name, lp_package_summary *out)
{
    lp_diag d = { 0 };
    lp_package_summary none;
    const char *path = lp_arena_strdup(&m->arena, tmpdir_path(m->dir, name));
    lp_status s = lp_package_build(&m->in, path, &m->arena, out ? out : &none, &d);
    if (s != LP_OK)
        fail_msg("%s", d.text);
    return path;
}

/* No slides, no sound, no video, no cues. */
static inline void made_only_text(made *m)
{
    m->media.n_slides = m->plan.n_slides = 0;
    m->media.sound = m->media.video = -1;
    m->plan.n_cues = m->cues.n = 0;
}

#endif
