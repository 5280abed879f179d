#include "asr/onnx_edit.h"

#include <stdio.h>
#include <string.h>

enum { MAX_LAYERS = 32, MAX_BYTES = 1 << 30, MAX_NAME = 96 };
/* Field numbers of onnx.proto. */
enum {
    MODEL_GRAPH = 7,
    GRAPH_NODE = 1,
    GRAPH_OUTPUT = 12,
    NODE_INPUT = 1,
    NODE_OUTPUT = 2,
    NODE_NAME = 3,
    NODE_OP = 4,
    NODE_ATTRIBUTE = 5,
    ATTRIBUTE_NAME = 1,
    ATTRIBUTE_GRAPH = 6,
    VALUE_NAME = 1,
    VALUE_TYPE = 2,
    TYPE_TENSOR = 1,
    TENSOR_ELEMENT = 1,
    ELEMENT_FLOAT = 1
};
enum { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, WIRE_32 = 5 };

typedef struct bytes {
    const unsigned char *p;
    size_t n;
} bytes;

typedef struct field {
    unsigned number;
    bytes raw;  /* with its key */
    bytes data; /* wire type 2: what it holds; else empty */
} field;

static int read_varint(bytes *in, uint64_t *v)
{
    *v = 0;
    for (unsigned shift = 0; shift < 64 && in->n > 0; shift += 7) {
        unsigned char c = *in->p;
        in->p++;
        in->n--;
        *v |= (uint64_t)(c & 127) << shift;
        if (c < 128)
            return 0;
    }
    return -1;
}

/* Takes the next field off `in`. 1: got one; 0: none left; -1: malformed. */
static int next_field(bytes *in, field *f)
{
    if (in->n == 0)
        return 0;
    const unsigned char *start = in->p;
    uint64_t key, n = 0;
    if (read_varint(in, &key) != 0)
        return -1;
    unsigned wire = key & 7;
    f->number = (unsigned)(key >> 3);
    f->data = (bytes){ in->p, 0 };
    if (wire == WIRE_VARINT) {
        if (read_varint(in, &n) != 0)
            return -1;
        n = 0;
    } else if (wire == WIRE_64 || wire == WIRE_32) {
        n = wire == WIRE_64 ? 8 : 4;
    } else if (wire != WIRE_BYTES || read_varint(in, &n) != 0) {
        return -1;
    }
    if (n > in->n)
        return -1;
    if (wire == WIRE_BYTES)
        f->data = (bytes){ in->p, (size_t)n };
    in->p += n;
    in->n -= (size_t)n;
    f->raw = (bytes){ start, (size_t)(in->p - start) };
    return 1;
}

static void put_varint(lp_buf *out, uint64_t v)
{
    while (v > 127) {
        lp_buf_char(out, (char)((v & 127) | 128));
        v >>= 7;
    }
    lp_buf_char(out, (char)v);
}

static void put_bytes(lp_buf *out, unsigned number, const void *p, size_t n)
{
    put_varint(out, number << 3 | WIRE_BYTES);
    put_varint(out, n);
    lp_buf_bytes(out, p, n);
}

/* Puts a message that was built in `inner`, and empties that. A failure of it becomes one of `out`. */
static void put_message(lp_buf *out, unsigned number, lp_buf *inner)
{
    put_bytes(out, number, inner->data, inner->len);
    if (inner->failed)
        out->failed = inner->failed;
    lp_buf_clear(inner);
}

static void put_name(lp_buf *out, unsigned number, const char *s)
{
    put_bytes(out, number, s, strlen(s));
}

/* An output of a graph: a float tensor of any shape. */
static void put_value_info(lp_buf *out, const char *name)
{
    const unsigned char type[] = { TYPE_TENSOR << 3 | WIRE_BYTES, 2, TENSOR_ELEMENT << 3 | WIRE_VARINT, ELEMENT_FLOAT };
    lp_buf v;
    lp_buf_init(&v, 4096);
    put_name(&v, VALUE_NAME, name);
    put_bytes(&v, VALUE_TYPE, type, sizeof(type));
    put_message(out, GRAPH_OUTPUT, &v);
}

static int is_text(bytes b, const char *s)
{
    return b.n == strlen(s) && memcmp(b.p, s, b.n) == 0;
}

/* The layer whose cross-attention weights the node computes: "/model/decoder/layers.3/encoder_attn/Softmax"; else -1.
 * *result is the name of its output. */
static int attention_layer(bytes node, bytes *result)
{
    field f;
    bytes name = { 0 }, op = { 0 };
    *result = (bytes){ 0 };
    while (next_field(&node, &f) == 1) {
        if (f.number == NODE_NAME)
            name = f.data;
        else if (f.number == NODE_OP)
            op = f.data;
        else if (f.number == NODE_OUTPUT && result->n == 0)
            *result = f.data;
    }
    char text[256];
    if (!is_text(op, "Softmax") || name.n >= sizeof(text) || result->n == 0)
        return -1;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    const char *at = strstr(text, "layers.");
    int layer;
    if (!strstr(text, "encoder_attn") || !at || sscanf(at, "layers.%3d", &layer) != 1 || layer < 0 || layer >= MAX_LAYERS)
        return -1;
    return layer;
}

/* A branch of the If: its nodes as they are, then for each layer an Identity that gives the weights a name of their own,
 * for the two branches of an If may share none. */
static int edit_branch(bytes graph, bytes branch, lp_buf *out, uint32_t *layers)
{
    bytes found[MAX_LAYERS] = { { 0 } };
    field f;
    int got;
    *layers = 0;
    while ((got = next_field(&graph, &f)) == 1) {
        lp_buf_bytes(out, f.raw.p, f.raw.n);
        bytes result;
        int layer = f.number == GRAPH_NODE ? attention_layer(f.data, &result) : -1;
        if (layer >= 0) {
            found[layer] = result;
            *layers |= UINT32_C(1) << layer;
        }
    }
    for (int i = 0; i < MAX_LAYERS; i++) {
        if (!found[i].n)
            continue;
        char name[MAX_NAME];
        snprintf(name, sizeof(name), "cross_attentions.%.*s.%d", (int)(branch.n < 32 ? branch.n : 32), (const char *)branch.p, i);
        lp_buf node;
        lp_buf_init(&node, 4096);
        put_bytes(&node, NODE_INPUT, found[i].p, found[i].n);
        put_name(&node, NODE_OUTPUT, name);
        put_name(&node, NODE_OP, "Identity");
        put_message(out, GRAPH_NODE, &node);
        put_value_info(out, name);
    }
    return got;
}

static int edit_attribute(bytes attribute, lp_buf *out, uint32_t *layers)
{
    bytes all = attribute, name = { 0 };
    field f;
    int got;
    while (next_field(&all, &f) == 1)
        if (f.number == ATTRIBUTE_NAME)
            name = f.data;
    while ((got = next_field(&attribute, &f)) == 1) {
        if (f.number != ATTRIBUTE_GRAPH) {
            lp_buf_bytes(out, f.raw.p, f.raw.n);
            continue;
        }
        lp_buf graph;
        lp_buf_init(&graph, MAX_BYTES);
        int bad = edit_branch(f.data, name, &graph, layers);
        put_message(out, ATTRIBUTE_GRAPH, &graph);
        if (bad)
            return -1;
    }
    return got;
}

static void put_outputs(lp_buf *out, uint32_t layers, int is_graph)
{
    for (int i = 0; i < MAX_LAYERS; i++) {
        char name[MAX_NAME];
        snprintf(name, sizeof(name), "cross_attentions.%d", i);
        if (!(layers >> i & 1))
            continue;
        if (is_graph)
            put_value_info(out, name);
        else
            put_name(out, NODE_OUTPUT, name);
    }
}

/* The If node. -1 when malformed or when its branches do not have the same layers. */
static int edit_if(bytes node, lp_buf *out, uint32_t *layers)
{
    field f;
    int got, n_branches = 0;
    while ((got = next_field(&node, &f)) == 1) {
        if (f.number != NODE_ATTRIBUTE) {
            lp_buf_bytes(out, f.raw.p, f.raw.n);
            continue;
        }
        uint32_t own = 0;
        lp_buf attribute;
        lp_buf_init(&attribute, MAX_BYTES);
        int bad = edit_attribute(f.data, &attribute, &own);
        put_message(out, NODE_ATTRIBUTE, &attribute);
        if (bad || (n_branches++ > 0 && own != *layers))
            return -1;
        *layers = own;
    }
    put_outputs(out, *layers, 0);
    return got;
}

static int is_if(bytes node)
{
    field f;
    while (next_field(&node, &f) == 1)
        if (f.number == NODE_OP)
            return is_text(f.data, "If");
    return 0;
}

static int edit_graph(bytes graph, lp_buf *out, uint32_t *layers)
{
    field f;
    int got;
    while ((got = next_field(&graph, &f)) == 1) {
        if (f.number != GRAPH_NODE || *layers || !is_if(f.data)) {
            lp_buf_bytes(out, f.raw.p, f.raw.n);
            continue;
        }
        lp_buf node;
        lp_buf_init(&node, MAX_BYTES);
        int bad = edit_if(f.data, &node, layers);
        put_message(out, GRAPH_NODE, &node);
        if (bad)
            return -1;
    }
    put_outputs(out, *layers, 1);
    return got;
}

lp_status lp_onnx_add_attention(const void *model, size_t n, lp_buf *out, int *n_layers, lp_diag *d)
{
    bytes in = { model, n };
    field f;
    int got = 0, bad = 0;
    uint32_t layers = 0;
    *n_layers = 0;
    while (!bad && (got = next_field(&in, &f)) == 1) {
        if (f.number != MODEL_GRAPH) {
            lp_buf_bytes(out, f.raw.p, f.raw.n);
            continue;
        }
        lp_buf graph;
        lp_buf_init(&graph, MAX_BYTES);
        bad = edit_graph(f.data, &graph, &layers);
        put_message(out, MODEL_GRAPH, &graph);
    }
    while (layers >> *n_layers & 1)
        ++*n_layers;
    if (bad || got < 0 || *n_layers == 0 || layers >> *n_layers != 0)
        return lp_fail(d, LP_ERR_TOOL, 0, "the decoder's graph is not one of a Moonshine model");
    return lp_buf_check(out, "decoder", d);
}
