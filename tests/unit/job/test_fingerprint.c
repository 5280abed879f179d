#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "job/fingerprint.h"

typedef struct list {
    const char *values[7]; /* name, text, name, text, .., NULL */
} list;

static void make(const list *l, lp_arena *a, lp_fingerprint *f)
{
    *f = (lp_fingerprint){ 0 };
    for (size_t i = 0; l->values[i]; i += 2)
        assert_int_equal(lp_fingerprint_add(f, a, l->values[i], l->values[i + 1], NULL), LP_OK);
}

static void key_of(const list *l, char hex[LP_SHA256_HEX])
{
    lp_arena a = { 0 };
    lp_fingerprint f;
    make(l, &a, &f);
    assert_int_equal(lp_fingerprint_key(&f, hex, NULL), LP_OK);
    lp_arena_clear(&a);
}

static void the_key_is_the_hash_of_the_texts_with_their_lengths(void **state)
{
    (void)state;
    char hex[LP_SHA256_HEX], want[LP_SHA256_HEX];
    key_of(&(list){ { "lang", "en", NULL } }, hex);
    assert_int_equal(lp_sha256_bytes("4:lang2:en", 10, want, NULL), LP_OK);
    assert_string_equal(hex, want);
}

static void lists_that_differ_anywhere_have_different_keys(void **state)
{
    (void)state;
    static const list lists[] = {
        { { NULL } },
        { { "a", "b", NULL } },
        { { "b", "a", NULL } },
        { { "a", "", NULL } },
        { { "ab", "", NULL } },
        { { "a", "b1:c", NULL } },
        { { "a", "b", "c", "d", NULL } },
        { { "c", "d", "a", "b", NULL } },
        { { "a", "b", "c", "", NULL } },
    };
    enum { N = sizeof(lists) / sizeof(lists[0]) };
    char keys[N][LP_SHA256_HEX];
    for (size_t i = 0; i < N; i++) {
        key_of(&lists[i], keys[i]);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(keys[i], keys[k]);
    }
}

static void the_value_that_changed_is_named(void **state)
{
    (void)state;
    static const struct {
        list then, now;
        const char *changed;
    } rows[] = {
        { { { "x", "1", "y", "2", NULL } }, { { "x", "1", "y", "2", NULL } }, NULL },
        { { { "x", "1", "y", "2", NULL } }, { { "x", "1", "y", "3", NULL } }, "y" },
        { { { "x", "1", "y", "2", NULL } }, { { "x", "0", "y", "3", NULL } }, "x" },
        { { { "x", "1", NULL } }, { { "x", "1", "new", "", NULL } }, "new" },
        { { { "x", "1", "gone", "2", NULL } }, { { "x", "1", NULL } }, "gone" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lp_arena a = { 0 };
        lp_fingerprint then, now;
        make(&rows[i].then, &a, &then);
        make(&rows[i].now, &a, &now);
        json_t *recorded = lp_fingerprint_to_json(&then);
        const char *changed = lp_fingerprint_changed(&now, recorded);
        if (rows[i].changed)
            assert_string_equal(changed, rows[i].changed);
        else
            assert_null(changed);
        json_decref(recorded);
        lp_arena_clear(&a);
    }
}

static void an_artifact_without_the_keys_that_are_not_read_keeps_its_hash(void **state)
{
    (void)state;
    static const char *const without[] = { "title", "missing", NULL };
    char a[LP_SHA256_HEX], b[LP_SHA256_HEX];
    json_t *one = json_pack("{s:s, s:i}", "title", "One", "n", 1);
    json_t *two = json_pack("{s:s, s:i}", "title", "Two", "n", 1);
    json_t *three = json_pack("{s:s, s:i}", "title", "One", "n", 3);
    assert_int_equal(lp_fingerprint_artifact(one, without, a, NULL), LP_OK);
    assert_int_equal(lp_fingerprint_artifact(two, without, b, NULL), LP_OK);
    assert_string_equal(a, b);
    assert_int_equal(lp_fingerprint_artifact(three, without, b, NULL), LP_OK);
    assert_string_not_equal(a, b);
    assert_int_equal(lp_fingerprint_artifact(two, NULL, b, NULL), LP_OK);
    assert_string_not_equal(a, b);
    assert_string_equal(json_string_value(json_object_get(one, "title")),
                        "One"); /* untouched */
    json_decref(one);
    json_decref(two);
    json_decref(three);
}

static void a_failed_allocation_is_reported(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_fingerprint f = { 0 };
    lp_diag d = { 0 };
    lp_mem_fail_at(1);
    assert_int_equal(lp_fingerprint_add(&f, &a, "a", "b", &d), LP_ERR_NOMEM);
    lp_mem_fail_at(0);
    assert_int_equal(f.n, 0);
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_is_the_hash_of_the_texts_with_their_lengths),
        cmocka_unit_test(lists_that_differ_anywhere_have_different_keys),
        cmocka_unit_test(the_value_that_changed_is_named),
        cmocka_unit_test(an_artifact_without_the_keys_that_are_not_read_keeps_its_hash),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests_name("job/fingerprint", tests, NULL, NULL);
}
