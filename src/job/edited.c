#include "job/edited.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "package/manifest.h"

/* edited.RECORDING.LANG.vtt */
static const char copy_start[] = "edited.", copy_end[] = ".vtt";

/* The captions file of one track of a package, and what its manifest says of it. */
struct track {
    const char *path, *sha256, *lang; /* lang as file names have it; path NULL: it can not be used */
    int is_reviewed;
};

static lp_status read_track(const char *output, const lecpack_manifest *m, const json_t *track, lp_arena *a,
                            struct track *out, lp_diag *d)
{
    const char *wanted = json_string_value(json_object_get(track, "path"));
    char *lang = lp_json_str_dup(track, "lang", a);
    *out = (struct track){ .lang = lang, .is_reviewed = lp_json_bool(track, "reviewed", 0) };
    for (char *c = lang; c && *c; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *c))
            return LP_OK;
    }
    for (size_t i = 0; wanted && lang && i < m->n_files; i++)
        if (strcmp(m->files[i].path, wanted) == 0) {
            out->sha256 = m->files[i].sha256;
            out->path = lp_path_join(a, output, m->files[i].path);
            return out->path ? LP_OK : lp_fail_nomem(d);
        }
    return LP_OK;
}

/* The recording that a package was made of, as copies name it; "" where it does not say. */
static void read_recording(const json_t *root, char out[LP_EDITED_RECORDING])
{
    const json_t *sources = json_object_get(json_object_get(root, "provenance"), "sources");
    const char *sha256 = json_string_value(json_object_get(json_array_get(sources, 0), "sha256"));
    int is_hex = sha256 && strspn(sha256, "0123456789abcdef") == LP_SHA256_HEX - 1;
    snprintf(out, LP_EDITED_RECORDING, "%s", is_hex ? sha256 : "");
}

/* The tracks of the package in `output`; none where there is no package yet, or none that can be trusted. */
static lp_status find_tracks(const char *output, lp_arena *a, char recording[LP_EDITED_RECORDING], struct track **out, size_t *n,
                             lp_diag *d)
{
    lp_diag none = { 0 };
    json_t *root = NULL;
    char *name = lp_path_join(a, output, LP_MANIFEST_NAME);
    *n = 0;
    if (!name)
        return lp_fail_nomem(d);
    lecpack_manifest m;
    lp_status s = lp_manifest_read(output, a, &m, &none);
    if (s == LP_ERR_NOMEM)
        return lp_fail_nomem(d);
    if (s != LP_OK || lp_json_read(name, LP_MANIFEST_MAX_BYTES, &root, &none) != LP_OK)
        return LP_OK;
    read_recording(root, recording);
    const json_t *tracks = json_object_get(root, "tracks");
    size_t n_tracks = json_array_size(tracks);
    *out = lp_arena_alloc(a, n_tracks, sizeof(**out));
    s = *out ? LP_OK : lp_fail_nomem(d);
    for (; s == LP_OK && *n < n_tracks; ++*n)
        s = read_track(output, &m, json_array_get(tracks, *n), a, &(*out)[*n], d);
    json_decref(root);
    return s;
}

/* Copies the file of a track to the work folder when a person changed it, or had changed it and the copy is gone. */
static lp_status keep_track(const struct track *t, const char *recording, const char *work_dir, lp_arena *a, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    if (!t->path || lp_file_lstat(t->path).kind != LP_FILE_REGULAR)
        return LP_OK;
    char *name = lp_arena_printf(a, "%s%s.%s%s", copy_start, recording, t->lang, copy_end);
    char *copy = name ? lp_path_join(a, work_dir, name) : NULL;
    char *part = copy ? lp_arena_printf(a, "%s.part", copy) : NULL;
    if (!part)
        return lp_fail_nomem(d);
    lp_status s = lp_sha256_file(t->path, hex, &bytes, 0, NULL, 0, NULL, d);
    if (s != LP_OK || (strcmp(hex, t->sha256) == 0 && (!t->is_reviewed || lp_file_lstat(copy).kind == LP_FILE_REGULAR)))
        return s;
    s = lp_file_copy(t->path, part, d);
    return s == LP_OK ? lp_file_rename(part, copy, d) : s;
}

/* All copies that the work folder holds, also those of an earlier run. */
static lp_status list_copies(const char *work_dir, lp_arena *a, lp_edited **out, size_t *n, lp_diag *d)
{
    char **names = NULL;
    size_t n_names = 0, n_around = strlen(copy_start) + strlen(copy_end);
    lp_status s = lp_file_list(work_dir, a, &names, &n_names, d);
    *n = 0;
    *out = s == LP_OK ? lp_arena_alloc(a, n_names, sizeof(**out)) : NULL;
    if (s == LP_OK && !*out)
        return lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < n_names; i++) {
        size_t len = strlen(names[i]);
        if (len <= n_around + LP_EDITED_RECORDING || names[i][strlen(copy_start) + LP_EDITED_RECORDING - 1] != '.' || !lp_str_starts(names[i], copy_start) || !lp_str_ends(names[i], copy_end))
            continue;
        lp_edited *e = &(*out)[(*n)++];
        const char *recording = names[i] + strlen(copy_start);
        snprintf(e->recording, sizeof(e->recording), "%s", recording);
        e->lang = lp_arena_strndup(a, recording + LP_EDITED_RECORDING, len - n_around - LP_EDITED_RECORDING);
        e->path = lp_path_join(a, work_dir, names[i]);
        if (!e->lang || !e->path)
            return lp_fail_nomem(d);
    }
    return s;
}

lp_status lp_edited_keep(const char *output, const char *work_dir, lp_arena *a, lp_edited **out, size_t *n, lp_diag *d)
{
    struct track *tracks = NULL;
    size_t n_tracks = 0;
    char recording[LP_EDITED_RECORDING] = "";
    *out = NULL;
    *n = 0;
    lp_status s = find_tracks(output, a, recording, &tracks, &n_tracks, d);
    for (size_t i = 0; s == LP_OK && *recording && i < n_tracks; i++)
        s = keep_track(&tracks[i], recording, work_dir, a, d);
    return s == LP_OK ? list_copies(work_dir, a, out, n, d) : s;
}

int lp_edited_is_of(const lp_edited *e, const char *sha256)
{
    return sha256 && strncmp(e->recording, sha256, LP_EDITED_RECORDING - 1) == 0;
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
