/* Adds outputs to a Moonshine decoder: where in the sound each token looked. The published graph computes the weights of
 * its cross-attention but keeps them inside; word times need them.
 *
 * An ONNX model is a protocol-buffer message (onnx.proto, ModelProto); this walks its wire format and touches
 * only the graph's If node, its two branches and the list of outputs. All else is copied as it is. */
#ifndef LP_ASR_ONNX_EDIT_H
#define LP_ASR_ONNX_EDIT_H

#include <stdint.h>

#include "base/buf.h"

/* Appends the edited model to `out`: outputs "cross_attentions.0" .. one for each decoder layer, float [1, heads, 1, frames].
 * *n_layers is how many. LP_ERR_TOOL: malformed, or not a decoder of the kind; LP_ERR_NOMEM. */
lp_status lp_onnx_add_attention(const void *model, size_t n, lp_buf *out, int *n_layers, lp_diag *d) LP_MUST_USE;

#endif
