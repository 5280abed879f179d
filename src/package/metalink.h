/* lecpack.meta4, a Metalink 4 (RFC 5854): aria2c and others fetch a whole package with it and
 * repair it piece by piece. */
#ifndef LP_PACKAGE_METALINK_H
#define LP_PACKAGE_METALINK_H

#include "base/buf.h"
#include "lecpack/manifest.h"

/* Appends the document: each file and the manifest with size, SHA-256, pieces and a URL
 * relative to the document, and manifest-sha256.txt by name alone, because that holds the hash
 * of this document. The bytes belong to version 1.0 of the format: `lecpack verify` makes them
 * again to check them. Failures show in lp_buf_check(). */
void lp_metalink_write(lp_buf *out, const char *tool, const lecpack_file *files, size_t n,
                       const lecpack_file *manifest);

#endif
