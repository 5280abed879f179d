/* Which parts of a video stream must be decoded to see its slides: packets in, ranges out. Pure.
 *
 * A GOP (a key frame and what depends on it) in which nothing large was coded and whose key frame looks like the next one's holds
 * no change; only its key frame is decoded. Otherwise it is decoded up to its last large packet; one that no key frame follows to its end,
 * unless it stands still. */
#ifndef LP_SURVEY_GOPS_H
#define LP_SURVEY_GOPS_H

#include "base/grid.h"
#include "base/packet.h"
#include "session/timeline.h"

typedef struct lp_gop {
    int64_t start_us, end_us; /* key frame .. next GOP's key frame */
    int64_t big_us;  /* the last large packet well after the key frame; -1: none */
    int is_steady;   /* nothing large was coded after the first second or two */
    int is_still;    /* nothing at all was: each frame repeats the one before */
} lp_gop;

/* Groups packets (decoding order); key frames less than min_us apart are one GOP. Packets before the first key frame count to it.
 * Without any key frame the first packet is taken for one. *out in the arena. LP_ERR_NOMEM. */
lp_status lp_gops_find(const lp_video_packet *p, size_t n, int64_t min_us, int64_t end_us, lp_arena *a,
                       lp_gop **out, size_t *n_out, lp_diag *d) LP_MUST_USE;

/* Marks in `mask` (LP_GRID_CELLS) the cells that move in at least half of the bursts: `moved` holds n bitmaps of LP_GRID_CELLS
 * bytes, 1 where a cell differed within half a second. Grown by one cell on each side. Returns the share of marked
 * cells in percent. Fewer than three bursts mark nothing. */
int lp_gops_mask(const uint8_t *const *moved, size_t n, uint8_t *mask);

#endif
