/* The page: index.html, the text layer and the player in one file that needs nothing else. Pure: text in, text out. */
#ifndef LP_PACKAGE_PAGE_H
#define LP_PACKAGE_PAGE_H

#include "base/buf.h"
#include "package/package.h"
#include "package/tracks.h"

typedef struct lp_page_file { /* a media file under its name in the package */
    const char *path;
    int64_t bytes;
    const char *type;
    int width_px, height_px;
} lp_page_file;

typedef struct lp_page_step { /* a patch over a slide's picture, until its time */
    lp_page_file file;
    size_t slide; /* position in the plan */
    int64_t until_us;
    int x_px, y_px;
} lp_page_step;

typedef struct lp_page_input {
    const char *id; /* of the package: prefixes what the page stores in the browser */
    const lp_package_input *package;
    const lp_page_step *steps; /* by slide */
    size_t n_steps;
    const lp_page_file *slides; /* one for each slide of the plan (equal pictures have equal paths) */
    size_t n_slides;
    const lp_page_file *sound, *video; /* NULL: no such layer */
    const lp_tracks *tracks;
} lp_page_input;

/* Appends the page. Everything that comes from the recording is escaped. LP_ERR_NOMEM, LP_ERR_INPUT (over out->max). */
lp_status lp_page_write(const lp_page_input *in, lp_buf *out, lp_diag *d) LP_MUST_USE;

#endif
