#include "base/wav.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8, FORMAT_BYTES = 16, SAMPLE_BYTES = 2, PCM = 1, EXTENSIBLE = 0xFFFE, BLOCK = 4096 };

static uint32_t le(const unsigned char *p, int n)
{
    uint32_t v = 0;
    for (int i = n; i-- > 0;)
        v = v << 8 | p[i];
    return v;
}

/* Reads n bytes at `at`; gives how many there were, -1 on error. */
static ssize_t read_at(int fd, void *p, size_t n, int64_t at)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = pread(fd, (char *)p + got, n - got, at + (int64_t)got);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return -1;
        if (r == 0)
            break;
        got += (size_t)r;
    }
    return (ssize_t)got;
}

static int is_wanted_format(const unsigned char *f)
{
    uint32_t kind = le(f, 2);
    return (kind == PCM || kind == EXTENSIBLE) && le(f + 2, 2) == 1 && le(f + 4, 4) == LP_WAV_HZ &&
           le(f + 14, 2) == 8 * SAMPLE_BYTES;
}

static lp_status find_data(lp_wav *w, const char *path, int64_t size, lp_diag *d)
{
    unsigned char head[RIFF_BYTES], format[FORMAT_BYTES];
    int has_format = 0;
    if (read_at(w->fd, head, sizeof(head), 0) != (ssize_t)sizeof(head) || memcmp(head, "RIFF", 4) != 0 ||
        memcmp(head + 8, "WAVE", 4) != 0)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: not a WAV file", path);
    for (int64_t at = RIFF_BYTES; at + CHUNK_BYTES <= size;) {
        if (read_at(w->fd, head, CHUNK_BYTES, at) != CHUNK_BYTES)
            break;
        int64_t bytes = le(head + 4, 4);
        at += CHUNK_BYTES;
        if (memcmp(head, "fmt ", 4) == 0) {
            has_format = bytes >= FORMAT_BYTES && read_at(w->fd, format, sizeof(format), at) == (ssize_t)sizeof(format) &&
                         is_wanted_format(format);
            if (!has_format)
                return lp_fail(d, LP_ERR_INPUT, 0, "%s: not 16 bit PCM of one channel at %d Hz", path, LP_WAV_HZ);
        } else if (memcmp(head, "data", 4) == 0 && has_format) {
            w->data_at = at;
            w->n = (bytes > size - at ? size - at : bytes) / SAMPLE_BYTES;
            return LP_OK;
        }
        at += bytes + (bytes & 1);
    }
    return lp_fail(d, LP_ERR_INPUT, 0, "%s: a WAV file without sound", path);
}

lp_status lp_wav_open(lp_wav *w, const char *path, lp_diag *d)
{
    *w = (lp_wav){ .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
    if (w->fd < 0)
        return lp_fail(d, LP_ERR_NO_INPUT, errno, "%s: can not be opened: %s", path, strerror(errno));
    struct stat st;
    lp_status s = fstat(w->fd, &st) == 0 && S_ISREG(st.st_mode)
                      ? find_data(w, path, st.st_size, d)
                      : lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: not a regular file", path);
    if (s != LP_OK)
        lp_wav_close(w);
    return s;
}

lp_status lp_wav_read(const lp_wav *w, int64_t from, float *out, size_t n, lp_diag *d)
{
    unsigned char raw[BLOCK * SAMPLE_BYTES];
    memset(out, 0, n * sizeof(*out));
    for (size_t done = 0; done < n && from + (int64_t)done < w->n;) {
        int64_t left = w->n - from - (int64_t)done;
        size_t want = n - done < BLOCK ? n - done : BLOCK;
        if ((int64_t)want > left)
            want = (size_t)left;
        ssize_t got = read_at(w->fd, raw, want * SAMPLE_BYTES, w->data_at + (from + (int64_t)done) * SAMPLE_BYTES);
        if (got < 0)
            return lp_fail_errno(d, errno, "sound", "read");
        size_t samples = (size_t)got / SAMPLE_BYTES;
        for (size_t i = 0; i < samples; i++)
            out[done + i] = (float)(int16_t)le(raw + i * SAMPLE_BYTES, SAMPLE_BYTES) / 32768.0F;
        if (samples < want)
            break;
        done += samples;
    }
    return LP_OK;
}

void lp_wav_close(lp_wav *w)
{
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
}
