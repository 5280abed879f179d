#include "job/fingerprint.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { MAX_ARTIFACT_BYTES = 256 << 20 };

lp_status lp_fingerprint_add(lp_fingerprint *f, lp_arena *a, const char *name, const char *text,
                             lp_diag *d)
{
    lp_fingerprint_value v = { lp_arena_strdup(a, name), lp_arena_strdup(a, text) };
    if (!v.name || !v.text ||
        lp_arena_grow(a, (void **)&f->items, f->n, &f->cap, sizeof(*f->items),
                      LP_FINGERPRINT_MAX) != 0)
        return lp_fail_nomem(d);
    f->items[f->n++] = v;
    return LP_OK;
}

static void add_text(lp_sha256 *h, const char *s)
{
    char length[24];
    int n = snprintf(length, sizeof(length), "%zu:", strlen(s));
    lp_sha256_add(h, length, (size_t)n);
    lp_sha256_add(h, s, strlen(s));
}

lp_status lp_fingerprint_key(const lp_fingerprint *f, char hex[LP_SHA256_HEX], lp_diag *d)
{
    lp_sha256 *h = lp_sha256_new();
    if (!h)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < f->n; i++) {
        add_text(h, f->items[i].name);
        add_text(h, f->items[i].text);
    }
    lp_sha256_hex(&h, hex);
    return LP_OK;
}

json_t *lp_fingerprint_to_json(const lp_fingerprint *f)
{
    json_t *o = json_object();
    for (size_t i = 0; i < f->n; i++)
        lp_json_set_str(o, f->items[i].name, f->items[i].text);
    return o;
}

const char *lp_fingerprint_changed(const lp_fingerprint *f, const json_t *recorded)
{
    for (size_t i = 0; i < f->n; i++)
        if (!lp_str_eq(lp_json_str(recorded, f->items[i].name, NULL), f->items[i].text))
            return f->items[i].name;
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)recorded, name, value)
    {
        size_t i = 0;
        while (i < f->n && strcmp(f->items[i].name, name) != 0)
            i++;
        if (i == f->n)
            return name;
    }
    return NULL;
}

lp_status lp_fingerprint_artifact(const json_t *artifact, const char *const *without,
                                  char hex[LP_SHA256_HEX], lp_diag *d)
{
    json_t *view = json_copy((json_t *)artifact);
    for (; view && without && *without; without++)
        (void)json_object_del(view,
                              *without); /* a key that is not there is as good as removed */
    lp_buf b;
    lp_buf_init(&b, MAX_ARTIFACT_BYTES);
    lp_status s = lp_json_text(view, 0, &b, d);
    if (s == LP_OK)
        s = lp_sha256_bytes(b.data, b.len, hex, d);
    lp_buf_clear(&b);
    json_decref(view);
    return s;
}
