/* About the libav* that this program runs with. */
#ifndef LP_AV_ABOUT_H
#define LP_AV_ABOUT_H

/* The licence that libavutil was built under, e.g. "LGPL version 2.1 or later". Static storage.
 */
const char *lp_av_licence(void);

#endif
