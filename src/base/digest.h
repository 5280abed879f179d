/* SHA-256 (FIPS 180-4) without libav, for the rooms that do not see it; packages are hashed by av/hash. */
#ifndef LP_BASE_DIGEST_H
#define LP_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

enum { LP_DIGEST_HEX = 65 }; /* with the final NUL */

typedef struct lp_digest {
    uint32_t state[8];
    uint64_t n; /* bytes added */
    unsigned char block[64];
} lp_digest;

void lp_digest_init(lp_digest *h);
void lp_digest_add(lp_digest *h, const void *p, size_t n);
void lp_digest_hex(lp_digest *h, char hex[LP_DIGEST_HEX]); /* lower-case; ends it */
/* Of a whole file. LP_ERR_NO_INPUT, LP_ERR_IO, LP_ERR_NOMEM. */
lp_status lp_digest_file(const char *path, char hex[LP_DIGEST_HEX], lp_diag *d) LP_MUST_USE;

#endif
