#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/parallel.h"

enum { MAX_N = 1000 };

struct job {
    atomic_int done[MAX_N];
    atomic_size_t n_begun, last_begun, max_worker;
    atomic_int is_out_of_order;
    size_t n_threads;
    size_t fail_a, fail_b; /* both fail when they are below MAX_N, b not before a has begun */
    atomic_int a_has_begun;
};

static lp_status work(void *user, size_t i, size_t worker, lp_diag *d)
{
    struct job *j = user;
    atomic_fetch_add(&j->done[i], 1);
    atomic_fetch_add(&j->n_begun, 1);
    size_t max = atomic_load(&j->max_worker);
    while (worker > max && !atomic_compare_exchange_weak(&j->max_worker, &max, worker))
        ;
    if (i == j->fail_a) {
        atomic_store(&j->a_has_begun, 1);
        return lp_fail(d, LP_ERR_INPUT, 0, "item %zu", i);
    }
    if (i == j->fail_b) {
        while (j->n_threads > 1 && j->fail_a < MAX_N && !atomic_load(&j->a_has_begun))
            ;
        return lp_fail(d, LP_ERR_IO, 0, "item %zu", i);
    }
    return LP_OK;
}

static void every_item_is_done_once(void **state)
{
    (void)state;
    static const size_t n_items[] = { 0, 1, 2, 7, MAX_N },
                        n_threads[] = { 0, 1, 2, 3, 64, 1000 };
    for (size_t a = 0; a < 5; a++) {
        for (size_t b = 0; b < 6; b++) {
            struct job j = { .fail_a = MAX_N, .fail_b = MAX_N, .n_threads = n_threads[b] };
            assert_int_equal(lp_parallel(n_items[a], n_threads[b], work, &j, NULL), LP_OK);
            for (size_t i = 0; i < MAX_N; i++)
                assert_int_equal(j.done[i], i < n_items[a]);
            size_t most = n_threads[b] < 1 ? 1 : n_threads[b] > 64 ? 64 : n_threads[b];
            assert_true(j.max_worker < most);
        }
    }
}

static lp_status in_order(void *user, size_t i, size_t worker, lp_diag *d)
{
    size_t *next = user;
    (void)worker;
    (void)d;
    assert_int_equal(i, (*next)++);
    return LP_OK;
}

static void with_one_thread_the_caller_works_in_order(void **state)
{
    (void)state;
    size_t next = 0;
    assert_int_equal(lp_parallel(100, 1, in_order, &next, NULL), LP_OK);
    assert_int_equal(next, 100);
}

static void the_failure_of_the_lowest_item_is_told_whichever_came_first(void **state)
{
    (void)state;
    for (int round = 0; round < 50; round++) {
        lp_diag d = { 0 };
        struct job j = {
            .fail_a = 4, .fail_b = 3, .n_threads = 4
        }; /* 3 waits until 4 has begun: 4 may be first to fail */
        assert_int_equal(lp_parallel(200, 4, work, &j, &d), LP_ERR_IO);
        assert_string_equal(d.text, "item 3");
        assert_int_equal(d.status, LP_ERR_IO);
    }
}

static void after_a_failure_nothing_new_is_begun(void **state)
{
    (void)state;
    struct job j = { .fail_a = 0, .fail_b = MAX_N, .n_threads = 1 };
    assert_int_equal(lp_parallel(MAX_N, 1, work, &j, NULL), LP_ERR_INPUT);
    assert_int_equal(j.n_begun, 1);
}

static void an_older_message_is_kept(void **state)
{
    (void)state;
    lp_diag d = { LP_ERR_TOOL, 0, "older" };
    struct job j = { .fail_a = 0, .fail_b = MAX_N, .n_threads = 1 };
    assert_int_equal(lp_parallel(3, 2, work, &j, &d), LP_ERR_INPUT);
    assert_string_equal(d.text, "older");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(with_one_thread_the_caller_works_in_order),
        cmocka_unit_test(the_failure_of_the_lowest_item_is_told_whichever_came_first),
        cmocka_unit_test(after_a_failure_nothing_new_is_begun),
        cmocka_unit_test(an_older_message_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
