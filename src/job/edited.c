#include "job/edited.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "caption/clean.h"
#include "ingest/readers.h"
#include "job/workdir.h"
#include "package/manifest.h"
#include "session/artifact.h"

enum { MAX_EDITED_BYTES = 64 << 20, SAME_US = 1000 };

/* edited.RECORDING.LANG.vtt */
static const char copy_start[] = "edited.", copy_end[] = ".vtt";

/* The captions file of one track of a package, and what its manifest says of it. */
struct track {
    const char *path, *sha256, *lang; /* lang as file names have it, of its source; path NULL: it can not be used */
    int is_corrected;
    const lp_cues *published; /* NULL: not known any more */
};

struct keeper { /* where copies go, and what is said on the way */
    const char *work_dir;
    lp_arena *arena;
    lp_findings *findings;
};

static lp_status read_track(const char *output, const lecpack_manifest *m, const json_t *track, lp_arena *a,
                            struct track *out, lp_diag *d)
{
    const char *wanted = json_string_value(json_object_get(track, "path"));
    char *lang = lp_json_str_dup(track, json_object_get(track, "source_lang") ? "source_lang" : "lang", a);
    *out = (struct track){ .lang = lang, .is_corrected = lp_json_bool(track, "reviewed", 0) || lp_json_bool(track, "corrected", 0) };
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
static lp_status find_tracks(const char *output, lp_arena *a, char recording[LP_EDITED_RECORDING], struct track **out,
                             size_t *n, lp_diag *d)
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

static lp_status copy_whole(const char *from, const char *to, lp_arena *a, lp_diag *d)
{
    char *part = lp_arena_printf(a, "%s.part", to);
    lp_status s = part ? lp_file_copy(from, part, d) : lp_fail_nomem(d);
    return s == LP_OK ? lp_file_rename(part, to, d) : s;
}

lp_status lp_edited_marks(const char *path, lp_arena *a, lp_marks *out, lp_diag *d)
{
    lp_buf text;
    *out = (lp_marks){ 0 };
    if (lp_file_lstat(path).kind != LP_FILE_REGULAR)
        return LP_OK;
    lp_buf_init(&text, MAX_EDITED_BYTES);
    lp_status s = lp_file_read(path, &text, d);
    if (s == LP_OK && text.len)
        s = lp_marks_read(text.data, text.len, a, out, d);
    lp_buf_clear(&text);
    return s;
}

static const lp_cue *same_cue(const lp_cue *list, size_t n, const lp_cue *c)
{
    for (size_t i = 0; i < n; i++)
        if (llabs(list[i].start_us - c->start_us) < SAME_US && lp_str_eq(list[i].text, c->text))
            return &list[i];
    return NULL;
}

static int is_untouched(const lp_cue *old, const lp_cue *c)
{
    return old && llabs(old->end_us - c->end_us) < SAME_US;
}

/* What is checked from now on: what was, and each cue that is not as it was published. */
static lp_status mark(const struct track *t, const lp_cues *edited, const char *copy, lp_marks *add, struct keeper *k, lp_diag *d)
{
    lp_marks before, now;
    lp_status s = lp_edited_marks(copy, k->arena, &before, d);
    if (s == LP_OK)
        s = lp_edited_marks(t->path, k->arena, &now, d);
    for (size_t i = 0; s == LP_OK && i < before.n; i++)
        if (!lp_marks_has(&now, before.starts_us[i]))
            s = lp_marks_add(add, k->arena, before.starts_us[i], d);
    for (size_t i = 0; s == LP_OK && i < edited->n; i++) {
        const lp_cue *c = &edited->items[i];
        if (!is_untouched(same_cue(t->published->items, t->published->n, c), c) && !lp_marks_has(&now, c->start_us))
            s = lp_marks_add(add, k->arena, c->start_us, d);
    }
    return s;
}

/* Copies what a person corrected, with what follows from it behind it. What is no WebVTT in UTF-8 can not say it. */
static lp_status copy_marked(const struct track *t, const char *copy, struct keeper *k, lp_diag *d)
{
    lp_cues edited = { .lang = t->lang };
    lp_marks add = { 0 };
    lp_diag none = { 0 };
    lp_buf text;
    lp_status s = t->published ? lp_captions_read_file(t->path, k->arena, &edited, &none) : LP_OK;
    if (s != LP_OK)
        return lp_fail(d, s, none.code, "%s", none.text);
    if (!t->published || !lp_str_eq(edited.format, "vtt") || !lp_str_eq(edited.encoding, "utf-8"))
        return copy_whole(t->path, copy, k->arena, d);
    s = lp_cues_clean(&edited, 0, k->arena, d);
    if (s == LP_OK)
        s = mark(t, &edited, copy, &add, k, d);
    if (s != LP_OK)
        return s;
    lp_buf_init(&text, 2 * MAX_EDITED_BYTES);
    s = lp_file_read(t->path, &text, d);
    lp_buf_char(&text, '\n');
    lp_marks_write(&add, &text);
    if (s == LP_OK)
        s = lp_buf_check(&text, t->path, d);
    if (s == LP_OK)
        s = lp_file_write(copy, text.data, text.len, d);
    lp_buf_clear(&text);
    return s;
}

/* The same for a file in which there is no caption any more: it is put aside, and what stood in for it stays. */
static lp_status put_aside(const struct track *t, const char *recording, const char *why, struct keeper *k, lp_diag *d)
{
    const char *name = lp_path_base(t->path);
    char *aside = lp_arena_printf(k->arena, "%s/unreadable.%s.%s%s", k->work_dir, recording, t->lang, copy_end);
    lp_status s = aside ? copy_whole(t->path, aside, k->arena, d) : lp_fail_nomem(d);
    if (s != LP_OK)
        return s;
    return lp_finding_add(k->findings, k->arena, "captions-edited", LP_WARNING, -1, -1, d,
                          "%s: after it was edited there are no captions in it%s; the package has those from before again. The edited file "
                          "is now %s: mend it, put it in the place of %s and run again",
                          name, why, aside, name);
}

/* Stretches of text between empty lines that ought to be captions. */
static size_t count_blocks(const char *text)
{
    static const char *const others[] = { "WEBVTT", "\xef\xbb\xbfWEBVTT", "NOTE", "STYLE", "REGION" };
    size_t n_blocks = 0;
    int is_within = 0;
    for (const char *l = text; *l; l += *l != '\0') {
        size_t n = strcspn(l, "\r\n"), n_blank = strspn(l, " \t");
        int is_other = 0;
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
            is_other |= lp_str_starts(l, others[i]);
        n_blocks += n_blank < n && !is_within && !is_other;
        is_within = n_blank < n;
        l += n;
        l += *l == '\r' && l[1] == '\n';
    }
    return n_blocks;
}

/* A slip in a line of times costs its caption in WebVTT, and nobody would know. */
static lp_status say_lost(const struct track *t, const lp_cues *edited, const char *copy, struct keeper *k, lp_diag *d)
{
    lp_buf text;
    lp_buf_init(&text, MAX_EDITED_BYTES);
    lp_status s = lp_file_read(t->path, &text, d);
    size_t n_blocks = s == LP_OK && lp_str_eq(edited->format, "vtt") ? count_blocks(text.data ? text.data : "") : 0;
    lp_buf_clear(&text);
    if (s != LP_OK || n_blocks <= edited->n_read)
        return s;
    return lp_finding_add(k->findings, k->arena, "captions-edited", LP_WARNING, -1, -1, d,
                          "%s: %zu of the captions that were edited were left out, for the first line of each is not like "
                          "00:00:01.000 --> 00:00:04.000; the edited file is kept as %s: mend it, put it in the place of %s and run again",
                          lp_path_base(t->path), n_blocks - edited->n_read, copy, lp_path_base(t->path));
}

/* Reads what a person made of the file; whether there is a caption in it. */
static lp_status look_into(const struct track *t, const char *copy, const char **why, int *has_captions, struct keeper *k, lp_diag *d)
{
    lp_cues edited = { 0 };
    lp_diag none = { 0 };
    lp_status s = lp_captions_read_file(t->path, k->arena, &edited, &none);
    *has_captions = s == LP_OK && edited.n > 0;
    *why = "";
    if (s == LP_ERR_INPUT) {
        const char *text = strstr(none.text, " in it: "); /* after the name, which stands before it already */
        *why = text ? lp_arena_printf(k->arena, ": %s", text + strlen(" in it: ")) : "";
        return *why ? LP_OK : lp_fail_nomem(d);
    }
    if (s != LP_OK)
        return lp_fail(d, s, none.code, "%s", none.text);
    if (*has_captions)
        s = say_lost(t, &edited, copy, k, d);
    int is_line_lost = edited.dropped_at && strstr(edited.dropped_at, "line "); /* no blank one, which may be meant */
    for (size_t i = 0; s == LP_OK && i < edited.findings.n; i++) {
        const lp_finding *f = &edited.findings.items[i];
        lp_severity severity = is_line_lost && lp_str_eq(f->code, "captions-dropped") ? LP_WARNING : f->severity;
        s = lp_finding_add(k->findings, k->arena, f->code, severity, f->start_us, f->end_us, d, "%s", f->text);
    }
    return s;
}

/* A link may lead to anything that the packing user can read, and would put it into the package: it is not followed. */
static lp_status say_no_file(const char *path, const char *sha256, struct keeper *k, lp_diag *d)
{
    static const char *const kinds[] = { "", "", "a folder", "a symbolic link", "no file" };
    lp_file_kind kind = lp_file_lstat(path).kind;
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_diag none = { 0 };
    if (kind == LP_FILE_NONE || kind == LP_FILE_REGULAR)
        return LP_OK;
    if (kind == LP_FILE_LINK && lp_file_stat(path).kind == LP_FILE_REGULAR &&
        lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, &none) == LP_OK && strcmp(hex, sha256) == 0)
        return LP_OK; /* kept elsewhere, and not edited */
    const char *name = lp_path_base(path);
    return lp_finding_add(k->findings, k->arena, "captions-edited", LP_WARNING, -1, -1, d,
                          "%s: is %s, which is not taken for a correction; the package has the file from before again. Put the "
                          "edited file itself in its place, and run again",
                          name, kinds[kind]);
}

/* Copies the file of a track to the work folder when a person changed it, or had changed it and the copy is gone. */
static lp_status keep_track(const struct track *t, const char *recording, struct keeper *k, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    if (!t->path)
        return LP_OK;
    if (lp_file_lstat(t->path).kind != LP_FILE_REGULAR)
        return say_no_file(t->path, t->sha256, k, d);
    char *copy = lp_arena_printf(k->arena, "%s/%s%s.%s%s", k->work_dir, copy_start, recording, t->lang, copy_end);
    if (!copy)
        return lp_fail_nomem(d);
    lp_status s = lp_sha256_file(t->path, hex, &bytes, 0, NULL, 0, NULL, d);
    if (s != LP_OK || (strcmp(hex, t->sha256) == 0 && (!t->is_corrected || lp_file_lstat(copy).kind == LP_FILE_REGULAR)))
        return s;
    const char *why = NULL;
    int has_captions = 0;
    s = look_into(t, copy, &why, &has_captions, k, d);
    if (s != LP_OK)
        return s;
    return has_captions ? copy_marked(t, copy, k, d) : put_aside(t, recording, why, k, d);
}

/* Made anew from the captions: what a person changes there would be gone without a word. */
static int is_derived(const lecpack_file *f)
{
    return lp_str_eq(f->role, "transcript") || (lp_str_eq(f->role, "captions") && lp_str_ends(f->path, ".srt"));
}

static lp_status keep_derived(const char *output, const lecpack_file *f, const char *recording, struct keeper *k, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    char *path = lp_path_join(k->arena, output, f->path);
    char *copy = lp_arena_printf(k->arena, "%s/unused.%s.%s", k->work_dir, recording, lp_path_base(f->path));
    if (!path || !copy)
        return lp_fail_nomem(d);
    lp_file_info info = lp_file_lstat(path);
    if (info.kind != LP_FILE_REGULAR)
        return say_no_file(path, f->sha256, k, d);
    if (!info.bytes)
        return LP_OK;
    lp_status s = lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, d);
    if (s != LP_OK || strcmp(hex, f->sha256) == 0)
        return s;
    s = copy_whole(path, copy, k->arena, d);
    return s != LP_OK ? s
                      : lp_finding_add(k->findings, k->arena, "captions-edited", LP_WARNING, -1, -1, d,
                                       "%s: it was edited, but it is made of captions.%s.vtt and was made of it again: correct that. "
                                       "The edited file is now %s",
                                       f->path, f->lang ? f->lang : "*", copy);
}

static lp_status keep_all_derived(const char *output, const char *recording, struct keeper *k, lp_diag *d)
{
    lecpack_manifest m;
    lp_diag none = { 0 };
    lp_status s = lp_manifest_read(output, k->arena, &m, &none);
    if (s != LP_OK)
        return s == LP_ERR_NOMEM ? lp_fail_nomem(d) : LP_OK;
    for (size_t i = 0; s == LP_OK && i < m.n_files; i++)
        if (is_derived(&m.files[i]))
            s = keep_derived(output, &m.files[i], recording, k, d);
    return s;
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
        if (len <= n_around + LP_EDITED_RECORDING || names[i][strlen(copy_start) + LP_EDITED_RECORDING - 1] != '.' ||
            !lp_str_starts(names[i], copy_start) || !lp_str_ends(names[i], copy_end))
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

/* The cues that the package was made of, as the work folder has them, each with the track of its language. One that says no
 * language is told by the session's, which stands first in the package. */
static lp_status find_published(const char *work_dir, lp_arena *a, struct track *tracks, size_t n, lp_diag *d)
{
    lp_record r = { 0 };
    lp_diag none = { 0 };
    lp_cues *all = lp_arena_alloc(a, 1, sizeof(*all));
    lp_status s = all ? lp_record_read(work_dir, "caption", &r, d) : lp_fail_nomem(d);
    if (s != LP_OK)
        return s;
    if (r.root && lp_cues_from_json(r.artifact, a, all, &none) == LP_OK)
        for (size_t i = 0; i < n; i++) {
            tracks[i].published = i == 0 ? all : NULL;
            for (size_t k = 0; i > 0 && tracks[i].lang && k < all->n_others; k++)
                if (lp_str_ieq(all->others[k].lang ? all->others[k].lang : "und", tracks[i].lang))
                    tracks[i].published = &all->others[k];
        }
    lp_record_clear(&r);
    return none.status == LP_ERR_NOMEM ? lp_fail_nomem(d) : LP_OK;
}

lp_status lp_edited_keep(const char *output, const char *work_dir, lp_arena *a, lp_edited **out, size_t *n,
                         lp_findings *findings, lp_diag *d)
{
    struct keeper k = { work_dir, a, findings };
    struct track *tracks = NULL;
    size_t n_tracks = 0;
    char recording[LP_EDITED_RECORDING] = "";
    *out = NULL;
    *n = 0;
    lp_status s = find_tracks(output, a, recording, &tracks, &n_tracks, d);
    if (s == LP_OK && n_tracks)
        s = find_published(work_dir, a, tracks, n_tracks, d);
    for (size_t i = 0; s == LP_OK && *recording && i < n_tracks; i++)
        s = keep_track(&tracks[i], recording, &k, d);
    if (s == LP_OK && *recording)
        s = keep_all_derived(output, recording, &k, d);
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

/* Speech without words stays unheard unless a person says that there is nothing, or wrote down what there is. */
static void keep_unheard(const lp_marks *marks, lp_cues *cues)
{
    size_t n = 0;
    for (size_t i = 0; i < cues->n_unheard; i++) {
        const lp_span u = cues->unheard[i];
        int is_done = lp_marks_has(marks, u.start_us);
        for (size_t k = 0; k < cues->n; k++)
            is_done |= cues->items[k].is_checked && !cues->items[k].n_words && cues->items[k].start_us < u.end_us &&
                       u.start_us < cues->items[k].end_us;
        if (!is_done)
            cues->unheard[n++] = u;
    }
    cues->n_unheard = n;
}

lp_status lp_edited_take(const lp_cues *edited, const lp_marks *marks, lp_cues *cues, lp_arena *a, lp_diag *d)
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
        lp_cue *q = &cues->items[cues->n - 1];
        if (old) {
            q->first_word = old->first_word;
            q->n_words = old->n_words;
        }
        q->is_checked = lp_marks_has(marks, c->start_us) || (!marks->has_list && !is_untouched(old, c));
    }
    keep_unheard(marks, cues);
    cues->is_edited = 1;
    cues->is_reviewed = marks->is_reviewed;
    return LP_OK;
}
