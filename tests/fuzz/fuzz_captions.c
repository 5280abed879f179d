/* One caption reader (READER) on any bytes, as captions.c would give them to it. Beside what the
 * sanitizers see, what it promises is looked at: cues have text that is clean UTF-8, a start before
 * their end, and people that there are; what was read is what was kept and what was dropped. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
const char *__asan_default_options(void);

/* Freed memory waits in a short queue: in a long one each run touches pages it has not seen yet,
 * which cost more time than the parser. */
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:malloc_context_size=4";
}

static void demand(int is_so, const char *what)
{
    if (is_so)
        return;
    fprintf(stderr, "%s: %s\n", READER, what);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    lp_arena a = { 0 };
    lp_cues cues = { 0 };
    lp_diag d = { 0 };
    lp_buf text;
    lp_buf_init(&text, 16 << 20);
    lp_utf8_from_bytes(&text, bytes, n);
    const lp_caption_reader *r = NULL;
    for (size_t i = 0; (r = lp_caption_reader_at(i)) && !lp_str_eq(r->format, READER); i++)
        ;
    demand(r != NULL, "there is no such reader");
    cues.source = "fuzzed";
    lp_status s = r->parse(text.data ? text.data : "", text.len, &a, &cues, &d);
    demand(s == LP_OK || s == LP_ERR_INPUT || s == LP_ERR_NOMEM, "an outcome that is not promised");
    demand(s == LP_OK || *d.text, "a failure without a word");
    for (size_t i = 0; s == LP_OK && i < cues.n; i++) {
        const lp_cue *c = &cues.items[i];
        demand(c->text && *c->text, "a cue without text");
        demand(lp_utf8_is_valid(c->text, strlen(c->text)), "text that is not UTF-8");
        demand(c->start_us >= 0 && c->start_us < c->end_us, "a cue that ends before it begins");
        demand(c->person >= -1 && (c->person < 0 || (size_t)c->person < cues.n_people), "a person who is not there");
    }
    lp_arena_clear(&a);
    lp_buf_clear(&text);
    return 0;
}
