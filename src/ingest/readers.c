#include "ingest/readers.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/misread.h"
#include "ingest/plain.h"
#include "ingest/sbv.h"
#include "ingest/srt.h"
#include "ingest/ssa.h"
#include "ingest/ttml.h"
#include "ingest/vtt.h"

/* far more than the words of any class; and where a transcript has its first time and words */
enum { MAX_FILE_BYTES = 64 << 20, PROBE_BYTES = 1 << 20 };

static lp_status refuse_size(const char *path, lp_diag *d)
{
    return lp_fail(d, LP_ERR_INPUT, 0, "%s: larger than %d bytes: no caption file is", path, MAX_FILE_BYTES);
}

static int is_vtt(const char *text, size_t n)
{
    return n >= 6 && memcmp(text, "WEBVTT", 6) == 0;
}

static const lp_caption_reader readers[] = {
    { "vtt", "WebVTT", { ".vtt", ".webvtt" }, 0, 0, is_vtt, lp_vtt_parse },
    { "ttml", "TTML", { ".ttml", ".dfxp" }, 0, 0, lp_ttml_is, lp_ttml_parse },
    { "ssa", "SubStation Alpha", { ".ass", ".ssa" }, 0, 0, lp_ssa_is, lp_ssa_parse },
    { "srt", "SubRip", { ".srt" }, 0, 0, NULL, lp_srt_parse },
    { "sbv", "SBV", { ".sbv" }, 0, 0, lp_sbv_is, lp_sbv_parse },
    { "text", "a plain transcript", { ".txt", ".md" }, 1, 1, lp_plain_is, lp_plain_parse },
};
enum { N_READERS = sizeof(readers) / sizeof(readers[0]) };

const lp_caption_reader *lp_caption_reader_at(size_t i)
{
    return i < N_READERS ? &readers[i] : NULL;
}

size_t lp_caption_format_rank(const char *format)
{
    size_t i = 0;
    while (i < N_READERS && !lp_str_eq(readers[i].format, format))
        i++;
    return i;
}

const lp_caption_reader *lp_caption_reader_named(const char *name)
{
    for (size_t i = 0; i < N_READERS; i++)
        for (size_t k = 0; readers[i].extensions[k]; k++)
            if (lp_str_ends(name, readers[i].extensions[k]))
                return &readers[i];
    return NULL;
}

const lp_caption_reader *lp_caption_reader_of(const char *text, size_t n)
{
    const lp_caption_reader *other = NULL;
    for (size_t i = 0; i < N_READERS; i++) {
        if (!readers[i].is_it)
            other = &readers[i];
        else if (!readers[i].is_coarse && readers[i].is_it(text, n))
            return &readers[i];
    }
    /* plain text is like much else: only where no line of times is there */
    if (!memmem(text, n, "-->", 3))
        for (size_t i = 0; i < N_READERS; i++)
            if (readers[i].is_coarse && readers[i].is_it(text, n))
                return &readers[i];
    return other;
}

/* Says which lines of a text in UTF-8 are not. */
static lp_status say_bad_lines(const lp_buf *raw, lp_cues *c, lp_arena *a, lp_diag *d)
{
    enum { TOLD = 5 };
    size_t at[TOLD], n = lp_utf8_bad_lines(raw->data, raw->len, at, TOLD);
    char list[200] = "", more[64] = ""; /* numbers of at most 20 digits */
    for (size_t i = 0, end = 0; i < n && i < TOLD; i++)
        end += (size_t)snprintf(list + end, sizeof(list) - end, "%s%zu", i ? ", " : "", at[i]);
    if (n > TOLD)
        snprintf(more, sizeof(more), " and %zu others", n - TOLD);
    return lp_finding_add(&c->findings, a, "captions-encoding", LP_WARNING, -1, -1, d,
                          "%s: it is in UTF-8, but not in line%s %s%s: read as windows-1252 where that can be; see "
                          "whether the letters are right there",
                          c->source, n == 1 ? "" : "s", list, more);
}

/* Says what was converted, and what seems to have gone wrong in that. */
static lp_status say_encoding(const lp_buf *raw, const lp_buf *text, lp_cues *c, lp_arena *a, lp_diag *d)
{
    const char *really = lp_text_misread(text->data ? text->data : "", text->len, c->encoding);
    if (really)
        return lp_finding_add(&c->findings, a, "captions-misread", LP_WARNING, -1, -1, d,
                              "%s: read as %s, its letters look wrong: it seems to be in %s. Save it as UTF-8 and give "
                              "that file",
                              c->source, c->encoding, really);
    if (lp_str_eq(c->encoding, "utf-8 with errors"))
        return say_bad_lines(raw, c, a, d);
    return lp_str_eq(c->encoding, "utf-8")
               ? LP_OK
               : lp_finding_add(&c->findings, a, "captions-encoding", LP_NOTE, -1, -1, d,
                                "%s: its text is in %s and was converted", c->source, c->encoding);
}

/* The file as UTF-8; says what it was in. */
static lp_status load(const char *path, lp_buf *text, lp_cues *c, lp_arena *a, lp_diag *d)
{
    lp_buf raw;
    lp_buf_init(&raw, MAX_FILE_BYTES);
    lp_buf_init(text, 3 * (size_t)MAX_FILE_BYTES);
    /* a file that is too large is not read at all: it lies beside the recording by chance */
    lp_status s = lp_file_stat(path).bytes > MAX_FILE_BYTES ? refuse_size(path, d) : lp_file_read(path, &raw, d);
    if (s == LP_OK) {
        c->encoding = lp_utf8_from_bytes(text, raw.data, raw.len);
        s = lp_buf_check(text, path, d);
    }
    if (s == LP_OK)
        s = say_encoding(&raw, text, c, a, d);
    lp_buf_clear(&raw);
    return s;
}

/* The beginning of a file, as UTF-8; 0 where it can not be had. */
static int probe(const char *path, lp_buf *text)
{
    lp_buf raw;
    lp_buf_init(&raw, PROBE_BYTES);
    lp_buf_init(text, 3 * (size_t)PROBE_BYTES);
    if (lp_file_stat(path).bytes <= MAX_FILE_BYTES && (lp_file_read(path, &raw, NULL) == LP_OK || raw.failed == 2))
        lp_utf8_from_bytes(text, raw.data, raw.len);
    lp_buf_clear(&raw);
    return text->data != NULL;
}

int lp_caption_file_is(const char *path, const lp_caption_reader *r)
{
    lp_buf text;
    int is_it = probe(path, &text) && lp_caption_reader_of(text.data, text.len) == r;
    lp_buf_clear(&text);
    return is_it;
}

lp_status lp_caption_file_lang(const char *path, lp_arena *a, const char **lang, lp_diag *d)
{
    lp_buf text;
    lp_arena scratch = { 0 };
    lp_cues c = { 0 };
    lp_status s = LP_OK;
    const lp_caption_reader *r = probe(path, &text) ? lp_caption_reader_of(text.data, text.len) : NULL;
    if (r && r->parse(text.data, text.len, &scratch, &c, NULL) == LP_ERR_NOMEM)
        s = lp_fail_nomem(d);
    const char *copy = s == LP_OK && c.lang ? lp_arena_strdup(a, c.lang) : NULL;
    if (copy)
        *lang = copy;
    else if (c.lang)
        s = lp_fail_nomem(d);
    lp_arena_clear(&scratch);
    lp_buf_clear(&text);
    return s;
}

lp_status lp_captions_read_file(const char *path, lp_arena *a, lp_cues *out, lp_diag *d)
{
    lp_buf text;
    const lp_caption_reader *promised = lp_caption_reader_named(path);
    out->source = lp_arena_strdup(a, lp_path_base(path));
    if (!out->source)
        return lp_fail_nomem(d);
    lp_status s = load(path, &text, out, a, d);
    const char *data = text.data ? text.data : "";
    const lp_caption_reader *r = s == LP_OK ? lp_caption_reader_of(data, text.len) : NULL;
    if (s == LP_OK)
        s = r->parse(data, text.len, a, out, d);
    if (s == LP_OK && promised && promised != r)
        s = lp_finding_add(&out->findings, a, "captions-format", LP_NOTE, -1, -1, d,
                           "%s: not %s, as its name says; read as %s", out->source,
                           promised->name, r->name);
    lp_buf_clear(&text);
    return s;
}
