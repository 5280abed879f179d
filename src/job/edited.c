#include "job/edited.h"

#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "package/manifest.h"

static const char copy_name[] = "edited.vtt";

/* The path of the first captions file of a package, and what its manifest says of it. */
static lp_status find_track(const char *output, lp_arena *a, const char **path, const char **sha256, int *is_reviewed, lp_diag *d)
{
    lp_diag none = { 0 };
    json_t *root = NULL;
    char *name = lp_path_join(a, output, LP_MANIFEST_NAME);
    *path = NULL;
    if (!name)
        return lp_fail_nomem(d);
    lecpack_manifest m;
    lp_status s = lp_manifest_read(output, a, &m, &none);
    if (s == LP_ERR_NOMEM)
        return lp_fail_nomem(d);
    if (s != LP_OK || lp_json_read(name, LP_MANIFEST_MAX_BYTES, &root, &none) != LP_OK)
        return LP_OK; /* no package yet, or none that can be trusted */
    const json_t *track = json_array_get(json_object_get(root, "tracks"), 0);
    const char *wanted = json_string_value(json_object_get(track, "path"));
    *is_reviewed = lp_json_bool(track, "reviewed", 0);
    for (size_t i = 0; wanted && i < m.n_files; i++)
        if (strcmp(m.files[i].path, wanted) == 0) {
            *sha256 = m.files[i].sha256;
            *path = lp_path_join(a, output, m.files[i].path);
            s = *path ? LP_OK : lp_fail_nomem(d);
        }
    json_decref(root);
    return s;
}

lp_status lp_edited_keep(const char *output, const char *work_dir, lp_arena *a, const char **path, lp_diag *d)
{
    const char *from = NULL, *sha256 = "";
    int is_reviewed = 0, is_edited = 0;
    char hex[LP_SHA256_HEX] = "";
    char *copy = lp_path_join(a, work_dir, copy_name), *part = copy ? lp_arena_printf(a, "%s.part", copy) : NULL;
    *path = NULL;
    lp_status s = part ? find_track(output, a, &from, &sha256, &is_reviewed, d) : lp_fail_nomem(d);
    if (s == LP_OK && from && lp_file_lstat(from).kind == LP_FILE_REGULAR) {
        int64_t bytes = 0;
        s = lp_sha256_file(from, hex, &bytes, 0, NULL, 0, NULL, d);
        is_edited = s == LP_OK && strcmp(hex, sha256) != 0;
    }
    int has_copy = copy && lp_file_lstat(copy).kind == LP_FILE_REGULAR;
    if (s == LP_OK && *hex && (is_edited || (is_reviewed && !has_copy))) {
        s = lp_file_copy(from, part, d);
        if (s == LP_OK)
            s = lp_file_rename(part, copy, d);
        has_copy = s == LP_OK;
    }
    if (s == LP_OK && has_copy)
        *path = copy;
    return s;
}

/* The person that the package calls so. */
static int person_of(const lp_cues *edited, int person, lp_cues *cues, lp_arena *a)
{
    static const char shown[] = "Speaker ";
    if (person < 0)
        return -1;
    const char *name = edited->people[person].name;
    if (lp_str_starts(name, shown)) {
        long n = strtol(name + strlen(shown), NULL, 10);
        if (n >= 1 && (size_t)n <= cues->n_people)
            return (int)n - 1;
    }
    return lp_cues_person(cues, a, name, strlen(name));
}

static const lp_cue *same_cue(const lp_cue *list, size_t n, const lp_cue *c)
{
    for (size_t i = 0; i < n; i++)
        if (llabs(list[i].start_us - c->start_us) < 1000 && lp_str_eq(list[i].text, c->text))
            return &list[i];
    return NULL;
}

lp_status lp_edited_take(const lp_cues *edited, lp_cues *cues, lp_arena *a, lp_diag *d)
{
    const lp_cue *before = cues->items;
    size_t n_before = cues->n;
    cues->items = NULL;
    cues->n = cues->cap = 0;
    for (size_t i = 0; i < edited->n; i++) {
        const lp_cue *c = &edited->items[i];
        int person = person_of(edited, c->person, cues, a);
        if (c->person >= 0 && person < 0)
            return lp_fail_nomem(d);
        const lp_cue *old = same_cue(before, n_before, c);
        if (c->person < 0 && old)
            person = old->person; /* a lone speaker is not written */
        lp_status s = lp_cues_add(cues, a, c->start_us, c->end_us, c->text, person, d);
        if (s != LP_OK)
            return s;
        if (old) {
            cues->items[cues->n - 1].first_word = old->first_word;
            cues->items[cues->n - 1].n_words = old->n_words;
        }
    }
    cues->is_reviewed = 1;
    return LP_OK;
}
