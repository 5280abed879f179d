/* ONNX Runtime, loaded at run time: no header and no library of it are needed to build.
 *
 * Its C API is a table of function pointers whose order only ever grows at the end (onnxruntime_c_api.h: "ORT API
 * structures are append only"), so a position in the table names a function for good. Positions are those of API
 * version 14, checked against 1.21; runs on 1.21 and later.
 *
 *     lp_ort *o; lp_ort_open(dir, &o, d);
 *     lp_ort_model *m; lp_ort_load(o, bytes, n, 1, "decoder", &m, d);
 *     lp_ort_run(m, in_names, in, 2, out_names, 1, out, d);
 *     lp_ort_unload(&m); lp_ort_close(&o); */
#ifndef LP_ASR_ORT_H
#define LP_ASR_ORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

typedef struct lp_ort lp_ort;
typedef struct lp_ort_model {
    lp_ort *ort;
    void *session;
    size_t n_in, n_out;
    char **in, **out; /* names as the model has them */
} lp_ort_model;
typedef struct lp_ort_value lp_ort_value; /* a tensor of the runtime */

typedef enum lp_ort_type { LP_ORT_FLOAT = 1, LP_ORT_INT64 = 7, LP_ORT_BOOL = 9 } lp_ort_type; /* as the API numbers them */
enum { LP_ORT_MAX_DIMS = 8 };

/* Loads DIR/libonnxruntime.so, else the system's. LP_ERR_TOOL: there is none, or it is older than 1.14. */
lp_status lp_ort_open(const char *dir, lp_ort **out, lp_diag *d) LP_MUST_USE;
const char *lp_ort_version(const lp_ort *o); /* "1.28.2" */
void lp_ort_close(lp_ort **o);

/* A model from its bytes, which are not needed afterwards. `what` is for messages. LP_ERR_TOOL, LP_ERR_NOMEM. */
lp_status lp_ort_load(lp_ort *o, const void *bytes, size_t n, int n_threads, const char *what, lp_ort_model **out,
                      lp_diag *d) LP_MUST_USE;
void lp_ort_unload(lp_ort_model **m);
/* The dimensions of input `i`; what varies is -1. */
lp_status lp_ort_input_shape(const lp_ort_model *m, size_t i, int64_t dims[LP_ORT_MAX_DIMS], size_t *n, lp_diag *d) LP_MUST_USE;

/* A tensor over the caller's memory, which must outlive it; for lp_ort_release(). */
lp_status lp_ort_tensor(lp_ort *o, void *data, size_t bytes, const int64_t *dims, size_t n, lp_ort_type type,
                        lp_ort_value **out, lp_diag *d) LP_MUST_USE;
lp_status lp_ort_floats(lp_ort *o, lp_ort_value *v, float **data, lp_diag *d) LP_MUST_USE; /* lives as long as v */
lp_status lp_ort_shape(lp_ort *o, const lp_ort_value *v, int64_t dims[LP_ORT_MAX_DIMS], size_t *n, lp_diag *d) LP_MUST_USE;
void lp_ort_release(lp_ort *o, lp_ort_value **v); /* takes NULL and a pointer to NULL */

/* Runs the model; out[] is filled with new values, all NULL on failure. */
lp_status lp_ort_run(const lp_ort_model *m, const char *const *in_names, lp_ort_value *const *in, size_t n_in,
                     const char *const *out_names, size_t n_out, lp_ort_value **out, lp_diag *d) LP_MUST_USE;

#endif
