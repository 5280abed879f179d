/* The manifest, lecpack.json: written from what a package was built of, read for verify, zip
 * and the public reader. Its keys are those of lecpack.schema.json beside this file, in that
 * order; same input, same bytes. */
#ifndef LP_PACKAGE_MANIFEST_H
#define LP_PACKAGE_MANIFEST_H

#include "base/json.h"
#include "lecpack/manifest.h"
#include "package/package.h"
#include "package/page.h"
#include "package/tracks.h"

#define LP_MANIFEST_NAME "lecpack.json"
#define LP_METALINK_NAME "lecpack.meta4"
#define LP_SUMS_NAME     "manifest-sha256.txt"

enum {
    LP_MANIFEST_MAX_BYTES = 64 << 20,
    LP_MANIFEST_MAX_FILES = 100000,
    LP_MANIFEST_ID_CHARS = 46 /* "urn:uuid:", 36 and the final NUL */
};

typedef struct lp_manifest_input {
    const lp_package_input *package; /* its people under the names that are shown */
    const char *id, *lang;           /* of the package */
    const lecpack_file *files;       /* all that the manifest lists */
    size_t n_files;
    const lecpack_layer *layers;
    size_t n_layers;
    const char *const *slide_paths; /* one for each slide of the plan */
    const lp_page_step *steps; /* by slide */
    size_t n_steps;
    const lp_tracks *tracks;
} lp_manifest_input;

/* "urn:uuid:" and a UUID of version 5 (RFC 9562) over the recording's SHA-256 and the options:
 * the same recording packed in the same way has the same id everywhere. LP_OK or LP_ERR_NOMEM.
 */
lp_status lp_manifest_id(const char *source_sha256, const char *options,
                         char id[LP_MANIFEST_ID_CHARS], lp_diag *d) LP_MUST_USE;

/* A chapter's title; "Part N" where it has none. New reference; NULL: memory is out. */
json_t *lp_chapter_title(const lp_plan *p, size_t i);

json_t *lp_manifest_to_json(
    const lp_manifest_input *in); /* new reference; NULL: memory is out */

/* Reads a manifest's text; everything in *out lives in the arena. LP_ERR_INPUT (not a manifest,
 * damaged), LP_ERR_UNSUPPORTED (a higher major version), LP_ERR_NOMEM. Names are not checked
 * yet. */
lp_status lp_manifest_parse(const char *text, size_t n, const char *what, lp_arena *a,
                            lecpack_manifest *out, lp_diag *d) LP_MUST_USE;
/* LP_ERR_INPUT when a name is not safe to create, or two can not be in one folder;
 * LP_ERR_NOMEM. */
lp_status lp_manifest_check_names(const lecpack_manifest *m, const char *what, lp_arena *a,
                                  lp_diag *d) LP_MUST_USE;
/* Both, for the lecpack.json in the folder `dir`. LP_ERR_NO_INPUT when it is not there. */
lp_status lp_manifest_read(const char *dir, lp_arena *a, lecpack_manifest *out,
                           lp_diag *d) LP_MUST_USE;

/* The name may not be used for a file that the manifest lists: it is one of those that describe
 * the package. */
int lp_manifest_is_side_file(const char *path);

#endif
