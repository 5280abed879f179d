/* Closed captions in a coded picture of any bytes. The first byte says the coding and how units are set apart. Every triplet
 * was somewhere in the packet, so there are no more of them than a third of its bytes; and what stands before the first
 * slice is among what stands anywhere. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/cc_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void demand(int is_so, const char *what)
{
    if (is_so)
        return;
    fprintf(stderr, "picture_cc: %s\n", what);
    abort();
}

static void count(void *user, const unsigned char triplet[3])
{
    unsigned bits = 0;
    lp_cc_note(&bits, triplet);
    demand(bits & LP_CC_SEEN, "a triplet is not seen");
    ++*(size_t *)user;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    size_t n_all = 0, n_first = 0;
    if (n < 2)
        return 0;
    lp_cc_coding coding = (lp_cc_coding)(1 + bytes[0] % 3);
    lp_cc_shape s = { coding, coding == LP_CC_MPEG2 ? 0 : bytes[0] / 3 % 5 };
    unsigned char *copy = malloc(n - 1); /* exactly as long: reading behind it is seen */
    if (!copy)
        return 0;
    memcpy(copy, bytes + 1, n - 1);
    lp_cc_walk(&s, copy, n - 1, 1, count, &n_all);
    lp_cc_walk(&s, copy, n - 1, 0, count, &n_first);
    free(copy);
    demand(3 * n_all <= n, "there are more triplets than bytes");
    demand(n_first <= n_all, "before the first slice there are more than everywhere");
    (void)lp_cc_shape_of(coding, bytes, n);
    return 0;
}
