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
    out->others = lp_arena_alloc(a, cues->n_others, sizeof(*out->others));
    if (!out->others)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < cues->n_others; i++) {
        out->others[i] = cues->others[i];
        out->others[i].people = out->people; /* lp_cues_join(): they are the same */
    }
    return LP_OK;
}
