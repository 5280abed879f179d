#include "job/precheck.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "package/manifest.h"

enum { MAX_TRANSCRIPT_BYTES = 16 << 20 };
enum { RESERVE_BYTES = 2 << 20, MAX_TITLE_BYTES = 500, MAX_LANG_BYTES = 35, MAX_THREADS = 64 };

static int is_lang(const char *s)
{
    size_t n = strlen(s), part = 0;
    for (size_t i = 0; i < n; i++) {
        int is_alnum = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') ||
                       (s[i] >= '0' && s[i] <= '9');
        part = is_alnum ? part + 1 : 0;
        if ((!is_alnum && s[i] != '-') || (s[i] == '-' && (i == 0 || s[i - 1] == '-')) ||
            part > 8)
            return 0;
    }
    return n >= 2 && n <= MAX_LANG_BYTES && part > 0;
}

/* Here and not where it is aligned, which may be hours of hearing later. */
static lp_status check_transcript(const char *path, lp_diag *d)
{
    if (lp_file_stat(path).kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: is not there, or not a file; give a text file", path);
    lp_buf raw, text;
    lp_buf_init(&raw, MAX_TRANSCRIPT_BYTES);
    lp_buf_init(&text, 4 * (size_t)MAX_TRANSCRIPT_BYTES);
    lp_status s = lp_file_read(path, &raw, d);
    if (s == LP_OK) {
        lp_utf8_from_bytes(&text, raw.data, raw.len);
        s = lp_buf_check(&text, path, d);
    }
    size_t n_seen = 0;
    for (size_t i = 0; s == LP_OK && i < text.len; i++)
        n_seen += (unsigned char)text.data[i] > ' ';
    if (s == LP_OK && memchr(text.data, '\0', text.len))
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: is not plain text; save it as text (.txt) and give that", path);
    else if (s == LP_OK && n_seen == 0)
        s = lp_fail(d, LP_ERR_INPUT, 0, "%s: there is no text in it; give what was said, or no --transcript", path);
    lp_buf_clear(&raw);
    lp_buf_clear(&text);
    return s;
}

lp_status lp_precheck_options(const lecpack_options *o, lp_diag *d)
{
    if (o->title && (!*o->title || strlen(o->title) > MAX_TITLE_BYTES ||
                     !lp_utf8_is_valid(o->title, strlen(o->title))))
        return lp_fail(d, LP_ERR_USAGE, 0, "--title: give 1 to %d bytes of UTF-8 text",
                       MAX_TITLE_BYTES);
    if (o->lang && !is_lang(o->lang))
        return lp_fail(d, LP_ERR_USAGE, 0,
                       "--lang: \"%.40s\" is not a language tag; give one like en, fr or pt-BR",
                       o->lang);
    if (o->caption_style && o->caption_style != 42 && o->caption_style != 37 && o->caption_style != 32)
        return lp_fail(d, LP_ERR_USAGE, 0, "--caption-style: %d; give 42, 37 or 32", o->caption_style);
    if (lp_str_eq(o->speech, "command") && !o->speech_command)
        return lp_fail(d, LP_ERR_USAGE, 0, "--speech: command needs --speech-command");
    if (o->transcript && lp_str_eq(o->speech, "none"))
        return lp_fail(d, LP_ERR_USAGE, 0, "--transcript: its words get their times from the speech; leave --speech none away");
    lp_status s = o->transcript ? check_transcript(o->transcript, d) : LP_OK;
    if (s != LP_OK)
        return s;
    if (o->sound_bps < 6000 || o->sound_bps > 64000)
        return lp_fail(d, LP_ERR_USAGE, 0,
                       "--sound-rate: %d bit/s is out of range; give 6k to 64k", o->sound_bps);
    if (o->video != LECPACK_VIDEO_AV1 && o->video != LECPACK_VIDEO_H264 &&
        o->video != LECPACK_VIDEO_NONE)
        return lp_fail(d, LP_ERR_USAGE, 0, "--video: give av1, h264 or none");
    if (o->n_threads < 0 || o->n_threads > MAX_THREADS)
        return lp_fail(d, LP_ERR_USAGE, 0, "--jobs: %d is out of range; give 1 to %d",
                       o->n_threads, MAX_THREADS);
    return LP_OK;
}

char *lp_precheck_real(lp_arena *a, const char *path)
{
    char real[PATH_MAX];
    if (realpath(path, real))
        return lp_arena_strdup(a, real);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    char *trimmed = lp_arena_strndup(a, path, n);
    char *parent = trimmed ? lp_path_dir(a, trimmed) : NULL;
    if (!parent || strcmp(parent, trimmed) == 0)
        return parent;
    char *real_parent = lp_precheck_real(a, parent);
    return real_parent ? lp_path_join(a, real_parent, lp_path_base(trimmed)) : NULL;
}

/* Whether `path` is `dir` or below it; both as lp_precheck_real() gives them. */
static int is_within(const char *path, const char *dir)
{
    size_t n = strlen(dir);
    return strncmp(path, dir, n) == 0 &&
           (path[n] == '\0' || path[n] == '/' || (n && dir[n - 1] == '/'));
}

static lp_status check_readable(const char *path, lp_diag *d)
{
    if (access(path, R_OK) != 0)
        return lp_fail(d, LP_ERR_NO_INPUT, errno,
                       "%s: can not be read: %s; check the name and the permissions", path,
                       strerror(errno));
    return LP_OK;
}

#define REPLACED "%s: the output is replaced as a whole, but %s is in it; choose another output"

static lp_status check_captions(const char *captions, const char *output, lp_arena *a, lp_diag *d)
{
    lp_status s = check_readable(captions, d);
    if (s == LP_OK && lp_file_stat(captions).kind != LP_FILE_REGULAR)
        s = lp_fail(d, LP_ERR_NO_INPUT, 0, "%s: is not a file; give a .vtt or .srt file", captions);
    if (s != LP_OK)
        return s;
    char *text = lp_precheck_real(a, captions), *out = lp_precheck_real(a, output);
    if (!text || !out)
        return lp_fail_nomem(d);
    return is_within(text, out) ? lp_fail(d, LP_ERR_USAGE, 0, REPLACED, output, captions) : LP_OK;
}

/* A package holds captions and sound, but not that a machine made the captions, nor the slides as they were seen. */
static lp_status check_is_no_package(const char *input, lp_arena *a, lp_diag *d)
{
    lecpack_manifest m;
    lp_diag none = { 0 };
    lp_status s = lp_file_stat(input).kind == LP_FILE_DIR ? lp_manifest_read(input, a, &m, &none) : LP_ERR_INPUT;
    return s == LP_OK ? lp_fail(d, LP_ERR_USAGE, 0, "%s: is a package already; give the recording that it was made of", input)
                      : LP_OK;
}

lp_status lp_precheck_paths(const char *input, const char *output, const char *work_dir, const lecpack_options *o,
                            lp_diag *d)
{
    lp_arena a = { 0 };
    lp_status s = *input ? check_readable(input, d)
                         : lp_fail(d, LP_ERR_USAGE, 0, "the input has no name");
    if (s == LP_OK && !*output)
        s = lp_fail(d, LP_ERR_USAGE, 0, "the output has no name");
    if (s == LP_OK)
        s = check_is_no_package(input, &a, d);
    if (s == LP_OK && o->captions)
        s = check_captions(o->captions, output, &a, d);
    for (size_t i = 0; s == LP_OK && i < o->n_more_captions; i++)
        s = check_captions(o->more_captions[i], output, &a, d);
    char *in = lp_precheck_real(&a, input), *out = lp_precheck_real(&a, output),
         *work = lp_precheck_real(&a, work_dir);
    if (s == LP_OK && (!in || !out || !work))
        s = lp_fail_nomem(d);
    else if (s == LP_OK && is_within(out, in))
        s = lp_fail(d, LP_ERR_USAGE, 0,
                    "%s: the output can not be the input %s or in it; choose another output",
                    output, input);
    else if (s == LP_OK && is_within(in, out))
        s = lp_fail(d, LP_ERR_USAGE, 0, REPLACED, output, input);
    else if (s == LP_OK && (is_within(work, out) || is_within(out, work) || is_within(in, work)))
        s = lp_fail(
            d, LP_ERR_USAGE, 0,
            "%s: the work folder can not hold the output or the input, nor be in the output",
            work_dir);
    lp_arena_clear(&a);
    return s;
}

lp_status lp_precheck_room(const char *dir, lp_diag *d)
{
    struct statvfs v;
    if (statvfs(dir, &v) != 0)
        return LP_OK; /* not every file system can say */
    unsigned long long room = (unsigned long long)v.f_bavail * v.f_frsize;
    if (v.f_blocks && room < RESERVE_BYTES)
        return lp_fail(d, LP_ERR_FULL, ENOSPC,
                       "%s: the disk is full (%llu kB left); make room and run again", dir,
                       room / 1024);
    return LP_OK;
}
