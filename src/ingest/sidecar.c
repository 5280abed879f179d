#include "ingest/sidecar.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/str.h"
#include "ingest/lang.h"
#include "ingest/readers.h"

enum { MAX_SIDECARS = 100 };

/* Extensions of recordings: enough to tell whether a caption file without a matching name is
 * this recording's. */
static const char *const recordings[] = { ".mp4", ".m4v",  ".mov",  ".mkv", ".webm", ".flv",
                                          ".avi", ".ts",   ".m2ts", ".mpg", ".mpeg", ".wmv",
                                          ".ogv", ".wav",  ".mp3",  ".m4a", ".ogg",  ".opus",
                                          ".aac", ".flac", NULL };

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

/* The language that a name ends with, behind the first n bytes and a mark: talk_en.vtt, talk-pt-BR.vtt. Such an end may
 * be anything: only what has a two-letter code, and many speakers, counts. */
static lp_status read_lang_end(const char *name, size_t n, lp_arena *a, const char **lang, lp_diag *d)
{
    size_t end = stem_len(name);
    *lang = NULL;
    if (end < n + 3 || !strchr("_-", name[n]))
        return LP_OK;
    lp_status s = lp_lang_read(a, name + n + 1, end - n - 1, lang, d);
    if (s == LP_OK && *lang && !lp_lang_is_common(*lang))
        *lang = NULL;
    return s;
}

static int is_lang_end(const char *name, size_t n)
{
    lp_arena a = { 0 };
    const char *lang;
    int is_one = read_lang_end(name, n, &a, &lang, NULL) == LP_OK && lang;
    lp_arena_clear(&a);
    return is_one;
}

/* How well the caption file's name fits the recording's: 0 same stem, 1 stem and more, 2 not at all. */
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
    return stem_len(name) == n ? 0 : name[n] == '.' || is_lang_end(name, n) ? 1 : 2;
}

/* "en.vtt", "pt-BR.srt", "captions_fr.vtt": names that say a language and nothing else. Only
 * what has a two-letter code counts: "abc" is hardly a language. Without such a word before it the name must have that
 * code, and the language many speakers: pan.srt is not in Punjabi, and cr.vtt not in Cree. */
static lp_status read_lang_name(const char *name, lp_arena *a, const char **lang, lp_diag *d)
{
    static const char *const words[] = { "captions",   "caption",    "subtitles", "subtitle",
                                         "transcript", "subs" };
    size_t n = stem_len(name), from = 0;
    *lang = NULL;
    for (size_t i = 0; !from && i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i]);
        if (n > len + 1 && strncasecmp(name, words[i], len) == 0 && strchr("._- ", name[len]))
            from = len + 1;
    }
    lp_status s = lp_lang_read(a, name + from, n - from, lang, d);
    int is_sure = from || (strcspn(name, "-_.") == 2 && *lang && lp_lang_is_common(*lang));
    if (s == LP_OK && *lang && (strcspn(*lang, "-") != 2 || !is_sure))
        *lang = NULL;
    return s;
}

/* A name that happens to be a language says less than the file itself does. */
static lp_status guess_lang(lp_caption_source *c, lp_arena *a, lp_diag *d)
{
    const char *name = lp_path_base(c->file.path);
    lp_status s = read_lang_name(name, a, &c->lang, d);
    for (size_t n = stem_len(name); s == LP_OK && !c->lang && n-- > 1;)
        s = read_lang_end(name, n, a, &c->lang, d);
    return s == LP_OK && c->lang ? lp_caption_file_lang(c->file.path, a, &c->lang, d) : s;
}

static lp_status fill(lp_caption_source *c, char *path, lp_arena *a, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    const char *name = lp_path_base(path);
    const lp_caption_reader *r = lp_caption_reader_named(name);
    *c = (lp_caption_source){ .kind = LP_CAPTION_FILE,
                              .stream = -1,
                              .format = r ? r->format : "vtt" };
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
    lp_status s = copy ? fill(out, copy, a, d) : lp_fail_nomem(d);
    out->is_named = 1;
    return s == LP_OK && !out->lang ? guess_lang(out, a, d) : s;
}

struct found { /* a caption file of the folder */
    lp_caption_source c;
    int distance; /* to the recording's name */
    int is_live;  /* captions typed or heard live, which a transcript is better than */
};

static lp_status gather(const char *dir, const char *recording, char **names, size_t n_names,
                        lp_arena *a, struct found **out, size_t *n, lp_diag *d)
{
    size_t cap = 0;
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < n_names && *n < MAX_SIDECARS; i++) {
        const lp_caption_reader *r = lp_caption_reader_named(names[i]);
        int far = r && names[i][0] != '.' ? distance(names[i], recording) : -1;
        if (far < 0)
            continue;
        for (size_t k = 0; recording && far > 0 && k < n_names; k++) /* another recording's */
            if (is_recording(names[k]) && distance(names[i], names[k]) < far)
                far = -1;
        char *file = lp_path_join(a, dir, names[i]);
        if (!file)
            return lp_fail_nomem(d);
        if (far < 0 || lp_file_stat(file).kind != LP_FILE_REGULAR ||
            (r->is_by_content && !lp_caption_file_is(file, r)))
            continue;
        if (lp_arena_grow(a, (void **)out, *n, &cap, sizeof(**out), MAX_SIDECARS) != 0)
            return lp_fail_nomem(d);
        struct found *f = &(*out)[(*n)++];
        *f = (struct found){ .distance = far, .is_live = strstr(names[i], ".cc.") != NULL };
        s = fill(&f->c, file, a, d);
        if (s == LP_OK && far == 2 && !f->c.lang) /* it.vtt of it.mp4 is not Italian */
            s = guess_lang(&f->c, a, d);
        if (s == LP_OK && far == 1 && !f->c.lang)
            s = read_lang_end(names[i], stem_len(recording), a, &f->c.lang, d);
    }
    return s;
}

/* Best first, as the header has it; files of equal rank keep the order of their names. */
static int is_better(const struct found *x, const struct found *y)
{
    size_t a = lp_caption_format_rank(x->c.format), b = lp_caption_format_rank(y->c.format);
    int is_text = lp_str_eq(x->c.format, "text"), is_other_text = lp_str_eq(y->c.format, "text");
    if (is_text != is_other_text)
        return is_other_text;
    if (x->distance != y->distance)
        return x->distance < y->distance;
    return x->is_live != y->is_live ? y->is_live : a < b;
}

static void sort(struct found *f, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct found x = f[i];
        size_t k = i;
        for (; k > 0 && is_better(&x, &f[k - 1]); k--)
            f[k] = f[k - 1];
        f[k] = x;
    }
}

lp_status lp_sidecar_find(const char *path, lp_arena *a, lp_caption_source **out, size_t *n,
                          const char **left_out, lp_diag *d)
{
    *out = NULL;
    *n = 0;
    *left_out = NULL;
    int is_dir = lp_file_stat(path).kind == LP_FILE_DIR;
    const char *dir = is_dir ? path : lp_path_dir(a, path);
    char **names = NULL;
    size_t n_names = 0, n_found = 0, n_near = 0, n_recordings = 0;
    struct found *found = NULL;
    if (!dir)
        return lp_fail_nomem(d);
    lp_status s = lp_file_list(dir, a, &names, &n_names, d);
    if (s == LP_OK)
        s = gather(dir, is_dir ? NULL : lp_path_base(path), names, n_names, a, &found, &n_found,
                   d);
    if (s != LP_OK || !n_found)
        return s;
    for (size_t i = 0; i < n_names; i++)
        n_recordings += (size_t)is_recording(names[i]);
    for (size_t i = 0; i < n_found; i++)
        n_near += found[i].distance < 2;
    sort(found, n_found);
    *out = lp_arena_alloc(a, n_found, sizeof(**out));
    if (!*out)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n_found; i++) {
        const char *lang = NULL, *name = found[i].c.file.name;
        s = read_lang_name(name, a, &lang, d);
        if (s != LP_OK)
            return s;
        int is_taken = found[i].distance < 2 ||
                       (n_near == 0 && n_recordings <= 1 && (n_found == 1 || lang));
        if (is_taken)
            (*out)[(*n)++] = found[i].c;
        else if (!(*left_out = lp_arena_printf(a, "%s%s%s", *left_out ? *left_out : "",
                                               *left_out ? ", " : "", name)))
            return lp_fail_nomem(d);
    }
    if (*n == 0)
        *out = NULL;
    return LP_OK;
}
