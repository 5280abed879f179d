/* The edit of the decoder's graph, on models of a few bytes that are written here field by field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "asr/onnx_edit.h"
#include "base/mem.h"

/* field(n, "..") of wire type 2; all here is shorter than 128 bytes or takes two for its length */
static void field(lp_buf *out, int number, const char *p, size_t n)
{
    lp_buf_char(out, (char)(number << 3 | 2));
    if (n > 127)
        lp_buf_char(out, (char)((n & 127) | 128));
    lp_buf_char(out, (char)(n > 127 ? n >> 7 : n));
    lp_buf_bytes(out, p, n);
}

static void text(lp_buf *out, int number, const char *s)
{
    field(out, number, s, strlen(s));
}

static void nested(lp_buf *out, int number, lp_buf *inner)
{
    field(out, number, inner->data ? inner->data : "", inner->len);
    lp_buf_clear(inner);
}

static lp_buf empty(void)
{
    lp_buf b;
    lp_buf_init(&b, 1 << 14);
    return b;
}

static void softmax(lp_buf *graph, const char *name)
{
    lp_buf node = empty();
    text(&node, 1, "in");
    text(&node, 2, "w");
    text(&node, 3, name);
    text(&node, 4, "Softmax");
    nested(graph, 1, &node);
}

static void branch(lp_buf *node, const char *name, int n_layers)
{
    lp_buf attribute = empty(), graph = empty();
    for (int i = n_layers; i-- > 0;) {
        char layer[64];
        snprintf(layer, sizeof(layer), "/model/layers.%d/encoder_attn/Softmax", i);
        softmax(&graph, layer);
        softmax(&graph, "/model/layers.0/self_attn/Softmax");
    }
    text(&attribute, 1, name);
    nested(&attribute, 6, &graph);
    nested(node, 5, &attribute);
}

static lp_buf model(int n_then, int n_else)
{
    lp_buf m = empty(), graph = empty(), node = empty(), other = empty();
    text(&node, 1, "use_cache_branch");
    text(&node, 2, "logits");
    text(&node, 4, "If");
    branch(&node, "then_branch", n_then);
    branch(&node, "else_branch", n_else);
    text(&other, 4, "Add");
    nested(&graph, 1, &other);
    nested(&graph, 1, &node);
    lp_buf_bytes(&m, "\x08\x07", 2); /* ir_version = 7 */
    nested(&m, 7, &graph);
    text(&m, 2, "producer");
    return m;
}

static size_t n_times(const lp_buf *b, const char *needle)
{
    size_t n = 0, len = strlen(needle);
    for (size_t i = 0; i + len <= b->len; i++)
        n += memcmp(b->data + i, needle, len) == 0;
    return n;
}

static void every_layer_gets_an_output_in_both_branches(void **state)
{
    (void)state;
    lp_buf m = model(2, 2), out = empty();
    int n_layers = 0;
    assert_int_equal(lp_onnx_add_attention(m.data, m.len, &out, &n_layers, NULL), LP_OK);
    assert_int_equal(n_layers, 2);
    /* an Identity's output and the branch's list of outputs; the If's and the graph's own */
    assert_int_equal(n_times(&out, "cross_attentions.then_branch.1"), 2);
    assert_int_equal(n_times(&out, "cross_attentions.else_branch.0"), 2);
    assert_int_equal(n_times(&out, "cross_attentions.0"), 2);
    assert_int_equal(n_times(&out, "cross_attentions.1"), 2);
    assert_int_equal(n_times(&out, "Identity"), 4);
    assert_int_equal(n_times(&out, "Softmax"), 16); /* names and operators, as they were */
    assert_memory_equal(out.data, "\x08\x07", 2);
    assert_memory_equal(out.data + out.len - 10, "\x12\x08producer", 10);
    lp_buf_clear(&m);
    lp_buf_clear(&out);
}

static void other_graphs_are_refused(void **state)
{
    (void)state;
    static const int rows[][2] = { { 0, 0 }, { 2, 1 }, { 0, 2 } };
    for (size_t i = 0; i < 3; i++) {
        lp_buf m = model(rows[i][0], rows[i][1]), out = empty();
        int n_layers = 0;
        lp_diag d = { 0 };
        assert_int_equal(lp_onnx_add_attention(m.data, m.len, &out, &n_layers, &d), LP_ERR_TOOL);
        assert_non_null(strstr(d.text, "Moonshine"));
        lp_buf_clear(&m);
        lp_buf_clear(&out);
    }
}

static void a_model_cut_anywhere_is_refused_and_no_byte_too_many_is_read(void **state)
{
    (void)state;
    lp_buf m = model(1, 1);
    for (size_t n = 0; n < m.len - 10; n++) {
        lp_buf out = empty();
        int n_layers = 0;
        char *part = lp_calloc(n, 1);
        memcpy(part, m.data, n);
        assert_int_equal(lp_onnx_add_attention(part, n, &out, &n_layers, NULL), LP_ERR_TOOL);
        lp_free(part);
        lp_buf_clear(&out);
    }
    for (size_t i = 0; i < m.len; i++) { /* any byte altered: fine or refused, never beyond the end */
        lp_buf out = empty();
        int n_layers = 0;
        char was = m.data[i];
        m.data[i] = (char)0xff;
        lp_status s = lp_onnx_add_attention(m.data, m.len, &out, &n_layers, NULL);
        assert_true(s == LP_OK || s == LP_ERR_TOOL);
        m.data[i] = was;
        lp_buf_clear(&out);
    }
    lp_buf_clear(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layer_gets_an_output_in_both_branches),
        cmocka_unit_test(other_graphs_are_refused),
        cmocka_unit_test(a_model_cut_anywhere_is_refused_and_no_byte_too_many_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
