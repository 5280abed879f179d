#include "encode/drawn.h"

#include <stdlib.h>
#include <string.h>

enum {
    SIDE = 4,           /* of a block, pixels */
    EVEN = 6,           /* the most that a channel spreads in an even block */
    EXACT = 2,
    SAME = 3,           /* grounds nearer than this are one */
    HALO = 6,           /* how far around a ground a gradient would have blocks */
    LEAST_BLOCKS = 12,  /* an area smaller than this is ink */
    COLOURS_MOST = 4096, /* that are looked at for grounds, the commonest */
    REACH = 4,          /* how many blocks a ground reaches into ink */
    STRONG_INK = 40,    /* contrast from which coders leave noise around ink */
    STRAY = 24,         /* noise beside strong ink */
    STRAY_FAINT = 6,    /* beside faint ink, which itself strays little */
    STEP = 32,          /* between the levels of strong ink */
    STEP_FAINT = 16,
    GREY = 24,          /* the most that the channels of a grey pixel differ */
    PIXELS_MOST = 1 << 26
};

typedef struct colour {
    uint32_t rgb, n;
} colour;

typedef struct picture {
    uint8_t *pixels;
    ptrdiff_t stride;
    int w, h, bw, bh; /* of the blocks that are whole */
    uint32_t *even;   /* a block's mean colour; FAINT or STRONG when it is not even */
    uint32_t *reach;  /* the grounds near a block, a bit each; NEAR_STRONG */
    colour *colours;
    uint32_t grounds[LP_DRAWN_GROUNDS_MOST];
    int n_grounds;
} picture;

static const uint32_t FAINT = 1u << 24, STRONG = 1u << 25, NONE = UINT32_MAX, NEAR_STRONG = 1u << 31;

static int apart(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int c = 0; c < 24; c += 8) {
        int d = abs((int)(a >> c & 255) - (int)(b >> c & 255));
        most = d > most ? d : most;
    }
    return most;
}

static uint32_t pixel(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

/* The spread of a block's widest channel, and its mean colour. */
static int measure(const picture *s, int bx, int by, uint32_t *mean)
{
    int lo[4] = { 255, 255, 255, 255 }, hi[4] = { 0 }, sum[4] = { 0 }, spread = 0;
    for (int y = 0; y < SIDE; y++) {
        const uint8_t *p = s->pixels + (by * SIDE + y) * s->stride + 4 * SIDE * bx;
        for (int k = 0; k < 4 * SIDE; k++) {
            int v = p[k], c = k & 3;
            lo[c] = v < lo[c] ? v : lo[c];
            hi[c] = v > hi[c] ? v : hi[c];
            sum[c] += v;
        }
    }
    *mean = 0;
    for (int c = 0; c < 3; c++) {
        spread = hi[c] - lo[c] > spread ? hi[c] - lo[c] : spread;
        *mean |= (uint32_t)((sum[c] + SIDE * SIDE / 2) / (SIDE * SIDE)) << 8 * c;
    }
    return spread;
}

static int by_rgb(const void *a, const void *b)
{
    uint32_t x = ((const colour *)a)->rgb, y = ((const colour *)b)->rgb;
    return (x > y) - (x < y);
}

/* The commonest first; among equals the order of the colours, so that it is always the same. */
static int by_count(const void *a, const void *b)
{
    const colour *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : by_rgb(a, b);
}

static size_t count_colours(picture *s)
{
    size_t n = 0, n_colours = 0;
    for (size_t i = 0; i < (size_t)s->bw * (size_t)s->bh; i++)
        if (s->even[i] < FAINT)
            s->colours[n++] = (colour){ s->even[i], 1 };
    qsort(s->colours, n, sizeof(*s->colours), by_rgb);
    for (size_t i = 0; i < n; i++)
        if (n_colours && s->colours[n_colours - 1].rgb == s->colours[i].rgb)
            s->colours[n_colours - 1].n++;
        else
            s->colours[n_colours++] = s->colours[i];
    qsort(s->colours, n_colours, sizeof(*s->colours), by_count);
    return n_colours < COLOURS_MOST ? n_colours : COLOURS_MOST;
}

/* From the commonest colour on; each takes the few that its noise made. */
static void find_grounds(picture *s, size_t n)
{
    for (size_t i = 0; i < n && s->n_grounds < LP_DRAWN_GROUNDS_MOST; i++) {
        uint32_t core = 0, halo = 0, rgb = s->colours[i].rgb;
        for (int g = 0; g < s->n_grounds; g++)
            if (apart(s->grounds[g], rgb) <= SAME)
                rgb = NONE;
        for (size_t k = 0; rgb != NONE && k < n; k++) {
            int d = apart(rgb, s->colours[k].rgb);
            core += d <= 1 ? s->colours[k].n : 0;
            halo += d > 1 && d <= HALO ? s->colours[k].n : 0;
        }
        if (core >= LEAST_BLOCKS && core >= halo)
            s->grounds[s->n_grounds++] = rgb;
    }
}

static int nearest(const picture *s, uint32_t rgb, uint32_t among, int within)
{
    int best = -1;
    for (int g = 0; g < s->n_grounds && among >> g; g++) {
        int d = among >> g & 1 ? apart(s->grounds[g], rgb) : within + 1;
        if (d <= within) {
            within = d - 1;
            best = g;
        }
    }
    return best;
}

/* The ground that each block is, and whether it holds strong ink. */
static void tell_own(const picture *s, uint32_t *own)
{
    uint32_t last = FAINT, bits = 0;
    for (size_t i = 0; i < (size_t)s->bw * (size_t)s->bh; i++) {
        if (s->even[i] != last) {
            int g = s->even[i] < FAINT ? nearest(s, s->even[i], UINT32_MAX, SAME) : -1;
            bits = g >= 0 ? 1u << g : s->even[i] == STRONG ? NEAR_STRONG : 0;
        }
        last = s->even[i];
        own[i] = bits;
    }
}

/* What lies within REACH blocks of each block: along the rows, then along the columns. */
static void spread_grounds(picture *s)
{
    const size_t bw = (size_t)s->bw;
    uint32_t *own = (uint32_t *)(void *)s->colours; /* the colours have done their part */
    uint32_t *rows = own + bw * (size_t)s->bh;
    tell_own(s, own);
    for (int y = 0; y < s->bh; y++)
        for (int x = 0; x < s->bw; x++) {
            uint32_t m = 0;
            for (int k = x > REACH ? x - REACH : 0; k <= x + REACH && k < s->bw; k++)
                m |= own[(size_t)y * bw + (size_t)k];
            rows[(size_t)y * bw + (size_t)x] = m;
        }
    memset(s->reach, 0, bw * (size_t)s->bh * sizeof(*s->reach));
    for (int y = 0; y < s->bh; y++)
        for (int k = y > REACH ? y - REACH : 0; k <= y + REACH && k < s->bh; k++)
            for (size_t x = 0; x < bw; x++)
                s->reach[(size_t)y * bw + x] |= rows[(size_t)k * bw + x];
}

static int is_grey(uint32_t rgb, int within)
{
    int a = (int)(rgb & 255), b = (int)(rgb >> 8 & 255), c = (int)(rgb >> 16 & 255);
    return abs(a - b) <= within && abs(b - c) <= within && abs(a - c) <= within;
}

static void put(uint8_t *p, uint32_t rgb)
{
    p[0] = (uint8_t)rgb;
    p[1] = (uint8_t)(rgb >> 8);
    p[2] = (uint8_t)(rgb >> 16);
}

static uint32_t to_step(uint32_t v, uint32_t step)
{
    uint32_t up = (v + step / 2) / step * step;
    return up > 255 ? 255 : up;
}

static int luma_of(uint32_t rgb)
{
    return (int)((29 * (rgb & 255) + 150 * (rgb >> 8 & 255) + 77 * (rgb >> 16)) >> 8);
}

/* Strong grey ink keeps the levels of `ramp`, counted from its ground: fine near it, where faint words are. */
static uint32_t on_ramp(int luma, int ground)
{
    static const uint8_t ramp[] = { 0, 32, 64, 128, 192, 255 };
    int d = abs(luma - ground), i = 0;
    while (i + 1 < (int)sizeof(ramp) && 2 * d >= ramp[i] + ramp[i + 1])
        i++;
    int v = luma < ground ? ground - ramp[i] : ground + ramp[i];
    return (uint32_t)(v < 0 ? 0 : v > 255 ? 255 : v);
}

/* Ink keeps few levels a channel, of one channel where it is grey. `ground` is what it lies on. */
static uint32_t clean_ink(uint32_t rgb, uint32_t ground, int is_strong, int greys)
{
    uint32_t step = is_strong ? STEP : STEP_FAINT;
    if (greys && is_grey(rgb, GREY) && is_strong && is_grey(ground, SAME))
        return 0x010101u * on_ramp(luma_of(rgb), luma_of(ground));
    if (greys && is_grey(rgb, GREY))
        return 0x010101u * to_step((uint32_t)luma_of(rgb), step);
    return to_step(rgb & 255, step) | to_step(rgb >> 8 & 255, step) << 8 | to_step(rgb >> 16, step) << 16;
}

static int number_of(uint32_t one)
{
    int g = 0;
    while (g < LP_DRAWN_GROUNDS_MOST && !(one >> g & 1))
        g++;
    return g;
}

/* The ground of most blocks within REACH of a block; there is one. */
static int commonest(const picture *s, const uint32_t *own, int bx, int by)
{
    uint32_t near = s->reach[(size_t)by * (size_t)s->bw + (size_t)bx] & ~NEAR_STRONG;
    int n[LP_DRAWN_GROUNDS_MOST] = { 0 }, best = -1;
    if ((near & (near - 1)) == 0) /* there is only one */
        return number_of(near);
    for (int y = by > REACH ? by - REACH : 0; y <= by + REACH && y < s->bh; y++)
        for (int x = bx > REACH ? bx - REACH : 0; x <= bx + REACH && x < s->bw; x++)
            for (int g = 0; g < s->n_grounds; g++)
                n[g] += (int)(own[(size_t)y * (size_t)s->bw + (size_t)x] >> g & 1);
    for (int g = 0; g < s->n_grounds; g++)
        if (n[g] && (best < 0 || n[g] > n[best]))
            best = g;
    return best;
}

/* A ground that the pixel nearly is; else, noise does not go from one ground to another, the one that most of its surroundings are. */
static int ground_of(const picture *s, uint32_t rgb, uint32_t near, int usual, int stray)
{
    int g = nearest(s, rgb, UINT32_MAX, EXACT);
    if (g < 0 && apart(rgb, s->grounds[usual]) <= stray)
        g = usual;
    return g >= 0 ? g : nearest(s, rgb, near, stray);
}

/* A level of ink that is nearly a ground is that one: black text on white has one black. */
static uint32_t level_of(const picture *s, uint32_t rgb)
{
    int g = nearest(s, rgb, UINT32_MAX, STRAY_FAINT);
    return g >= 0 ? s->grounds[g] : rgb;
}

/* What of the picture lies past the last whole block goes with that block. */
static void clean_block(const picture *s, const uint32_t *own, int bx, int by)
{
    size_t i = (size_t)by * (size_t)s->bw + (size_t)bx;
    uint32_t near = s->reach[i] & ~NEAR_STRONG;
    int right = bx + 1 == s->bw ? s->w : (bx + 1) * SIDE, bottom = by + 1 == s->bh ? s->h : (by + 1) * SIDE;
    int greys = 0, is_ink = s->even[i] >= FAINT, is_strong = (s->reach[i] & NEAR_STRONG) != 0;
    int stray = is_strong ? STRAY : STRAY_FAINT;
    int usual = near ? commonest(s, own, bx, by) : -1;
    for (int g = 0; g < s->n_grounds; g++)
        greys |= (near >> g & 1) && is_grey(s->grounds[g], SAME);
    for (int y = by * SIDE; near && y < bottom; y++)
        for (int x = bx * SIDE; x < right; x++) {
            uint8_t *p = s->pixels + y * s->stride + 4 * (ptrdiff_t)x;
            if (pixel(p) == s->grounds[usual])
                continue;
            int g = ground_of(s, pixel(p), near, usual, stray);
            if (g >= 0)
                put(p, s->grounds[g]);
            else if (is_ink)
                put(p, level_of(s, clean_ink(pixel(p), s->grounds[usual], is_strong, greys)));
        }
}

size_t lp_drawn_scratch(int w, int h)
{
    return (size_t)(w / SIDE) * (size_t)(h / SIDE) * (2 * sizeof(uint32_t) + sizeof(colour));
}

int lp_drawn_clean(uint8_t *pixels, ptrdiff_t stride, int w, int h, void *scratch)
{
    picture s = { .pixels = pixels, .stride = stride, .w = w, .h = h, .bw = w / SIDE, .bh = h / SIDE };
    size_t n = (size_t)s.bw * (size_t)s.bh, i = 0;
    if (n == 0 || n > PIXELS_MOST / (SIDE * SIDE))
        return 0;
    s.even = scratch;
    s.reach = s.even + n;
    s.colours = (colour *)(void *)(s.reach + n);
    for (int y = 0; y < s.bh; y++)
        for (int x = 0; x < s.bw; x++, i++) {
            int spread = measure(&s, x, y, &s.even[i]);
            if (spread > EVEN)
                s.even[i] = spread < STRONG_INK ? FAINT : STRONG;
        }
    find_grounds(&s, count_colours(&s));
    if (s.n_grounds == 0)
        return 0;
    spread_grounds(&s);
    for (int y = 0; y < s.bh; y++)
        for (int x = 0; x < s.bw; x++)
            clean_block(&s, (const uint32_t *)(const void *)s.colours, x, y);
    return s.n_grounds;
}
