/* Which engine there is, and how it is to be called. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/time.h"
#include "tool/asr.h"
#include "tool/spawn.h"

enum { MAX_ARGUMENTS = 64, LEAST_TIMEOUT_US = 60000000 };

/* An engine built with the address sanitizer, as our own is then, reserves terabytes. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifdef HAS_SANITIZER
static const int64_t helper_memory_bytes = 0;
#else
static const int64_t helper_memory_bytes = INT64_C(3) << 30;
#endif

static const char *data_folder(lp_arena *a)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data)
        return lp_path_join(a, data, "lecpack/asr");
    return home && *home ? lp_path_join(a, home, ".local/share/lecpack/asr") : NULL;
}

static int is_known(const char *lang)
{
    return lang && *lang && !lp_str_ieq(lang, "und");
}

/* The first part of a language tag, as engines want it: "pt-BR" gives "pt". */
static const char *primary(const char *lang, lp_arena *a)
{
    return lp_arena_strndup(a, lang, strcspn(lang, "-_"));
}

static int is_english(const char *lang, lp_arena *a)
{
    const char *first = primary(lang, a);
    return first && (lp_str_ieq(first, "en") || lp_str_ieq(first, "eng"));
}

static lp_status find_helper(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d)
{
    const char *dir = o->model ? o->model : data_folder(a);
    if (is_known(o->lang) && !is_english(o->lang, a))
        return lp_fail(d, LP_ERR_TOOL, 0, "the built-in speech engine knows English, not \"%s\"; whisper-cli of whisper.cpp can do more", o->lang);
    e->kind = LP_ASR_HELPER;
    e->program = lp_spawn_find(o->program ? o->program : "lecpack-asr", a);
    e->model = dir;
    e->lang = "en";
    e->is_lang_assumed = !is_known(o->lang);
    e->memory_bytes = helper_memory_bytes;
    if (!e->program)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s: the speech engine is not there", o->program ? o->program : "lecpack-asr");
    const char *model = dir ? lp_path_join(a, dir, "encoder_model.onnx") : NULL;
    if (!model || lp_file_stat(model).kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s: no speech model there; tools/get-asr-model fetches one", dir ? dir : "HOME is not set");
    return LP_OK;
}

/* The first ggml-*.bin of the data folder, by name. */
static const char *whisper_model(lp_arena *a)
{
    const char *dir = data_folder(a);
    char **names = NULL;
    size_t n = 0;
    lp_diag ignored = { 0 };
    if (!dir || lp_file_list(dir, a, &names, &n, &ignored) != LP_OK)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (lp_str_starts(names[i], "ggml-") && lp_str_ends(names[i], ".bin") && !strstr(names[i], "silero"))
            return lp_path_join(a, dir, names[i]);
    return NULL;
}

static lp_status find_whisper(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d)
{
    e->kind = LP_ASR_WHISPER;
    e->format = LP_ASR_WHISPER_CPP_JSON;
    e->program = lp_spawn_find(o->program ? o->program : "whisper-cli", a);
    e->model = o->model ? o->model : whisper_model(a);
    e->lang = is_known(o->lang) ? primary(o->lang, a) : "auto";
    e->is_lang_assumed = 0;
    if (!e->program)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s of whisper.cpp is not there", o->program ? o->program : "whisper-cli");
    if (!e->model || lp_file_stat(e->model).kind != LP_FILE_REGULAR)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s: no model for whisper-cli (ggml-*.bin)", e->model ? e->model : "the data folder");
    /* it maps the model, copies it, and needs room to work in */
    e->memory_bytes = 3 * lp_file_stat(e->model).bytes + (INT64_C(4) << 30);
    return e->lang ? LP_OK : lp_fail_nomem(d);
}

/* Splits a command template into words; quotes of both kinds hold blanks together. */
static lp_status split_command(const char *text, lp_arena *a, const char *const **out, lp_diag *d)
{
    const char **words = lp_arena_alloc(a, MAX_ARGUMENTS + 1, sizeof(*words));
    char *copy = lp_arena_strdup(a, text);
    size_t n = 0;
    if (!words || !copy)
        return lp_fail_nomem(d);
    for (char *p = copy;;) {
        p += strspn(p, " \t");
        if (!*p)
            break;
        if (n == MAX_ARGUMENTS)
            return lp_fail(d, LP_ERR_USAGE, 0, "the command of the speech engine has more than %d words", MAX_ARGUMENTS);
        char *to = p, quote = '\0';
        words[n++] = p;
        for (; *p && (quote || (*p != ' ' && *p != '\t')); p++) {
            if (quote ? *p == quote : *p == '"' || *p == '\'')
                quote = quote ? '\0' : *p;
            else
                *to++ = *p;
        }
        if (quote)
            return lp_fail(d, LP_ERR_USAGE, 0, "the command of the speech engine has a quote that is not closed: %s", text);
        int more = *p != '\0';
        *to = '\0';
        p += more;
    }
    *out = words;
    return n ? LP_OK : lp_fail(d, LP_ERR_USAGE, 0, "the command of the speech engine is empty");
}

static lp_status find_command(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d)
{
    static const char *const formats[] = { "whisper-json", "whisper.cpp-json", "vtt", "srt" };
    size_t format = 0;
    while (o->format && format < 4 && !lp_str_eq(o->format, formats[format]))
        format++;
    if (format == 4)
        return lp_fail(d, LP_ERR_USAGE, 0, "%s: the format of a speech engine is one of whisper-json, whisper.cpp-json, vtt, srt", o->format);
    if (!o->command)
        return lp_fail(d, LP_ERR_USAGE, 0, "the speech engine \"command\" needs a command");
    e->kind = LP_ASR_COMMAND;
    e->format = (lp_asr_format)format;
    e->lang = is_known(o->lang) ? primary(o->lang, a) : "auto";
    e->model = o->model;
    lp_status s = split_command(o->command, a, &e->command, d);
    if (s == LP_OK && !(e->program = lp_spawn_find(e->command[0], a)))
        s = lp_fail(d, LP_ERR_TOOL, 0, "%s: the speech engine is not there", e->command[0]);
    return s;
}

static lp_status find_any(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d)
{
    lp_asr_engine helper = *e, whisper = *e;
    lp_diag no_helper = { 0 }, no_whisper = { 0 };
    /* a program or model that is named belongs to one engine: by its kind */
    lp_asr_options for_helper = *o, for_whisper = *o;
    int is_folder = o->model && lp_file_stat(o->model).kind == LP_FILE_DIR;
    for_helper.model = is_folder ? o->model : NULL;
    for_whisper.model = is_folder ? NULL : o->model;
    for_helper.program = for_whisper.program = NULL;
    int has_helper = find_helper(&for_helper, a, &helper, &no_helper) == LP_OK;
    int has_whisper = find_whisper(&for_whisper, a, &whisper, &no_whisper) == LP_OK;
    if (has_whisper && (!has_helper || !is_known(o->lang)))
        *e = whisper;
    else if (has_helper)
        *e = helper;
    else
        return lp_fail(d, LP_ERR_TOOL, 0, "no speech engine: %s; %s", no_helper.text, no_whisper.text);
    return LP_OK;
}

/* A file, or all files of a folder: path, size and time of each. */
static const char *put_file(const char *text, const char *path, lp_arena *a)
{
    char **names = NULL;
    size_t n = 0;
    lp_diag none = { 0 };
    lp_file_info f = lp_file_stat(path);
    if (f.kind == LP_FILE_REGULAR)
        return lp_arena_printf(a, "%s %s(%" PRId64 " %" PRId64 ")", text, path, f.bytes, f.mtime_ns);
    if (f.kind != LP_FILE_DIR || lp_file_list(path, a, &names, &n, &none) != LP_OK)
        return none.status == LP_ERR_NOMEM ? NULL : lp_arena_printf(a, "%s %s", text, path);
    for (size_t i = 0; text && i < n; i++) {
        const char *name = lp_path_join(a, path, names[i]);
        f = name ? lp_file_stat(name) : f;
        if (!name)
            return NULL;
        if (f.kind == LP_FILE_REGULAR)
            text = lp_arena_printf(a, "%s %s(%" PRId64 " %" PRId64 ")", text, name, f.bytes, f.mtime_ns);
    }
    return text;
}

const char *lp_asr_engine_text(const lp_asr_engine *e, lp_arena *a)
{
    const char *text = e->program ? put_file("", e->program, a) : "";
    if (text && e->model)
        text = put_file(text, e->model, a);
    for (const char *const *c = e->command; text && c && *c; c++)
        text = lp_file_stat(*c).kind == LP_FILE_REGULAR ? put_file(text, *c, a) : lp_arena_printf(a, "%s %s", text, *c);
    return text;
}

lp_status lp_asr_find(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d)
{
    *e = (lp_asr_engine){ .n_threads = o->n_threads > 0 ? o->n_threads : 1, .least_timeout_us = LEAST_TIMEOUT_US, .timeout_times = 3 };
    if (!o->engine || lp_str_eq(o->engine, "auto"))
        return find_any(o, a, e, d);
    if (lp_str_eq(o->engine, "builtin"))
        return find_helper(o, a, e, d);
    if (lp_str_eq(o->engine, "whisper-cli"))
        return find_whisper(o, a, e, d);
    if (lp_str_eq(o->engine, "command"))
        return find_command(o, a, e, d);
    return lp_fail(d, LP_ERR_USAGE, 0, "%s: the speech engine is one of auto, builtin, whisper-cli, command", o->engine);
}
