/* What encode/ made: files in the work folder that package/ gives their final names. */
#ifndef LP_SESSION_MEDIA_H
#define LP_SESSION_MEDIA_H

#include <stddef.h>
#include <stdint.h>

#include "session/finding.h"

typedef enum lp_media_role { LP_MEDIA_STILL, LP_MEDIA_STEP, LP_MEDIA_SOUND, LP_MEDIA_VIDEO } lp_media_role;

typedef struct lp_media_file {
    const char *path; /* relative to the work folder, forward slashes */
    lp_media_role role;
    const char *type; /* "image/webp", "audio/webm; codecs=opus", "video/webm; codecs=av01.0.08M.08" */
    const char *ext;  /* "webp", "webm", "mp4" */
    int64_t bytes;
    const char *sha256;
    int width_px, height_px; /* still, video */
    int64_t duration_us;     /* sound, video */
    int is_lossless;         /* still */
} lp_media_file;

/* A patch: laid over the slide's picture until the step's end, it shows the slide as it was then. The patches of all steps
 * that have not ended lie over each other, the later ones below. */
typedef struct lp_media_step {
    int slide, step; /* positions in the plan */
    int file;        /* position in files[] */
    int x_px, y_px;  /* where its left upper corner lies on the slide's picture */
} lp_media_step;

typedef struct lp_media {
    lp_media_file *files;
    size_t n, cap;
    int *slide_file; /* for each slide of the plan: position in files[]; equal pictures share one */
    size_t n_slides;
    lp_media_step *steps; /* by slide and step; a step in which nothing could be seen to change has none */
    size_t n_steps;
    int sound, video; /* positions in files[]; -1: none */
    lp_findings findings;
} lp_media;

/* Adds what one encoder made to the whole: its files, and its slides, sound or video where it has them.
 * LP_OK or LP_ERR_NOMEM. Start with *into = { .sound = -1, .video = -1 }. */
lp_status lp_media_merge(lp_media *into, const lp_media *from, lp_arena *a, lp_diag *d) LP_MUST_USE;

#endif
