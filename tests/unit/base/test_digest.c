#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "support/tmpdir.h"

/* FIPS 180-4's own examples, and a million times 'a' (NIST CSRC, SHA256.pdf and SHA2_Additional.pdf). */
static void gives_the_sums_of_the_standard(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    char hex[LP_DIGEST_HEX];
    lp_digest h;
    for (size_t i = 0; i < 3; i++) {
        lp_digest_init(&h);
        lp_digest_add(&h, rows[i][0], strlen(rows[i][0]));
        lp_digest_hex(&h, hex);
        assert_string_equal(hex, rows[i][1]);
    }
    lp_digest_init(&h);
    for (int i = 0; i < 1000000 / 50; i++)
        lp_digest_add(&h, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 50);
    lp_digest_hex(&h, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void a_file_has_the_sum_of_its_bytes(void **state)
{
    (void)state;
    char *dir = tmpdir_make(), hex[LP_DIGEST_HEX];
    lp_diag d = { 0 };
    tmpdir_put(dir, "abc", "abc", 3);
    assert_int_equal(lp_digest_file(tmpdir_path(dir, "abc"), hex, &d), LP_OK);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(lp_digest_file(tmpdir_path(dir, "none"), hex, &d), LP_ERR_NO_INPUT);
    assert_non_null(strstr(d.text, "none"));
    tmpdir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_sums_of_the_standard),
        cmocka_unit_test(a_file_has_the_sum_of_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
