/* A package as one zip file: index.html at the top, so that learning platforms play it as it
 * is. */
#ifndef LP_PACKAGE_ZIP_H
#define LP_PACKAGE_ZIP_H

#include "base/diag.h"

/* Writes the package in `dir` (as its manifest lists it) to `zip_path`, by way of
 * "zip_path.tmp", fsync and rename: the old file or the new one, never a part. Text is
 * deflated, media are stored; the page comes first, then the manifest, slides, sound, video,
 * the rest, so that a zip that was cut short still gives the text. Times are 1980-01-01: same
 * package, same bytes. LP_ERR_NO_INPUT (no package there), LP_ERR_INPUT (damaged manifest),
 * LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM. */
lp_status lp_package_zip(const char *dir, const char *zip_path, lp_diag *d) LP_MUST_USE;

#endif
