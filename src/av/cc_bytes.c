#include "av/cc_bytes.h"

#include <string.h>

enum {
    H264_SEI = 6,
    H264_LAST_SLICE = 5,
    HEVC_PREFIX_SEI = 39,
    HEVC_SUFFIX_SEI = 40,
    HEVC_LAST_SLICE = 31,
    MPEG2_USER_DATA = 0xb2,
    MPEG2_LAST_SLICE = 0xaf,
    T35_MESSAGE = 4,
    MOST_BYTES = 256 /* of a message: 31 triplets and what is around them */
};

struct walk {
    lp_cc_take take;
    void *user;
};

lp_cc_shape lp_cc_shape_of(lp_cc_coding coding, const unsigned char *extradata, size_t n)
{
    lp_cc_shape s = { coding, 0 };
    size_t at = coding == LP_CC_H264 ? 4 : 21; /* of lengthSizeMinusOne in avcC and hvcC */
    if ((coding == LP_CC_H264 || coding == LP_CC_HEVC) && extradata && n > at && extradata[0] == 1)
        s.length_bytes = (extradata[at] & 3) + 1;
    return s;
}

/* "GA94", user_data_type_code 3, flags and count, em_data, the triplets. */
static void take_atsc(const struct walk *w, const unsigned char *b, size_t n)
{
    if (n < 7 || memcmp(b, "GA94\x03", 5) != 0 || !(b[5] & 0x40))
        return;
    size_t n_triplets = b[5] & 0x1f;
    for (size_t i = 0; i < n_triplets && 7 + 3 * i + 3 <= n; i++)
        w->take(w->user, b + 7 + 3 * i);
}

/* The bytes of a NAL unit without those that keep start codes out of it. */
struct payload {
    const unsigned char *at, *end;
    int n_zeros;
};

static int next_byte(struct payload *p)
{
    if (p->at < p->end && p->n_zeros >= 2 && *p->at == 3) {
        p->at++;
        p->n_zeros = 0;
    }
    if (p->at >= p->end)
        return -1;
    int byte = *p->at++;
    p->n_zeros = byte == 0 ? p->n_zeros + 1 : 0;
    return byte;
}

/* A number of an SEI message: bytes of 255 and one that is less. -1 at the end. */
static long next_number(struct payload *p)
{
    long sum = 0;
    int byte = next_byte(p);
    for (; byte == 255; byte = next_byte(p))
        sum += 255;
    return byte < 0 ? -1 : sum + byte;
}

static void take_sei(const struct walk *w, struct payload p)
{
    static const unsigned char country_and_provider[] = { 0xb5, 0x00, 0x31 };
    while (p.end - p.at > 2) {
        unsigned char message[MOST_BYTES];
        long type = next_number(&p), size = next_number(&p), n = 0;
        for (long i = 0; i < size; i++) {
            int byte = next_byte(&p);
            if (byte < 0)
                return;
            if (n < MOST_BYTES)
                message[n++] = (unsigned char)byte;
        }
        if (type == T35_MESSAGE && n > 3 && memcmp(message, country_and_provider, 3) == 0)
            take_atsc(w, message + 3, (size_t)n - 3);
    }
}

static int unit_type(lp_cc_coding coding, const unsigned char *b)
{
    return coding == LP_CC_MPEG2 ? b[0] : coding == LP_CC_H264 ? b[0] & 0x1f : b[0] >> 1 & 0x3f;
}

static int is_slice(lp_cc_coding coding, const unsigned char *b, size_t n)
{
    int type = n ? unit_type(coding, b) : -1;
    return coding == LP_CC_HEVC ? type >= 0 && type <= HEVC_LAST_SLICE
                                : type >= 1 && type <= (coding == LP_CC_H264 ? H264_LAST_SLICE : MPEG2_LAST_SLICE);
}

static void take_unit(const struct walk *w, lp_cc_coding coding, const unsigned char *b, size_t n)
{
    int type = n ? unit_type(coding, b) : -1;
    size_t n_head = coding == LP_CC_HEVC ? 2 : 1;
    if (coding == LP_CC_MPEG2 && type == MPEG2_USER_DATA)
        take_atsc(w, b + 1, n - 1);
    else if ((coding == LP_CC_H264 && type == H264_SEI) ||
             (coding == LP_CC_HEVC && n > n_head && (type == HEVC_PREFIX_SEI || type == HEVC_SUFFIX_SEI)))
        take_sei(w, (struct payload){ b + n_head, b + n, 0 });
}

static void walk_lengths(const struct walk *w, const lp_cc_shape *s, const unsigned char *data, size_t n, int is_deep)
{
    size_t n_length = (size_t)s->length_bytes;
    for (size_t at = 0; n - at > n_length;) {
        size_t len = 0;
        for (size_t i = 0; i < n_length; i++)
            len = len << 8 | data[at + i];
        at += n_length;
        if (len > n - at || (!is_deep && is_slice(s->coding, data + at, len)))
            return;
        take_unit(w, s->coding, data + at, len);
        at += len;
    }
}

/* Where the next 00 00 01 is from `at` on; n: nowhere. */
static size_t next_start(const unsigned char *data, size_t n, size_t at)
{
    for (; at + 3 <= n; at++) {
        const unsigned char *one = memchr(data + at + 2, 1, n - at - 2);
        if (!one)
            break;
        at = (size_t)(one - data) - 2;
        if (data[at] == 0 && data[at + 1] == 0)
            return at;
    }
    return n;
}

static void walk_starts(const struct walk *w, const lp_cc_shape *s, const unsigned char *data, size_t n, int is_deep)
{
    for (size_t at = next_start(data, n, 0); at < n;) {
        size_t from = at + 3;
        if (!is_deep && is_slice(s->coding, data + from, n - from))
            return;
        at = next_start(data, n, from);
        take_unit(w, s->coding, data + from, at - from);
    }
}

void lp_cc_walk(const lp_cc_shape *s, const unsigned char *data, size_t n, int is_deep, lp_cc_take take, void *user)
{
    struct walk w = { take, user };
    if (s->coding == LP_CC_NO || !data)
        return;
    if (s->length_bytes)
        walk_lengths(&w, s, data, n, is_deep);
    else
        walk_starts(&w, s, data, n, is_deep);
}

void lp_cc_note(void *bits, const unsigned char triplet[3])
{
    unsigned *b = bits;
    int type = triplet[0] & 3, is_valid = (triplet[0] & 4) != 0;
    *b |= LP_CC_SEEN;
    if (is_valid && type < 2 && ((triplet[1] | triplet[2]) & 0x7f))
        *b |= LP_CC_LETTERS;
    if (is_valid && type >= 2 && (triplet[1] | triplet[2]))
        *b |= LP_CC_708;
}
