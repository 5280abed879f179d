#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    char *before = NULL;
    for (size_t size = 0; size < 40000; size = size * 3 + 1) {
        char *p = lp_arena_alloc(&a, size, 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % sizeof(max_align_t) % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xaa, size);
        assert_true(p != before);
        before = p;
    }
    lp_arena_clear(&a);
    assert_non_null(lp_arena_alloc(&a, 1, 1)); /* usable again */
    lp_arena_clear(&a);
}

static void a_size_that_overflows_is_refused(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    assert_null(lp_arena_alloc(&a, SIZE_MAX, 2));
    assert_null(lp_arena_alloc(&a, SIZE_MAX / 2, 3));
    assert_null(lp_arena_alloc(&a, 2, SIZE_MAX));
    lp_arena_clear(&a);
}

static void strings_are_copied(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    assert_string_equal(lp_arena_strdup(&a, "abc"), "abc");
    assert_null(lp_arena_strdup(&a, NULL));
    assert_string_equal(lp_arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(lp_arena_strndup(&a, "", 0), "");
    assert_string_equal(lp_arena_printf(&a, "%d/%s", 7, "x"), "7/x");
    lp_arena_clear(&a);
}

static void an_array_grows_and_keeps_what_it_holds(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    int *items = NULL;
    size_t n = 0, cap = 0;
    while (lp_arena_grow(&a, (void **)&items, n, &cap, sizeof(*items), 1000) == 0) {
        items[n] = (int)n;
        n++;
    }
    assert_int_equal(n, 1000); /* the maximum, not a power of two */
    for (size_t i = 0; i < n; i++)
        assert_int_equal(items[i], i);
    lp_arena_clear(&a);
}

static void when_memory_is_out_nothing_changes(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    int *items = NULL;
    size_t cap = 0;
    lp_mem_fail_at(1);
    assert_int_equal(lp_arena_grow(&a, (void **)&items, 0, &cap, sizeof(*items), 10), -1);
    lp_mem_fail_at(1);
    assert_null(lp_arena_strdup(&a, "abc"));
    lp_mem_fail_at(1);
    assert_null(lp_arena_printf(&a, "%d", 1));
    lp_mem_fail_at(0);
    assert_null(items);
    assert_int_equal(cap, 0);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_size_that_overflows_is_refused),
        cmocka_unit_test(strings_are_copied),
        cmocka_unit_test(an_array_grows_and_keeps_what_it_holds),
        cmocka_unit_test(when_memory_is_out_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
