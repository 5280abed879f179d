/* The plan: what the package will hold, on the package's clock. Made by plan/, carried out by encode/. */
#ifndef LP_SESSION_PLAN_H
#define LP_SESSION_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "session/cues.h"
#include "session/timeline.h"

/* The one map from recording time to package time: pieces in which both run at the same speed.
 * Everything between two pieces' `in` is cut. Rising in both. */
typedef struct lp_map_piece {
    int64_t out_us, in_us, len_us;
} lp_map_piece;

typedef struct lp_time_map {
    lp_map_piece *pieces;
    size_t n;
} lp_time_map;

typedef struct lp_chapter {
    int64_t t_us; /* package time */
    const char *title; /* "": it has none */
} lp_chapter;

typedef struct lp_plan_slide {
    int64_t t_us, end_us; /* package time */
    int64_t picture_us;   /* recording time of the frame to take */
    int same_as;          /* as lp_slide.same_as */
    int is_poster;
    lp_slide_step *steps; /* until_us: package time; picture_us: recording time */
    size_t n_steps;
} lp_plan_slide;

typedef enum lp_video_codec { LP_VIDEO_NONE, LP_VIDEO_AV1, LP_VIDEO_H264 } lp_video_codec;

typedef struct lp_video_plan {
    lp_video_codec codec;
    int width_px, height_px;   /* even */
    int max_fps_milli;         /* at most so many changes in 1000 seconds: 5000 = 5 a second */
    int crf, preset;           /* of the encoder */
    int max_key_frames_apart;  /* in coded frames */
    int64_t max_key_us;        /* and in time */
    int is_motion;             /* camera or film rather than a screen: every frame is new */
} lp_video_plan;

/* The sound as it is heard, and what Opus does to it (measured on speech at 8 to 32 kbit/s): it takes 0.4 to 1.4 LU away
 * with the treble, and lifts peaks by up to 3.1 dB. */
#define LP_SOUND_LUFS        (-16.0)
#define LP_SOUND_CEILING_DB  (-1.0)
#define LP_SOUND_CODER_LU    1.0
#define LP_SOUND_LOW_RATE_DB 0.7 /* more gain below 16 kbit/s, where it takes most */
#define LP_SOUND_CODER_DB    3.5

typedef struct lp_sound_plan {
    int stream; /* position in session->streams; -1: no sound layer */
    lp_sound_mix mix;
    int rate_bps;
    double gain_db;     /* brings it to the loudness wanted */
    double limit_db;    /* true-peak ceiling, dBTP; encode stays LP_SOUND_CODER_DB below it */
    int has_limiter;    /* whether the gain lifts peaks above that */
} lp_sound_plan;

typedef struct lp_plan_track { /* captions in another language */
    lp_cue *cues; /* package time */
    size_t n_cues;
} lp_plan_track;

typedef struct lp_plan {
    int64_t duration_us; /* of the package */
    lp_time_map map;
    lp_chapter *chapters; /* first at 0 */
    size_t n_chapters;
    lp_plan_slide *slides;
    size_t n_slides;
    int width_px, height_px; /* of the stills */
    lp_sound_plan sound;
    lp_video_plan video;
    lp_cue *cues; /* package time; the people are those of lp_cues */
    size_t n_cues;
    lp_plan_track *others; /* one for each of lp_cues.others */
    size_t n_others;
    int64_t *key_times; /* recording times at which the video shall have a key frame; rising */
    size_t n_key_times;
    lp_findings findings;
} lp_plan;

#endif
