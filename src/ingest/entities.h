/* HTML's 2231 names of characters: &eacute; and the like. A table without code; markup.c looks in it. */
#ifndef LP_INGEST_ENTITIES_H
#define LP_INGEST_ENTITIES_H

#include <stddef.h>

typedef struct lp_entity {
    const char *name; /* without & and ; */
    const char *text; /* what it stands for, UTF-8, one character or two */
    int is_bare;      /* HTML reads it without its semicolon too */
} lp_entity;

extern const lp_entity lp_entities[]; /* by name, as strcmp() orders */
extern const size_t lp_n_entities;

#endif
