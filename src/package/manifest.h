/* The manifest, lecpack.json: written here, read back by read.c. Pure: structs in, JSON out. */
#ifndef LP_PACKAGE_MANIFEST_H
#define LP_PACKAGE_MANIFEST_H

#include "base/json.h"
#include "lecpack/manifest.h"
#include "package/package.h"

typedef struct lp_manifest_input {
    const lp_package_input *package;
    const char *id;
    const lecpack_file *files;
    size_t n_files;
    const lecpack_layer *layers;
    size_t n_layers;
    const char *const *slide_paths; /* one for each slide of the plan */
    const char *captions_path;      /* NULL: no captions */
} lp_manifest_input;

/* New reference with the keys in their fixed order; NULL when memory is out. */
json_t *lp_manifest_json(const lp_manifest_input *in);

/* "urn:uuid:..", version 8 of RFC 9562 made from the SHA-256 of the sources and the options. In the arena. */
lp_status lp_manifest_id(const lp_package_input *in, lp_arena *a, const char **id, lp_diag *d) LP_MUST_USE;

/* Reads and checks a manifest: everything lives in the arena. LP_ERR_NO_INPUT, LP_ERR_INPUT, LP_ERR_NOMEM. */
lp_status lp_manifest_read(const char *path, lp_arena *a, lecpack_manifest *out, lp_diag *d) LP_MUST_USE;

#endif
