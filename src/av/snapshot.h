/* Single pictures of a recording as grey PGM files (netpbm), for programs that read pictures. */
#ifndef LP_AV_SNAPSHOT_H
#define LP_AV_SNAPSHOT_H

#include <stddef.h>

#include "av/pictures.h"

/* Writes the picture of each of times_us[0..n) (rising), as lp_videoread_at() finds it, to paths[0..n): as large as it is
 * coded, and turned upright as the display matrix says. Where nothing can be decoded paths[i] is set to NULL. LP_ERR_* as
 * lp_videoread_open(), LP_ERR_IO, LP_ERR_FULL, LP_ERR_CANCELLED, LP_ERR_NOMEM. */
lp_status lp_snapshots_write(const lp_video_ref *v, const int64_t *times_us, const char **paths, size_t n, const lp_progress *p,
                             lp_diag *d) LP_MUST_USE;

#endif
