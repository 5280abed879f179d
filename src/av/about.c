#include "av/about.h"

#include <libavutil/avutil.h>

const char *lp_av_licence(void)
{
    return avutil_license();
}
