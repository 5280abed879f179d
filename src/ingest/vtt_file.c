#include "ingest/vtt_file.h"

#include <string.h>

#include "base/buf.h"

enum { MAX_BLOCK_BYTES = 1 << 20, MAX_REGIONS = 1000 };

struct parser {
    const char *text;
    size_t n, at;
    lp_arena *arena;
    const lp_vtt_reader *r;
    lp_diag *d;
    lp_vtt_region *regions;
    size_t n_regions, cap_regions;
    int has_cue; /* styles and regions stand before the first one */
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

/* What follows the first line up to a blank one is the header, unless it holds "-->" already. */
static lp_status read_header(struct parser *p)
{
    lp_line l;
    lp_status s = LP_OK;
    for (size_t from = p->at; s == LP_OK && lp_line_next(p->text, p->n, &p->at, &l); from = p->at) {
        if (lp_line_has(l, "-->")) {
            p->at = from;
            break;
        }
        if (l.n == 0)
            break;
        s = p->r->header(p->r->user, l, p->d);
    }
    return s;
}

static int is_region(const struct parser *p, lp_line l)
{
    static const char word[] = "REGION";
    size_t n = sizeof(word) - 1;
    return !p->has_cue && l.n >= n && memcmp(l.s, word, n) == 0 && lp_line_is_blank((lp_line){ l.s + n, l.n - n });
}

static lp_status add_region(struct parser *p, const lp_buf *block)
{
    if (p->n_regions == MAX_REGIONS)
        return LP_OK;
    char *copy = lp_arena_strndup(p->arena, block->data ? block->data : "", block->len);
    if (!copy || lp_arena_grow(p->arena, (void **)&p->regions, p->n_regions, &p->cap_regions, sizeof(*p->regions),
                               MAX_REGIONS) != 0)
        return lp_fail_nomem(p->d);
    lp_vtt_region_read(copy, block->len, &p->regions[p->n_regions++]);
    return LP_OK;
}

/* A line of times: takes what stood before it as the cue's name. */
static void read_times(struct parser *p, lp_line l, lp_buf *id, lp_buf *block, lp_vtt_cue *cue)
{
    lp_line rest;
    cue->at = (size_t)(l.s - p->text);
    cue->has_times = lp_line_timing_rest(l, &cue->start_us, &cue->end_us, &rest) == 0;
    if (cue->has_times) {
        p->has_cue = 1;
        lp_vtt_settings_read(rest.s, rest.n, p->regions, p->n_regions, &cue->settings);
    }
    *id = *block;
    lp_buf_init(block, MAX_BLOCK_BYTES);
}

/* Whether one side of the arrow was meant as a time: "00:03.000 --> never". */
static int is_meant_as_times(lp_line l)
{
    const char *arrow = memmem(l.s, l.n, "-->", 3), *end = l.s + l.n, *sides[2] = { l.s, arrow + 3 };
    for (int i = 0; i < 2; i++) {
        const char *s = sides[i], *digits;
        while (s < end && (*s == ' ' || *s == '\t'))
            s++;
        for (digits = s; s < end && *s >= '0' && *s <= '9'; s++)
            ;
        if (s > digits && s < end && *s == ':')
            return 1;
    }
    return 0;
}

/* "collect a WebVTT block": tells its cue, or keeps its region, when it has one. */
static lp_status read_lines(struct parser *p, lp_buf *id, lp_buf *block)
{
    lp_line l;
    lp_vtt_cue cue = { 0 };
    int has_arrow = 0, has_region = 0;
    size_t from = p->at;
    for (size_t n_lines = 1; lp_line_next(p->text, p->n, &p->at, &l); n_lines++, from = p->at) {
        int is_said = cue.has_times && lp_line_has(l, "-->") && !is_meant_as_times(l); /* "A --> B" */
        if (lp_line_has(l, "-->") && !is_said) {
            if (n_lines > 2 || has_arrow) {
                p->at = from; /* begins the next block */
                break;
            }
            has_arrow = 1;
            read_times(p, l, id, block, &cue);
            continue;
        }
        if (l.n == 0)
            break;
        if (n_lines == 1 && is_region(p, l))
            has_region = 1;
        else
            append(block, l);
    }
    if (block->failed == 1 || id->failed == 1)
        return lp_fail_nomem(p->d);
    if (!has_arrow)
        return has_region ? add_region(p, block) : LP_OK;
    cue.text = block->data ? block->data : "";
    cue.n_text = block->len;
    cue.id = has_region ? "REGION" : id->data ? id->data : "";
    cue.n_id = has_region ? strlen(cue.id) : id->len;
    return p->r->cue(p->r->user, &cue, p->d);
}

static lp_status read_block(struct parser *p)
{
    lp_buf id, block;
    lp_buf_init(&id, MAX_BLOCK_BYTES);
    lp_buf_init(&block, MAX_BLOCK_BYTES);
    lp_status s = read_lines(p, &id, &block);
    lp_buf_clear(&id);
    lp_buf_clear(&block);
    return s;
}

lp_status lp_vtt_file_read(const char *text, size_t n, lp_arena *a, const lp_vtt_reader *r, lp_diag *d)
{
    struct parser p = { .text = text, .n = n, .arena = a, .r = r, .d = d };
    lp_line l = { 0 };
    if (!lp_line_next(text, n, &p.at, &l) || !is_signature(l))
        return LP_ERR_INPUT;
    lp_status s = read_header(&p);
    while (s == LP_OK && p.at < p.n)
        s = read_block(&p);
    return s;
}
