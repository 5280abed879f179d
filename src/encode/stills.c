#include "encode/encode.h"

#include "av/hash.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/str.h"
#include "encode/slide_steps.h"
#include "encode/take_frame.h"
#include "encode/webp.h"

enum { MAX_WORKERS = 64 };

typedef struct still {
    char hex[LP_SHA256_HEX];
    int64_t bytes;
    int width_px, height_px, is_lossless;
    lp_step_made *steps; /* of the plan's slide */
} still;

typedef struct stills {
    const lp_encode_job *j;
    still *made; /* one a slide of the plan; twins and copies stay empty */
    lp_videoread *readers[MAX_WORKERS]; /* opened once a worker: finding the streams costs more than a picture */
} stills;

static lp_status make_one(void *user, size_t i, size_t worker, lp_diag *d)
{
    stills *u = user;
    const lp_plan_slide *slide = &u->j->plan->slides[i];
    AVFrame *f = NULL;
    AVPacket *pkt = NULL;
    lp_arena a = { 0 };
    if (slide->same_as >= 0)
        return LP_OK;
    lp_videoread **reader = &u->readers[worker % MAX_WORKERS];
    char *path = lp_arena_printf(&a, "%s/still-%04zu.webp", u->j->dir, i + 1);
    lp_status s = path ? lp_take_frame(u->j, reader, slide->picture_us, &f, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_webp_code(f, &pkt, &u->made[i].is_lossless, d);
    if (s == LP_OK)
        s = lp_sha256_bytes(pkt->data, (size_t)pkt->size, u->made[i].hex, d);
    if (s == LP_OK)
        s = lp_file_write(path, pkt->data, (size_t)pkt->size, d);
    if (s == LP_OK) {
        u->made[i].bytes = pkt->size;
        u->made[i].width_px = f->width;
        u->made[i].height_px = f->height;
        s = lp_slide_steps_make(u->j, reader, i, f, pkt->size, u->made[i].steps, d);
    }
    if (s == LP_OK) {
        lp_progress_tell(u->j->progress, slide->t_us, u->j->plan->duration_us);
        s = lp_progress_check(u->j->progress, d);
    }
    av_packet_free(&pkt);
    av_frame_free(&f);
    lp_arena_clear(&a);
    return s;
}

static lp_status add_file(lp_media *out, lp_media_file file, lp_arena *a, lp_diag *d)
{
    if (lp_arena_grow(a, (void **)&out->files, out->n, &out->cap, sizeof(*out->files), 100000) != 0 || !file.path || !file.sha256)
        return lp_fail_nomem(d);
    out->files[out->n++] = file;
    return LP_OK;
}

/* Equal bytes are one file, whether survey saw that the slides are equal or not. */
static lp_status gather(const stills *u, lp_arena *a, lp_media *out, lp_diag *d)
{
    const lp_plan *p = u->j->plan;
    for (size_t i = 0; i < p->n_slides; i++) {
        size_t at = p->slides[i].same_as >= 0 ? (size_t)p->slides[i].same_as : i;
        int found = -1;
        for (size_t k = 0; k < out->n && found < 0; k++)
            if (lp_str_eq(out->files[k].sha256, u->made[at].hex))
                found = (int)k;
        out->slide_file[i] = found;
        if (found >= 0)
            continue;
        out->slide_file[i] = (int)out->n;
        lp_status s = add_file(out,
                               (lp_media_file){ .path = lp_arena_printf(a, "still-%04zu.webp", at + 1),
                                                .role = LP_MEDIA_STILL,
                                                .type = "image/webp",
                                                .ext = "webp",
                                                .bytes = u->made[at].bytes,
                                                .sha256 = lp_arena_strdup(a, u->made[at].hex),
                                                .width_px = u->made[at].width_px,
                                                .height_px = u->made[at].height_px,
                                                .is_lossless = u->made[at].is_lossless },
                               a, d);
        if (s != LP_OK)
            return s;
    }
    return LP_OK;
}

/* The patches, behind the pictures. */
static lp_status gather_steps(const stills *u, lp_arena *a, lp_media *out, lp_diag *d)
{
    const lp_plan *p = u->j->plan;
    size_t cap = 0;
    for (size_t i = 0; i < p->n_slides; i++)
        for (size_t k = 0; k < p->slides[i].n_steps; k++) {
            const lp_step_made *m = &u->made[i].steps[k];
            if (m->bytes == 0)
                continue;
            if (lp_arena_grow(a, (void **)&out->steps, out->n_steps, &cap, sizeof(*out->steps), 100000) != 0)
                return lp_fail_nomem(d);
            out->steps[out->n_steps++] = (lp_media_step){ (int)i, (int)k, (int)out->n, m->at.x, m->at.y };
            lp_status s = add_file(out,
                                   (lp_media_file){ .path = lp_slide_step_name(a, i, k),
                                                    .role = LP_MEDIA_STEP,
                                                    .type = "image/webp",
                                                    .ext = "webp",
                                                    .bytes = m->bytes,
                                                    .sha256 = lp_arena_strdup(a, m->hex),
                                                    .width_px = m->at.w,
                                                    .height_px = m->at.h,
                                                    .is_lossless = 1 },
                                   a, d);
            if (s != LP_OK)
                return s;
        }
    return LP_OK;
}

/* Room for what the steps of all slides give, in one block that the first slide's `steps` begins. */
static lp_status make_room(stills *u, lp_step_made **all, lp_diag *d)
{
    const lp_plan *p = u->j->plan;
    size_t n = 0;
    for (size_t i = 0; i < p->n_slides; i++)
        n += p->slides[i].n_steps;
    *all = lp_calloc(n + 1, sizeof(**all));
    if (!*all || !u->made)
        return lp_fail_nomem(d);
    n = 0;
    for (size_t i = 0; i < p->n_slides; n += p->slides[i++].n_steps)
        u->made[i].steps = *all + n;
    return LP_OK;
}

lp_status lp_encode_stills(const lp_encode_job *j, lp_arena *a, lp_media *out, lp_diag *d)
{
    size_t n = j->plan->n_slides;
    *out = (lp_media){ .sound = -1, .video = -1, .n_slides = n };
    stills u = { .j = j, .made = lp_calloc(n, sizeof(*u.made)) };
    out->slide_file = lp_arena_alloc(a, n, sizeof(*out->slide_file));
    lp_step_made *steps = NULL;
    lp_status s = out->slide_file ? make_room(&u, &steps, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_parallel(n, j->n_threads, make_one, &u, d);
    if (s == LP_OK)
        s = gather(&u, a, out, d);
    if (s == LP_OK)
        s = gather_steps(&u, a, out, d);
    for (size_t i = 0; i < MAX_WORKERS; i++)
        lp_videoread_close(&u.readers[i]);
    lp_free(steps);
    lp_free(u.made);
    return s;
}
