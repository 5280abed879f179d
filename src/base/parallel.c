#include "base/parallel.h"

#include <pthread.h>

enum { MAX_THREADS = 64 };

struct pool {
    pthread_mutex_t lock;
    size_t next, n, failed_i;
    lp_status status;
    lp_diag diag;
    lp_work work;
    void *user;
};

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

static void *run(void *arg)
{
    struct worker *w = arg;
    struct pool *p = w->pool;
    pthread_mutex_lock(&p->lock);
    while (p->next < p->n && p->status == LP_OK) {
        size_t i = p->next++;
        pthread_mutex_unlock(&p->lock);
        lp_diag d = { 0 };
        lp_status s = p->work(p->user, i, w->number, &d);
        pthread_mutex_lock(&p->lock);
        if (s != LP_OK && (p->status == LP_OK || i < p->failed_i)) {
            p->status = s;
            p->failed_i = i;
            p->diag = d;
        }
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

lp_status lp_parallel(size_t n, size_t n_threads, lp_work work, void *user, lp_diag *d)
{
    struct pool p = { .n = n, .work = work, .user = user };
    struct worker w[MAX_THREADS];
    size_t want = n_threads < 1 ? 1 : n_threads > MAX_THREADS ? MAX_THREADS : n_threads, started = 0;
    if (want > n)
        want = n;
    if (pthread_mutex_init(&p.lock, NULL) != 0)
        return lp_fail(d, LP_ERR_INTERNAL, 0, "no mutex");
    for (size_t i = 0; i < want; i++)
        w[i] = (struct worker){ .pool = &p, .number = i };
    for (size_t i = 1; i < want; i++, started++)
        if (pthread_create(&w[i].thread, NULL, run, &w[i]) != 0)
            break; /* fewer threads do the same work */
    if (n)
        run(&w[0]);
    for (size_t i = 1; i <= started; i++)
        pthread_join(w[i].thread, NULL);
    pthread_mutex_destroy(&p.lock);
    if (p.status != LP_OK && d && d->status == LP_OK)
        *d = p.diag;
    return p.status;
}
