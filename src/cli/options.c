#include "cli/options.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/option_table.h"

enum { MAX_NAME = 64 };

int lp_args_rate(const char *text)
{
    static const struct {
        const char *unit;
        int factor;
    } units[] = {
        { "", 1 }, { "k", 1000 }, { "kbit", 1000 }, { "kbit/s", 1000 }, { "bit/s", 1 }
    };
    char digits[12];
    size_t n = strspn(text, "0123456789");
    int64_t value = 0;
    if (n == 0 || n >= sizeof(digits))
        return 0;
    memcpy(digits, text, n);
    digits[n] = '\0';
    if (lp_str_int(digits, 1000000, &value) != 0)
        return 0;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (lp_str_ieq(text + n, units[i].unit))
            return value * units[i].factor <= 1000000 ? (int)(value * units[i].factor) : 0;
    return 0;
}

/* Levenshtein distance; long names count as far. */
static size_t distance(const char *a, size_t na, const char *b)
{
    size_t row[MAX_NAME + 1], nb = strlen(b);
    if (na > MAX_NAME || nb > MAX_NAME)
        return MAX_NAME;
    for (size_t i = 0; i <= nb; i++)
        row[i] = i;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= nb; k++) {
            size_t best = diagonal + (a[i - 1] != b[k - 1]);
            if (row[k] + 1 < best)
                best = row[k] + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            diagonal = row[k];
            row[k] = best;
        }
    }
    return row[nb];
}

/* The nearest option that the command takes, NULL when none is near. */
static const char *nearest_option(const char *name, size_t n, lp_command c)
{
    const char *best = NULL;
    size_t best_distance = n / 2 + 1 < 4 ? n / 2 + 1 : 4;
    for (size_t i = 0; i < lp_n_options; i++) {
        size_t far = distance(name, n, lp_options[i].name);
        int fits = c == LP_CMD_NONE || (lp_options[i].commands & (unsigned)c);
        if (fits && far < best_distance) {
            best = lp_options[i].name;
            best_distance = far;
        }
    }
    return best;
}

static const char *command_name(lp_command c)
{
    for (size_t i = 0; i < lp_n_commands; i++)
        if (lp_commands[i].id == c)
            return lp_commands[i].name;
    return "lecpack";
}

static lp_status unknown_option(const char *arg, size_t n, lp_command c, lp_diag *d)
{
    const char *near =
        arg[0] == '-' && arg[1] == '-' ? nearest_option(arg + 2, n - 2, c) : NULL;
    int shown = n < MAX_NAME ? (int)n : MAX_NAME;
    if (lp_file_stat(arg).kind != LP_FILE_NONE)
        return lp_fail(d, LP_ERR_USAGE, 0, "%.200s: looks like an option; for the file of that name write ./%.200s", arg, arg);
    if (near)
        return lp_fail(d, LP_ERR_USAGE, 0, "%.*s: unknown option; did you mean --%s?", shown,
                       arg, near);
    return lp_fail(d, LP_ERR_USAGE, 0, "%.*s: unknown option; see lecpack %s--help", shown, arg,
                   c == LP_CMD_PACK      ? "pack "
                   : c == LP_CMD_INSPECT ? "inspect "
                   : c == LP_CMD_VERIFY  ? "verify "
                   : c == LP_CMD_LINT    ? "lint "
                   : c == LP_CMD_REPORT  ? "report "
                                         : "");
}

static lp_status bad_value(const lp_option *o, const char *value, const char *want, lp_diag *d)
{
    return lp_fail(d, LP_ERR_USAGE, 0, "--%s: \"%.60s\" can not be used; give %s", o->name,
                   value, want);
}

static int one_of(const char *value, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        if (lp_str_eq(value, names[i]))
            return i;
    return -1;
}

static lp_status set_choice(lp_args *a, const lp_option *o, const char *value, lp_diag *d)
{
    static const char *const codecs[] = { "av1", "h264", "none" };
    static const char *const kinds[] = { "auto", "json", "none" };
    int i = o->id == LP_OPT_VIDEO ? one_of(value, codecs, 3) : one_of(value, kinds, 3);
    if (i < 0)
        return bad_value(o, value,
                         o->id == LP_OPT_VIDEO ? "av1, h264 or none" : "auto, json or none", d);
    if (o->id == LP_OPT_VIDEO)
        a->pack.video = (lecpack_video)i;
    else
        a->meter = (lp_meter_kind)i;
    return LP_OK;
}

static lp_status set_number(lp_args *a, const lp_option *o, const char *value, lp_diag *d)
{
    int64_t n = 0;
    if (o->id == LP_OPT_CAPTION_STYLE) {
        if (lp_str_int(value, 64, &n) != 0 || (n != 42 && n != 37 && n != 32))
            return bad_value(o, value, "42, 37 or 32", d);
        a->pack.caption_style = (int)n;
        return LP_OK;
    }
    if (o->id == LP_OPT_SOUND_RATE) {
        a->pack.sound_bps = lp_args_rate(value);
        if (a->pack.sound_bps < 6000 || a->pack.sound_bps > 64000)
            return bad_value(o, value, "6k to 64k", d);
        return LP_OK;
    }
    if (lp_str_int(value, 64, &n) != 0 || n < 1)
        return bad_value(o, value, "1 to 64", d);
    a->pack.n_threads = (int)n;
    return LP_OK;
}

static lp_status set_captions(lp_args *a, const lp_option *o, const char *value, lp_diag *d)
{
    static const char *const engines[] = { "auto", "builtin", "whisper-cli", "command", "none" };
    static const char *const formats[] = { "whisper-json", "whisper.cpp-json", "vtt", "srt" };
    static const char *const kinds[] = { "auto", "none" };
    if (o->id == LP_OPT_SPEECH) {
        a->pack.speech = value;
        return one_of(value, engines, 5) >= 0
                   ? LP_OK
                   : bad_value(o, value, "auto, builtin, whisper-cli, command or none", d);
    }
    if (o->id == LP_OPT_SPEECH_FORMAT) {
        a->pack.speech_format = value;
        return one_of(value, formats, 4) >= 0
                   ? LP_OK
                   : bad_value(o, value, "whisper-json, whisper.cpp-json, vtt or srt", d);
    }
    a->pack.slide_text = value;
    return one_of(value, kinds, 2) >= 0 ? LP_OK : bad_value(o, value, "auto or none", d);
}

/* One file for each language. */
static lp_status add_captions(lp_args *a, const char *value, lp_diag *d)
{
    if (!a->pack.captions) {
        a->pack.captions = value;
        return LP_OK;
    }
    if (a->pack.n_more_captions == LP_ARGS_CAPTIONS)
        return lp_fail(d, LP_ERR_USAGE, 0, "--captions: is given more than %d times", LP_ARGS_CAPTIONS + 1);
    a->more_captions[a->pack.n_more_captions++] = value;
    a->pack.more_captions = a->more_captions;
    return LP_OK;
}

static lp_status set(lp_args *a, const lp_option *o, const char *value, lp_diag *d)
{
    if (o->value && !*value)
        return lp_fail(d, LP_ERR_USAGE, 0, "--%s: its value is empty; give %s", o->name,
                       o->value);
    switch (o->id) {
    case LP_OPT_OUTPUT:
        a->output = value;
        break;
    case LP_OPT_TITLE:
        a->pack.title = value;
        break;
    case LP_OPT_LANG:
        a->pack.lang = value;
        break;
    case LP_OPT_CAPTIONS:
        return add_captions(a, value, d);
    case LP_OPT_TRANSCRIPT:
        a->pack.transcript = value;
        break;
    case LP_OPT_SPEECH_MODEL:
        a->pack.speech_model = value;
        break;
    case LP_OPT_SPEECH_COMMAND:
        a->pack.speech_command = value;
        break;
    case LP_OPT_SPEECH:
    case LP_OPT_SPEECH_FORMAT:
    case LP_OPT_SLIDE_TEXT:
        return set_captions(a, o, value, d);
    case LP_OPT_WORK:
        a->pack.work_dir = value;
        break;
    case LP_OPT_HTML:
        a->html = value;
        break;
    case LP_OPT_ZIP:
        a->pack.want_zip = 1;
        break;
    case LP_OPT_EXPLAIN:
        a->pack.want_explain = 1;
        break;
    case LP_OPT_QUIET:
        a->is_quiet = 1;
        break;
    case LP_OPT_JSON:
        a->want_json = 1;
        break;
    case LP_OPT_HELP:
        a->want_help = 1;
        break;
    case LP_OPT_VERSION:
        a->want_version = 1;
        break;
    case LP_OPT_CAPTION_STYLE:
    case LP_OPT_SOUND_RATE:
    case LP_OPT_JOBS:
        return set_number(a, o, value, d);
    case LP_OPT_VIDEO:
    case LP_OPT_PROGRESS:
        return set_choice(a, o, value, d);
    }
    return LP_OK;
}

static const lp_option *find_option(const char *arg, size_t n)
{
    for (size_t i = 0; i < lp_n_options; i++) {
        const lp_option *o = &lp_options[i];
        if (n > 2 && arg[1] == '-' && strlen(o->name) == n - 2 &&
            memcmp(o->name, arg + 2, n - 2) == 0)
            return o;
        if (n == 2 && o->letter && arg[1] == o->letter)
            return o;
    }
    return NULL;
}

/* Takes argv[*i], and the value behind it where there is one. */
static lp_status take_option(int argc, char *const *argv, int *i, lp_args *a, lp_diag *d)
{
    const char *arg = argv[*i], *value = NULL;
    size_t n = strlen(arg);
    const char *equals = arg[1] == '-' ? strchr(arg, '=') : NULL;
    if (equals) {
        value = equals + 1;
        n = (size_t)(equals - arg);
    } else if (arg[1] != '-' && n > 2) { /* -oDIR */
        value = arg + 2;
        n = 2;
    }
    const lp_option *o = find_option(arg, n);
    if (!o)
        return unknown_option(arg, n, a->command, d);
    if (a->command != LP_CMD_NONE && o->commands && !(o->commands & (unsigned)a->command))
        return lp_fail(d, LP_ERR_USAGE, 0,
                       "--%s: is no option of lecpack %s; see lecpack %s --help", o->name,
                       command_name(a->command), command_name(a->command));
    if (!o->value && value)
        return lp_fail(d, LP_ERR_USAGE, 0, "--%s: takes no value", o->name);
    if (o->value && !value) {
        if (*i + 1 >= argc)
            return lp_fail(d, LP_ERR_USAGE, 0, "--%s: its value is missing; give --%s %s",
                           o->name, o->name, o->value);
        value = argv[++*i];
    }
    if (o->id == LP_OPT_OUTPUT && a->output) /* of others the last one counts: scripts add what they want changed */
        return lp_fail(d, LP_ERR_USAGE, 0, "--output: is given twice, as %.200s and as %.200s; one package at a time",
                       a->output, value);
    return set(a, o, value, d);
}

static lp_status take_command(const char *name, lp_args *a, lp_diag *d)
{
    const char *near = NULL;
    for (size_t i = 0; i < lp_n_commands; i++) {
        if (lp_str_eq(lp_commands[i].name, name)) {
            a->command = lp_commands[i].id;
            return LP_OK;
        }
        if (distance(name, strlen(name), lp_commands[i].name) <= 2)
            near = lp_commands[i].name;
    }
    if (near)
        return lp_fail(d, LP_ERR_USAGE, 0, "%.100s: unknown command; did you mean lecpack %s?",
                       name, near);
    return lp_fail(
        d, LP_ERR_USAGE, 0,
        "%.100s: unknown command; to pack a recording write: lecpack pack INPUT -o DIR", name);
}

static lp_status take_operand(const char *arg, lp_args *a, lp_diag *d)
{
    if (a->command == LP_CMD_NONE)
        return take_command(arg, a, d);
    if (a->input)
        return lp_fail(d, LP_ERR_USAGE, 0, "%.200s: one input at a time; the first is %.200s",
                       arg, a->input);
    a->input = arg;
    return LP_OK;
}

static lp_status check_complete(const lp_args *a, lp_diag *d)
{
    if (a->command == LP_CMD_NONE)
        return lp_fail(
            d, LP_ERR_USAGE, 0,
            "a command is missing; to pack a recording write: lecpack pack INPUT -o DIR");
    if (!a->input)
        return lp_fail(d, LP_ERR_USAGE, 0, "%s: the input is missing; see lecpack %s --help",
                       command_name(a->command), command_name(a->command));
    if (a->command == LP_CMD_PACK && !a->output)
        return lp_fail(d, LP_ERR_USAGE, 0, "pack: the output is missing; add -o DIR");
    return LP_OK;
}

lp_status lp_args_parse(int argc, char *const *argv, lp_args *out, lp_diag *d)
{
    *out = (lp_args){ 0 };
    lecpack_options_init(&out->pack);
    lp_status s = LP_OK;
    int only_operands = 0;
    int first = argc > 1 && lp_str_eq(argv[1], "help") ? 2 : 1; /* lecpack help pack: lecpack pack --help */
    out->want_help = first == 2;
    for (int i = first; s == LP_OK && i < argc; i++) {
        if (!only_operands && lp_str_eq(argv[i], "--"))
            only_operands = 1;
        else if (!only_operands && argv[i][0] == '-' && argv[i][1])
            s = take_option(argc, argv, &i, out, d);
        else
            s = take_operand(argv[i], out, d);
    }
    for (int i = 1; i < argc && !lp_str_eq(argv[i], "--"); i++)
        out->want_help |= lp_str_eq(argv[i], "--help") || lp_str_eq(argv[i], "-h");
    if (out->want_help || out->want_version) {
        if (s != LP_OK && d)
            *d = (lp_diag){ 0 };
        return LP_OK;
    }
    return s == LP_OK ? check_complete(out, d) : s;
}
