#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "package/metalink.h"

static void a_metalink_names_each_file_with_size_hash_and_pieces(void **state)
{
    (void)state;
    static const char *const pieces[] = { "aa", "bb" };
    const lecpack_file files[] = { { .path = "index.html", .bytes = 5, .sha256 = "11" },
                                   { .path = "sound-1.webm",
                                     .bytes = 300000,
                                     .sha256 = "22",
                                     .piece_bytes = 262144,
                                     .pieces = pieces,
                                     .n_pieces = 2 } };
    const lecpack_file manifest = { .path = "lecpack.json", .bytes = 7, .sha256 = "33" };
    lp_buf out;
    lp_diag d = { 0 };
    lp_buf_init(&out, 1 << 16);
    lp_metalink_write(&out, "a<b>&\"c\"", files, 2, &manifest);
    assert_int_equal(lp_buf_check(&out, "metalink", &d), LP_OK);
    assert_string_equal(
        out.data,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">\n"
        "  <generator>a&lt;b&gt;&amp;&quot;c&quot;</generator>\n"
        "  <file name=\"index.html\">\n    <size>5</size>\n"
        "    <hash type=\"sha-256\">11</hash>\n    <url>index.html</url>\n  </file>\n"
        "  <file name=\"sound-1.webm\">\n    <size>300000</size>\n"
        "    <hash type=\"sha-256\">22</hash>\n"
        "    <pieces length=\"262144\" type=\"sha-256\">\n"
        "      <hash>aa</hash>\n      <hash>bb</hash>\n    </pieces>\n"
        "    <url>sound-1.webm</url>\n  </file>\n"
        "  <file name=\"lecpack.json\">\n    <size>7</size>\n"
        "    <hash type=\"sha-256\">33</hash>\n    <url>lecpack.json</url>\n  </file>\n"
        "  <file name=\"manifest-sha256.txt\">\n    <url>manifest-sha256.txt</url>\n"
        "  </file>\n</metalink>\n");
    lp_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        a_metalink_names_each_file_with_size_hash_and_pieces) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
