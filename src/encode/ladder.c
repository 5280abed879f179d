#include "encode/ladder.h"

enum { ENOUGH_PERCENT = 89, HOPELESS_PERCENT = 68 };

lp_ladder_step lp_ladder_begin(int quick_percent)
{
    return quick_percent < HOPELESS_PERCENT ? LP_LADDER_NEAR
           : quick_percent < ENOUGH_PERCENT ? LP_LADDER_HIGH
                                            : LP_LADDER_LOW;
}

lp_ladder_step lp_ladder_next(lp_ladder_step s, int kept_percent)
{
    if (kept_percent >= ENOUGH_PERCENT)
        return s;
    return s == LP_LADDER_LOW ? LP_LADDER_HIGH : LP_LADDER_NEAR;
}
