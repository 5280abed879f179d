#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

lp_status lp_json_parse(const char *text, size_t n, const char *what, json_t **out, lp_diag *d)
{
    json_error_t e;
    *out = json_loadb(text, n, JSON_REJECT_DUPLICATES, &e);
    if (*out)
        return LP_OK;
    if (json_error_code(&e) == json_error_out_of_memory)
        return lp_fail_nomem(d);
    return lp_fail(d, LP_ERR_INPUT, 0, "%s: not valid JSON at line %d, column %d: %s", what, e.line,
                   e.column, e.text);
}

lp_status lp_json_read(const char *path, size_t max_bytes, json_t **out, lp_diag *d)
{
    *out = NULL;
    lp_buf b;
    lp_buf_init(&b, max_bytes);
    lp_status s = lp_file_read(path, &b, d);
    if (s == LP_OK)
        s = lp_json_parse(b.data, b.len, path, out, d);
    lp_buf_clear(&b);
    return s;
}

static int append(const char *p, size_t n, void *out)
{
    lp_buf_bytes(out, p, n);
    return ((lp_buf *)out)->failed ? -1 : 0;
}

lp_status lp_json_text(const json_t *root, int is_pretty, lp_buf *out, lp_diag *d)
{
    size_t flags = JSON_REAL_PRECISION(12) | (is_pretty ? JSON_INDENT(2) : JSON_COMPACT);
    if (!root || (json_dump_callback(root, append, out, flags) != 0 && !out->failed))
        return lp_fail_nomem(d);
    if (is_pretty)
        lp_buf_char(out, '\n');
    return lp_buf_check(out, "JSON", d);
}

lp_status lp_json_write(const char *path, const json_t *root, lp_diag *d)
{
    lp_buf b;
    lp_buf_init(&b, 256u << 20);
    lp_status s = lp_json_text(root, 1, &b, d);
    if (s == LP_OK)
        s = lp_file_write(path, b.data, b.len, d);
    lp_buf_clear(&b);
    return s;
}

void lp_json_set_new(json_t *o, const char *key, json_t *v)
{
    if (o && v)
        (void)json_object_set_new(o, key, v);
    else
        json_decref(v);
}

void lp_json_set_str(json_t *o, const char *key, const char *s)
{
    if (!s)
        return;
    if (lp_utf8_is_valid(s, strlen(s))) {
        lp_json_set_new(o, key, json_string(s));
        return;
    }
    lp_buf b;
    lp_buf_init(&b, 4 * strlen(s));
    lp_utf8_clean(&b, s, strlen(s));
    lp_json_set_new(o, key, json_string(b.data ? b.data : ""));
    lp_buf_clear(&b);
}

void lp_json_set_int(json_t *o, const char *key, int64_t v)
{
    lp_json_set_new(o, key, json_integer(v));
}

void lp_json_set_bool(json_t *o, const char *key, int v)
{
    lp_json_set_new(o, key, json_boolean(v));
}

json_t *lp_json_seconds(int64_t t_us)
{
    int64_t ms = t_us >= 0 ? (t_us + 500) / 1000 : -((500 - t_us) / 1000);
    return ms % 1000 == 0 ? json_integer(ms / 1000) : json_real((double)ms / 1000);
}

void lp_json_set_seconds(json_t *o, const char *key, int64_t t_us)
{
    lp_json_set_new(o, key, lp_json_seconds(t_us));
}

const char *lp_json_str(const json_t *o, const char *key, const char *fallback)
{
    const json_t *v = json_object_get(o, key);
    return json_is_string(v) ? json_string_value(v) : fallback;
}

char *lp_json_str_dup(const json_t *o, const char *key, lp_arena *a)
{
    return lp_arena_strdup(a, lp_json_str(o, key, NULL));
}

int64_t lp_json_int(const json_t *o, const char *key, int64_t fallback)
{
    const json_t *v = json_object_get(o, key);
    return json_is_integer(v) ? json_integer_value(v) : fallback;
}

double lp_json_real(const json_t *o, const char *key, double fallback)
{
    const json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : fallback;
}

int lp_json_bool(const json_t *o, const char *key, int fallback)
{
    const json_t *v = json_object_get(o, key);
    return json_is_boolean(v) ? json_is_true(v) : fallback;
}

int64_t lp_json_get_seconds(const json_t *o, const char *key, int64_t fallback_us)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_number(v))
        return fallback_us;
    double s = json_number_value(v);
    if (!(s > -9e12 && s < 9e12))
        return fallback_us;
    return (int64_t)llround(s * 1e6);
}
