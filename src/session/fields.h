/* Structs to JSON and back by tables: one row says name, place, type and range of a field, so
 * that what is written and what is checked on reading can not differ.
 *
 *     static const lp_field cut_fields[] = { LP_F_INT64(struct cut, t_us, 0, MAX), LP_F_END };
 *     json_t *o = lp_fields_write(cut_fields, &cut);
 *     s = lp_fields_read(cut_fields, "cut", o, a, &cut, d); */
#ifndef LP_SESSION_FIELDS_H
#define LP_SESSION_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

typedef enum lp_field_kind {
    LP_FIELD_END,
    LP_FIELD_INT,    /* int, min..max */
    LP_FIELD_INT64,  /* int64_t, min..max */
    LP_FIELD_SIZE,   /* size_t, min..max */
    LP_FIELD_EXTRA,  /* size_t, min..max; 0 is left out */
    LP_FIELD_BOOL,   /* int, 0 or 1 */
    LP_FIELD_REAL,   /* double, min..max */
    LP_FIELD_ENUM,   /* an enum of int's size, its words in `words` */
    LP_FIELD_TEXT,   /* const char *, never NULL, at least `min` bytes */
    LP_FIELD_OPTION, /* const char *; NULL is left out */
    LP_FIELD_PATH, /* the same, but may hold any bytes: what is not UTF-8 is written as { "hex":
                      ".." } */
    LP_FIELD_OBJECT, /* a struct in place, described by `fields` */
    LP_FIELD_INTS,   /* int *, min..max each; the count in a size_t at n_offset */
    LP_FIELD_INT64S, /* int64_t * */
    LP_FIELD_OBJECTS /* a pointer to structs of `size` bytes, described by `fields` */
} lp_field_kind;

typedef struct lp_field {
    const char *key;
    lp_field_kind kind;
    size_t offset, n_offset, size;
    int64_t min, max;
    const char *const *words; /* ends with NULL */
    const struct lp_field *fields;
} lp_field;

#define LP_F_(k, st, f, lo, hi)                                                                \
    {                                                                                          \
        .key = #f, .kind = (k), .offset = offsetof(st, f), .min = (lo), .max = (hi)            \
    }
#define LP_F_INT(st, f, lo, hi)   LP_F_(LP_FIELD_INT, st, f, lo, hi)
#define LP_F_INT64(st, f, lo, hi) LP_F_(LP_FIELD_INT64, st, f, lo, hi)
#define LP_F_SIZE(st, f, lo, hi)  LP_F_(LP_FIELD_SIZE, st, f, lo, hi)
#define LP_F_EXTRA(st, f, lo, hi) LP_F_(LP_FIELD_EXTRA, st, f, lo, hi)
#define LP_F_BOOL(st, f)          LP_F_(LP_FIELD_BOOL, st, f, 0, 1)
#define LP_F_REAL(st, f, lo, hi)  LP_F_(LP_FIELD_REAL, st, f, lo, hi)
#define LP_F_TEXT(st, f, lo)      LP_F_(LP_FIELD_TEXT, st, f, lo, 0)
#define LP_F_OPTION(st, f)        LP_F_(LP_FIELD_OPTION, st, f, 0, 0)
#define LP_F_PATH(st, f)          LP_F_(LP_FIELD_PATH, st, f, 0, 0)
#define LP_F_ENUM(st, f, w)                                                                    \
    {                                                                                          \
        .key = #f, .kind = LP_FIELD_ENUM, .offset = offsetof(st, f), .words = (w)              \
    }
#define LP_F_OBJECT(st, f, t)                                                                  \
    {                                                                                          \
        .key = #f, .kind = LP_FIELD_OBJECT, .offset = offsetof(st, f), .fields = (t)           \
    }
#define LP_F_INTS(st, f, n, lo, hi)                                                            \
    {                                                                                          \
        .key = #f, .kind = LP_FIELD_INTS, .offset = offsetof(st, f),                           \
        .n_offset = offsetof(st, n), .size = sizeof(int), .min = (lo), .max = (hi)             \
    }
#define LP_F_INT64S(st, f, n, lo, hi)                                                          \
    {                                                                                          \
        .key = #f, .kind = LP_FIELD_INT64S, .offset = offsetof(st, f),                         \
        .n_offset = offsetof(st, n), .size = sizeof(int64_t), .min = (lo), .max = (hi)         \
    }
/* `keyed` is the key where it is not the field's name */
#define LP_F_OBJECTS_AS(keyed, st, f, n, t, item)                                              \
    {                                                                                          \
        .key = (keyed), .kind = LP_FIELD_OBJECTS, .offset = offsetof(st, f),                   \
        .n_offset = offsetof(st, n), .size = sizeof(item), .fields = (t)                       \
    }
#define LP_F_OBJECTS(st, f, n, t, item) LP_F_OBJECTS_AS(#f, st, f, n, t, item)
#define LP_F_END                                                                               \
    {                                                                                          \
        .kind = LP_FIELD_END                                                                   \
    }

/* New reference, NULL when memory is out. Keys come in the table's order. Text that is not
 * UTF-8 is cleaned, numbers that are not finite become the bound of their range. */
json_t *lp_fields_write(const lp_field *fields, const void *from);
/* The array that a LP_FIELD_OBJECTS field would give. */
json_t *lp_fields_write_objects(const lp_field *fields, size_t size, const void *items,
                                size_t n);

/* Fills the fields that the table names in *out, in the arena; others are left as they are.
 * Keys that the table does not know are ignored. LP_ERR_INPUT "what.key[3].key: .." when one is
 * missing, of another type or out of range; LP_ERR_NOMEM. */
lp_status lp_fields_read(const lp_field *fields, const char *what, const json_t *o, lp_arena *a,
                         void *out, lp_diag *d) LP_MUST_USE;

#endif
