#include "encode/encode.h"

#include <stdio.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>

const char *lp_encode_versions(void)
{
    static char text[160];
    unsigned f = avformat_version(), c = avcodec_version(), g = avfilter_version();
    if (!text[0])
        snprintf(text, sizeof(text), "libavformat %u.%u.%u, libavcodec %u.%u.%u, libavfilter %u.%u.%u", f >> 16, f >> 8 & 255,
                 f & 255, c >> 16, c >> 8 & 255, c & 255, g >> 16, g >> 8 & 255, g & 255);
    return text;
}
