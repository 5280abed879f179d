/* The files of src/player as the build embeds them; each is followed by a zero byte that its size does not
 * count. And what tells one build from another that would write other packages: a hash of these files and of
 * the rooms that write the page. */
#ifndef LP_PACKAGE_PLAYER_FILES_H
#define LP_PACKAGE_PLAYER_FILES_H

#include <stddef.h>

extern const unsigned char lp_player_app_js[], lp_player_app_css[], lp_player_review_js[], lp_player_review_css[];
extern const size_t lp_player_app_js_bytes, lp_player_app_css_bytes, lp_player_review_js_bytes,
    lp_player_review_css_bytes;

extern const char lp_package_code[];

#endif
