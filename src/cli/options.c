#include "cli/options.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"

enum { ALL = LP_CMD_PACK | LP_CMD_INSPECT | LP_CMD_VERIFY | LP_CMD_LINT, MAX_NAME = 64 };

typedef enum option_id {
    OPT_OUTPUT,
    OPT_TITLE,
    OPT_LANG,
    OPT_CAPTIONS,
    OPT_TRANSCRIPT,
    OPT_SPEECH,
    OPT_SPEECH_MODEL,
    OPT_SPEECH_COMMAND,
    OPT_SPEECH_FORMAT,
    OPT_CAPTION_STYLE,
    OPT_SLIDE_TEXT,
    OPT_SOUND_RATE,
    OPT_VIDEO,
    OPT_ZIP,
    OPT_WORK,
    OPT_JOBS,
    OPT_EXPLAIN,
    OPT_PROGRESS,
    OPT_QUIET,
    OPT_JSON,
    OPT_HELP,
    OPT_VERSION
} option_id;

typedef struct option {
    option_id id;
    const char *name;
    char letter;       /* 0: none */
    const char *value; /* how help names it; NULL: takes none */
    unsigned commands;
    const char *help;
} option;

static const option options[] = {
    { OPT_OUTPUT, "output", 'o', "DIR", LP_CMD_PACK,
      "The folder to make. An older package there is replaced in one\n"
      "step when the new one is complete. Needed." },
    { OPT_TITLE, "title", 't', "TEXT", LP_CMD_PACK | LP_CMD_INSPECT,
      "The title of the class. Default: the recording's own, else its\nfile name." },
    { OPT_LANG, "lang", 'l', "TAG", LP_CMD_PACK | LP_CMD_INSPECT | LP_CMD_LINT,
      "The language spoken, as a tag like en, fr or pt-BR.\nDefault: what the captions or the "
      "recording say." },
    { OPT_CAPTIONS, "captions", 'c', "FILE", LP_CMD_PACK | LP_CMD_INSPECT,
      "A caption file: WebVTT, SubRip, SBV, TTML, SSA or a transcript with\ntimes. Again for each "
      "other language; two files of one language are\nrefused. Default: those beside the recording, by "
      "name and language;\nelse those inside it." },
    { OPT_TRANSCRIPT, "transcript", 0, "FILE", LP_CMD_PACK,
      "A text file with what was said, without times. Its words become the\ncaptions, at the "
      "times at which an engine hears them; passages that\ndo not match are told." },
    { OPT_SPEECH, "speech", 0, "ENGINE", LP_CMD_PACK,
      "What turns speech into captions when none came with the recording:\nauto (the default), "
      "builtin (English; its model is fetched once by\ntools/get-asr-model), whisper-cli, command, "
      "or none." },
    { OPT_SPEECH_MODEL, "speech-model", 0, "PATH", LP_CMD_PACK,
      "The engine's model: a folder for builtin, a file for whisper-cli.\nDefault: "
      "~/.local/share/lecpack/asr." },
    { OPT_SPEECH_COMMAND, "speech-command", 0, "LINE", LP_CMD_PACK,
      "With --speech command: a program and its arguments, run without a\nshell. {wav} is replaced by the "
      "sound to hear, {lang} by the language,\n{out} by the file to write; without {out} its standard output is "
      "read." },
    { OPT_SPEECH_FORMAT, "speech-format", 0, "FORMAT", LP_CMD_PACK,
      "What that program writes: whisper-json (the default),\nwhisper.cpp-json, vtt or srt." },
    { OPT_CAPTION_STYLE, "caption-style", 0, "N", LP_CMD_PACK | LP_CMD_LINT,
      "The most characters in a line of captions: 42 (the default), 37\nor 32. Wide characters, as "
      "of Chinese: 16 in each style." },
    { OPT_SLIDE_TEXT, "slide-text", 0, "KIND", LP_CMD_PACK,
      "auto (the default): read the words on the slides where tesseract is\ninstalled, for search "
      "and for those who can not see them; or none." },
    { OPT_SOUND_RATE, "sound-rate", 0, "RATE", LP_CMD_PACK,
      "Bits a second for the sound, 6k to 64k. Default: 12k, good for\nspeech and 5.4 MB an "
      "hour." },
    { OPT_VIDEO, "video", 0, "CODEC", LP_CMD_PACK,
      "The moving picture: av1 (smallest, the default), h264 (for old\nphones), or none "
      "(slides only; fastest)." },
    { OPT_ZIP, "zip", 'z', NULL, LP_CMD_PACK,
      "Also make DIR.zip, the same package in one file." },
    { OPT_WORK, "work", 'w', "DIR", LP_CMD_PACK,
      "Where unfinished work is kept, so that a stopped run can\ngo on. Default: .NAME.work "
      "beside the output. It can be deleted when\nno run is going on." },
    { OPT_JOBS, "jobs", 'j', "N", LP_CMD_PACK,
      "At most so many threads. Default: one for each processor." },
    { OPT_EXPLAIN, "explain", 0, NULL, LP_CMD_PACK,
      "Say why each stage runs, or why it need not." },
    { OPT_PROGRESS, "progress", 0, "KIND", LP_CMD_PACK | LP_CMD_INSPECT,
      "auto (a line on the terminal, nothing elsewhere), json (JSON lines\non stderr), or "
      "none." },
    { OPT_QUIET, "quiet", 'q', NULL, ALL, "No progress and no report; errors still are told." },
    { OPT_JSON, "json", 0, NULL, ALL, "The report as JSON on stdout." },
    { OPT_HELP, "help", 'h', NULL, ALL, "This help." },
    { OPT_VERSION, "version", 'V', NULL, 0,
      "The versions of lecpack and the libraries it uses." },
};
enum { N_OPTIONS = sizeof(options) / sizeof(options[0]) };

typedef struct command {
    lp_command id;
    const char *name, *usage, *summary, *about;
} command;

static const command commands[] = {
    { LP_CMD_PACK, "pack", "lecpack pack INPUT -o DIR [options]",
      "make a package of a recording",
      "Makes the folder DIR of the recording INPUT: a page with slides, sound, captions\n"
      "and transcript that opens in any browser without a network. INPUT is a media\n"
      "file, or a folder with one recording and its caption file.\n"
      "\n"
      "Running the same command again does only what is not done yet: after a power cut\n"
      "it goes on, after a changed option it redoes what depends on it, and with nothing\n"
      "changed it does nothing.\n" },
    { LP_CMD_INSPECT, "inspect", "lecpack inspect INPUT [options]",
      "say what a recording holds",
      "Reads the recording INPUT without packing it, and says what was recognised:\n"
      "streams, the length claimed and the length found, captions, and what is wrong\n"
      "with it. Writes nothing to disk.\n" },
    { LP_CMD_VERIFY, "verify", "lecpack verify DIR [options]",
      "check a package against its manifest",
      "Reads every file of the package DIR and compares it with the manifest: missing,\n"
      "extra and altered files and unsafe names are told, and give exit code 65.\n" },
    { LP_CMD_LINT, "lint", "lecpack lint FILE|DIR [options]", "say whether captions can be read",
      "Holds the captions in FILE (WebVTT, SubRip, SBV, TTML or SSA), or all those of the\n"
      "package DIR, against the rules that make captions readable, and tells each place\n"
      "where one is broken, with its time. Writes nothing to disk.\n"
      "\n"
      "Hard rules, any breach of which gives exit code 1: at most 2 lines of 42\n"
      "characters; shown for 0.833 to 7 s; at most 20 characters a second; no overlap\n"
      "with the caption before.\n"
      "Soft rules, which are told only: 37 characters in a line; 1 s; 17 characters a\n"
      "second; captions touch or leave 0.08 s; no line ends behind an article or a\n"
      "preposition (English, French, Spanish, German), or inside a number.\n" },
};
enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

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
    for (size_t i = 0; i < N_OPTIONS; i++) {
        size_t far = distance(name, n, options[i].name);
        int fits = c == LP_CMD_NONE || (options[i].commands & (unsigned)c);
        if (fits && far < best_distance) {
            best = options[i].name;
            best_distance = far;
        }
    }
    return best;
}

static const char *command_name(lp_command c)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].id == c)
            return commands[i].name;
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
                                         : "");
}

static lp_status bad_value(const option *o, const char *value, const char *want, lp_diag *d)
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

static lp_status set_choice(lp_args *a, const option *o, const char *value, lp_diag *d)
{
    static const char *const codecs[] = { "av1", "h264", "none" };
    static const char *const kinds[] = { "auto", "json", "none" };
    int i = o->id == OPT_VIDEO ? one_of(value, codecs, 3) : one_of(value, kinds, 3);
    if (i < 0)
        return bad_value(o, value,
                         o->id == OPT_VIDEO ? "av1, h264 or none" : "auto, json or none", d);
    if (o->id == OPT_VIDEO)
        a->pack.video = (lecpack_video)i;
    else
        a->meter = (lp_meter_kind)i;
    return LP_OK;
}

static lp_status set_number(lp_args *a, const option *o, const char *value, lp_diag *d)
{
    int64_t n = 0;
    if (o->id == OPT_CAPTION_STYLE) {
        if (lp_str_int(value, 64, &n) != 0 || (n != 42 && n != 37 && n != 32))
            return bad_value(o, value, "42, 37 or 32", d);
        a->pack.caption_style = (int)n;
        return LP_OK;
    }
    if (o->id == OPT_SOUND_RATE) {
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

static lp_status set_captions(lp_args *a, const option *o, const char *value, lp_diag *d)
{
    static const char *const engines[] = { "auto", "builtin", "whisper-cli", "command", "none" };
    static const char *const formats[] = { "whisper-json", "whisper.cpp-json", "vtt", "srt" };
    static const char *const kinds[] = { "auto", "none" };
    if (o->id == OPT_SPEECH) {
        a->pack.speech = value;
        return one_of(value, engines, 5) >= 0
                   ? LP_OK
                   : bad_value(o, value, "auto, builtin, whisper-cli, command or none", d);
    }
    if (o->id == OPT_SPEECH_FORMAT) {
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

static lp_status set(lp_args *a, const option *o, const char *value, lp_diag *d)
{
    if (o->value && !*value)
        return lp_fail(d, LP_ERR_USAGE, 0, "--%s: its value is empty; give %s", o->name,
                       o->value);
    switch (o->id) {
    case OPT_OUTPUT:
        a->output = value;
        break;
    case OPT_TITLE:
        a->pack.title = value;
        break;
    case OPT_LANG:
        a->pack.lang = value;
        break;
    case OPT_CAPTIONS:
        return add_captions(a, value, d);
    case OPT_TRANSCRIPT:
        a->pack.transcript = value;
        break;
    case OPT_SPEECH_MODEL:
        a->pack.speech_model = value;
        break;
    case OPT_SPEECH_COMMAND:
        a->pack.speech_command = value;
        break;
    case OPT_SPEECH:
    case OPT_SPEECH_FORMAT:
    case OPT_SLIDE_TEXT:
        return set_captions(a, o, value, d);
    case OPT_WORK:
        a->pack.work_dir = value;
        break;
    case OPT_ZIP:
        a->pack.want_zip = 1;
        break;
    case OPT_EXPLAIN:
        a->pack.want_explain = 1;
        break;
    case OPT_QUIET:
        a->is_quiet = 1;
        break;
    case OPT_JSON:
        a->want_json = 1;
        break;
    case OPT_HELP:
        a->want_help = 1;
        break;
    case OPT_VERSION:
        a->want_version = 1;
        break;
    case OPT_CAPTION_STYLE:
    case OPT_SOUND_RATE:
    case OPT_JOBS:
        return set_number(a, o, value, d);
    case OPT_VIDEO:
    case OPT_PROGRESS:
        return set_choice(a, o, value, d);
    }
    return LP_OK;
}

static const option *find_option(const char *arg, size_t n)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option *o = &options[i];
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
    const option *o = find_option(arg, n);
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
    if (o->id == OPT_OUTPUT && a->output) /* of others the last one counts: scripts add what they want changed */
        return lp_fail(d, LP_ERR_USAGE, 0, "--output: is given twice, as %.200s and as %.200s; one package at a time",
                       a->output, value);
    return set(a, o, value, d);
}

static lp_status take_command(const char *name, lp_args *a, lp_diag *d)
{
    const char *near = NULL;
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (lp_str_eq(commands[i].name, name)) {
            a->command = commands[i].id;
            return LP_OK;
        }
        if (distance(name, strlen(name), commands[i].name) <= 2)
            near = commands[i].name;
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

static void help_options(FILE *to, unsigned taken_by)
{
    fputs("OPTIONS\n", to);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option *o = &options[i];
        if (!(o->commands & taken_by))
            continue;
        fputs("  ", to);
        if (o->letter)
            fprintf(to, "-%c, ", o->letter);
        fprintf(to, "--%s%s%s\n", o->name, o->value ? " " : "", o->value ? o->value : "");
        for (const char *line = o->help; *line;) {
            size_t n = strcspn(line, "\n");
            fprintf(to, "        %.*s\n", (int)n, line);
            line += n + (line[n] == '\n');
        }
    }
    fputc('\n', to);
}

static void help_exit_codes(FILE *to, lp_command c)
{
    fputs("EXIT CODES\n", to);
    if (c == LP_CMD_NONE || c == LP_CMD_PACK)
        fputs("   0  the package is made, or was up to date\n"
              "   1  the package is made, but a layer is missing (the report and the page say "
              "which)\n",
              to);
    else if (c == LP_CMD_LINT)
        fputs("   0  no hard rule is broken\n"
              "   1  at least one hard rule is broken\n",
              to);
    else
        fputs("   0  done\n", to);
    fputs("  64  a wrong option or argument\n"
          "  65  the recording, or the package or captions to check, is damaged or can not be decoded\n"
          "  66  the input is not there or can not be read\n"
          "  69  an encoder that is needed is missing\n"
          "  70  a bug in lecpack: please report it\n"
          "  73  the output can not be made there, or another run is writing it\n"
          "  74  reading or writing failed\n"
          "  75  disk full, out of memory or stopped: run the same command again to go on\n\n",
          to);
}

static void help_program(FILE *to)
{
    fputs("lecpack - turns a recorded class into a small, captioned package that opens "
          "offline\n\n"
          "USAGE\n",
          to);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(to, "  %-37s %s\n", commands[i].usage, commands[i].summary);
    fputs("  lecpack COMMAND --help\n"
          "  lecpack --version\n\n"
          "EXAMPLES\n"
          "  lecpack pack lecture.mp4 -o week3\n"
          "      makes week3/, captions from lecture.vtt where it is there; open "
          "week3/index.html\n"
          "  lecpack pack lecture.mkv -o week3 --lang fr --video none --zip\n"
          "      French, slides and sound only, also week3.zip\n"
          "  lecpack inspect lecture.mp4\n"
          "  lecpack verify week3\n"
          "  lecpack lint lecture.vtt\n\n",
          to);
    help_exit_codes(to, LP_CMD_NONE);
}

void lp_help(FILE *to, lp_command c)
{
    if (c == LP_CMD_NONE) {
        help_program(to);
        return;
    }
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].id == c)
            fprintf(to, "lecpack %s - %s\n\nUSAGE\n  %s\n\n%s\n", commands[i].name,
                    commands[i].summary, commands[i].usage, commands[i].about);
    help_options(to, (unsigned)c);
    if (c == LP_CMD_PACK)
        fputs(
            "EXAMPLES\n"
            "  lecpack pack lecture.mp4 -o week3\n"
            "  lecpack pack recordings/monday -o week3 --title \"Week 3: sampling\" --lang en\n"
            "  lecpack pack lecture.mp4 -o week3 --captions en.srt --captions fr.srt --zip\n"
            "  lecpack pack lecture.mp4 -o week3 --progress=json --json 2>progress.log "
            ">report.json\n\n",
            to);
    if (c == LP_CMD_LINT)
        fputs("EXAMPLES\n"
              "  lecpack lint lecture.vtt\n"
              "  lecpack lint week3 --caption-style 32 --json >captions.json\n"
              "  lecpack lint de.srt --lang de --quiet || echo \"needs work\"\n\n",
              to);
    help_exit_codes(to, c);
}
