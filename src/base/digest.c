#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { ROUNDS = 64, BLOCK_BYTES = 64, LENGTH_AT = 56, READ_BYTES = 1 << 16 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t K[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void eat(uint32_t *state, const unsigned char *p)
{
    uint32_t w[ROUNDS], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < ROUNDS; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
    memcpy(v, state, sizeof(v));
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t t = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[i] + w[i];
        uint32_t u = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof(*v));
        v[4] += t;
        v[0] = t + u;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

void lp_digest_init(lp_digest *h)
{
    *h = (lp_digest){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void lp_digest_add(lp_digest *h, const void *p, size_t n)
{
    const unsigned char *in = p;
    while (n > 0) {
        size_t used = (size_t)(h->n % BLOCK_BYTES), take = BLOCK_BYTES - used < n ? BLOCK_BYTES - used : n;
        memcpy(h->block + used, in, take);
        h->n += take;
        in += take;
        n -= take;
        if (used + take == BLOCK_BYTES)
            eat(h->state, h->block);
    }
}

void lp_digest_hex(lp_digest *h, char hex[LP_DIGEST_HEX])
{
    uint64_t bits = h->n * 8;
    unsigned char length[8];
    lp_digest_add(h, "\x80", 1);
    while (h->n % BLOCK_BYTES != LENGTH_AT)
        lp_digest_add(h, "", 1);
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    lp_digest_add(h, length, sizeof(length));
    for (int i = 0; i < 8; i++)
        snprintf(hex + 8 * i, 9, "%08x", h->state[i]);
}

lp_status lp_digest_file(const char *path, char hex[LP_DIGEST_HEX], lp_diag *d)
{
    lp_digest h;
    lp_status s = LP_OK;
    unsigned char *block = lp_calloc(READ_BYTES, 1);
    if (!block)
        return lp_fail_nomem(d);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        s = lp_fail(d, LP_ERR_NO_INPUT, errno, "%s: can not be opened: %s", path, strerror(errno));
    lp_digest_init(&h);
    while (s == LP_OK) {
        ssize_t n = read(fd, block, READ_BYTES);
        if (n < 0 && errno != EINTR)
            s = lp_fail_errno(d, errno, path, "read");
        if (n > 0)
            lp_digest_add(&h, block, (size_t)n);
        if (n == 0)
            break;
    }
    if (fd >= 0)
        close(fd);
    lp_free(block);
    lp_digest_hex(&h, hex);
    return s;
}
