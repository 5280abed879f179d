/* Two ways to say the same thing, matched word by word. For align.c only. */
#ifndef LP_CAPTION_MATCH_H
#define LP_CAPTION_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct lp_token {
    const char *text; /* as written */
    const char *fold; /* as compared (lp_text_fold); "" matches nothing */
    uint64_t hash;    /* of fold; set by lp_token_hash() */
    int64_t start_us, end_us;
    float p;
    int person;
} lp_token;

uint64_t lp_token_hash(const char *fold);

typedef enum lp_kinship { LP_KIN_NONE, LP_KIN_NEAR, LP_KIN_SAME } lp_kinship;
/* NEAR: spelled much alike, as "analyse" and "analyze". */
lp_kinship lp_token_kinship(const lp_token *a, const lp_token *b);

/* Fills pair[0..na): the position in b of what a[i] was matched with, rising, or -1. Words that
 * are not alike are paired where one stands for the other. Passages that occur once on both
 * sides are anchors; between them the cheapest edits are found, in a band where that is large:
 * time and memory grow with the length, not with its square. LP_OK or LP_ERR_NOMEM. */
lp_status lp_tokens_match(const lp_token *a, size_t na, const lp_token *b, size_t nb,
                          ptrdiff_t *pair, lp_diag *d) LP_MUST_USE;

#endif
