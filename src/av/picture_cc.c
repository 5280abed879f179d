#include "av/picture_cc.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MAX_LETTERS = 1 << 24, FIRST_CAP = 4096, CHECK_EVERY = 256 };

lp_cc_shape lp_picture_cc_shape(const AVCodecParameters *c)
{
    lp_cc_coding coding = c->codec_id == AV_CODEC_ID_H264         ? LP_CC_H264
                          : c->codec_id == AV_CODEC_ID_HEVC       ? LP_CC_HEVC
                          : c->codec_id == AV_CODEC_ID_MPEG2VIDEO ? LP_CC_MPEG2
                                                                  : LP_CC_NO;
    return lp_cc_shape_of(coding, c->extradata, c->extradata_size > 0 ? (size_t)c->extradata_size : 0);
}

struct letters {
    lp_picture_cc *items;
    size_t n, cap;
    size_t n_told[2]; /* of each field, that say something */
    int64_t pts;
    int has_failed; /* 1: memory; 2: too many */
};

static void keep(void *user, const unsigned char triplet[3])
{
    struct letters *l = user;
    int type = triplet[0] & 3, says = ((triplet[1] | triplet[2]) & 0x7f) != 0;
    const lp_picture_cc *last = l->n ? &l->items[l->n - 1] : NULL;
    if (!(triplet[0] & 4) || type > 1 || l->has_failed)
        return;
    /* of much padding one is enough: a command that comes twice in a row counts once, with padding between twice */
    if (!says && (!last || (last->triplet[0] & 3) != type || !((last->triplet[1] | last->triplet[2]) & 0x7f)))
        return;
    if (l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : FIRST_CAP;
        lp_picture_cc *more = cap > MAX_LETTERS ? NULL : lp_realloc_array(l->items, cap, sizeof(*more));
        l->has_failed = more ? 0 : cap > MAX_LETTERS ? 2 : 1;
        if (!more)
            return;
        l->items = more;
        l->cap = cap;
    }
    l->n_told[type] += says != 0;
    l->items[l->n] = (lp_picture_cc){ .pts = l->pts, .at = l->n };
    memcpy(l->items[l->n++].triplet, triplet, 3);
}

/* MPEG-PS gives no time of showing to pictures that others are made of. Such a one is shown when the next of its kind is
 * decoded, behind those between, which are shown as they come. */
static void time_letters(struct letters *l, const AVPacket *pkt, size_t *waiting_from, size_t *waiting_to)
{
    int is_shown_at_once = pkt->pts != AV_NOPTS_VALUE && pkt->pts == pkt->dts;
    if (!is_shown_at_once && pkt->dts != AV_NOPTS_VALUE) {
        for (size_t i = *waiting_from; i < *waiting_to; i++)
            l->items[i].pts = pkt->dts;
        *waiting_from = *waiting_to;
    }
    l->pts = pkt->pts != AV_NOPTS_VALUE ? pkt->pts : pkt->dts;
}

static int by_time(const void *a, const void *b)
{
    const lp_picture_cc *x = a, *y = b;
    if (x->pts != y->pts)
        return x->pts < y->pts ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

lp_status lp_picture_cc_read(AVFormatContext *f, lp_joined *at, AVPacket *pkt, const lp_progress *p, lp_picture_cc **out,
                             size_t *n, lp_diag *d)
{
    struct letters l = { 0 };
    lp_cc_shape shape = lp_picture_cc_shape(f->streams[at->stream]->codecpar);
    size_t waiting_from = 0, waiting_to = 0; /* letters of a picture whose time is not known yet */
    lp_status s = LP_OK;
    *out = NULL;
    *n = 0;
    for (unsigned i = 0; s == LP_OK && !l.has_failed && lp_joined_next(at, f, pkt) >= 0; i++) {
        if (i % CHECK_EVERY == 0)
            s = lp_progress_check(p, d);
        time_letters(&l, pkt, &waiting_from, &waiting_to);
        size_t n_before = l.n;
        if (l.pts != AV_NOPTS_VALUE && pkt->size > 0)
            lp_cc_walk(&shape, pkt->data, (size_t)pkt->size, 1, keep, &l);
        if (pkt->pts == AV_NOPTS_VALUE) {
            waiting_from = n_before;
            waiting_to = l.n;
        }
    }
    if (s == LP_OK && l.has_failed)
        s = l.has_failed == 1 ? lp_fail_nomem(d)
                              : lp_fail(d, LP_ERR_INPUT, 0, "stream %d: more closed captions than anybody can say", at->stream);
    if (s != LP_OK || l.n == 0) {
        lp_free(l.items);
        return s;
    }
    qsort(l.items, l.n, sizeof(*l.items), by_time);
    int field = l.n_told[0] ? 0 : 1;
    for (size_t i = 0; i < l.n; i++)
        if ((l.items[i].triplet[0] & 3) == field)
            l.items[(*n)++] = l.items[i];
    *out = l.items;
    return LP_OK;
}
