/* Probe: what a container claims, and what its packets really cover. Every packet is read once, twice where the clock
 * jumps; none is decoded. */
#ifndef LP_AV_PROBE_H
#define LP_AV_PROBE_H

#include <stddef.h>
#include <stdint.h>

#include "av/cc_bytes.h"
#include "base/arena.h"
#include "base/joint.h"
#include "base/progress.h"

/* What was made of the cuts that a MOV or MP4 asks for. */
typedef enum lp_edits { LP_EDITS_FOLLOWED, LP_EDITS_TOO_MANY, LP_EDITS_BEHIND_END } lp_edits;

typedef enum lp_probe_kind { LP_PROBE_VIDEO, LP_PROBE_AUDIO, LP_PROBE_SUBTITLE, LP_PROBE_OTHER } lp_probe_kind;

typedef struct lp_probe_stream {
    lp_probe_kind kind;
    const char *codec, *lang; /* lang as the container says it, NULL: it does not */
    int is_default, is_cover, can_decode;
    int width_px, height_px; /* upright */
    int rate_hz, n_channels;
    int64_t claimed_us; /* -1: no claim */
    int64_t claimed_packets; /* 0: no claim */
    int64_t start_us, end_us; /* container time; INT64_MIN: no packet with a time */
    int64_t n_packets, bytes;
    int64_t n_corrupt;   /* packets that the demuxer flags as damaged */
    int64_t n_backwards; /* jumps back by more than a second */
    int64_t behind_us, behind_at_us; /* how much lies behind such jumps at times that were there before, and the time of
                                        the first jump, in container time */
    int64_t run_end_us; /* for the reader: how far the stretch behind the last jump goes; INT64_MIN: not behind */
    int64_t longest_gap_us, gap_at_us; /* between two packets, in container time */
    unsigned closed_captions; /* inside the picture: LP_CC_SEEN .. */
    lp_cc_shape cc_shape;     /* for the reader */
} lp_probe_stream;

typedef struct lp_probe_chapter {
    int64_t t_us;
    const char *title;
} lp_probe_chapter;

typedef struct lp_probe_joint { /* the clock starts anew, or jumps, in all streams alike */
    int64_t at_us;   /* container time, moved: what follows begins here */
    int64_t jump_us; /* negative: back */
} lp_probe_joint;

typedef struct lp_probe {
    const char *container;       /* libavformat's short name */
    const char *title, *created; /* tags; NULL: none */
    int64_t claimed_us;          /* -1: no claim */
    lp_probe_stream *streams;
    size_t n_streams;
    lp_probe_chapter *chapters;
    size_t n_chapters;
    lp_joints joints; /* the times of the streams are moved by them already */
    lp_probe_joint *told; /* one a joint */
    size_t n_told;
    int64_t n_late; /* packets of streams that the container did not name at first; they are not read */
    lp_edits edits; /* lp_av_edits() */
    int read_error; /* AVERROR that ended reading before the end of the file; 0: none */
} lp_probe;

/* Everything in *out lives in the arena. Statuses as lp_av_open(), and LP_ERR_CANCELLED. */
lp_status lp_probe_read(const char *path, lp_arena *a, const lp_progress *p, lp_probe *out,
                        lp_diag *d) LP_MUST_USE;

#endif
