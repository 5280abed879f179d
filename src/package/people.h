/* The names that a package shows: pseudonyms, so that nobody's name leaves the class by
 * accident. The one place that decides; page, captions, transcript and manifest take what it
 * gives. */
#ifndef LP_PACKAGE_PEOPLE_H
#define LP_PACKAGE_PEOPLE_H

#include "base/arena.h"
#include "session/cues.h"

/* *out is *cues with its people named "Speaker 1", "Speaker 2", .. in their order, and so in its
 * other languages; the cues are shared. LP_OK or LP_ERR_NOMEM. */
lp_status lp_people_shown(const lp_cues *cues, lp_arena *a, lp_cues *out,
                          lp_diag *d) LP_MUST_USE;

#endif
