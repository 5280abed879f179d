/* Reads sound for speech engines, in the one form that all of them take: WAV (RIFF/WAVE), PCM, 16 bits, one channel, 16000 Hz. */
#ifndef LP_BASE_WAV_H
#define LP_BASE_WAV_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

enum { LP_WAV_HZ = 16000 };

typedef struct lp_wav {
    int fd;
    int64_t data_at; /* where in the file the first sample is */
    int64_t n;       /* samples */
} lp_wav;

/* LP_ERR_NO_INPUT: not there; LP_ERR_INPUT: another form than the above. `path` is for messages too. A data size that is
 * larger than the file, as of a file that was being written, ends with the file. */
lp_status lp_wav_open(lp_wav *w, const char *path, lp_diag *d) LP_MUST_USE;
/* Samples from..from+n as -1..1; what lies beyond the end is silence. LP_ERR_IO. */
lp_status lp_wav_read(const lp_wav *w, int64_t from, float *out, size_t n, lp_diag *d) LP_MUST_USE;
void lp_wav_close(lp_wav *w);

#endif
