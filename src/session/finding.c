#include "session/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { MAX_FINDINGS = 1000, MAX_TEXT = 1000 };

lp_status lp_finding_add(lp_findings *f, lp_arena *a, const char *code, lp_severity severity,
                         int64_t start_us, int64_t end_us, lp_diag *d, const char *fmt, ...)
{
    if (f->n >= MAX_FINDINGS)
        return LP_OK;
    char raw[MAX_TEXT];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(raw, sizeof(raw), f->n == MAX_FINDINGS - 1 ? "more findings than can be listed" : fmt, ap);
    va_end(ap);
    lp_buf clean;
    lp_buf_init(&clean, 4 * MAX_TEXT);
    lp_utf8_clean(&clean, raw, strlen(raw));
    lp_status s = lp_buf_check(&clean, "finding", d);
    char *text = s == LP_OK ? lp_arena_strdup(a, clean.data) : NULL;
    lp_buf_clear(&clean);
    if (s != LP_OK)
        return s;
    if (!text || lp_arena_grow(a, (void **)&f->items, f->n, &f->cap, sizeof(*f->items), MAX_FINDINGS) != 0)
        return lp_fail_nomem(d);
    f->items[f->n++] = (lp_finding){ code, severity, start_us, end_us, text };
    return LP_OK;
}

lp_severity lp_findings_worst(const lp_findings *f)
{
    lp_severity worst = LP_NOTE;
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].severity > worst)
            worst = f->items[i].severity;
    return worst;
}

const char *lp_severity_name(lp_severity s)
{
    return s == LP_LOSS ? "loss" : s == LP_WARNING ? "warning" : "note";
}
