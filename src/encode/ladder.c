#include "encode/ladder.h"

enum { ENOUGH_PERCENT = 89, HOPELESS_PERCENT = 68 };

int lp_ladder_is_too_large(int quick_bytes, int most_bytes)
{
    return quick_bytes / 11 > most_bytes / 10;
}

lp_ladder_step lp_ladder_begin(int quick_percent, int quick_bytes, int most_bytes)
{
    if (lp_ladder_is_too_large(quick_bytes, most_bytes) || quick_percent < HOPELESS_PERCENT)
        return LP_LADDER_NEAR;
    if (quick_percent >= ENOUGH_PERCENT)
        return LP_LADDER_LOW;
    return quick_bytes / 4 > most_bytes / 5 ? LP_LADDER_NEAR : LP_LADDER_HIGH;
}

lp_ladder_step lp_ladder_next(lp_ladder_step s, int kept_percent)
{
    if (kept_percent >= ENOUGH_PERCENT)
        return s;
    return s == LP_LADDER_LOW ? LP_LADDER_HIGH : LP_LADDER_NEAR;
}
