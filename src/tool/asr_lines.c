#include "tool/asr_lines.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

enum { MAX_WORDS = 1 << 20, MAX_BLANK = 3 };

/* How many bytes of white space stand at p: ASCII, no-break, ideographic. */
static size_t blank_at(const char *p, size_t n)
{
    static const char *const blanks[] = { " ", "\t", "\n", "\xc2\xa0", "\xe3\x80\x80" };
    for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++) {
        size_t len = strlen(blanks[i]);
        if (n >= len && memcmp(p, blanks[i], len) == 0)
            return len;
    }
    return 0;
}

/* The next word of text, with its length; *p and *n go behind it. NULL at the end. */
static const char *next_word(const char **p, size_t *n, size_t *len)
{
    for (size_t b; (b = blank_at(*p, *n)) > 0; *n -= b)
        *p += b;
    const char *word = *p;
    *len = 0;
    while (*n > 0 && !blank_at(*p, *n)) {
        ++*p;
        --*n;
        ++*len;
    }
    return *len ? word : NULL;
}

lp_status lp_asr_spread(const char *text, size_t n, int64_t start_us, int64_t end_us, float p, lp_arena *a, lp_words *out,
                        lp_diag *d)
{
    size_t total = 0, done = 0, len;
    const char *at = text, *word;
    size_t left = n;
    while ((word = next_word(&at, &left, &len)))
        total += lp_utf8_count(word, len);
    end_us = end_us < start_us ? start_us : end_us;
    at = text;
    left = n;
    while ((word = next_word(&at, &left, &len))) {
        size_t count = lp_utf8_count(word, len);
        double from = (double)done / (double)total, to = (double)(done + count) / (double)total;
        double span = (double)(end_us - start_us);
        lp_word w = { start_us + (int64_t)(span * from), start_us + (int64_t)(span * to), lp_arena_strndup(a, word, len), p, -1 };
        if (!w.text || lp_arena_grow(a, (void **)&out->items, out->n, &out->cap, sizeof(w), MAX_WORDS) != 0)
            return lp_fail_nomem(d);
        out->items[out->n++] = w;
        done += count;
    }
    return LP_OK;
}

static int64_t time_of(const json_t *v, int64_t fallback)
{
    double s = json_is_number(v) ? json_number_value(v) : NAN;
    return s > -1e9 && s < 1e9 ? (int64_t)llround(s * 1e6) : fallback;
}

static const int64_t never = INT64_MIN / 4; /* no time: before all others, and can be subtracted from */

static float certainty(const json_t *v)
{
    double p = json_is_number(v) ? json_number_value(v) : -1;
    return p >= 0 ? (float)(p > 1 ? 1 : p) : -1.0F;
}

/* One word of a chunk: [start, end, p, "word"]. Its times are brought into the chunk and behind the word before. */
static lp_status add_word(const json_t *v, lp_asr_line *out, int64_t after_us, lp_arena *a, lp_words *words, lp_diag *d)
{
    const char *text = json_string_value(json_array_get(v, 3));
    if (!text)
        return lp_fail(d, LP_ERR_INPUT, 0, "a word that is not [start, end, p, \"word\"]");
    int64_t start = time_of(json_array_get(v, 0), never), end = time_of(json_array_get(v, 1), never);
    int64_t was_start = start, was_end = end;
    start = start < out->start_us ? out->start_us : start > out->end_us ? out->end_us : start;
    start = start < after_us ? after_us : start;
    end = end > out->end_us ? out->end_us : end < start ? start : end;
    /* a millisecond is rounding, and no lie */
    out->n_mended += llabs(start - was_start) > 1000 || llabs(end - was_end) > 1000;
    lp_buf clean;
    lp_buf_init(&clean, 4 * strlen(text) + 1);
    lp_utf8_clean(&clean, text, strlen(text));
    lp_status s = clean.data ? lp_asr_spread(clean.data, clean.len, start, end, certainty(json_array_get(v, 2)), a, words, d) : LP_OK;
    lp_buf_clear(&clean);
    return s;
}

static lp_status read_chunk(const json_t *root, lp_arena *a, lp_asr_line *out, lp_diag *d)
{
    const json_t *list = json_object_get(root, "words");
    lp_words words = { 0 };
    lp_status s = LP_OK;
    out->id = lp_json_int(root, "id", -1);
    out->start_us = time_of(json_object_get(root, "start"), -1);
    out->end_us = time_of(json_object_get(root, "end"), -1);
    out->lang = lp_json_str_dup(root, "lang", a);
    out->is_complete = lp_json_bool(root, "eos", 1);
    if (out->id < 0 || out->start_us < 0 || out->end_us < out->start_us || !json_is_array(list))
        return lp_fail(d, LP_ERR_INPUT, 0, "a chunk without an id, a start, an end or words");
    for (size_t i = 0; s == LP_OK && i < json_array_size(list); i++)
        s = add_word(json_array_get(list, i), out, words.n ? words.items[words.n - 1].start_us : 0, a, &words, d);
    out->words = words.items;
    out->n_words = words.n;
    return s;
}

static lp_status read_object(const json_t *root, lp_arena *a, lp_asr_line *out, lp_diag *d)
{
    const char *kind = lp_json_str(root, "t", NULL);
    if (!kind)
        return lp_fail(d, LP_ERR_INPUT, 0, "a line that does not say what it is");
    if (lp_str_eq(kind, "chunk")) {
        out->kind = LP_ASR_LINE_CHUNK;
        return read_chunk(root, a, out, d);
    }
    out->kind = lp_str_eq(kind, "hello") ? LP_ASR_LINE_HELLO
                : lp_str_eq(kind, "end") ? LP_ASR_LINE_END
                : lp_str_eq(kind, "job") ? LP_ASR_LINE_JOB
                                         : LP_ASR_LINE_OTHER;
    out->engine = lp_json_str_dup(root, "engine", a);
    out->model = lp_json_str_dup(root, "model", a);
    out->sha256 = lp_json_str_dup(root, "sha256", a);
    out->key = lp_json_str_dup(root, "key", a);
    return LP_OK;
}

lp_status lp_asr_line_parse(const char *text, size_t n, lp_arena *a, lp_asr_line *out, lp_diag *d)
{
    *out = (lp_asr_line){ 0 };
    json_t *root = NULL;
    lp_buf clean;
    lp_buf_init(&clean, 4 * n + 1);
    if (!lp_utf8_is_valid(text, n)) {
        lp_utf8_clean(&clean, text, n);
        text = clean.data ? clean.data : "";
        n = clean.len;
    }
    lp_status s = clean.failed ? lp_fail_nomem(d) : lp_json_parse(text, n, "a line of the engine", &root, d);
    if (s == LP_OK)
        s = read_object(root, a, out, d);
    json_decref(root);
    lp_buf_clear(&clean);
    return s;
}

lp_status lp_asr_line_write(const lp_asr_line *chunk, lp_buf *out, lp_diag *d)
{
    json_t *root = json_object(), *words = json_array();
    lp_json_set_str(root, "t", "chunk");
    lp_json_set_int(root, "id", chunk->id);
    lp_json_set_seconds(root, "start", chunk->start_us);
    lp_json_set_seconds(root, "end", chunk->end_us);
    lp_json_set_str(root, "lang", chunk->lang);
    for (size_t i = 0; i < chunk->n_words; i++) {
        const lp_word *w = &chunk->words[i];
        json_t *word = json_array();
        json_array_append_new(word, lp_json_seconds(w->start_us));
        json_array_append_new(word, lp_json_seconds(w->end_us));
        json_array_append_new(word, json_real(round((double)w->p * 1000) / 1000));
        json_array_append_new(word, json_string(w->text));
        json_array_append_new(words, word);
    }
    lp_json_set_new(root, "words", words);
    lp_json_set_bool(root, "eos", chunk->is_complete);
    lp_status s = lp_json_text(root, 0, out, d);
    lp_buf_char(out, '\n');
    json_decref(root);
    return s;
}
