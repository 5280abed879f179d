/* README.txt of a package: what it is, how to open it, how to fetch it over a line that breaks.
 */
#ifndef LP_PACKAGE_README_H
#define LP_PACKAGE_README_H

#include "base/buf.h"
#include "package/manifest.h"

/* Appends it; uses package, layers and tracks of `in`, and of the files the largest
 * medium as the example for single downloads. Failures show in lp_buf_check(). */
void lp_readme_write(lp_buf *out, const lp_manifest_input *in);

#endif
