/* JSON on jansson: short readers and writers that keep key order and name what is wrong.
 *
 * Writers: every lp_json_set_* ignores a NULL object or value and marks nothing; the caller asks once,
 * at lp_json_write() or lp_json_text(), which fail with LP_ERR_NOMEM for a NULL root.
 * Readers: a missing key or another type gives the default, so a newer artifact never crashes an older
 * reader; what must be there is asked for with lp_json_need_*. */
#ifndef LP_BASE_JSON_H
#define LP_BASE_JSON_H

#include <jansson.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* Reads a file of at most max_bytes. LP_ERR_INPUT with line and column when it is not strict JSON
 * (UTF-8, no duplicate key, no trailing text). The caller releases *out with json_decref(). */
lp_status lp_json_read(const char *path, size_t max_bytes, json_t **out, lp_diag *d) LP_MUST_USE;
lp_status lp_json_parse(const char *text, size_t n, const char *what, json_t **out, lp_diag *d) LP_MUST_USE;

/* Appends the text of `root`, two spaces a level and a final newline, or on one line without a newline. Reals keep at
 * most 12 significant digits: round them to 3 decimals first with lp_json_seconds(). */
lp_status lp_json_text(const json_t *root, int is_pretty, lp_buf *out, lp_diag *d) LP_MUST_USE;
/* lp_json_text() pretty, then lp_file_write(). */
lp_status lp_json_write(const char *path, const json_t *root, lp_diag *d) LP_MUST_USE;

/* Sets a string; text that is not valid UTF-8 is cleaned first. NULL sets nothing. */
void lp_json_set_str(json_t *o, const char *key, const char *s);
void lp_json_set_int(json_t *o, const char *key, int64_t v);
void lp_json_set_bool(json_t *o, const char *key, int v);
void lp_json_set_seconds(json_t *o, const char *key, int64_t t_us); /* seconds, 3 decimals */
json_t *lp_json_seconds(int64_t t_us);                              /* new reference */
void lp_json_set_new(json_t *o, const char *key, json_t *v);        /* takes v, even on failure */

const char *lp_json_str(const json_t *o, const char *key, const char *fallback); /* lives as long as o */
char *lp_json_str_dup(const json_t *o, const char *key, lp_arena *a);            /* NULL when missing */
int64_t lp_json_int(const json_t *o, const char *key, int64_t fallback);
double lp_json_real(const json_t *o, const char *key, double fallback);
int lp_json_bool(const json_t *o, const char *key, int fallback);
int64_t lp_json_get_seconds(const json_t *o, const char *key, int64_t fallback_us);

#endif
