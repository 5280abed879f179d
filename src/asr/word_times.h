/* When each token was said, from where in the sound the decoder looked while it wrote it. Pure.
 *
 * Each head's weights over the frames of a token are put on one scale (mean 0, deviation 1), averaged, smoothed by a median
 * of 7 frames; the best path through tokens and frames that never goes back (dynamic time warping; Sakoe and Chiba 1978)
 * gives each token its first frame. */
#ifndef LP_ASR_WORD_TIMES_H
#define LP_ASR_WORD_TIMES_H

#include <stddef.h>

/* Adds one head's weights of one token, brought to mean 0 and deviation 1 and times `share`, to row[n_frames]. */
void lp_align_add_head(float *row, const float *weights, size_t n_frames, float share);
/* first[i] is the frame at which token i begins, 0 <= first[i] < n_frames, never falling. `rows` holds n_tokens rows of
 * n_frames and is smoothed in place. Returns 0, or -1 when memory is out. */
int lp_align_tokens(float *rows, size_t n_tokens, size_t n_frames, int *first);

#endif
