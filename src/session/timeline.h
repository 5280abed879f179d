/* The timeline: what happens when in the recording, on its own clock (session time). Made by survey/. */
#ifndef LP_SESSION_TIMELINE_H
#define LP_SESSION_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "session/finding.h"

typedef struct lp_span {
    int64_t start_us, end_us; /* start_us <= t < end_us */
} lp_span;

/* An earlier state of a slide, from before a pen crossed what is written on it. */
typedef struct lp_slide_step {
    int64_t until_us;   /* from the step before it, else from the slide's start */
    int64_t picture_us; /* the moment whose frame shows it */
    int x, y, w, h;     /* where it differs from what follows, in cells of lp_grid; w, h 1.. */
} lp_slide_step;

typedef struct lp_slide {
    int64_t start_us, end_us; /* shown from .. until */
    int64_t picture_us;       /* the moment whose frame is the picture: at rest, last state of a build */
    int same_as;              /* an earlier slide with the same picture (its position), -1: none */
    int is_poster;            /* stands for moving picture, not for a slide */
    lp_slide_step *steps;     /* rising, within the slide's time */
    size_t n_steps;
} lp_slide;

typedef enum lp_sound_mix { LP_MIX_MONO, LP_MIX_LEFT, LP_MIX_RIGHT } lp_sound_mix;

typedef struct lp_sound_survey {
    int stream;      /* position in session->streams of the chosen track; -1: no sound that can be heard */
    lp_sound_mix mix; /* how its channels become one */
    double loudness_lufs; /* EBU R 128 integrated loudness of that one channel; -70 for silence */
    double peak_db;       /* highest sample, dBFS */
    double gain_db;       /* what makes it as loud as wanted, behind limiter and coder; 0 for silence */
    int64_t start_us, end_us;
    lp_span *speech; /* rising, not touching; what is between is pause */
    size_t n_speech;
    lp_span *gaps; /* where the track's own time stamps leave more than 0.2 s out */
    size_t n_gaps;
} lp_sound_survey;

typedef struct lp_timeline {
    int64_t duration_us;
    lp_slide *slides; /* rising, without holes from the first one's start to duration_us; none for sound alone */
    size_t n_slides;
    int width_px, height_px; /* picture as shown: square pixels, upright; 0 without picture */
    lp_span *motion;         /* where the whole picture moves: camera, film */
    size_t n_motion;
    int64_t *cuts; /* moments at which the picture changes much: where a video key frame pays; rising */
    size_t n_cuts;
    int64_t n_frames_decoded, n_frames; /* how much of the video was decoded to know this */
    lp_sound_survey sound;
    lp_findings findings;
} lp_timeline;

#endif
