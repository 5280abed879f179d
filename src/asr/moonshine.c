#include "asr/moonshine.h"

#include <math.h>
#include <string.h>

#include "asr/word_times.h"
#include "asr/onnx_edit.h"
#include "asr/ort.h"
#include "asr/tokens.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/wav.h"

enum {
    START_TOKEN = 1,
    STOP_TOKEN = 2,
    FRAME_SAMPLES = 384,
    MAX_LAYERS = 16,
    MAX_STATES = 4 * MAX_LAYERS, /* decoder key and value, encoder key and value of each layer */
    MAX_STEPS = 400,
    MAX_MODEL_BYTES = 1 << 30,
    LEAST_SAMPLES = LP_WAV_HZ / 10
};
/* No one speaks faster: a model that writes more has gone round in a loop. */
static const double tokens_a_second = 6.5, spare_tokens = 6;
/* A boost lifts what the model thinks possible, it never invents: tokens this far below the best do not take part. */
static const float bias_reach = 14;

struct lp_moonshine {
    lp_ort *ort;
    lp_ort_model *encoder, *decoder;
    int n_layers, n_heads, head_size;
    lp_tokens tokens;
    lp_arena arena; /* the table */
    char sha256[LP_DIGEST_HEX];
};

typedef struct step {
    int token;
    double log_p;
} step;

/* One chunk while it is decoded. */
typedef struct decoding {
    lp_ort_value *states; /* of the encoder */
    lp_ort_value *past[MAX_STATES];
    size_t n_past;
    step *steps;
    float *looks; /* a row of n_frames for each step */
    size_t n_steps, max_steps, n_frames;
} decoding;

static lp_status load(lp_moonshine *m, const char *dir, const char *name, int n_threads, lp_digest *digest,
                      int want_attention, lp_ort_model **out, lp_diag *d)
{
    lp_arena a = { 0 };
    lp_buf file, edited;
    int n_layers = 0;
    lp_buf_init(&file, MAX_MODEL_BYTES);
    lp_buf_init(&edited, MAX_MODEL_BYTES);
    char *path = lp_path_join(&a, dir, name);
    lp_status s = path ? lp_file_read(path, &file, d) : lp_fail_nomem(d);
    if (s == LP_ERR_NO_INPUT || s == LP_ERR_INPUT)
        s = LP_ERR_TOOL;
    if (s == LP_OK)
        lp_digest_add(digest, file.data, file.len);
    if (s == LP_OK && want_attention) {
        s = lp_onnx_add_attention(file.data, file.len, &edited, &n_layers, d);
        lp_buf_clear(&file); /* two of them at a time are enough */
    }
    lp_buf *use = want_attention ? &edited : &file;
    if (s == LP_OK)
        s = lp_ort_load(m->ort, use->data, use->len, n_threads, path, out, d);
    m->n_layers = want_attention ? n_layers : m->n_layers;
    lp_buf_clear(&file);
    lp_buf_clear(&edited);
    lp_arena_clear(&a);
    return s;
}

/* The sizes of a past state, [batch, heads, length, head size], and whether the graph has the inputs and outputs that are used. */
static lp_status look_at_decoder(lp_moonshine *m, lp_diag *d)
{
    int64_t dims[LP_ORT_MAX_DIMS];
    size_t n = 0, n_states = 4 * (size_t)m->n_layers;
    const lp_ort_model *dec = m->decoder;
    if (m->n_layers > MAX_LAYERS || dec->n_in != n_states + 3 || dec->n_out != 1 + n_states + (size_t)m->n_layers ||
        !lp_str_eq(dec->in[0], "input_ids") || !lp_str_eq(dec->in[1], "encoder_hidden_states") ||
        !lp_str_eq(dec->in[dec->n_in - 1], "use_cache_branch"))
        return lp_fail(d, LP_ERR_TOOL, 0, "the decoder has other inputs than a Moonshine model");
    lp_status s = lp_ort_input_shape(dec, 2, dims, &n, d);
    if (s == LP_OK && (n != 4 || dims[1] < 1 || dims[1] > 64 || dims[3] < 1 || dims[3] > 1024))
        s = lp_fail(d, LP_ERR_TOOL, 0, "the decoder has other states than a Moonshine model");
    m->n_heads = s == LP_OK ? (int)dims[1] : 0;
    m->head_size = s == LP_OK ? (int)dims[3] : 0;
    return s;
}

lp_status lp_moonshine_open(const char *dir, int n_threads, lp_moonshine **out, lp_diag *d)
{
    *out = NULL;
    lp_moonshine *m = lp_calloc(1, sizeof(*m));
    if (!m)
        return lp_fail_nomem(d);
    lp_digest digest;
    lp_buf table;
    lp_digest_init(&digest);
    lp_buf_init(&table, 16 << 20);
    char *path = lp_path_join(&m->arena, dir, "tokens.txt");
    lp_status s = path ? lp_file_read(path, &table, d) : lp_fail_nomem(d);
    if (s == LP_ERR_NO_INPUT || s == LP_ERR_INPUT)
        s = LP_ERR_TOOL;
    if (s == LP_OK)
        s = lp_tokens_parse(&m->tokens, &m->arena, table.data, table.len, d);
    lp_buf_clear(&table);
    if (s == LP_OK)
        s = lp_ort_open(dir, &m->ort, d);
    if (s == LP_OK)
        s = load(m, dir, "encoder_model.onnx", n_threads, &digest, 0, &m->encoder, d);
    if (s == LP_OK)
        s = load(m, dir, "decoder_model_merged.onnx", n_threads, &digest, 1, &m->decoder, d);
    lp_digest_hex(&digest, m->sha256);
    if (s == LP_OK)
        s = look_at_decoder(m, d);
    if (s != LP_OK)
        lp_moonshine_close(&m);
    *out = m;
    return s;
}

void lp_moonshine_close(lp_moonshine **m)
{
    if (!*m)
        return;
    lp_ort_unload(&(*m)->encoder);
    lp_ort_unload(&(*m)->decoder);
    lp_ort_close(&(*m)->ort);
    lp_arena_clear(&(*m)->arena);
    lp_free(*m);
    *m = NULL;
}

const char *lp_moonshine_name(const lp_moonshine *m)
{
    return m->n_layers >= 8 ? "moonshine-base" : "moonshine-tiny";
}

const char *lp_moonshine_sha256(const lp_moonshine *m)
{
    return m->sha256;
}

const char *lp_moonshine_runtime(const lp_moonshine *m)
{
    return lp_ort_version(m->ort);
}

static lp_status encode(lp_moonshine *m, float *pcm, size_t n, decoding *g, lp_diag *d)
{
    const int64_t dims[] = { 1, (int64_t)n };
    static const char *const in_names[] = { "input_values" }, *const out_names[] = { "last_hidden_state" };
    int64_t shape[LP_ORT_MAX_DIMS];
    size_t n_dims = 0;
    lp_ort_value *sound = NULL;
    lp_status s = lp_ort_tensor(m->ort, pcm, n * sizeof(*pcm), dims, 2, LP_ORT_FLOAT, &sound, d);
    if (s == LP_OK)
        s = lp_ort_run(m->encoder, in_names, &sound, 1, out_names, 1, &g->states, d);
    lp_ort_release(m->ort, &sound);
    if (s == LP_OK)
        s = lp_ort_shape(m->ort, g->states, shape, &n_dims, d);
    if (s == LP_OK && (n_dims != 3 || shape[1] < 1 || shape[1] > 1 << 16))
        s = lp_fail(d, LP_ERR_TOOL, 0, "the encoder gives another shape than a Moonshine model");
    g->n_frames = s == LP_OK ? (size_t)shape[1] : 0;
    return s;
}

/* The best token with boosts, and how likely the model itself held it. */
static step choose(const lp_moonshine *m, const float *logits, size_t n, const lp_bias *bias)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (logits[i] > logits[best])
            best = i;
    float top = logits[best], score = top;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += exp((double)(logits[i] - top));
    for (size_t i = 0; bias->n && i < n; i++) {
        if (logits[i] < top - bias_reach)
            continue;
        float with = logits[i] + lp_bias_of(bias, lp_tokens_text(&m->tokens, (int)i));
        if (with > score) {
            score = with;
            best = i;
        }
    }
    return (step){ (int)best, (double)(logits[best] - top) - log(sum) };
}

/* Where every layer and head looked, as one row. */
static lp_status add_looks(lp_moonshine *m, decoding *g, lp_ort_value **attention, lp_diag *d)
{
    float *row = g->looks + g->n_steps * g->n_frames, share = 1.0F / (float)(m->n_layers * m->n_heads);
    for (int layer = 0; layer < m->n_layers; layer++) {
        float *weights;
        int64_t shape[LP_ORT_MAX_DIMS];
        size_t n = 0;
        lp_status s = lp_ort_shape(m->ort, attention[layer], shape, &n, d);
        if (s == LP_OK && (n != 4 || shape[1] != m->n_heads || shape[2] != 1 || (size_t)shape[3] != g->n_frames))
            s = lp_fail(d, LP_ERR_TOOL, 0, "the decoder looks at another number of frames than there are");
        if (s == LP_OK)
            s = lp_ort_floats(m->ort, attention[layer], &weights, d);
        if (s != LP_OK)
            return s;
        for (int head = 0; head < m->n_heads; head++)
            lp_align_add_head(row, weights + (size_t)head * g->n_frames, g->n_frames, share);
    }
    return LP_OK;
}

/* After the first step only the decoder's own states change: key and value of the encoder's, the last two of each four, stay. */
static void keep_states(lp_moonshine *m, decoding *g, lp_ort_value **present, int is_first)
{
    for (size_t i = 0; i < g->n_past; i++) {
        if (is_first || i % 4 < 2) {
            lp_ort_release(m->ort, &g->past[i]);
            g->past[i] = present[i];
            present[i] = NULL;
        }
    }
}

/* One run of the decoder: `token` goes in, the next step is appended. */
static lp_status decode_step(lp_moonshine *m, decoding *g, int64_t token, const lp_bias *bias, lp_diag *d)
{
    lp_ort_value *in[MAX_STATES + 3] = { 0 }, *out[1 + MAX_STATES + MAX_LAYERS] = { 0 };
    int is_first = g->n_steps == 0;
    unsigned char has_past = !is_first;
    const int64_t id_dims[] = { 1, 1 }, flag_dims[] = { 1 };
    int64_t shape[LP_ORT_MAX_DIMS];
    size_t n_in = g->n_past + 3, n_dims = 0;
    float *logits = NULL;
    lp_status s = lp_ort_tensor(m->ort, &token, sizeof(token), id_dims, 2, LP_ORT_INT64, &in[0], d);
    if (s == LP_OK)
        s = lp_ort_tensor(m->ort, &has_past, sizeof(has_past), flag_dims, 1, LP_ORT_BOOL, &in[n_in - 1], d);
    in[1] = g->states;
    memcpy(in + 2, g->past, g->n_past * sizeof(*in));
    if (s == LP_OK)
        s = lp_ort_run(m->decoder, (const char *const *)m->decoder->in, in, n_in, (const char *const *)m->decoder->out,
                       m->decoder->n_out, out, d);
    lp_ort_release(m->ort, &in[0]);
    lp_ort_release(m->ort, &in[n_in - 1]);
    if (s == LP_OK)
        s = lp_ort_shape(m->ort, out[0], shape, &n_dims, d);
    if (s == LP_OK && (n_dims != 3 || shape[2] < 3 || shape[2] > 1 << 20))
        s = lp_fail(d, LP_ERR_TOOL, 0, "the decoder gives another shape than a Moonshine model");
    if (s == LP_OK)
        s = lp_ort_floats(m->ort, out[0], &logits, d);
    if (s == LP_OK)
        s = add_looks(m, g, out + 1 + g->n_past, d);
    if (s == LP_OK) {
        g->steps[g->n_steps++] = choose(m, logits, (size_t)shape[2], bias);
        keep_states(m, g, out + 1, is_first);
    }
    for (size_t i = 0; i < m->decoder->n_out; i++)
        lp_ort_release(m->ort, &out[i]);
    return s;
}

static lp_status decode(lp_moonshine *m, decoding *g, size_t n_samples, lp_bias *bias, lp_heard *heard, lp_diag *d)
{
    static float nothing[1];
    const int64_t dims[] = { 0, m->n_heads, 1, m->head_size };
    double most = (double)n_samples / LP_WAV_HZ * tokens_a_second + spare_tokens;
    g->max_steps = most < MAX_STEPS ? (size_t)most : MAX_STEPS;
    g->steps = lp_calloc(g->max_steps, sizeof(*g->steps));
    g->looks = lp_calloc(g->max_steps * g->n_frames, sizeof(*g->looks));
    if (!g->steps || !g->looks)
        return lp_fail_nomem(d);
    lp_status s = LP_OK;
    g->n_past = 4 * (size_t)m->n_layers;
    for (size_t i = 0; s == LP_OK && i < g->n_past; i++)
        s = lp_ort_tensor(m->ort, nothing, 0, dims, 4, LP_ORT_FLOAT, &g->past[i], d);
    int token = START_TOKEN;
    while (s == LP_OK && g->n_steps < g->max_steps && token != STOP_TOKEN) {
        s = decode_step(m, g, token, bias, d);
        if (s != LP_OK)
            break;
        token = g->steps[g->n_steps - 1].token;
        lp_bias_said(bias, lp_tokens_text(&m->tokens, token));
    }
    heard->is_complete = token == STOP_TOKEN;
    return s;
}

/* Puts tokens together to words: a token that begins with a blank begins one. */
static lp_status words_of(const lp_moonshine *m, const decoding *g, const int *first, lp_arena *a, lp_heard *out, lp_diag *d)
{
    const double frame = (double)FRAME_SAMPLES / LP_WAV_HZ;
    size_t cap = 0;
    double log_p = 0;
    int n_tokens = 0;
    for (size_t i = 0; i < g->n_steps && g->steps[i].token != STOP_TOKEN; i++) {
        const char *text = lp_tokens_text(&m->tokens, g->steps[i].token);
        int is_new = lp_tokens_begins_word(text) || out->n == 0;
        text += lp_tokens_begins_word(text);
        if (!*text && !is_new)
            continue;
        /* a blank of its own begins a word that the next token writes */
        if (is_new && (out->n == 0 || out->words[out->n - 1].text[0])) {
            if (lp_arena_grow(a, (void **)&out->words, out->n, &cap, sizeof(*out->words), MAX_STEPS) != 0)
                return lp_fail_nomem(d);
            out->words[out->n++] = (lp_heard_word){ .start = first[i] * frame, .text = "" };
            log_p = 0;
            n_tokens = 0;
        }
        lp_heard_word *w = &out->words[out->n - 1];
        w->text = lp_arena_printf(a, "%s%s", w->text, text);
        if (!w->text)
            return lp_fail_nomem(d);
        log_p += g->steps[i].log_p;
        w->p = exp(log_p / ++n_tokens);
        w->end = (i + 1 < g->n_steps ? first[i + 1] : (int)g->n_frames) * frame;
    }
    if (out->n && !out->words[out->n - 1].text[0])
        out->n--;
    return LP_OK;
}

lp_status lp_moonshine_hear(lp_moonshine *m, float *pcm, size_t n, lp_bias *bias, lp_arena *a, lp_heard *out, lp_diag *d)
{
    *out = (lp_heard){ .is_complete = 1 };
    if (n < LEAST_SAMPLES)
        return LP_OK;
    decoding g = { 0 };
    int *first = NULL;
    lp_status s = encode(m, pcm, n, &g, d);
    if (s == LP_OK)
        s = decode(m, &g, n, bias, out, d);
    if (s == LP_OK) {
        first = lp_calloc(g.n_steps, sizeof(*first));
        if (!first || lp_align_tokens(g.looks, g.n_steps, g.n_frames, first) != 0)
            s = lp_fail_nomem(d);
    }
    if (s == LP_OK)
        s = words_of(m, &g, first, a, out, d);
    for (size_t i = 0; i < g.n_past; i++)
        lp_ort_release(m->ort, &g.past[i]);
    lp_ort_release(m->ort, &g.states);
    lp_free(g.steps);
    lp_free(g.looks);
    lp_free(first);
    return s;
}
