/* Where a recorder started its clock anew in the middle of a file, and what makes one time line of the parts.
 *
 * A joint says of a stream from which byte of the file on its packets are of a later part, and how far that part is to be
 * moved to follow the one before. A container's own index does not know of this, or has none, so that places to begin
 * decoding at are kept with it: landings. */
#ifndef LP_BASE_JOINT_H
#define LP_BASE_JOINT_H

#include <stddef.h>
#include <stdint.h>

typedef struct lp_joint {
    int stream;        /* as the container numbers it */
    int64_t pos_bytes; /* packets of the stream that begin here or behind, up to its next joint.. */
    int64_t shift_us;  /* ..are moved by so much; added to container time */
} lp_joint;

typedef struct lp_landing { /* a key frame */
    int stream;
    int64_t t_us; /* container time, moved */
    int64_t pos_bytes;
} lp_landing;

typedef struct lp_joints { /* each stream's joints and landings rise in time and place */
    lp_joint *items;
    size_t n;
    lp_landing *landings;
    size_t n_landings;
} lp_joints;

#endif
