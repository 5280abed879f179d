/* Package: plan, cues and media in, a folder out that is opened offline. The folder is built complete under a temporary
 * name beside the output, checked, flushed to disk and published by one rename. */
#ifndef LP_PACKAGE_PACKAGE_H
#define LP_PACKAGE_PACKAGE_H

#include "session/cues.h"
#include "session/media.h"
#include "session/plan.h"
#include "session/session.h"
#include "session/slide_text.h"

typedef struct lp_package_input {
    const lp_session *session;
    const lp_timeline *timeline;
    const lp_cues *cues; /* people, language, origin; the cues themselves are the plan's, in package time */
    const lp_slide_texts *slide_texts; /* NULL: nothing was read */
    const lp_plan *plan;
    const lp_media *media;
    const char *media_dir; /* media file paths are relative to it */
    const char *tool;      /* "lecpack 0.1.0" */
    const char *libraries; /* lp_encode_versions() */
    const char *options;   /* canonical text of the options that shaped the package */
} lp_package_input;

typedef struct lp_package_layer {
    const char *id; /* "text", "slides", "sound", "video" */
    int64_t bytes, transfer_bytes; /* transfer: gzip for text, else the same */
    size_t n_files;
} lp_package_layer;

typedef struct lp_package_summary {
    lp_package_layer layers[4];
    size_t n_layers;
    int64_t bytes; /* of all files */
    size_t n_files;
    const char *manifest_sha256;
} lp_package_summary;

/* Writes every file of the package into `dir` (made new; what was there under that name is removed first).
 * Findings of all stages are gathered in the manifest and, for losses, the page. Same input, same bytes.
 * LP_ERR_IO, LP_ERR_FULL, LP_ERR_CREATE, LP_ERR_NOMEM. */
lp_status lp_package_build(const lp_package_input *in, const char *dir, lp_arena *a,
                           lp_package_summary *out, lp_diag *d) LP_MUST_USE;

#endif
