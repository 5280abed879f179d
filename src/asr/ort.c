#include "asr/ort.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { API_VERSION = 14, LOG_ERROR = 3, OPTIMIZE_EXTENDED = 2, ARENA_ALLOCATOR = 1, MEMORY_DEFAULT = 0, MAX_NAMES = 256 };

/* Positions in the table of API version 14. */
enum {
    GET_ERROR_MESSAGE = 2,
    CREATE_ENV = 3,
    CREATE_SESSION_FROM_ARRAY = 8,
    RUN = 9,
    CREATE_SESSION_OPTIONS = 10,
    SET_OPTIMIZATION = 23,
    SET_INTRA_THREADS = 24,
    SET_INTER_THREADS = 25,
    INPUT_COUNT = 30,
    OUTPUT_COUNT = 31,
    INPUT_TYPE = 33,
    INPUT_NAME = 36,
    OUTPUT_NAME = 37,
    CREATE_TENSOR = 49,
    TENSOR_DATA = 51,
    CAST_TYPE_TO_TENSOR = 55,
    DIM_COUNT = 61,
    DIMS = 62,
    TENSOR_SHAPE = 65,
    CREATE_CPU_MEMORY = 69,
    ALLOCATOR_FREE = 76,
    DEFAULT_ALLOCATOR = 78,
    RELEASE_ENV = 92,
    RELEASE_STATUS = 93,
    RELEASE_MEMORY = 94,
    RELEASE_SESSION = 95,
    RELEASE_VALUE = 96,
    RELEASE_TYPE = 98,
    RELEASE_SHAPE = 99,
    RELEASE_SESSION_OPTIONS = 100,
    N_SLOTS = 101
};

typedef void (*slot)(void);
typedef struct api {
    slot f[N_SLOTS];
} api;
typedef struct api_base { /* OrtApiBase */
    const api *(*get_api)(uint32_t version);
    const char *(*get_version)(void);
} api_base;

struct lp_ort {
    void *library;
    const api_base *base;
    const api *api;
    void *env, *memory, *allocator;
};

typedef void *ort_status; /* NULL: fine */
#define CALL(o, name, ...) ((ort_status (*)(__VA_ARGS__))(o)->api->f[name])
typedef void (*releaser)(void *);

static void release(const lp_ort *o, int which, void **p)
{
    if (*p)
        ((releaser)o->api->f[which])(*p);
    *p = NULL;
}

static lp_status check(const lp_ort *o, ort_status s, const char *what, lp_diag *d)
{
    if (!s)
        return LP_OK;
    const char *text = ((const char *(*)(const void *))o->api->f[GET_ERROR_MESSAGE])(s);
    lp_fail(d, LP_ERR_TOOL, 0, "%s: ONNX Runtime: %s", what, text);
    release(o, RELEASE_STATUS, &s);
    return LP_ERR_TOOL;
}

static void *load_library(const char *dir)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/libonnxruntime.so", dir);
    static const char *const systems[] = { "libonnxruntime.so.1", "libonnxruntime.so" };
    void *h = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; !h && i < sizeof(systems) / sizeof(*systems); i++)
        h = dlopen(systems[i], RTLD_NOW | RTLD_LOCAL);
    return h;
}

lp_status lp_ort_open(const char *dir, lp_ort **out, lp_diag *d)
{
    *out = NULL;
    lp_ort *o = lp_calloc(1, sizeof(*o));
    if (!o)
        return lp_fail_nomem(d);
    lp_status s = LP_OK;
    const api_base *(*get_base)(void) = NULL;
    o->library = load_library(dir);
    if (!o->library) {
        s = lp_fail(d, LP_ERR_TOOL, 0, "ONNX Runtime is missing: %s", dlerror());
        goto done;
    }
    void *symbol = dlsym(o->library, "OrtGetApiBase");
    memcpy(&get_base, &symbol, sizeof(symbol)); /* C knows no cast from an object to a function */
    o->base = symbol ? get_base() : NULL;
    o->api = o->base ? o->base->get_api(API_VERSION) : NULL;
    if (!o->api) {
        s = lp_fail(d, LP_ERR_TOOL, 0, "ONNX Runtime %s is too old: 1.%d or later is needed",
                    o->base ? o->base->get_version() : "?", API_VERSION);
        goto done;
    }
    s = check(o, CALL(o, CREATE_ENV, int, const char *, void **)(LOG_ERROR, "lecpack-asr", &o->env), "environment", d);
    if (s == LP_OK)
        s = check(o, CALL(o, CREATE_CPU_MEMORY, int, int, void **)(ARENA_ALLOCATOR, MEMORY_DEFAULT, &o->memory), "memory", d);
    if (s == LP_OK)
        s = check(o, CALL(o, DEFAULT_ALLOCATOR, void **)(&o->allocator), "allocator", d);
done:
    if (s != LP_OK)
        lp_ort_close(&o);
    *out = o;
    return s;
}

const char *lp_ort_version(const lp_ort *o)
{
    return o->base->get_version();
}

void lp_ort_close(lp_ort **o)
{
    if (!*o)
        return;
    if ((*o)->api) {
        release(*o, RELEASE_MEMORY, &(*o)->memory);
        release(*o, RELEASE_ENV, &(*o)->env);
    }
    /* the library stays loaded: its threads and statics do not survive dlclose() */
    lp_free(*o);
    *o = NULL;
}

static lp_status names_of(lp_ort_model *m, int count_slot, int name_slot, size_t *n, char ***names, lp_diag *d)
{
    lp_ort *o = m->ort;
    lp_status s = check(o, CALL(o, count_slot, const void *, size_t *)(m->session, n), "model", d);
    if (s == LP_OK && (*n == 0 || *n > MAX_NAMES))
        s = lp_fail(d, LP_ERR_TOOL, 0, "the model has %zu inputs or outputs", *n);
    if (s != LP_OK) {
        *n = 0;
        return s;
    }
    *names = lp_calloc(*n, sizeof(**names));
    if (!*names)
        return lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < *n; i++)
        s = check(o, CALL(o, name_slot, const void *, size_t, void *, char **)(m->session, i, o->allocator, &(*names)[i]), "model", d);
    return s;
}

lp_status lp_ort_load(lp_ort *o, const void *bytes, size_t n, int n_threads, const char *what, lp_ort_model **out,
                      lp_diag *d)
{
    *out = NULL;
    void *options = NULL;
    lp_ort_model *m = lp_calloc(1, sizeof(*m));
    if (!m)
        return lp_fail_nomem(d);
    m->ort = o;
    lp_status s = check(o, CALL(o, CREATE_SESSION_OPTIONS, void **)(&options), what, d);
    if (s == LP_OK)
        s = check(o, CALL(o, SET_INTRA_THREADS, void *, int)(options, n_threads), what, d);
    if (s == LP_OK)
        s = check(o, CALL(o, SET_INTER_THREADS, void *, int)(options, 1), what, d);
    if (s == LP_OK)
        s = check(o, CALL(o, SET_OPTIMIZATION, void *, int)(options, OPTIMIZE_EXTENDED), what, d);
    if (s == LP_OK)
        s = check(o, CALL(o, CREATE_SESSION_FROM_ARRAY, void *, const void *, size_t, const void *, void **)(
                         o->env, bytes, n, options, &m->session), what, d);
    release(o, RELEASE_SESSION_OPTIONS, &options);
    if (s == LP_OK)
        s = names_of(m, INPUT_COUNT, INPUT_NAME, &m->n_in, &m->in, d);
    if (s == LP_OK)
        s = names_of(m, OUTPUT_COUNT, OUTPUT_NAME, &m->n_out, &m->out, d);
    if (s != LP_OK)
        lp_ort_unload(&m);
    *out = m;
    return s;
}

static void free_names(lp_ort *o, char **names, size_t n)
{
    for (size_t i = 0; names && i < n; i++) {
        ort_status s = names[i] ? CALL(o, ALLOCATOR_FREE, void *, void *)(o->allocator, names[i]) : NULL;
        release(o, RELEASE_STATUS, &s);
    }
    lp_free(names);
}

void lp_ort_unload(lp_ort_model **m)
{
    if (!*m)
        return;
    free_names((*m)->ort, (*m)->in, (*m)->n_in);
    free_names((*m)->ort, (*m)->out, (*m)->n_out);
    release((*m)->ort, RELEASE_SESSION, &(*m)->session);
    lp_free(*m);
    *m = NULL;
}

static lp_status dims_of(lp_ort *o, const void *shape, int64_t *dims, size_t *n, lp_diag *d)
{
    lp_status s = check(o, CALL(o, DIM_COUNT, const void *, size_t *)(shape, n), "tensor", d);
    if (s == LP_OK && *n > LP_ORT_MAX_DIMS)
        s = lp_fail(d, LP_ERR_TOOL, 0, "a tensor of %zu dimensions", *n);
    if (s == LP_OK)
        s = check(o, CALL(o, DIMS, const void *, int64_t *, size_t)(shape, dims, *n), "tensor", d);
    return s;
}

lp_status lp_ort_input_shape(const lp_ort_model *m, size_t i, int64_t dims[LP_ORT_MAX_DIMS], size_t *n, lp_diag *d)
{
    lp_ort *o = m->ort;
    void *type = NULL;
    const void *shape = NULL; /* belongs to type */
    lp_status s = check(o, CALL(o, INPUT_TYPE, const void *, size_t, void **)(m->session, i, &type), "model", d);
    if (s == LP_OK)
        s = check(o, CALL(o, CAST_TYPE_TO_TENSOR, const void *, const void **)(type, &shape), "model", d);
    if (s == LP_OK && !shape)
        s = lp_fail(d, LP_ERR_TOOL, 0, "input %zu of the model is no tensor", i);
    if (s == LP_OK)
        s = dims_of(o, shape, dims, n, d);
    release(o, RELEASE_TYPE, &type);
    return s;
}

lp_status lp_ort_tensor(lp_ort *o, void *data, size_t bytes, const int64_t *dims, size_t n, lp_ort_type type,
                        lp_ort_value **out, lp_diag *d)
{
    *out = NULL;
    return check(o, CALL(o, CREATE_TENSOR, const void *, void *, size_t, const int64_t *, size_t, int, lp_ort_value **)(
                        o->memory, data, bytes, dims, n, (int)type, out), "tensor", d);
}

lp_status lp_ort_floats(lp_ort *o, lp_ort_value *v, float **data, lp_diag *d)
{
    *data = NULL;
    return check(o, CALL(o, TENSOR_DATA, lp_ort_value *, float **)(v, data), "tensor", d);
}

lp_status lp_ort_shape(lp_ort *o, const lp_ort_value *v, int64_t dims[LP_ORT_MAX_DIMS], size_t *n, lp_diag *d)
{
    void *shape = NULL;
    lp_status s = check(o, CALL(o, TENSOR_SHAPE, const lp_ort_value *, void **)(v, &shape), "tensor", d);
    if (s == LP_OK)
        s = dims_of(o, shape, dims, n, d);
    release(o, RELEASE_SHAPE, &shape);
    return s;
}

void lp_ort_release(lp_ort *o, lp_ort_value **v)
{
    void *p = v ? *v : NULL;
    release(o, RELEASE_VALUE, &p);
    if (v)
        *v = NULL;
}

lp_status lp_ort_run(const lp_ort_model *m, const char *const *in_names, lp_ort_value *const *in, size_t n_in,
                     const char *const *out_names, size_t n_out, lp_ort_value **out, lp_diag *d)
{
    lp_ort *o = m->ort;
    memset(out, 0, n_out * sizeof(*out));
    return check(o, CALL(o, RUN, void *, const void *, const char *const *, lp_ort_value *const *, size_t, const char *const *,
                         size_t, lp_ort_value **)(m->session, NULL, in_names, in, n_in, out_names, n_out, out), "model", d);
}
