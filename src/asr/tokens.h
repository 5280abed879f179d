/* The token table of the model: one piece a line, its number being its place. U+2581 stands for a blank and "<0x0A>" for
 * a byte; numbers beyond the table are signs without text. */
#ifndef LP_ASR_TOKENS_H
#define LP_ASR_TOKENS_H

#include <stddef.h>

#include "base/arena.h"

typedef struct lp_tokens {
    const char **text; /* what each piece writes: bytes, not always whole characters */
    size_t n;
} lp_tokens;

/* From the bytes of tokens.txt; everything lives in the arena. LP_ERR_TOOL: empty or too large; LP_ERR_NOMEM. */
lp_status lp_tokens_parse(lp_tokens *t, lp_arena *a, const char *text, size_t n, lp_diag *d) LP_MUST_USE;
/* The bytes that a token writes; "" for a sign, or a number that is not in the table. */
const char *lp_tokens_text(const lp_tokens *t, int id);
/* Whether text begins a new word: with a blank. */
int lp_tokens_begins_word(const char *text);

#endif
