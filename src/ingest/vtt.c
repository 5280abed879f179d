#include "ingest/vtt.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "ingest/cue_text.h"
#include "ingest/lang.h"
#include "ingest/markup.h"

enum { MAX_BLOCK_BYTES = 1 << 20 };

struct parser {
    const char *text;
    size_t n, at;
    lp_cues *cues;
    lp_arena *arena;
    lp_diag *d;
};

static int is_signature(lp_line l)
{
    return l.n >= 6 && memcmp(l.s, "WEBVTT", 6) == 0 &&
           (l.n == 6 || l.s[6] == ' ' || l.s[6] == '\t');
}

/* Appends a line to a block; NUL is what an error looks like, as everywhere in WebVTT. */
static void append(lp_buf *block, lp_line l)
{
    if (block->len)
        lp_buf_char(block, '\n');
    for (const char *zero; l.n && (zero = memchr(l.s, 0, l.n)) != NULL;) {
        size_t run = (size_t)(zero - l.s);
        lp_buf_bytes(block, l.s, run);
        lp_buf_str(block, "\xef\xbf\xbd");
        l = (lp_line){ zero + 1, l.n - run - 1 };
    }
    lp_buf_bytes(block, l.s, l.n);
}

/* "Language: en" in the header, as YouTube writes it. */
static lp_status read_header_line(struct parser *p, lp_line l)
{
    static const char key[] = "Language:";
    size_t skip = sizeof(key) - 1;
    if (p->cues->lang || l.n <= skip || memcmp(l.s, key, skip) != 0)
        return LP_OK;
    while (skip < l.n && l.s[skip] == ' ')
        skip++;
    return lp_lang_read(p->arena, l.s + skip, l.n - skip, &p->cues->lang, p->d);
}

/* What follows the first line up to a blank one is the header, unless it holds "-->" already.
 */
static lp_status skip_header(struct parser *p)
{
    lp_line l;
    lp_status s = LP_OK;
    for (size_t from = p->at; s == LP_OK && lp_line_next(p->text, p->n, &p->at, &l);
         from = p->at) {
        if (lp_line_has(l, "-->")) {
            p->at = from;
            break;
        }
        if (l.n == 0)
            break;
        s = read_header_line(p, l);
    }
    return s;
}

/* Webex puts the speaker into the name of the cue: 2 "Anna Bell (she/her)" (1262511360); "" is
 * nobody it knows. Returns the name's bytes, at *name. */
static size_t webex_speaker(const char *id, size_t n, const char **name)
{
    size_t i = 0, end;
    while (i < n && id[i] >= '0' && id[i] <= '9')
        i++;
    if (i == 0 || n - i < 6 || id[i] != ' ' || id[i + 1] != '"' || id[n - 1] != ')')
        return 0;
    for (end = n - 1; end > 0 && id[end - 1] >= '0' && id[end - 1] <= '9'; end--)
        ;
    i += 2;
    if (end == n - 1 || end < i + 3 || memcmp(id + end - 3, "\" (", 3) != 0)
        return 0;
    *name = id + i;
    return end - 3 - i;
}

/* The person whom the cue's name tells, -1 for nobody. Sets *person. */
static lp_status read_id(struct parser *p, const lp_buf *id, int *person)
{
    const char *name = NULL;
    size_t n = id->data ? webex_speaker(id->data, id->len, &name) : 0;
    *person = -1;
    if (!n)
        return LP_OK;
    lp_buf tidy;
    lp_buf_init(&tidy, 1000);
    lp_markup_tidy(&tidy, name, n);
    if (tidy.len && !tidy.failed)
        *person = lp_cues_person(p->cues, p->arena, tidy.data, tidy.len);
    int is_out = tidy.failed == 1 || (tidy.len && !tidy.failed && *person < 0);
    lp_buf_clear(&tidy);
    return is_out ? lp_fail_nomem(p->d) : LP_OK;
}

/* "collect a WebVTT block": reads one and adds its cue when it has one. */
static lp_status read_block(struct parser *p, lp_buf *block)
{
    lp_line l;
    int has_arrow = 0, has_cue = 0, person = -1;
    lp_status s = LP_OK;
    int64_t start_us = 0, end_us = 0;
    size_t from = p->at;
    for (size_t n_lines = 1; lp_line_next(p->text, p->n, &p->at, &l); n_lines++, from = p->at) {
        if (lp_line_has(l, "-->")) {
            if (n_lines > 2 || has_arrow) {
                p->at = from; /* begins the next block */
                break;
            }
            has_arrow = 1;
            has_cue = lp_line_timing(l, &start_us, &end_us) == 0;
            if (block->failed == 1)
                return lp_fail_nomem(p->d);
            if (has_cue && (s = read_id(p, block, &person)) != LP_OK)
                return s;
            lp_buf_clear(block);
            if (!has_cue) {
                p->cues->n_read++;
                p->cues->n_dropped++;
            }
            continue;
        }
        if (l.n == 0)
            break;
        append(block, l);
    }
    if (block->failed == 1)
        return lp_fail_nomem(p->d);
    if (!has_cue)
        return LP_OK;
    size_t first = p->cues->n;
    s = lp_cues_take(p->cues, p->arena, start_us, end_us, block->data ? block->data : "",
                     block->len, LP_MARKUP_VTT, p->d);
    for (size_t i = first; s == LP_OK && i < p->cues->n; i++)
        if (p->cues->items[i].person < 0)
            p->cues->items[i].person = person;
    return s;
}

lp_status lp_vtt_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    struct parser p = { text, n, 0, out, a, d };
    lp_line l = { 0 };
    if (!lp_line_next(text, n, &p.at, &l) || !is_signature(l))
        return lp_fail(d, LP_ERR_INPUT, 0,
                       "%s: not WebVTT: it does not begin with the word WEBVTT",
                       out->source ? out->source : "captions");
    out->format = "vtt";
    lp_status s = skip_header(&p);
    while (s == LP_OK && p.at < p.n) {
        lp_buf block;
        lp_buf_init(&block, MAX_BLOCK_BYTES);
        s = read_block(&p, &block);
        lp_buf_clear(&block);
    }
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
