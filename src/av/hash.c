#include "av/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libavutil/mem.h>
#include <libavutil/sha.h>

#include "base/mem.h"

enum { CHUNK_BYTES = 1 << 16 };

struct lp_sha256 {
    struct AVSHA *sha;
};

lp_sha256 *lp_sha256_new(void)
{
    lp_sha256 *h = lp_calloc(1, sizeof(*h));
    if (h && !(h->sha = av_sha_alloc()))
        lp_sha256_free(&h);
    if (h)
        av_sha_init(h->sha, 256);
    return h;
}

void lp_sha256_free(lp_sha256 **h)
{
    if (*h)
        av_free((*h)->sha);
    lp_free(*h);
    *h = NULL;
}

void lp_sha256_add(lp_sha256 *h, const void *p, size_t n)
{
    av_sha_update(h->sha, p, n);
}

void lp_sha256_hex(lp_sha256 **h, char hex[LP_SHA256_HEX])
{
    uint8_t digest[32];
    av_sha_final((*h)->sha, digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    lp_sha256_free(h);
}

lp_status lp_sha256_bytes(const void *p, size_t n, char hex[LP_SHA256_HEX], lp_diag *d)
{
    lp_sha256 *h = lp_sha256_new();
    if (!h)
        return lp_fail_nomem(d);
    lp_sha256_add(h, p, n);
    lp_sha256_hex(&h, hex);
    return LP_OK;
}

lp_status lp_sha1_bytes(const void *p, size_t n, unsigned char digest[20], lp_diag *d)
{
    struct AVSHA *sha = av_sha_alloc();
    if (!sha)
        return lp_fail_nomem(d);
    av_sha_init(sha, 160);
    av_sha_update(sha, p, n);
    av_sha_final(sha, digest);
    av_free(sha);
    return LP_OK;
}

/* One file being read: the hash of all, and the hash of the piece that is being filled. */
struct reading {
    lp_sha256 *all, *piece;
    int64_t bytes, piece_bytes;
    char (*pieces)[LP_SHA256_HEX];
    size_t n_pieces, at;
};

static lp_status end_piece(struct reading *r, const char *path, lp_diag *d)
{
    if (r->at >= r->n_pieces)
        return lp_fail(d, LP_ERR_IO, 0, "%s: grew while it was read", path);
    lp_sha256_hex(&r->piece, r->pieces[r->at++]);
    return LP_OK;
}

static lp_status take(struct reading *r, const char *p, int64_t n, const char *path, lp_diag *d)
{
    lp_sha256_add(r->all, p, (size_t)n);
    while (r->pieces && n > 0) {
        int64_t room = r->piece_bytes - r->bytes % r->piece_bytes, k = n < room ? n : room;
        if (!r->piece && !(r->piece = lp_sha256_new()))
            return lp_fail_nomem(d);
        lp_sha256_add(r->piece, p, (size_t)k);
        r->bytes += k;
        p += k;
        n -= k;
        if (r->bytes % r->piece_bytes == 0) {
            lp_status s = end_piece(r, path, d);
            if (s != LP_OK)
                return s;
        }
    }
    r->bytes += n;
    return LP_OK;
}

lp_status lp_sha256_file(const char *path, char hex[LP_SHA256_HEX], int64_t *bytes, int64_t piece_bytes,
                         char (*pieces)[LP_SHA256_HEX], size_t n_pieces, const lp_progress *p, lp_diag *d)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return lp_fail(d, LP_ERR_NO_INPUT, errno, "%s: can not be opened: %s", path, strerror(errno));
    struct reading r = { .piece_bytes = piece_bytes, .pieces = pieces, .n_pieces = n_pieces };
    char *chunk = lp_calloc(CHUNK_BYTES, 1);
    r.all = lp_sha256_new();
    lp_status s = chunk && r.all ? LP_OK : lp_fail_nomem(d);
    while (s == LP_OK) {
        ssize_t n = read(fd, chunk, CHUNK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            s = lp_fail_errno(d, errno, path, "read");
        if (n <= 0)
            break;
        s = take(&r, chunk, n, path, d);
        if (s == LP_OK)
            s = lp_progress_check(p, d);
    }
    if (s == LP_OK && r.piece)
        s = end_piece(&r, path, d);
    if (s == LP_OK && pieces && r.at != n_pieces)
        s = lp_fail(d, LP_ERR_IO, 0, "%s: shrank while it was read", path);
    if (s == LP_OK) {
        *bytes = r.bytes;
        lp_sha256_hex(&r.all, hex);
    }
    lp_sha256_free(&r.all);
    lp_sha256_free(&r.piece);
    lp_free(chunk);
    close(fd);
    return s;
}
