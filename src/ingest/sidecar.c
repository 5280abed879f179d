#include "ingest/sidecar.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "ingest/lang.h"

enum { MAX_SIDECARS = 100 };

/* Extensions of recordings: enough to tell whether a caption file without a matching name is
 * this recording's. */
static const char *const recordings[] = { ".mp4", ".m4v",  ".mov",  ".mkv", ".webm", ".flv",
                                          ".avi", ".ts",   ".m2ts", ".mpg", ".mpeg", ".wmv",
                                          ".ogv", ".wav",  ".mp3",  ".m4a", ".ogg",  ".opus",
                                          ".aac", ".flac", NULL };

static const char *format_of(const char *name)
{
    return lp_str_ends(name, ".vtt") ? "vtt" : lp_str_ends(name, ".srt") ? "srt" : NULL;
}

static int is_recording(const char *name)
{
    for (size_t i = 0; recordings[i]; i++)
        if (lp_str_ends(name, recordings[i]))
            return 1;
    return 0;
}

static size_t stem_len(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* How well the caption file's name fits the recording's: 0 same stem, 1 stem and more, 2 not at
 * all. */
static int distance(const char *name, const char *recording)
{
    size_t n = recording ? stem_len(recording) : 0;
    if (n == 0 || strlen(name) <= n)
        return 2;
    for (size_t i = 0; i < n; i++) {
        char a[2] = { name[i], 0 }, b[2] = { recording[i], 0 };
        if (!lp_str_ieq(a, b))
            return 2;
    }
    return stem_len(name) == n ? 0 : name[n] == '.' ? 1 : 2;
}

static lp_status fill(lp_caption_source *c, char *path, lp_arena *a, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    const char *name = lp_path_base(path), *format = format_of(name);
    *c = (lp_caption_source){ .kind = LP_CAPTION_FILE,
                              .stream = -1,
                              .format = format ? format : "vtt" };
    c->file = (lp_source){
        .path = path, .name = name, .bytes = info.bytes, .mtime_ns = info.mtime_ns
    };
    /* the part between the last two dots: lecture.pt-BR.vtt */
    size_t end = stem_len(name), from = end;
    while (from > 0 && name[from - 1] != '.')
        from--;
    return from > 1 ? lp_lang_read(a, name + from, end - from, &c->lang, d) : LP_OK;
}

lp_status lp_sidecar_one(const char *path, lp_arena *a, lp_caption_source *out, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    if (info.kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: %s", path,
                       info.kind == LP_FILE_NONE ? "there is no such caption file"
                                                 : "not a caption file");
    char *copy = lp_arena_strdup(a, path);
    return copy ? fill(out, copy, a, d) : lp_fail_nomem(d);
}

lp_status lp_sidecar_find(const char *path, lp_arena *a, lp_caption_source **out, size_t *n,
                          lp_diag *d)
{
    *out = NULL;
    *n = 0;
    int is_dir = lp_file_stat(path).kind == LP_FILE_DIR;
    const char *recording = is_dir ? NULL : lp_path_base(path);
    const char *dir = is_dir ? path : lp_path_dir(a, path);
    char **names = NULL;
    size_t n_names = 0, cap = 0, n_captions = 0, n_recordings = 0, only = 0;
    if (!dir)
        return lp_fail_nomem(d);
    lp_status s = lp_file_list(dir, a, &names, &n_names, d);
    for (size_t i = 0; s == LP_OK && i < n_names; i++) {
        n_recordings += (size_t)is_recording(names[i]);
        if (names[i][0] != '.' && format_of(names[i])) {
            only = i;
            n_captions++;
        }
    }
    for (int want = 0; want < 4 && s == LP_OK;
         want++) { /* same stem: vtt, srt; longer name: vtt, srt */
        for (size_t i = 0; s == LP_OK && i < n_names && *n < MAX_SIDECARS; i++) {
            if (names[i][0] == '.' ||
                !lp_str_eq(format_of(names[i]), want % 2 ? "srt" : "vtt") ||
                distance(names[i], recording) != want / 2)
                continue;
            char *file = lp_path_join(a, dir, names[i]);
            if (!file ||
                lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), MAX_SIDECARS) != 0)
                s = lp_fail_nomem(d);
            else if (lp_file_stat(file).kind == LP_FILE_REGULAR)
                s = fill(&(*out)[(*n)++], file, a, d);
        }
    }
    if (s != LP_OK || *n || n_captions != 1 || n_recordings > 1)
        return s;
    char *file = lp_path_join(a, dir, names[only]);
    *out = file ? lp_arena_alloc(a, 1, sizeof(**out)) : NULL;
    if (!*out)
        return lp_fail_nomem(d);
    if (lp_file_stat(file).kind != LP_FILE_REGULAR)
        return LP_OK;
    *n = 1;
    return fill(&(*out)[0], file, a, d);
}
