#include "asr/tokens.h"

#include <string.h>

enum { MAX_TOKENS = 1 << 20 };
#define BLANK "\xe2\x96\x81" /* U+2581 */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static const char *text_of(lp_arena *a, const char *piece, size_t n)
{
    static const char *const signs[] = { "<unk>", "<s>", "</s>" };
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (n == strlen(signs[i]) && memcmp(piece, signs[i], n) == 0)
            return "";
    char *out = lp_arena_alloc(a, n + 1, 1);
    if (!out)
        return NULL;
    if (n == 6 && memcmp(piece, "<0x", 3) == 0 && piece[5] == '>' && hex_digit(piece[3]) >= 0 && hex_digit(piece[4]) >= 0) {
        int byte = hex_digit(piece[3]) * 16 + hex_digit(piece[4]);
        out[0] = (char)byte; /* a zero byte writes nothing */
        return out;
    }
    size_t k = 0;
    for (size_t i = 0; i < n;) {
        int is_blank = n - i >= 3 && memcmp(piece + i, BLANK, 3) == 0;
        out[k++] = is_blank ? ' ' : piece[i];
        i += is_blank ? 3 : 1;
    }
    return out;
}

lp_status lp_tokens_parse(lp_tokens *t, lp_arena *a, const char *text, size_t n, lp_diag *d)
{
    *t = (lp_tokens){ 0 };
    size_t cap = 0;
    const char *p = text, *end = text + n;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop)
            stop = end;
        if (t->n >= MAX_TOKENS)
            return lp_fail(d, LP_ERR_TOOL, 0, "the token table has more than %d lines", MAX_TOKENS);
        if (lp_arena_grow(a, (void **)&t->text, t->n, &cap, sizeof(*t->text), MAX_TOKENS) != 0 ||
            !(t->text[t->n] = text_of(a, p, (size_t)(stop - p))))
            return lp_fail_nomem(d);
        t->n++;
        p = stop + 1;
    }
    return t->n ? LP_OK : lp_fail(d, LP_ERR_TOOL, 0, "the token table is empty");
}

const char *lp_tokens_text(const lp_tokens *t, int id)
{
    return id >= 0 && (size_t)id < t->n ? t->text[id] : "";
}

int lp_tokens_begins_word(const char *text)
{
    return text[0] == ' ';
}
