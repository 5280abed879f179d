#include "tool/ocr.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "tool/spawn.h"

enum { MAX_WORDS = 5000, MAX_TEXT_BYTES = 64 << 10, WORD_LEVEL = 5, CELLS = 12, READ_S = 60, ASK_S = 10, SURE = 60 };

/* tesseract names its data by ISO 639-2/T, and scripts of Chinese by two of its own. */
static const struct {
    const char *lang, *data;
} names[] = { { "en", "eng" }, { "fr", "fra" }, { "de", "deu" }, { "es", "spa" }, { "it", "ita" }, { "pt", "por" },
              { "nl", "nld" }, { "pl", "pol" }, { "ru", "rus" }, { "uk", "ukr" }, { "ar", "ara" }, { "fa", "fas" },
              { "he", "heb" }, { "hi", "hin" }, { "ja", "jpn" }, { "ko", "kor" }, { "zh", "chi_sim" }, { "tr", "tur" },
              { "sv", "swe" }, { "da", "dan" }, { "nb", "nor" }, { "no", "nor" }, { "fi", "fin" }, { "cs", "ces" },
              { "el", "ell" }, { "ro", "ron" }, { "hu", "hun" }, { "id", "ind" }, { "vi", "vie" }, { "ca", "cat" } };

static const char *data_name(const char *lang)
{
    size_t n = lang ? strcspn(lang, "-_") : 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (n == strlen(names[i].lang) && strncmp(lang, names[i].lang, n) == 0)
            return names[i].data;
    return "eng";
}

typedef struct answer {
    lp_arena *arena;
    const char *want; /* data that is asked for */
    int has_wanted, has_english;
    const char *version;
} answer;

static lp_status take_version(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    answer *a = user;
    (void)is_whole;
    if (!a->version && lp_str_starts(line, "tesseract ") && n < 60 && lp_utf8_is_valid(line, n) &&
        !(a->version = lp_arena_strndup(a->arena, line, n)))
        return lp_fail_nomem(d);
    return LP_OK;
}

static lp_status take_lang(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    answer *a = user;
    (void)n;
    (void)is_whole;
    (void)d;
    a->has_english |= lp_str_eq(line, "eng");
    a->has_wanted |= lp_str_eq(line, a->want);
    return LP_OK;
}

static lp_status ask(const char *program, const char *option, lp_spawn_line take, answer *to, lp_diag *d)
{
    const char *argv[] = { program, option, NULL };
    lp_spawn run = { .argv = argv, .timeout_us = ASK_S * LP_SECOND_US, .on_line = take, .user = to };
    lp_spawn_end end = { 0 };
    lp_status s = lp_spawn_run(&run, &end, d);
    if (s == LP_OK && end.code != 0)
        s = lp_fail(d, LP_ERR_TOOL, 0, "%s %s: failed with exit code %d", program, option, end.code);
    lp_spawn_end_clear(&end);
    return s;
}

lp_status lp_ocr_find(const char *lang, lp_arena *a, lp_ocr *out, lp_diag *d)
{
    answer got = { .arena = a, .want = data_name(lang) };
    *out = (lp_ocr){ .program = lp_spawn_find("tesseract", a) };
    if (!out->program)
        return lp_fail(d, LP_ERR_TOOL, 0, "tesseract is not installed (Debian: tesseract-ocr); the words on the slides were not read");
    lp_status s = ask(out->program, "--version", take_version, &got, d);
    if (s == LP_OK)
        s = ask(out->program, "--list-langs", take_lang, &got, d);
    if (s != LP_OK)
        return s;
    if (!got.has_wanted && !got.has_english)
        return lp_fail(d, LP_ERR_TOOL, 0, "tesseract has no data for %s (Debian: tesseract-ocr-%s)", got.want, got.want);
    out->engine = got.version ? got.version : "tesseract";
    out->langs = !got.has_wanted                                       ? "eng"
                 : got.has_english && strcmp(got.want, "eng") != 0 ? lp_arena_printf(a, "%s+eng", got.want)
                                                                     : got.want;
    return out->langs ? LP_OK : lp_fail_nomem(d);
}

/* level page_num block_num par_num line_num word_num left top width height conf text, by tabs. */
int lp_ocr_parse(const char *line, size_t n, lp_ocr_word *out)
{
    double v[CELLS - 1];
    const char *p = line, *end = line + n;
    for (int i = 0; i < CELLS - 1; i++) {
        char *after = NULL;
        v[i] = strtod(p, &after);
        if (after == p || after >= end || *after != '\t' || !(v[i] > -1e6 && v[i] < 1e6))
            return 0;
        p = after + 1;
    }
    if ((int)v[0] != WORD_LEVEL || p >= end)
        return 0;
    *out = (lp_ocr_word){ (int)v[2], (int)v[3], (int)v[4], (int)v[6], (int)v[7], (int)v[9], (float)v[10], p, (size_t)(end - p) };
    return 1;
}

typedef struct page {
    lp_arena *arena;
    lp_ocr_word *words;
    size_t n, cap;
} page;

static int is_a_word(const lp_ocr_word *w)
{
    size_t letters = 0;
    for (size_t i = 0; i < w->n; i++) {
        unsigned char c = (unsigned char)w->text[i];
        letters += c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    return letters > 0 && w->sure >= SURE && lp_utf8_is_valid(w->text, w->n);
}

static lp_status take_word(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    page *g = user;
    lp_ocr_word w;
    if (!is_whole || !lp_ocr_parse(line, n, &w) || !is_a_word(&w) || g->n >= MAX_WORDS)
        return LP_OK;
    w.text = lp_arena_strndup(g->arena, w.text, w.n);
    if (!w.text || lp_arena_grow(g->arena, (void **)&g->words, g->n, &g->cap, sizeof(w), MAX_WORDS) != 0)
        return lp_fail_nomem(d);
    g->words[g->n++] = w;
    return LP_OK;
}

int lp_ocr_same_line(const lp_ocr_word *a, const lp_ocr_word *b)
{
    return a->block == b->block && a->paragraph == b->paragraph && a->line == b->line;
}

/* Lines that begin at about the same height stand side by side. */
static int comes_first(const lp_ocr_word *a, const lp_ocr_word *b)
{
    int apart = a->top_px - b->top_px, tall = a->height_px < b->height_px ? a->height_px : b->height_px;
    return abs(apart) * 2 > tall ? apart < 0 : a->left_px < b->left_px;
}

/* Sparse text comes in no order that a person would read it in: the lines are set out from top to bottom. */
static lp_status write_lines(const page *g, lp_buf *out, lp_arena *a, lp_diag *d)
{
    size_t *first = lp_arena_alloc(a, g->n + 1, sizeof(*first)), n = 0;
    if (!first)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < g->n; i++) {
        if (i > 0 && lp_ocr_same_line(&g->words[i], &g->words[i - 1]))
            continue;
        size_t k = n++;
        for (; k > 0 && comes_first(&g->words[i], &g->words[first[k - 1]]); k--)
            first[k] = first[k - 1];
        first[k] = i;
    }
    for (size_t k = 0; k < n; k++) {
        if (k > 0)
            lp_buf_char(out, '\n');
        for (size_t i = first[k]; i < g->n && lp_ocr_same_line(&g->words[i], &g->words[first[k]]); i++) {
            if (i > first[k])
                lp_buf_char(out, ' ');
            lp_buf_bytes(out, g->words[i].text, g->words[i].n);
        }
    }
    return LP_OK;
}

static lp_status clean_copy(const lp_buf *raw, lp_arena *a, const char **out, lp_diag *d)
{
    lp_buf clean;
    lp_buf_init(&clean, 4 * MAX_TEXT_BYTES);
    lp_utf8_clean(&clean, raw->data ? raw->data : "", raw->len);
    *out = raw->failed == 1 || clean.failed == 1 ? NULL : lp_arena_strndup(a, clean.data ? clean.data : "", clean.len);
    lp_buf_clear(&clean);
    return *out ? LP_OK : lp_fail_nomem(d);
}

static lp_status take_text(const page *g, lp_arena *a, lp_ocr_text *out, lp_diag *d)
{
    lp_buf lines, title;
    lp_buf_init(&lines, MAX_TEXT_BYTES);
    lp_buf_init(&title, MAX_TEXT_BYTES);
    lp_status s = write_lines(g, &lines, a, d);
    if (s == LP_OK)
        s = clean_copy(&lines, a, &out->text, d);
    if (s == LP_OK)
        s = lp_ocr_title(g->words, g->n, a, &title, d);
    if (s == LP_OK && (title.len || title.failed))
        s = clean_copy(&title, a, &out->title, d);
    lp_buf_clear(&lines);
    lp_buf_clear(&title);
    return s;
}

lp_status lp_ocr_read(const lp_ocr *ocr, const char *picture, const lp_progress *p, lp_arena *a, lp_ocr_text *out, lp_diag *d)
{
    static const char *const env[] = { "OMP_THREAD_LIMIT=1", NULL };
    const char *argv[] = { ocr->program, picture, "-", "--psm", "11", "-l", ocr->langs, "tsv", NULL };
    page g = { .arena = a };
    lp_spawn run = { .argv = argv, .env = env, .timeout_us = READ_S * LP_SECOND_US, .memory_bytes = INT64_C(2) << 30,
                     .on_line = take_word, .user = &g, .progress = p };
    lp_spawn_end end = { 0 };
    *out = (lp_ocr_text){ "", NULL };
    lp_status s = lp_spawn_run(&run, &end, d);
    if (s == LP_OK && end.code != 0)
        s = lp_spawn_say_failed(&end, "tesseract", a, d);
    if (s == LP_OK)
        s = take_text(&g, a, out, d);
    lp_spawn_end_clear(&end);
    return s;
}
