/* The Moonshine model (Jeffries et al. 2024, arXiv 2410.15608): an encoder from raw sound to a row of states, one for each
 * 24 ms, and a decoder that writes one token after the other while it looks at them. Chunks must be shorter than 30 s: of
 * longer ones it leaves out the middle without a word.
 *
 *     lp_moonshine *m; lp_moonshine_open("DIR", 1, &m, d);
 *     lp_moonshine_hear(m, pcm, n, &bias, arena, &heard, d);
 *     lp_moonshine_close(&m); */
#ifndef LP_ASR_MOONSHINE_H
#define LP_ASR_MOONSHINE_H

#include "asr/bias.h"
#include "base/arena.h"
#include "base/digest.h"

typedef struct lp_moonshine lp_moonshine;

typedef struct lp_heard_word {
    double start, end; /* seconds from the start of the chunk */
    double p;          /* geometric mean of the probabilities of its tokens, as the model gave them without boosts */
    const char *text;  /* without blanks, never empty; bytes that may not be UTF-8 */
} lp_heard_word;

typedef struct lp_heard {
    lp_heard_word *words;
    size_t n;
    int is_complete; /* the model said that it is at the end; else it was cut for writing too much */
} lp_heard;

/* Loads encoder_model.onnx, decoder_model_merged.onnx and tokens.txt of the folder. LP_ERR_TOOL when something is missing or
 * of another kind, LP_ERR_NOMEM. */
lp_status lp_moonshine_open(const char *dir, int n_threads, lp_moonshine **out, lp_diag *d) LP_MUST_USE;
void lp_moonshine_close(lp_moonshine **m);
const char *lp_moonshine_name(const lp_moonshine *m);   /* "moonshine-base" or "moonshine-tiny" */
const char *lp_moonshine_sha256(const lp_moonshine *m); /* of the encoder's and then the decoder's bytes */
const char *lp_moonshine_runtime(const lp_moonshine *m);

/* n samples at 16000 Hz; `bias` was begun for this chunk. The words live in the arena. LP_ERR_TOOL, LP_ERR_NOMEM. */
lp_status lp_moonshine_hear(lp_moonshine *m, float *pcm, size_t n, lp_bias *bias, lp_arena *a, lp_heard *out,
                            lp_diag *d) LP_MUST_USE;

#endif
