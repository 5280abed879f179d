#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "package/pieces.h"

static void pieces_double_until_there_are_at_most_128(void **state)
{
    (void)state;
    static const struct {
        int64_t file, piece;
        size_t n;
    } rows[] = {
        { 0, 0, 0 },
        { 1, 0, 0 },
        { 262144, 0, 0 }, /* one piece: the file's own hash is enough */
        { 262145, 262144, 2 },
        { 524288, 262144, 2 },
        { 33554432, 262144, 128 },
        { 33554433, 524288, 65 },
        { 67108864, 524288, 128 },
        { 67108865, 1048576, 65 },
        { INT64_C(1) << 40, INT64_C(1) << 33, 128 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(lp_piece_bytes(rows[i].file), rows[i].piece);
        assert_int_equal(lp_piece_count(rows[i].file, rows[i].piece), rows[i].n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        pieces_double_until_there_are_at_most_128) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
