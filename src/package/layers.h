/* The layers of a package, from its files: text, slides, sound, video, and what only stands
 * beside them. */
#ifndef LP_PACKAGE_LAYERS_H
#define LP_PACKAGE_LAYERS_H

#include "lecpack/manifest.h"

enum { LP_LAYERS_MAX = 5 };

typedef struct lp_layers {
    lecpack_layer items[LP_LAYERS_MAX]; /* strings are static */
    size_t n;
} lp_layers;

/* Sums the files by layer; only layers that have files, in the order of need. The text's
 * transfer size is page_transfer_bytes, that of all others is their size. */
void lp_layers_make(lp_layers *out, const lecpack_file *files, size_t n,
                    int64_t page_transfer_bytes, int has_captions);

int64_t lp_layers_file_bytes(const lecpack_file *files, size_t n,
                             const char *path); /* 0 when it is not there */

#endif
