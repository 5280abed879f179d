/* SHA-256, and SHA-1 for what asks for it (FIPS 180-4), by libavutil. Text form: 64 lower-case hex digits. */
#ifndef LP_AV_HASH_H
#define LP_AV_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/progress.h"

enum { LP_SHA256_HEX = 65 }; /* with the final NUL */

typedef struct lp_sha256 lp_sha256;
lp_sha256 *lp_sha256_new(void); /* NULL when memory is out; freed by lp_sha256_hex() or lp_sha256_free() */
void lp_sha256_add(lp_sha256 *h, const void *p, size_t n);
void lp_sha256_hex(lp_sha256 **h, char hex[LP_SHA256_HEX]); /* ends and frees it */
void lp_sha256_free(lp_sha256 **h);

/* Of bytes in memory. LP_OK or LP_ERR_NOMEM. */
lp_status lp_sha256_bytes(const void *p, size_t n, char hex[LP_SHA256_HEX], lp_diag *d) LP_MUST_USE;

/* Of a file; where `pieces` is not NULL also of each piece of piece_bytes (the last may be shorter):
 * pieces[i] for i < n_pieces, which the caller computed from the size. *bytes is the size read.
 * LP_ERR_NO_INPUT, LP_ERR_IO, LP_ERR_NOMEM, LP_ERR_CANCELLED; LP_ERR_IO also when the file turned out
 * to have another number of pieces. `p` may be NULL. */
lp_status lp_sha256_file(const char *path, char hex[LP_SHA256_HEX], int64_t *bytes, int64_t piece_bytes,
                         char (*pieces)[LP_SHA256_HEX], size_t n_pieces, const lp_progress *p,
                         lp_diag *d) LP_MUST_USE;

/* SHA-1 of bytes in memory, as the 20 bytes themselves: for UUIDs of version 5 (RFC 9562), never for trust.
 * LP_OK or LP_ERR_NOMEM. */
lp_status lp_sha1_bytes(const void *p, size_t n, unsigned char digest[20], lp_diag *d) LP_MUST_USE;

#endif
