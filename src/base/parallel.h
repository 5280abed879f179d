/* Runs work items on threads, in order of their numbers. */
#ifndef LP_BASE_PARALLEL_H
#define LP_BASE_PARALLEL_H

#include <stddef.h>

#include "base/diag.h"

/* Work item `i` of 0..n-1; `worker` is 0..n_threads-1, so that a worker can have state of its own. */
typedef lp_status (*lp_work)(void *user, size_t i, size_t worker, lp_diag *d);

/* Calls work(user, i, ..) for every i, at most n_threads (1..64) at a time, lower i first.
 * After a failure no new item is begun; returns the failure of the lowest i. With one thread or one item
 * everything runs in the calling thread. */
lp_status lp_parallel(size_t n, size_t n_threads, lp_work work, void *user, lp_diag *d) LP_MUST_USE;

#endif
