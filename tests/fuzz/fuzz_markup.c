/* The text of one cue on any bytes, with {\..} as markup where the first one is odd, and each of its
 * lines as one of times. What markup.h and cue_text.h promise is looked at: what a voice says is
 * clean UTF-8, trimmed and never blank, it is not much more than was there, and tidying it again
 * changes nothing. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/cue_text.h"
#include "ingest/markup.h"

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
    fprintf(stderr, "markup: %s\n", what);
    abort();
}

static lp_status look(void *user, const char *name, const char *text, lp_diag *d)
{
    size_t n = strlen(text);
    lp_buf again;
    (void)d;
    lp_buf_init(&again, 4 * n + 1);
    lp_markup_tidy(&again, text, n);
    demand(n > 0 && lp_utf8_is_valid(text, n), "text that is blank or not UTF-8");
    demand(lp_utf8_is_valid(name, strlen(name)), "a name that is not UTF-8");
    demand(!strchr(" \t\n", text[0]) && !strchr(" \t\n", text[n - 1]), "text that is not trimmed");
    demand(again.len == n && memcmp(again.data, text, n) == 0, "text that was not tidy");
    lp_buf_clear(&again);
    *(size_t *)user += n;
    return LP_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    const char *text = (const char *)bytes + 1;
    size_t n_said = 0, at = 0;
    lp_line l;
    lp_status s = lp_markup_read(text, n - 1, bytes[0] & 1, look, &n_said, NULL);
    demand(s == LP_OK || s == LP_ERR_NOMEM, "an outcome that is not promised");
    demand(n_said <= 3 * n, "more text than there was"); /* a byte that is none becomes three */
    while (lp_line_next(text, n - 1, &at, &l)) {
        int64_t start_us = 0, end_us = 0;
        if (lp_line_timing(l, &start_us, &end_us) == 0)
            demand(start_us >= 0 && end_us >= 0, "a time before the beginning");
    }
    demand(at == n - 1, "lines that do not reach the end");
    return 0;
}
