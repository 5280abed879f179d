#include "ingest/ingest.h"

#include <string.h>

#include "av/hash.h"
#include "av/probe.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/findings.h"
#include "ingest/lang.h"
#include "ingest/sidecar.h"

/* Names that recordings carry; anything can be packed when it is named itself, only these are found in a folder. */
static const char *const media_names[] = {
    ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".flv", ".ts",  ".mts",  ".m2ts", ".avi",  ".wmv", ".asf", ".mpg",
    ".mpeg", ".3gp", ".ogv", ".mxf", ".wav", ".mp3", ".m4a", ".ogg", ".opus", ".oga", ".aac",  ".flac", ".wma",
};

enum { MAX_TITLE = 200 };

static int is_media_name(const char *name)
{
    for (size_t i = 0; i < sizeof(media_names) / sizeof(media_names[0]); i++)
        if (lp_str_ends(name, media_names[i]))
            return name[0] != '.';
    return 0;
}

/* The recording in a folder: the largest file with a recording's name. The others are counted in *n_others. */
static lp_status find_in_folder(const char *dir, lp_arena *a, const char **path, size_t *n_others, lp_diag *d)
{
    char **names = NULL;
    size_t n = 0;
    int64_t largest = -1;
    lp_status s = lp_file_list(dir, a, &names, &n, d);
    *path = NULL;
    *n_others = 0;
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        if (!is_media_name(names[i]))
            continue;
        char *p = lp_path_join(a, dir, names[i]);
        if (!p)
            return lp_fail_nomem(d);
        lp_file_info info = lp_file_stat(p);
        if (info.kind != LP_FILE_REGULAR)
            continue;
        if (*path)
            ++*n_others;
        if (info.bytes > largest) {
            largest = info.bytes;
            *path = p;
        }
    }
    if (s == LP_OK && !*path)
        return lp_fail(d, LP_ERR_NO_INPUT, 0,
                       "%s: no recording in this folder (looked for .mp4, .mkv, .webm, .mov, .wav, .mp3 and the like)", dir);
    return s;
}

/* A file's name as text: not every file system keeps to UTF-8. */
static char *name_text(const char *path, lp_arena *a)
{
    const char *name = lp_path_base(path);
    lp_buf clean;
    lp_buf_init(&clean, 4096);
    lp_utf8_clean(&clean, name, strlen(name));
    char *text = clean.failed ? NULL : lp_arena_strdup(a, clean.len ? clean.data : "recording");
    lp_buf_clear(&clean);
    return text;
}

static lp_status find_media(const char *path, lp_arena *a, lp_source *out, size_t *n_others, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    const char *file = path;
    *n_others = 0;
    if (info.kind == LP_FILE_NONE)
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: there is no such file or folder", path);
    if (info.kind == LP_FILE_DIR) {
        lp_status s = find_in_folder(path, a, &file, n_others, d);
        if (s != LP_OK)
            return s;
        info = lp_file_stat(file);
    } else if (info.kind != LP_FILE_REGULAR) {
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: not a file or a folder", path);
    }
    *out = (lp_source){ .path = lp_arena_strdup(a, file),
                        .name = name_text(file, a),
                        .bytes = info.bytes,
                        .mtime_ns = info.mtime_ns };
    return out->path && out->name ? LP_OK : lp_fail_nomem(d);
}

/* A person who names two files of one language means one of them: which, only that person can say. Those whose language
 * is not known yet are looked at when they are read. */
static lp_status check_langs(const lp_caption_source *c, size_t n, lp_diag *d)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (c[i].lang && c[k].lang && lp_str_ieq(c[i].lang, c[k].lang))
                return lp_fail(d, LP_ERR_USAGE, 0, LP_SAME_LANG, c[i].file.path, c[i].lang, c[k].file.path);
    return LP_OK;
}

static lp_status find_captions(const char *media, const lp_ingest_options *o, lp_arena *a, lp_caption_source **out,
                               size_t *n, const char **left_out, lp_diag *d)
{
    *left_out = NULL;
    *n = 0;
    if (!o->captions && !o->n_more_captions)
        return lp_sidecar_find(media, a, out, n, left_out, d);
    *out = lp_arena_alloc(a, 1 + o->n_more_captions, sizeof(**out));
    lp_status s = *out ? LP_OK : lp_fail_nomem(d);
    if (s == LP_OK && o->captions)
        s = lp_sidecar_one(o->captions, a, *out + (*n)++, d);
    for (size_t i = 0; s == LP_OK && i < o->n_more_captions; i++)
        s = lp_sidecar_one(o->more_captions[i], a, *out + (*n)++, d);
    return s == LP_OK ? check_langs(*out, *n, d) : s;
}

lp_status lp_ingest_files(const char *path, const lp_ingest_options *o, lp_arena *a, lp_source **files, size_t *n,
                          lp_diag *d)
{
    lp_source media;
    lp_caption_source *captions = NULL;
    const char *left_out;
    size_t n_others = 0, n_captions = 0;
    lp_status s = find_media(path, a, &media, &n_others, d);
    if (s == LP_OK)
        s = find_captions(media.path, o, a, &captions, &n_captions, &left_out, d);
    if (s != LP_OK)
        return s;
    *n = 1 + n_captions;
    *files = lp_arena_alloc(a, *n, sizeof(**files));
    if (!*files)
        return lp_fail_nomem(d);
    (*files)[0] = media;
    for (size_t i = 0; s == LP_OK && i < n_captions; i++) {
        lp_source *f = &(*files)[1 + i];
        *f = captions[i].file;
        f->name = name_text(f->path, a);
        s = f->name ? LP_OK : lp_fail_nomem(d);
    }
    return s;
}

static void fill_stream(int index, const lp_probe_stream *p, int64_t origin_us, lp_stream *out)
{
    static const lp_stream_kind kinds[] = { LP_STREAM_VIDEO, LP_STREAM_AUDIO, LP_STREAM_SUBTITLE, LP_STREAM_OTHER };
    *out = (lp_stream){
        .index = index,
        .kind = kinds[p->kind],
        .codec = p->codec,
        .lang = p->lang,
        .is_default = p->is_default,
        .is_cover = p->is_cover,
        .can_decode = p->can_decode,
        .width_px = p->width_px,
        .height_px = p->height_px,
        .rate_hz = p->rate_hz,
        .n_channels = p->n_channels,
        .claimed_us = p->claimed_us,
        .start_us = p->start_us == INT64_MIN ? -1 : p->start_us - origin_us,
        .end_us = p->end_us == INT64_MIN ? -1 : p->end_us - origin_us,
        .n_packets = p->n_packets,
        .bytes = p->bytes,
    };
}

static int is_used(const lp_probe_stream *p)
{
    return (p->kind == LP_PROBE_VIDEO || p->kind == LP_PROBE_AUDIO) && !p->is_cover && p->n_packets > 0 &&
           p->start_us != INT64_MIN;
}

/* Streams with their times on the session clock, which starts at the earliest sound or picture. */
static lp_status fill_streams(const lp_probe *p, lp_arena *a, lp_session *out, lp_diag *d)
{
    int64_t origin = INT64_MAX, end = INT64_MIN;
    for (size_t i = 0; i < p->n_streams; i++) {
        if (!is_used(&p->streams[i]))
            continue;
        if (p->streams[i].start_us < origin)
            origin = p->streams[i].start_us;
        if (p->streams[i].end_us > end)
            end = p->streams[i].end_us;
    }
    out->n_streams = p->n_streams;
    out->streams = lp_arena_alloc(a, p->n_streams, sizeof(*out->streams));
    out->audio_candidates = lp_arena_alloc(a, p->n_streams, sizeof(*out->audio_candidates));
    if (!out->streams || !out->audio_candidates)
        return lp_fail_nomem(d);
    if (end == INT64_MIN)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: neither sound nor picture in it; export it again", out->media.path);
    out->origin_us = origin;
    out->joints = p->joints;
    out->duration_us = end > origin ? end - origin : 0;
    out->claimed_us = p->claimed_us;
    for (size_t i = 0; i < p->n_streams; i++)
        fill_stream((int)i, &p->streams[i], origin, &out->streams[i]);
    return LP_OK;
}

/* The picture: the stream with the most pixels, the default one first. The sound: the default track, until survey
 * has listened to all of them. */
static void choose_streams(const lp_probe *p, lp_session *out)
{
    int64_t best = -1;
    out->video = out->audio = -1;
    for (size_t i = 0; i < p->n_streams; i++) {
        const lp_probe_stream *s = &p->streams[i];
        if (!is_used(s) || !s->can_decode)
            continue;
        if (s->kind == LP_PROBE_VIDEO && s->width_px > 0 && s->height_px > 0) {
            int64_t score = (int64_t)s->width_px * s->height_px + (s->is_default ? INT64_C(1) << 40 : 0);
            if (score > best) {
                best = score;
                out->video = (int)i;
            }
        } else if (s->kind == LP_PROBE_AUDIO) {
            out->audio_candidates[out->n_audio_candidates++] = (int)i;
            if (out->audio < 0 || (s->is_default && !p->streams[out->audio].is_default))
                out->audio = (int)i;
        }
    }
}

static char *title_from_name(const char *name, lp_arena *a)
{
    const char *dot = strrchr(name, '.');
    size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    char *t = lp_arena_strndup(a, name, n < MAX_TITLE ? n : MAX_TITLE);
    for (char *c = t; c && *c; c++)
        if (*c == '_')
            *c = ' ';
    return t;
}

static lp_status fill_texts(const lp_probe *p, const lp_ingest_options *o, lp_arena *a, lp_session *out, lp_diag *d)
{
    const char *lang = o->lang, *tag = out->audio >= 0 ? out->streams[out->audio].lang : NULL;
    if (!lang && tag && lp_lang_read(a, tag, strlen(tag), &lang, d) != LP_OK)
        return LP_ERR_NOMEM;
    for (size_t i = 0; !lang && i < out->n_captions; i++)
        lang = out->captions[i].lang;
    out->lang = lp_arena_strdup(a, lang ? lang : "und");
    const char *title = o->title && o->title[0] ? o->title : p->title;
    lp_buf clean;
    lp_buf_init(&clean, 4096);
    if (title)
        lp_utf8_clean(&clean, title, strnlen(title, MAX_TITLE * 4));
    out->title = clean.len && !clean.failed ? lp_arena_strdup(a, clean.data) : title_from_name(out->media.name, a);
    lp_buf_clear(&clean);
    out->recorded = p->created;
    out->container = p->container;
    out->n_marks = p->n_chapters;
    out->marks = lp_arena_alloc(a, p->n_chapters, sizeof(*out->marks));
    if (!out->lang || !out->title || !out->marks)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < p->n_chapters; i++)
        out->marks[i] = (lp_mark){ p->chapters[i].t_us - out->origin_us, p->chapters[i].title };
    return LP_OK;
}

static lp_status add_caption_file(const lp_caption_source *file, lp_arena *a, lp_session *out, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    lp_caption_source *c = &out->captions[out->n_captions++];
    *c = *file;
    lp_status s = lp_sha256_file(c->file.path, hex, &c->file.bytes, 0, NULL, 0, NULL, d);
    c->file.sha256 = s == LP_OK ? lp_arena_strdup(a, hex) : NULL;
    c->file.name = name_text(c->file.path, a);
    return s == LP_OK && (!c->file.sha256 || !c->file.name) ? lp_fail_nomem(d) : s;
}

static lp_status add_caption_streams(const lp_probe *p, lp_arena *a, lp_session *out, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < p->n_streams; i++) {
        const lp_probe_stream *st = &p->streams[i];
        if (st->kind != LP_PROBE_SUBTITLE || !st->can_decode || st->n_packets == 0)
            continue;
        lp_caption_source *c = &out->captions[out->n_captions++];
        *c = (lp_caption_source){ .kind = LP_CAPTION_STREAM, .stream = (int)i, .format = st->codec };
        if (st->lang)
            s = lp_lang_read(a, st->lang, strlen(st->lang), &c->lang, d);
    }
    return s;
}

/* Closed captions inside the picture: they come last, for they say neither their language nor who made them. */
static lp_status add_picture_captions(const lp_probe *p, lp_arena *a, lp_session *out, lp_diag *d)
{
    unsigned found = out->video >= 0 ? p->streams[out->video].closed_captions : 0;
    if (found & LP_CC_LETTERS) {
        out->captions[out->n_captions++] =
            (lp_caption_source){ .kind = LP_CAPTION_STREAM, .stream = out->video, .format = "eia_608" };
        return LP_OK;
    }
    return !(found & LP_CC_708) || out->n_captions
               ? LP_OK
               : lp_finding_add(&out->findings, a, "captions-not-read", LP_WARNING, -1, -1, d,
                                "%s: the closed captions in its picture are CEA-708 alone, which can not be read here; export them to "
                                "a file (.vtt, .srt) and put it beside the recording",
                                out->media.name);
}

/* Caption files first (a person put them there), then the tracks inside the recording, then transcripts with coarse
 * times, which come last among the files; but what the user named comes first. */
static lp_status fill_captions(const lp_probe *p, const lp_ingest_options *o, lp_arena *a, lp_session *out, lp_diag *d)
{
    lp_caption_source *files = NULL;
    const char *left_out;
    size_t n_files = 0, i = 0;
    lp_status s = find_captions(out->media.path, o, a, &files, &n_files, &left_out, d);
    if (s != LP_OK)
        return s;
    out->captions = lp_arena_alloc(a, n_files + p->n_streams + 1, sizeof(*out->captions));
    if (!out->captions)
        return lp_fail_nomem(d);
    for (; s == LP_OK && i < n_files && (files[i].is_named || !lp_str_eq(files[i].format, "text")); i++)
        s = add_caption_file(&files[i], a, out, d);
    if (s == LP_OK)
        s = add_caption_streams(p, a, out, d);
    for (; s == LP_OK && i < n_files; i++)
        s = add_caption_file(&files[i], a, out, d);
    if (s == LP_OK)
        s = add_picture_captions(p, a, out, d);
    if (s == LP_OK && left_out)
        s = lp_finding_add(&out->findings, a, "captions-not-taken", LP_WARNING, -1, -1, d,
                           "caption files whose names do not say that they belong to %s were left out: %s. "
                           "Name the right one with --captions",
                           out->media.name, left_out);
    return s;
}

lp_status lp_ingest(const char *path, const lp_ingest_options *o, lp_arena *a, const lp_progress *p, lp_session *out,
                    lp_diag *d)
{
    lp_probe probe;
    size_t n_others = 0;
    char hex[LP_SHA256_HEX];
    *out = (lp_session){ .platform = "plain", .claimed_us = -1, .video = -1, .audio = -1 };
    lp_status s = find_media(path, a, &out->media, &n_others, d);
    if (s == LP_OK)
        s = lp_probe_read(out->media.path, a, p, &probe, d);
    if (s == LP_OK)
        s = fill_streams(&probe, a, out, d);
    if (s != LP_OK)
        return s;
    choose_streams(&probe, out);
    if (out->video < 0 && out->n_audio_candidates == 0)
        return lp_fail(d, LP_ERR_UNSUPPORTED, 0, "%s: no decoder for its sound or picture (%s) in this build",
                       out->media.path, probe.streams[0].codec);
    s = lp_sha256_file(out->media.path, hex, &out->media.bytes, 0, NULL, 0, p, d);
    if (s == LP_OK && !(out->media.sha256 = lp_arena_strdup(a, hex)))
        s = lp_fail_nomem(d);
    if (s == LP_OK)
        s = fill_captions(&probe, o, a, out, d);
    if (s == LP_OK)
        s = fill_texts(&probe, o, a, out, d);
    if (s == LP_OK)
        s = lp_ingest_findings(&probe, n_others, a, out, d);
    return s;
}
