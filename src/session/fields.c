#include "session/fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { MAX_ITEMS = 1000000, MAX_PATH_BYTES = 65536, MAX_PLACE = 200 };

/* ---- writing ---- */

static json_t *write_path(const char *s)
{
    size_t n = strlen(s);
    if (lp_utf8_is_valid(s, n))
        return json_string(s);
    lp_buf hex;
    lp_buf_init(&hex, 2 * MAX_PATH_BYTES);
    for (size_t i = 0; i < n; i++)
        lp_buf_printf(&hex, "%02x", (unsigned)(unsigned char)s[i]);
    json_t *o = lp_buf_check(&hex, "path", NULL) == LP_OK ? json_object() : NULL;
    if (o && json_object_set_new(o, "hex", json_string(hex.data)) != 0) {
        json_decref(o);
        o = NULL;
    }
    lp_buf_clear(&hex);
    return o;
}

static json_t *write_text(const char *s)
{
    size_t n = strlen(s);
    if (lp_utf8_is_valid(s, n))
        return json_string(s);
    lp_buf clean;
    lp_buf_init(&clean, 4 * n);
    lp_utf8_clean(&clean, s, n);
    json_t *v = lp_buf_check(&clean, "text", NULL) == LP_OK ? json_string(clean.data) : NULL;
    lp_buf_clear(&clean);
    return v;
}

static json_t *write_real(double v, const lp_field *f)
{
    double lo = (double)f->min, hi = (double)f->max;
    return json_real(isnan(v) || v < lo ? lo : v > hi ? hi : v);
}

static json_t *write_item(const lp_field *f, const char *p)
{
    switch (f->kind) {
    case LP_FIELD_INTS:
        return json_integer(*(const int *)(const void *)p);
    case LP_FIELD_INT64S:
        return json_integer(*(const int64_t *)(const void *)p);
    default:
        return lp_fields_write(f->fields, p);
    }
}

static json_t *write_array(const lp_field *f, const char *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; array && i < n; i++) {
        if (json_array_append_new(array, write_item(f, items + i * f->size)) != 0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

/* A new value; NULL with *is_left_out for one that is not there, else memory is out. */
static json_t *write_field(const lp_field *f, const char *from, int *is_left_out)
{
    const void *p = from + f->offset;
    int word = 0;
    *is_left_out = 0;
    switch (f->kind) {
    case LP_FIELD_INT:
        return json_integer(*(const int *)p);
    case LP_FIELD_INT64:
        return json_integer(*(const int64_t *)p);
    case LP_FIELD_SIZE:
        return json_integer((json_int_t) * (const size_t *)p);
    case LP_FIELD_EXTRA:
        *is_left_out = *(const size_t *)p == 0;
        return *is_left_out ? NULL : json_integer((json_int_t) * (const size_t *)p);
    case LP_FIELD_BOOL:
        return json_boolean(*(const int *)p);
    case LP_FIELD_REAL:
        return write_real(*(const double *)p, f);
    case LP_FIELD_ENUM:
        memcpy(&word, p, sizeof(word));
        return json_string(f->words[word]);
    case LP_FIELD_TEXT:
    case LP_FIELD_OPTION:
    case LP_FIELD_PATH: {
        const char *s = *(const char *const *)p;
        *is_left_out = !s;
        return !s ? NULL : f->kind == LP_FIELD_PATH ? write_path(s) : write_text(s);
    }
    case LP_FIELD_OBJECT:
        return lp_fields_write(f->fields, p);
    case LP_FIELD_INTS:
    case LP_FIELD_INT64S:
    case LP_FIELD_OBJECTS: {
        const void *n = from + f->n_offset;
        const char *items;
        memcpy(
            &items, p,
            sizeof(items)); /* the pointer is to another type: reading it as char * is not C */
        return write_array(f, items, *(const size_t *)n);
    }
    case LP_FIELD_END:
        break;
    }
    return NULL;
}

json_t *lp_fields_write(const lp_field *fields, const void *from)
{
    json_t *o = json_object();
    for (const lp_field *f = fields; o && f->kind != LP_FIELD_END; f++) {
        int is_left_out;
        json_t *v = write_field(f, from, &is_left_out);
        if (is_left_out)
            continue;
        if (json_object_set_new(o, f->key, v) != 0) { /* also when v is NULL */
            json_decref(o);
            o = NULL;
        }
    }
    return o;
}

json_t *lp_fields_write_objects(const lp_field *fields, size_t size, const void *items,
                                size_t n)
{
    lp_field f = { .kind = LP_FIELD_OBJECTS, .size = size, .fields = fields };
    return write_array(&f, items, n);
}

/* ---- reading ---- */

/* Where the reader is: "session.streams[2]"; kept as a chain, so that the good case costs no
 * formatting. */
struct place {
    const struct place *up;
    const char *key;
    long index; /* -1: not in an array */
};

static void print_place(const struct place *at, char *out, size_t size)
{
    char up[MAX_PLACE] = "";
    if (at->up)
        print_place(at->up, up, sizeof(up));
    if (at->index >= 0)
        snprintf(out, size, "%s%s%s[%ld]", up, at->up ? "." : "", at->key, at->index);
    else
        snprintf(out, size, "%s%s%s", up, at->up ? "." : "", at->key);
}

static lp_status refuse(const struct place *at, const char *why, lp_diag *d)
{
    char where[MAX_PLACE];
    print_place(at, where, sizeof(where));
    return lp_fail(d, LP_ERR_INPUT, 0, "%s: %s", where, why);
}

static lp_status read_fields(const lp_field *fields, const struct place *at, const json_t *o,
                             lp_arena *a, char *out, lp_diag *d);

static lp_status read_integer(const lp_field *f, const struct place *at, const json_t *v,
                              int64_t *out, lp_diag *d)
{
    if (!json_is_integer(v))
        return refuse(at, "not a whole number", d);
    *out = json_integer_value(v);
    if (*out < f->min || *out > f->max) {
        char where[MAX_PLACE];
        print_place(at, where, sizeof(where));
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: %lld is not from %lld to %lld", where,
                       (long long)*out, (long long)f->min, (long long)f->max);
    }
    return LP_OK;
}

static lp_status read_number(const lp_field *f, const struct place *at, const json_t *v,
                             void *p, lp_diag *d)
{
    if (f->kind == LP_FIELD_REAL) {
        if (!json_is_number(v))
            return refuse(at, "not a number", d);
        double r = json_number_value(v);
        if (!(r >= (double)f->min && r <= (double)f->max))
            return refuse(at, "out of range", d);
        *(double *)p = r;
        return LP_OK;
    }
    int64_t i = 0;
    lp_status s = read_integer(f, at, v, &i, d);
    if (s != LP_OK)
        return s;
    if (f->kind == LP_FIELD_INT || f->kind == LP_FIELD_INTS)
        *(int *)p = (int)i;
    else if (f->kind == LP_FIELD_SIZE || f->kind == LP_FIELD_EXTRA)
        *(size_t *)p = (size_t)i;
    else
        *(int64_t *)p = i;
    return LP_OK;
}

static lp_status read_enum(const lp_field *f, const struct place *at, const json_t *v, void *p,
                           lp_diag *d)
{
    const char *s = json_string_value(v);
    if (!s)
        return refuse(at, "not a word", d);
    for (int i = 0; f->words[i]; i++) {
        if (strcmp(f->words[i], s) == 0) {
            memcpy(p, &i, sizeof(i));
            return LP_OK;
        }
    }
    return refuse(at, "a word that is not known here", d);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static lp_status read_hex(const struct place *at, const char *hex, lp_arena *a,
                          const char **out, lp_diag *d)
{
    size_t n = hex ? strlen(hex) : 0;
    if (n == 0 || n % 2)
        return refuse(at, "not hexadecimal", d);
    char *p = lp_arena_alloc(a, n / 2 + 1, 1);
    if (!p)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n / 2; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0 || (high == 0 && low == 0))
            return refuse(at, "not hexadecimal", d);
        p[i] = (char)(high << 4 | low);
    }
    *out = p;
    return LP_OK;
}

static lp_status read_text(const lp_field *f, const struct place *at, const json_t *v,
                           lp_arena *a, const char **out, lp_diag *d)
{
    *out = NULL;
    if (!v && f->kind != LP_FIELD_TEXT)
        return LP_OK;
    if (f->kind == LP_FIELD_PATH && json_is_object(v))
        return read_hex(at, lp_json_str(v, "hex", NULL), a, out, d);
    if (!json_is_string(v))
        return refuse(at, "not a string", d);
    if (json_string_length(v) < (size_t)f->min)
        return refuse(at, "empty", d);
    *out = lp_arena_strdup(a, json_string_value(v));
    return *out ? LP_OK : lp_fail_nomem(d);
}

static lp_status read_array(const lp_field *f, const struct place *at, const json_t *v,
                            lp_arena *a, char *base, lp_diag *d)
{
    if (!json_is_array(v))
        return refuse(at, "not a list", d);
    size_t n = json_array_size(v);
    if (n > MAX_ITEMS)
        return refuse(at, "too many", d);
    char *items = n ? lp_arena_alloc(a, n, f->size) : NULL;
    if (n && !items)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n; i++) {
        struct place here = { at->up, at->key, (long)i };
        const json_t *item = json_array_get(v, i);
        char *p = items + i * f->size;
        lp_status s = f->kind == LP_FIELD_OBJECTS ? read_fields(f->fields, &here, item, a, p, d)
                                                  : read_number(f, &here, item, p, d);
        if (s != LP_OK)
            return s;
    }
    void *at_items = base + f->offset, *at_n = base + f->n_offset;
    memcpy(at_items, &items, sizeof(items));
    *(size_t *)at_n = n;
    return LP_OK;
}

static lp_status read_field(const lp_field *f, const struct place *at, const json_t *v,
                            lp_arena *a, char *base, lp_diag *d)
{
    void *p = base + f->offset;
    if (!v && f->kind == LP_FIELD_EXTRA) {
        *(size_t *)p = 0;
        return LP_OK;
    }
    if (!v && f->kind != LP_FIELD_OPTION && f->kind != LP_FIELD_PATH)
        return refuse(at, "missing", d);
    switch (f->kind) {
    case LP_FIELD_BOOL:
        if (!json_is_boolean(v))
            return refuse(at, "neither true nor false", d);
        *(int *)p = json_is_true(v);
        return LP_OK;
    case LP_FIELD_ENUM:
        return read_enum(f, at, v, p, d);
    case LP_FIELD_TEXT:
    case LP_FIELD_OPTION:
    case LP_FIELD_PATH:
        return read_text(f, at, v, a, p, d);
    case LP_FIELD_OBJECT:
        return read_fields(f->fields, at, v, a, p, d);
    case LP_FIELD_INTS:
    case LP_FIELD_INT64S:
    case LP_FIELD_OBJECTS:
        return read_array(f, at, v, a, base, d);
    default:
        return read_number(f, at, v, p, d);
    }
}

static lp_status read_fields(const lp_field *fields, const struct place *at, const json_t *o,
                             lp_arena *a, char *out, lp_diag *d)
{
    if (!json_is_object(o))
        return refuse(at, "not an object", d);
    for (const lp_field *f = fields; f->kind != LP_FIELD_END; f++) {
        struct place here = { at, f->key, -1 };
        lp_status s = read_field(f, &here, json_object_get(o, f->key), a, out, d);
        if (s != LP_OK)
            return s;
    }
    return LP_OK;
}

lp_status lp_fields_read(const lp_field *fields, const char *what, const json_t *o, lp_arena *a,
                         void *out, lp_diag *d)
{
    struct place root = { NULL, what, -1 };
    return read_fields(fields, &root, o, a, out, d);
}
