/* The manifest of a package, lecpack.json: which files there are, what each layer costs and
 * needs.
 *
 *     lecpack_manifest *m = NULL;
 *     char error[512];
 *     if (lecpack_manifest_open("out/week3", &m, error, sizeof(error)) == LECPACK_OK)
 *         for (size_t i = 0; i < m->n_files; i++) puts(m->files[i].path);
 *     lecpack_manifest_free(&m);
 *
 * What is given was checked: every name is safe to create below a folder (see
 * lecpack_file.path), sizes and hashes have the right form, no file comes twice. Whether the
 * files are there and whole is lecpack_verify()'s to say. Text is UTF-8, times are
 * microseconds. Everything lives as long as the manifest. */
#ifndef LECPACK_MANIFEST_H
#define LECPACK_MANIFEST_H

#include "lecpack/lecpack.h"

#ifdef __cplusplus
extern "C" {
#endif

#define LECPACK_MANIFEST_MAJOR   1
#define LECPACK_MANIFEST_VERSION "1.0"

typedef struct lecpack_file {
    const char *path;   /* relative, [a-z0-9._-] and '/', at most 200 bytes, no "..", no device
                           name; or "README.txt" */
    const char *layer;  /* id of one of the layers */
    const char *role;   /* "viewer", "slide", "step", "sound", "video", "captions",
                           "transcript", "chapters", "readme", "review" */
    const char *type;   /* media type, RFC 6838 */
    const char *lang;   /* BCP 47; NULL where it has none */
    const char *sha256; /* 64 lower-case hex digits */
    int64_t bytes;
    int64_t piece_bytes;       /* 0: no pieces */
    const char *const *pieces; /* SHA-256 of each piece, the last may be shorter */
    size_t n_pieces;
    int width_px, height_px; /* 0 where it has none */
    int64_t t_us;            /* slide, step: first shown; -1 where it has none */
    int64_t duration_us;     /* sound, video; -1 where it has none */
} lecpack_file;

typedef struct lecpack_layer {
    const char *id;           /* "text", "slides", "sound", "video", "extra" */
    const char *const *needs; /* ids of layers it is of no use without */
    size_t n_needs;
    int64_t bytes, transfer_bytes; /* on disk; as a server with compression sends it */
    size_t n_files;
    const char *says; /* what is in it, for people */
} lecpack_layer;

typedef struct lecpack_manifest {
    const char *version; /* "1.0": a newer minor version may hold more than is shown here */
    const char *id;      /* urn:uuid:.. */
    const char *title, *lang; /* lang BCP 47, "und" */
    const char *tool;         /* that made it, "lecpack 0.1.0" */
    int is_rtl;
    int64_t rev;
    int64_t duration_us;
    const lecpack_layer *layers;
    size_t n_layers;
    const lecpack_file *files; /* all but lecpack.json, lecpack.meta4 and manifest-sha256.txt */
    size_t n_files;
} lecpack_manifest;

/* Opens a package's folder, or a lecpack.json itself. LECPACK_OK with *out for
 * lecpack_manifest_free(). Else *out is NULL and `error` (may be NULL) gets a sentence, cut to
 * error_size bytes: LECPACK_ERR_NO_INPUT (not there), LECPACK_ERR_INPUT (no manifest, damaged,
 * unsafe names), LECPACK_ERR_UNSUPPORTED (a higher major version), LECPACK_ERR_USAGE (no path),
 * LECPACK_ERR_IO, LECPACK_ERR_NOMEM. */
lecpack_status lecpack_manifest_open(const char *path, lecpack_manifest **out, char *error,
                                     size_t error_size);
void lecpack_manifest_free(lecpack_manifest **m); /* takes NULL and a pointer to NULL */

#ifdef __cplusplus
}
#endif
#endif
