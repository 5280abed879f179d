#include "ingest/sbv.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "ingest/cue_text.h"

enum { MAX_BLOCK_BYTES = 1 << 20, MAX_TIMES_BYTES = 100, PROBE_LINES = 20 };

typedef enum line_kind { TEXT, TIMES, BAD_TIMES } line_kind;

/* "0:00:01.000,0:00:02.000". What has that shape but is no time is not text either. */
static line_kind kind_of(lp_line l, int64_t *start_us, int64_t *end_us)
{
    char arrow[MAX_TIMES_BYTES + 8];
    while (l.n && (l.s[l.n - 1] == ' ' || l.s[l.n - 1] == '\t'))
        l.n--;
    const char *comma = l.n ? memchr(l.s, ',', l.n) : NULL;
    if (!comma || l.n > MAX_TIMES_BYTES || l.s[0] < '0' || l.s[0] > '9' ||
        memchr(l.s, ' ', l.n))
        return TEXT;
    size_t n = (size_t)(comma - l.s), rest = l.n - n - 1;
    if (rest == 0 || comma[1] < '0' || comma[1] > '9' || !memchr(l.s, ':', n) ||
        !memchr(comma, ':', rest + 1))
        return TEXT;
    int len = snprintf(arrow, sizeof(arrow), "%.*s --> %.*s", (int)n, l.s, (int)rest, comma + 1);
    lp_line times = { arrow, (size_t)len };
    return lp_line_timing(times, start_us, end_us) == 0 ? TIMES : BAD_TIMES;
}

int lp_sbv_is(const char *text, size_t n)
{
    lp_line l;
    int64_t start, end;
    size_t at = 0;
    for (int i = 0; i < PROBE_LINES && lp_line_next(text, n, &at, &l); i++)
        if (kind_of(l, &start, &end) != TEXT)
            return 1;
    return 0;
}

/* YouTube writes a break within a line as [br]. */
static void add_line(lp_buf *block, lp_line l)
{
    if (block->len)
        lp_buf_char(block, '\n');
    for (size_t i = 0; i < l.n; i++) {
        if (l.n - i >= 4 && memcmp(l.s + i, "[br]", 4) == 0) {
            lp_buf_char(block, '\n');
            i += 3;
        } else {
            const char *next = memchr(l.s + i + 1, '[', l.n - i - 1);
            size_t run = next ? (size_t)(next - l.s) - i : l.n - i;
            lp_buf_bytes(block, l.s + i, run);
            i += run - 1;
        }
    }
}

lp_status lp_sbv_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    int64_t start_us = 0, end_us = 0;
    size_t at = 0, n_times = 0, open_at = 0;
    line_kind open = TEXT; /* what the block that is being read began with */
    lp_status s = LP_OK;
    out->format = "sbv";
    for (int is_more = 1; s == LP_OK && is_more;) {
        lp_buf block;
        lp_line l = { text, 0 };
        int64_t next_start = 0, next_end = 0;
        line_kind next = TEXT;
        lp_buf_init(&block, MAX_BLOCK_BYTES);
        while ((is_more = lp_line_next(text, n, &at, &l)) != 0 &&
               (next = kind_of(l, &next_start, &next_end)) == TEXT)
            if (!lp_line_is_blank(l))
                add_line(&block, l);
        if (block.failed == 1)
            s = lp_fail_nomem(d);
        else if (open == TIMES)
            s = lp_cues_take(out, a, start_us, end_us, block.data ? block.data : "", block.len,
                             LP_MARKUP_NONE, d);
        else if (open == BAD_TIMES || block.len) { /* also text before the first times */
            s = lp_cues_drop(out, a, text, open_at, d);
        }
        n_times += open == TIMES;
        lp_buf_clear(&block);
        open = next;
        open_at = (size_t)(l.s - text);
        start_us = next_start;
        end_us = next_end;
    }
    if (s == LP_OK && n_times == 0)
        return lp_fail(d, LP_ERR_INPUT, 0,
                       "%s: no captions in it: there is no line like 0:00:01.000,0:00:02.000",
                       out->source ? out->source : "captions");
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
