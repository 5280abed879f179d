#include "package/people.h"

lp_status lp_people_shown(const lp_cues *cues, lp_arena *a, lp_cues *out, lp_diag *d)
{
    *out = *cues;
    out->people = lp_arena_alloc(a, cues->n_people, sizeof(*out->people));
    if (!out->people)
        return lp_fail_nomem(d);
    out->cap_people = cues->n_people;
    for (size_t i = 0; i < cues->n_people; i++)
        if (!(out->people[i].name = lp_arena_printf(a, "Speaker %zu", i + 1)))
            return lp_fail_nomem(d);
    return LP_OK;
}
