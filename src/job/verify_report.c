#include "job/verify_report.h"

json_t *lp_verify_to_json(const char *dir, const lp_verify_result *r)
{
    json_t *o = json_object(), *list = json_array();
    for (size_t i = 0; i < r->n; i++) {
        json_t *p = json_object();
        lp_json_set_str(p, "kind", lp_problem_kind_name(r->items[i].kind));
        lp_json_set_str(p, "path", r->items[i].path);
        lp_json_set_str(p, "text", r->items[i].text);
        json_array_append_new(list, p);
    }
    lp_json_set_str(o, "package", dir);
    lp_json_set_bool(o, "whole", r->n == 0);
    lp_json_set_str(o, "title", r->title);
    lp_json_set_str(o, "id", r->id);
    lp_json_set_str(o, "manifest_sha256", r->manifest_sha256);
    lp_json_set_int(o, "files", (int64_t)r->n_files);
    lp_json_set_int(o, "bytes", r->bytes);
    lp_json_set_new(o, "problems", list);
    return o;
}

void lp_verify_text(const char *dir, const lp_verify_result *r, lp_buf *out)
{
    if (r->n == 0)
        lp_buf_printf(out, "%s: whole: %zu files, %lld bytes read\n", dir, r->n_files, (long long)r->bytes);
    for (size_t i = 0; i < r->n; i++)
        lp_buf_printf(out, "%s: %s: %s\n", lp_problem_kind_name(r->items[i].kind), r->items[i].path, r->items[i].text);
}
