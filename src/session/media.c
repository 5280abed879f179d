#include "session/media.h"

#include <string.h>

enum { MAX_FILES = 100000 };

lp_status lp_media_merge(lp_media *into, const lp_media *from, lp_arena *a, lp_diag *d)
{
    int first = (int)into->n;
    for (size_t i = 0; i < from->n; i++) {
        if (lp_arena_grow(a, (void **)&into->files, into->n, &into->cap, sizeof(*into->files), MAX_FILES) != 0)
            return lp_fail_nomem(d);
        into->files[into->n++] = from->files[i];
    }
    if (from->n_slides) {
        into->slide_file = lp_arena_alloc(a, from->n_slides, sizeof(*into->slide_file));
        if (!into->slide_file)
            return lp_fail_nomem(d);
        for (size_t i = 0; i < from->n_slides; i++)
            into->slide_file[i] = first + from->slide_file[i];
        into->n_slides = from->n_slides;
    }
    if (from->n_steps) {
        into->steps = lp_arena_alloc(a, from->n_steps, sizeof(*into->steps));
        if (!into->steps)
            return lp_fail_nomem(d);
        for (size_t i = 0; i < from->n_steps; i++) {
            into->steps[i] = from->steps[i];
            into->steps[i].file += first;
        }
        into->n_steps = from->n_steps;
    }
    if (from->sound >= 0)
        into->sound = first + from->sound;
    if (from->video >= 0)
        into->video = first + from->video;
    for (size_t i = 0; i < from->findings.n; i++) {
        const lp_finding *f = &from->findings.items[i];
        lp_status s = lp_finding_add(&into->findings, a, f->code, f->severity, f->start_us, f->end_us, d, "%s", f->text);
        if (s != LP_OK)
            return s;
    }
    return LP_OK;
}
