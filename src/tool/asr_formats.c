#include "tool/asr_formats.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tool/asr_lines.h"
#include "tool/asr_tokens.h"

enum { MAX_WORDS = 1 << 20, MAX_TEXT = 1 << 20 };

static int64_t seconds_of(const json_t *o, const char *key)
{
    return lp_json_get_seconds(o, key, -1);
}

static float p_of(const json_t *o, const char *key)
{
    double p = lp_json_real(o, key, -1);
    return p >= 0 && p <= 1 ? (float)p : -1.0F;
}

/* Adds the words of a string of mended JSON. What whisper.cpp says of silence is no word. */
static lp_status spread(const char *text, int64_t start_us, int64_t end_us, float p, lp_arena *a, lp_words *out,
                        lp_diag *d)
{
    lp_buf raw, clean;
    lp_buf_init(&raw, MAX_TEXT);
    lp_buf_init(&clean, 4 * MAX_TEXT);
    lp_asr_bytes_of(text, &raw);
    lp_utf8_clean(&clean, raw.data, raw.len);
    lp_status s = lp_buf_check(raw.failed ? &raw : &clean, "a text of the engine", d);
    if (s == LP_OK && clean.len && !strstr(clean.data, "[BLANK_AUDIO]"))
        s = lp_asr_spread(clean.data, clean.len, start_us, end_us, p, a, out, d);
    lp_buf_clear(&raw);
    lp_buf_clear(&clean);
    return s;
}

/* Whisper's own JSON, also of faster-whisper and whisper-ctranslate2: segments with words, or with text alone. */
static lp_status read_segment(const json_t *segment, lp_arena *a, lp_words *out, lp_diag *d)
{
    const json_t *list = json_object_get(segment, "words");
    const char *text = lp_json_str(segment, "text", "");
    int64_t start = seconds_of(segment, "start"), end = seconds_of(segment, "end");
    lp_status s = LP_OK;
    if (json_array_size(list) == 0)
        return start < 0 ? LP_OK : spread(text, start, end, -1, a, out, d);
    for (size_t i = 0; s == LP_OK && i < json_array_size(list); i++) {
        const json_t *w = json_array_get(list, i);
        const char *word = lp_json_str(w, "word", "");
        int64_t from = seconds_of(w, "start"), to = seconds_of(w, "end");
        /* WhisperX leaves the times of numbers out: they follow the word before */
        if (from < 0)
            from = out->n ? out->items[out->n - 1].end_us : start < 0 ? 0 : start;
        s = spread(word, from, to, fmaxf(p_of(w, "probability"), p_of(w, "score")), a, out, d);
    }
    return s;
}

static lp_status read_whisper(const json_t *root, lp_arena *a, lp_words *out, const char **lang, lp_diag *d)
{
    const json_t *list = json_object_get(root, "segments");
    lp_status s = json_is_array(list) ? LP_OK : lp_fail(d, LP_ERR_INPUT, 0, "JSON without segments: not Whisper's");
    for (size_t i = 0; s == LP_OK && i < json_array_size(list); i++)
        s = read_segment(json_array_get(list, i), a, out, d);
    *lang = lp_json_str_dup(root, "language", a);
    return s;
}

static int64_t offset_of(const json_t *o, const char *key)
{
    int64_t ms = lp_json_int(json_object_get(o, "offsets"), key, -1);
    return ms >= 0 && ms < 1000000000 ? ms * 1000 : -1;
}

/* A word that is being put together from tokens: bytes, of which the last may begin a character. */
typedef struct building {
    lp_buf text;
    int64_t start_us, end_us;
    double log_p;
    int n;
} building;

static int is_sign(const char *text) /* "[_BEG_]", "[_TT_150]" */
{
    return text[0] == '[' && text[1] == '_';
}

static lp_status end_word(building *b, lp_arena *a, lp_words *out, lp_diag *d)
{
    lp_buf clean;
    lp_buf_init(&clean, 4 * MAX_TEXT);
    lp_utf8_clean(&clean, b->text.data, b->text.len);
    lp_status s = lp_buf_check(b->text.failed ? &b->text : &clean, "a word of the engine", d);
    if (s == LP_OK && clean.len && !strstr(clean.data, "[BLANK_AUDIO]"))
        s = lp_asr_spread(clean.data, clean.len, b->start_us, b->end_us, b->n ? (float)exp(b->log_p / b->n) : -1, a, out,
                          d);
    lp_buf_clear(&clean);
    lp_buf_clear(&b->text);
    lp_buf text = b->text;
    *b = (building){ .text = text, .start_us = b->start_us, .end_us = b->end_us };
    return s;
}

/* Whether the bytes end inside a character. */
static int is_cut(const lp_buf *text)
{
    size_t at = text->len, used;
    while (at > 0 && text->len - at < 4 && ((unsigned char)text->data[--at] & 0xc0) == 0x80)
        ;
    return text->len > 0 && ((unsigned char)text->data[at] & 0xc0) == 0xc0 &&
           lp_utf8_decode(text->data + at, text->len - at, &used) < 0;
}

/* Times only go on: engines give a token one before the token before. */
static void add_token(building *b, const json_t *token, const char *bytes, size_t n, int64_t start_us)
{
    int64_t from = offset_of(token, "from"), to = offset_of(token, "to");
    int64_t after_us = b->end_us > start_us ? b->end_us : start_us;
    float p = p_of(token, "p");
    if (b->text.len == 0)
        b->start_us = from > after_us ? from : after_us;
    b->end_us = to > b->start_us && to > b->end_us ? to : b->end_us > b->start_us ? b->end_us : b->start_us;
    lp_buf_bytes(&b->text, bytes, n);
    b->log_p += p >= 0 ? log((double)p + 1e-9) : 0;
    b->n += p >= 0;
}

/* Whether the tokens say their times: whisper.cpp leaves them out where it was not asked for them. */
static int has_times(const json_t *list)
{
    size_t n_words = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *token = json_array_get(list, i);
        const char *text = lp_json_str(token, "text", "");
        if (!*text || is_sign(text))
            continue;
        n_words++;
        if (offset_of(token, "from") < 0 || offset_of(token, "to") < 0)
            return 0;
    }
    return n_words > 0;
}

/* A segment of whisper.cpp: "tokens" are pieces of words, a word begins with a blank, or, in scripts that have none, with a
 * token. A character that is split between two tokens, even of two segments, is put together. */
static lp_status read_tokens(const json_t *segment, building *b, lp_arena *a, lp_words *out, lp_diag *d)
{
    const json_t *list = json_object_get(segment, "tokens");
    int64_t start = offset_of(segment, "from"), end = offset_of(segment, "to");
    lp_status s = LP_OK;
    if (!has_times(list)) {
        s = end_word(b, a, out, d);
        if (s == LP_OK && start >= 0)
            s = spread(lp_json_str(segment, "text", ""), start, end, -1, a, out, d);
        return s;
    }
    lp_buf bytes;
    lp_buf_init(&bytes, MAX_TEXT);
    b->end_us = b->text.len ? b->end_us : 0; /* segments may be given in any order */
    for (size_t i = 0; s == LP_OK && i < json_array_size(list); i++) {
        const char *text = lp_json_str(json_array_get(list, i), "text", "");
        if (!*text || is_sign(text))
            continue;
        bytes.len = 0;
        lp_asr_bytes_of(text, &bytes);
        s = lp_buf_check(&bytes, "a token of the engine", d);
        if (s == LP_OK && b->text.len &&
            (bytes.data[0] == ' ' || lp_asr_is_seam(b->text.data, b->text.len, bytes.data, bytes.len)))
            s = end_word(b, a, out, d);
        if (s == LP_OK)
            add_token(b, json_array_get(list, i), bytes.data, bytes.len, start < 0 ? 0 : start);
    }
    if (s == LP_OK && !is_cut(&b->text))
        s = end_word(b, a, out, d);
    lp_buf_clear(&bytes);
    return s;
}

static lp_status read_whisper_cpp(const json_t *root, lp_arena *a, lp_words *out, const char **lang, lp_diag *d)
{
    const json_t *list = json_object_get(root, "transcription");
    building b = { 0 };
    lp_buf_init(&b.text, MAX_TEXT);
    lp_status s = json_is_array(list) ? LP_OK : lp_fail(d, LP_ERR_INPUT, 0, "JSON without a transcription: not whisper.cpp's");
    for (size_t i = 0; s == LP_OK && i < json_array_size(list); i++)
        s = read_tokens(json_array_get(list, i), &b, a, out, d);
    if (s == LP_OK)
        s = end_word(&b, a, out, d);
    lp_buf_clear(&b.text);
    *lang = lp_json_str_dup(json_object_get(root, "result"), "language", a);
    if (!*lang && !lp_str_eq(lp_json_str(json_object_get(root, "params"), "language", "auto"), "auto"))
        *lang = lp_json_str_dup(json_object_get(root, "params"), "language", a);
    return s;
}

/* "[HH:]MM:SS.mmm" or with a comma; *end is where it stops. -1: none. */
static int64_t clock_at(const char *p, const char **end)
{
    int64_t parts[3] = { 0 }, fraction = 0;
    int n = 0;
    while (isspace((unsigned char)*p))
        p++;
    for (;;) {
        if (!isdigit((unsigned char)*p) || n == 3)
            return -1;
        char *stop;
        parts[n++] = strtol(p, &stop, 10);
        if (stop - p > 6)
            return -1;
        p = stop;
        if (*p != ':')
            break;
        p++;
    }
    if (n < 2)
        return -1;
    if (*p == '.' || *p == ',') {
        int64_t scale = 100000;
        for (p++; isdigit((unsigned char)*p); p++, scale /= 10)
            fraction += (*p - '0') * scale;
    }
    *end = p;
    int64_t hours = n == 3 ? parts[0] : 0, minutes = parts[n - 2], s = parts[n - 1];
    return ((hours * 60 + minutes) * 60 + s) * 1000000 + fraction;
}

/* Appends a line of a cue without its tags, and with a blank after it. */
static void add_cue_line(lp_buf *text, const char *p, size_t n)
{
    int is_tag = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '<')
            is_tag = 1;
        else if (p[i] == '>' && is_tag)
            is_tag = 0;
        else if (!is_tag)
            lp_buf_char(text, p[i]);
    }
    lp_buf_char(text, ' ');
}

/* WebVTT and SubRip as engines write them: a line with times, lines of text, an empty line. */
static lp_status read_cues(const char *p, lp_arena *a, lp_words *out, lp_diag *d)
{
    lp_buf text;
    lp_buf_init(&text, 1 << 20);
    int64_t start = -1, end = -1;
    size_t n_cues = 0;
    lp_status s = LP_OK;
    int may_be_empty = !*p || lp_str_starts(p, "WEBVTT");
    for (;;) {
        size_t n = strcspn(p, "\n"), len = n && p[n - 1] == '\r' ? n - 1 : n;
        const char *stop = NULL;
        int64_t from = clock_at(p, &stop), to = -1;
        if (from >= 0 && (stop += strspn(stop, " \t")) && lp_str_starts(stop, "-->"))
            to = clock_at(stop + 3, &stop);
        if (to >= 0 || len == 0) {
            if (s == LP_OK && start >= 0 && text.len)
                s = lp_asr_spread(text.data, text.len, start, end, -1, a, out, d);
            lp_buf_clear(&text);
            start = to >= 0 ? from : -1;
            end = to;
            n_cues += to >= 0;
        } else if (start >= 0) {
            add_cue_line(&text, p, len);
        }
        if (!p[n])
            break;
        p += n + 1;
    }
    if (s == LP_OK && start >= 0 && text.len)
        s = lp_asr_spread(text.data, text.len, start, end, -1, a, out, d);
    lp_buf_clear(&text);
    if (s == LP_OK && n_cues == 0 && !may_be_empty)
        s = lp_fail(d, LP_ERR_INPUT, 0, "what the engine wrote has no captions in it");
    return s;
}

typedef struct placed {
    lp_word word;
    size_t i;
} placed;

static int by_start(const void *x, const void *y)
{
    const placed *a = x, *b = y;
    if (a->word.start_us != b->word.start_us)
        return a->word.start_us < b->word.start_us ? -1 : 1;
    return (a->i > b->i) - (a->i < b->i);
}

/* Words that begin at the same time stay as they were said. */
static lp_status sort_words(lp_words *w, lp_diag *d)
{
    placed *all = lp_calloc(w->n + 1, sizeof(*all));
    if (!all)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < w->n; i++)
        all[i] = (placed){ w->items[i], i };
    qsort(all, w->n, sizeof(*all), by_start);
    for (size_t i = 0; i < w->n; i++)
        w->items[i] = all[i].word;
    lp_free(all);
    return LP_OK;
}

lp_status lp_asr_format_read(lp_asr_format f, const char *text, size_t n, lp_arena *a, lp_words *out, const char **lang,
                             lp_diag *d)
{
    *lang = NULL;
    json_t *root = NULL;
    lp_buf clean;
    lp_buf_init(&clean, 4 * n + 1);
    if (f == LP_ASR_VTT || f == LP_ASR_SRT)
        lp_utf8_clean(&clean, text, n);
    else
        lp_asr_json_mend(text, n, &clean);
    lp_buf_str(&clean, ""); /* data, even of nothing */
    lp_status s = lp_buf_check(&clean, "what the engine wrote", d);
    if (s == LP_OK && (f == LP_ASR_VTT || f == LP_ASR_SRT)) {
        s = read_cues(clean.data, a, out, d);
    } else if (s == LP_OK) {
        s = lp_json_parse(clean.data, clean.len, "what the engine wrote", &root, d);
        if (s == LP_OK)
            s = f == LP_ASR_WHISPER_JSON ? read_whisper(root, a, out, lang, d) : read_whisper_cpp(root, a, out, lang, d);
    }
    json_decref(root);
    lp_buf_clear(&clean);
    return s == LP_OK ? sort_words(out, d) : s;
}
