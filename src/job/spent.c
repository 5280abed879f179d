#include "job/spent.h"

#include "base/file.h"
#include "base/str.h"

enum { MAX_BYTES = 1 << 20 };

static const char name[] = "spent.json";

lp_status lp_spent_read(const char *work_dir, json_t **out, lp_diag *d)
{
    lp_arena a = { 0 };
    *out = NULL;
    char *path = lp_path_join(&a, work_dir, name);
    lp_status s = path ? lp_json_read(path, MAX_BYTES, out, NULL) : LP_ERR_NOMEM;
    lp_arena_clear(&a);
    return s == LP_ERR_NOMEM ? lp_fail_nomem(d) : LP_OK;
}

static json_t *times_of(json_t **root)
{
    json_t *all = json_object_get(*root, "stages");
    if (json_is_object(all))
        return all;
    json_decref(*root);
    *root = json_pack("{s:{}}", "stages");
    return json_object_get(*root, "stages");
}

lp_status lp_spent_add(const char *work_dir, const lp_spent *stages, size_t n, lp_diag *d)
{
    json_t *root = NULL;
    lp_arena a = { 0 };
    lp_status s = n ? lp_spent_read(work_dir, &root, d) : LP_OK;
    if (n == 0 || s != LP_OK)
        return s;
    json_t *all = times_of(&root);
    char *path = lp_path_join(&a, work_dir, name);
    int failed = !all || !path;
    for (size_t i = 0; !failed && i < n; i++)
        failed = json_object_set_new(all, stages[i].stage,
                                     json_pack("{s:s, s:o}", "key", stages[i].key, "seconds",
                                               lp_json_seconds(stages[i].wall_us))) != 0;
    if (!failed)
        failed = lp_json_write(path, root, NULL) == LP_ERR_NOMEM;
    json_decref(root);
    lp_arena_clear(&a);
    return failed ? lp_fail_nomem(d) : LP_OK;
}

int64_t lp_spent_of(const json_t *file, const char *stage, const char *key)
{
    const json_t *o = json_object_get(json_object_get(file, "stages"), stage);
    if (!key || !lp_str_eq(lp_json_str(o, "key", NULL), key))
        return -1;
    return lp_json_get_seconds(o, "seconds", -1);
}
