#include "av/soundwrite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libswresample/swresample.h>

#include "av/open.h"
#include "av/soundread.h"
#include "base/file.h"
#include "base/wav.h"

enum { HEADER = 44, BLOCK = 4096, CHECK_EVERY = 64 };
#define MOST_BYTES (INT64_C(0x7fffffff) - HEADER)

typedef struct writer {
    SwrContext *swr;
    int fd;
    const char *path;
    int64_t bytes; /* of samples */
} writer;

static void put_le(unsigned char *p, uint32_t v, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (unsigned char)(v >> (8 * i));
}

/* RIFF WAVE, "Multimedia Programming Interface and Data Specifications 1.0" (IBM, Microsoft 1991). */
static lp_status put_header(const writer *w, lp_diag *d)
{
    unsigned char h[HEADER] = "RIFF....WAVEfmt ";
    put_le(h + 4, (uint32_t)(w->bytes + HEADER - 8), 4);
    put_le(h + 16, 16, 4);
    put_le(h + 20, 1, 2); /* PCM */
    put_le(h + 22, 1, 2);
    put_le(h + 24, LP_WAV_HZ, 4);
    put_le(h + 28, LP_WAV_HZ * 2, 4);
    put_le(h + 32, 2, 2);
    put_le(h + 34, 16, 2);
    memcpy(h + 36, "data", 4);
    put_le(h + 40, (uint32_t)w->bytes, 4);
    if (lseek(w->fd, 0, SEEK_SET) != 0)
        return lp_fail(d, LP_ERR_IO, errno, "%s: %s", w->path, strerror(errno));
    return lp_file_write_fd(w->fd, w->path, (const char *)h, sizeof(h), d);
}

/* n samples into the resampler, in NULL: what it still holds. */
static lp_status push(writer *w, const float *in, int n, lp_diag *d)
{
    int16_t out[BLOCK];
    const uint8_t *from[1] = { (const uint8_t *)in };
    uint8_t *to[1] = { (uint8_t *)out };
    int got = swr_convert(w->swr, to, BLOCK, in ? from : NULL, n);
    if (got < 0)
        return lp_fail_av(d, LP_ERR_INTERNAL, got, w->path, "its sound can not be converted");
    int64_t bytes = (int64_t)got * 2;
    if (w->bytes + bytes > MOST_BYTES)
        bytes = MOST_BYTES - w->bytes;
    w->bytes += bytes;
    return lp_file_write_fd(w->fd, w->path, (const char *)out, (size_t)bytes, d);
}

static lp_status push_mixed(writer *w, const lp_sound_track *t, const float *lr, size_t n, lp_diag *d)
{
    float mono[BLOCK];
    lp_status s = LP_OK;
    while (s == LP_OK && n > 0) {
        size_t k = n < BLOCK ? n : BLOCK;
        for (size_t i = 0; i < k; i++)
            mono[i] = t->left * lr[2 * i] + t->right * lr[2 * i + 1];
        s = push(w, mono, (int)k, d);
        lr += 2 * k;
        n -= k;
    }
    return s;
}

static lp_status open_resampler(SwrContext **out, lp_diag *d)
{
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    int e = swr_alloc_set_opts2(out, &mono, AV_SAMPLE_FMT_S16, LP_WAV_HZ, &mono, AV_SAMPLE_FMT_FLT, LP_SOUND_HZ, 0, NULL);
    if (e >= 0)
        e = swr_init(*out);
    return e >= 0 ? LP_OK : lp_fail_nomem(d);
}

lp_status lp_sound_write_wav(const lp_sound_track *t, const char *to, const lp_progress *p, lp_diag *d)
{
    lp_sound *r = NULL;
    writer w = { .path = to, .fd = -1 };
    const float *lr = NULL;
    size_t n = 0, blocks = 0;
    lp_status s = lp_sound_open(&t->of, &r, d);
    if (s == LP_OK)
        s = open_resampler(&w.swr, d);
    if (s == LP_OK && (w.fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) < 0)
        s = lp_fail(d, LP_ERR_CREATE, errno, "%s: %s", to, strerror(errno));
    if (s == LP_OK)
        s = put_header(&w, d);
    while (s == LP_OK && (s = lp_sound_read(r, &lr, &n, d)) == LP_OK && n > 0) {
        s = push_mixed(&w, t, lr, n, d);
        if (s == LP_OK && blocks++ % CHECK_EVERY == 0)
            s = lp_progress_check(p, d);
    }
    if (s == LP_OK)
        s = push(&w, NULL, 0, d);
    if (s == LP_OK)
        s = put_header(&w, d);
    if (w.fd >= 0 && close(w.fd) != 0 && s == LP_OK)
        s = lp_fail(d, LP_ERR_IO, errno, "%s: %s", to, strerror(errno));
    swr_free(&w.swr);
    lp_sound_close(&r);
    return s;
}
