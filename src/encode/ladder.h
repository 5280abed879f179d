/* How a still is coded: from a try at the lowest quality to the steps that are worth their time. Pure.
 *
 * The tries are judged by the blocks that hold detail: how many of them, in percent, come through. */
#ifndef LP_ENCODE_LADDER_H
#define LP_ENCODE_LADDER_H

typedef enum lp_ladder_step {
    LP_LADDER_LOW,  /* lossy, quality 12 */
    LP_LADDER_HIGH, /* lossy, quality 40 */
    LP_LADDER_NEAR  /* no lossy one: near-lossless keeps everything */
} lp_ladder_step;

/* Whether no step is worth coding whatever the quick coding kept. */
int lp_ladder_is_too_large(int quick_bytes, int most_bytes);

/* The first step worth coding, by what a quick coding at the lowest quality kept and weighs, when another coding of `most_bytes`
 * (INT_MAX: none) is there already. Where under 68 % was kept, quality 40 was never seen to keep enough (at most 88 %, on 8
 * slides of two lectures); it is 1.25 to 1.4 times as large. The full effort takes up to a tenth off the quick coding. */
lp_ladder_step lp_ladder_begin(int quick_percent, int quick_bytes, int most_bytes);

/* The step after `s`, which kept so much; `s` itself where that is enough. */
lp_ladder_step lp_ladder_next(lp_ladder_step s, int kept_percent);

#endif
