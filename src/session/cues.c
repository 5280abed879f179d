#include "session/cues.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CUES = 1000000, MAX_PEOPLE = 10000 };

lp_status lp_cues_add(lp_cues *c, lp_arena *a, int64_t start_us, int64_t end_us, const char *text,
                      int person, lp_diag *d)
{
    char *copy = lp_arena_strdup(a, text);
    if (!copy || lp_arena_grow(a, (void **)&c->items, c->n, &c->cap, sizeof(*c->items), MAX_CUES) != 0)
        return lp_fail_nomem(d);
    c->items[c->n++] = (lp_cue){ start_us, end_us, copy, person };
    return LP_OK;
}

int lp_cues_person(lp_cues *c, lp_arena *a, const char *name, size_t n)
{
    for (size_t i = 0; i < c->n_people; i++)
        if (strlen(c->people[i].name) == n && memcmp(c->people[i].name, name, n) == 0)
            return (int)i;
    char *copy = lp_arena_strndup(a, name, n);
    if (!copy || lp_arena_grow(a, (void **)&c->people, c->n_people, &c->cap_people,
                               sizeof(*c->people), MAX_PEOPLE) != 0)
        return -1;
    c->people[c->n_people].name = copy;
    return (int)c->n_people++;
}

static int by_time(const void *pa, const void *pb)
{
    const lp_cue *a = pa, *b = pb;
    if (a->start_us != b->start_us)
        return a->start_us < b->start_us ? -1 : 1;
    if (a->end_us != b->end_us)
        return a->end_us < b->end_us ? -1 : 1;
    return a < b ? -1 : a > b;
}

void lp_cues_sort(lp_cues *c)
{
    /* insertion first: nearly every source is in order already, and equal cues must keep theirs */
    size_t i = 1;
    while (i < c->n && by_time(&c->items[i - 1], &c->items[i]) <= 0)
        i++;
    if (i < c->n)
        qsort(c->items, c->n, sizeof(*c->items), by_time);
}
