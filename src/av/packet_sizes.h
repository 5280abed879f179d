/* How the bytes of a media file lie in time: read from its packets, nothing is decoded. */
#ifndef LP_AV_PACKET_SIZES_H
#define LP_AV_PACKET_SIZES_H

#include <stddef.h>
#include <stdint.h>

#include "base/progress.h"

/* Adds the bytes of every packet of the file to bytes[t / step_us], t being its time from the
 * start of the file's clock; what lies behind the last of the n steps counts to it, what has no
 * time to that of the packet before. n is 1 or more. What a container adds to its packets is
 * not counted. LP_ERR_* as lp_av_open(), LP_ERR_CANCELLED. `p` may be NULL. */
lp_status lp_packet_sizes(const char *path, int64_t step_us, int64_t *bytes, size_t n,
                          const lp_progress *p, lp_diag *d) LP_MUST_USE;

#endif
