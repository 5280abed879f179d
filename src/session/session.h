/* A session: one recorded class as it was found, before anything was decoded in full. Made by ingest/. */
#ifndef LP_SESSION_SESSION_H
#define LP_SESSION_SESSION_H

#include <stddef.h>
#include <stdint.h>

#include "base/joint.h"
#include "session/finding.h"

typedef enum lp_stream_kind { LP_STREAM_VIDEO, LP_STREAM_AUDIO, LP_STREAM_SUBTITLE, LP_STREAM_OTHER } lp_stream_kind;

typedef struct lp_stream {
    int index; /* as the container numbers it */
    lp_stream_kind kind;
    const char *codec; /* libavcodec's name of the codec: "h264", "aac", "mov_text" */
    const char *lang;  /* as the container says it, e.g. "eng"; NULL: it does not say */
    int is_default, is_cover; /* cover: a picture attached to a sound file, not moving */
    int can_decode;
    int width_px, height_px;  /* video, turned upright */
    int rate_hz, n_channels;  /* audio */
    int64_t claimed_us;       /* length the header claims, -1: none */
    int64_t start_us, end_us; /* first and last moment its packets cover, on the session clock; -1: no packet */
    int64_t n_packets, bytes;
} lp_stream;

typedef struct lp_source { /* a file that something was taken from */
    const char *path;      /* as it can be opened now */
    const char *name;      /* without its folder: what the manifest says */
    int64_t bytes, mtime_ns;
    const char *sha256; /* 64 hex */
} lp_source;

typedef enum lp_caption_kind { LP_CAPTION_FILE, LP_CAPTION_STREAM } lp_caption_kind;
typedef struct lp_caption_source {
    lp_caption_kind kind;
    lp_source file;     /* kind FILE */
    int stream;         /* kind STREAM: index in the recording */
    const char *format; /* "vtt", "srt", or the codec's name */
    const char *lang;   /* BCP 47, NULL: unknown */
    int is_named;       /* the user said that it is to be used */
} lp_caption_source;

typedef struct lp_mark { /* a chapter that the container brings */
    int64_t t_us;
    const char *title; /* may be "" */
} lp_mark;

typedef struct lp_session {
    const char *platform; /* "plain" for now */
    const char *title;    /* from the container, else from the file's name; never empty */
    const char *lang;     /* BCP 47; "und" when nothing says it */
    const char *recorded; /* ISO 8601, NULL: unknown */
    const char *container;
    lp_source media;
    int64_t origin_us; /* container time that is 0 on the session clock: the earliest packet */
    lp_joints joints;  /* where the container's clock starts anew; for whoever reads packets */
    int64_t claimed_us, duration_us; /* what the header claims (-1: nothing); what its packets cover */
    lp_stream *streams;
    size_t n_streams;
    int video, audio; /* positions in streams[] of what is used; -1: none */
    int *audio_candidates; /* positions of every sound stream that can be decoded: survey listens and chooses */
    size_t n_audio_candidates;
    lp_caption_source *captions; /* best first; the first of a language that gives cues is its track */
    size_t n_captions;
    lp_mark *marks;
    size_t n_marks;
    lp_findings findings;
} lp_session;

#endif
