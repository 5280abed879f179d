/* Recordings whose clock starts anew or jumps: the joints are found while all packets are read once, and every later
 * reader moves its packets by them, so that the rest of the program sees one time line. For av/ and encode/ only.
 *
 *     lp_joined at = { .joints = v->joints, .stream = v->stream };
 *     while (lp_joined_next(&at, f, pkt) >= 0) ..                packets of that stream, moved */
#ifndef LP_AV_JOINED_H
#define LP_AV_JOINED_H

#include "av/open.h"
#include "av/probe.h"
#include "base/arena.h"
#include "base/joint.h"

typedef struct lp_joined { /* one reader's place in one stream */
    const lp_joints *joints; /* NULL: none */
    int stream;
    int64_t pos_bytes; /* of the last packet that said its place */
    /* kept by lp_joined_move(), so that it need not begin anew with each packet: */
    size_t next;        /* how many of the joints lie at or before from_bytes, those of other streams counted */
    int64_t from_bytes; /* where the present part of the stream begins */
    int64_t shift_us;   /* of that part */
} lp_joined;

/* Moves the time stamps of a packet of this stream. Packets are given in the order of the file. */
void lp_joined_move(lp_joined *at, const AVFormatContext *f, AVPacket *pkt);

/* Reads the stream's next packet, moved, into pkt (unreferenced before). 0 or a negative AVERROR. */
int lp_joined_next(lp_joined *at, AVFormatContext *f, AVPacket *pkt);

/* Goes to a key frame at or before t_us (container time, moved), or to the start. Only where there are landings. */
void lp_joined_seek(lp_joined *at, AVFormatContext *f, int64_t t_us);

/* ---- finding them ---- */

/* Jumps, as a stream's packets show them: back by more than half a second, ahead by more than ten seconds beyond where
 * the packet before ended, or ten minutes where there is no sound that would have filled the time. Where all sound and
 * pictures that go on jump alike there is a joint; elsewhere nothing is moved. */
typedef struct lp_jumps lp_jumps;

/* *out is NULL, with LP_OK, for a container whose parts could not be found again: anything but MPEG-TS, MPEG-PS and FLV.
 * LP_ERR_NOMEM. */
lp_status lp_jumps_new(const AVFormatContext *f, lp_jumps **out, lp_diag *d) LP_MUST_USE;
void lp_jumps_free(lp_jumps **j);

/* One packet as it was read; those of other streams than sound and pictures are left out of account. LP_ERR_NOMEM. */
lp_status lp_jumps_push(lp_jumps *j, const AVPacket *pkt, lp_diag *d) LP_MUST_USE;

/* Sets the joints of *out, in the arena, and leaves its landings; told[] has one a joint. LP_ERR_NOMEM. */
lp_status lp_jumps_finish(const lp_jumps *j, lp_arena *a, lp_joints *out, lp_probe_joint **told, size_t *n_told,
                          lp_diag *d) LP_MUST_USE;

#endif
