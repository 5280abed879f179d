#include "job/pace.h"

#include <string.h>

#include "base/time.h"

enum { TELL_EVERY_US = 100000 };

lp_status lp_pace_init(lp_pace *p, const lecpack_options *hooks, lp_diag *d)
{
    memset(p, 0, sizeof(*p));
    p->hooks = hooks;
    p->begun_us = lp_time_monotonic_us();
    if (pthread_mutex_init(&p->mutex, NULL) != 0)
        return lp_fail(d, LP_ERR_INTERNAL, 0, "no mutex");
    return LP_OK;
}

void lp_pace_clear(lp_pace *p)
{
    pthread_mutex_destroy(&p->mutex);
}

size_t lp_pace_add(lp_pace *p, const char *stage, int weight)
{
    size_t i = p->n < LP_PACE_STAGES ? p->n++ : LP_PACE_STAGES - 1;
    p->stages[i] = (lp_pace_stage){ .name = stage, .weight = weight, .pace = p };
    return i;
}

lecpack_progress lp_pace_at(lp_pace *p, size_t stage, int64_t done_us, int64_t total_us,
                            int64_t now_us)
{
    double all = 0, done = 0, skipped = 0;
    if (total_us > 0 && done_us >= 0) {
        double part = done_us < total_us ? (double)done_us / (double)total_us : 1;
        if (part > p->stages[stage].done)
            p->stages[stage].done = part;
    }
    for (size_t i = 0; i < p->n; i++) {
        const lp_pace_stage *s = &p->stages[i];
        all += s->weight;
        done += s->weight * s->done;
        skipped += s->is_skipped ? s->weight : 0;
    }
    lecpack_progress out = { p->stages[stage].name, 0, done_us, total_us, 0, -1 };
    if (all > 0 && done / all > p->fraction)
        p->fraction = done / all < 1 ? done / all : 1;
    out.fraction = p->fraction;
    double seconds = (double)(now_us - p->begun_us) / LP_SECOND_US, worked = done - skipped;
    if (seconds > 0.2 && worked > 0.01 * (all - skipped)) {
        out.eta_s = seconds * (all - done) / worked;
        out.speed = worked / all * ((double)p->duration_us / LP_SECOND_US) / seconds;
    }
    return out;
}

/* With the mutex held. */
static void tell(lp_pace *p, size_t stage, int64_t done_us, int64_t total_us, int is_forced)
{
    int64_t now_us = lp_time_monotonic_us();
    lecpack_progress out = lp_pace_at(p, stage, done_us, total_us, now_us);
    if (!p->hooks->on_progress || (!is_forced && now_us - p->told_us < TELL_EVERY_US))
        return;
    p->told_us = now_us;
    p->hooks->on_progress(p->hooks->user, &out);
}

static void on_done(void *user, int64_t done_us, int64_t total_us)
{
    lp_pace_stage *s = user;
    pthread_mutex_lock(&s->pace->mutex);
    tell(s->pace, (size_t)(s - s->pace->stages), done_us, total_us, 0);
    pthread_mutex_unlock(&s->pace->mutex);
}

static int is_cancelled(void *user)
{
    lp_pace_stage *s = user;
    const lecpack_options *h = s->pace->hooks;
    if (!h->is_cancelled)
        return 0;
    pthread_mutex_lock(&s->pace->mutex);
    int yes = h->is_cancelled(h->user);
    pthread_mutex_unlock(&s->pace->mutex);
    return yes;
}

lp_progress lp_pace_progress(lp_pace *p, size_t stage)
{
    return (lp_progress){ on_done, is_cancelled, &p->stages[stage] };
}

void lp_pace_begin(lp_pace *p, size_t stage)
{
    pthread_mutex_lock(&p->mutex);
    tell(p, stage, 0, 0, 1);
    pthread_mutex_unlock(&p->mutex);
}

void lp_pace_finish(lp_pace *p, size_t stage, int is_skipped)
{
    pthread_mutex_lock(&p->mutex);
    p->stages[stage].done = 1;
    p->stages[stage].is_skipped = is_skipped;
    tell(p, stage, p->duration_us, p->duration_us, 1);
    pthread_mutex_unlock(&p->mutex);
}

void lp_pace_message(lp_pace *p, const char *text)
{
    if (!p->hooks->on_message)
        return;
    pthread_mutex_lock(&p->mutex);
    p->hooks->on_message(p->hooks->user, text);
    pthread_mutex_unlock(&p->mutex);
}
