/* lecpack-asr: the built-in speech engine, a program of its own behind the contract lecpack-asr/1, so that what goes wrong in
 * it goes wrong there. Reads a WAV file and a table of chunks; writes what it hears as lines of JSON. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asr/moonshine.h"
#include "asr/orders.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/wav.h"
#include "lecpack/version.h"

enum { EXIT_USAGE = 64, EXIT_MISSING = 69, EXIT_BUG = 70, EXIT_AGAIN = 75, MAX_TABLE = 64 << 20, MAX_THREADS = 64 };

typedef struct arguments {
    const char *contract, *wav, *chunks, *terms, *lang, *model;
    int64_t n_threads;
} arguments;

static const char help_text[] =
    "usage: lecpack-asr --lecpack-asr 1 --wav A.wav --chunks C.tsv [--model DIR] [..]\n"
    "\n"
    "Writes what is said in a recording, each word with its time, as lines of JSON. lecpack starts it; it\n"
    "is of use alone too.\n"
    "\n"
    "  --lecpack-asr 1   the contract to keep: this is version 1\n"
    "  --wav FILE        the sound: WAV, 16 bit PCM, one channel, 16000 Hz\n"
    "  --chunks FILE     what to hear: lines of \"id <tab> start <tab> end\", seconds, at most 30 s each\n"
    "  --terms FILE      words to expect: lines of \"start <tab> end <tab> term [<tab> boost]\"\n"
    "  --lang TAG        the language; en is the one it knows (default)\n"
    "  --threads N       1 to 64 (default 1: more are of little use)\n"
    "  --model DIR       the model (default: $XDG_DATA_HOME/lecpack/asr, else ~/.local/share/lecpack/asr)\n"
    "  --help, --version\n"
    "\n"
    "Lines: {\"t\":\"hello\",..}, for each chunk {\"t\":\"chunk\",\"id\",\"start\",\"end\",\"lang\",\"words\":[[start,end,p,\n"
    "\"word\"],..],\"eos\"}, {\"t\":\"end\"}. Times are seconds on the sound's clock.\n"
    "Exit codes: 0 done; 64 usage; 69 the model, its runtime or the language is missing; 75 out of memory, or the\n"
    "output can not be written; 70 anything else.\n";

static int tell(const lp_diag *d, int code)
{
    fprintf(stderr, "lecpack-asr: %s\n", d->text);
    return code;
}

static int code_of(lp_status s)
{
    switch (s) {
    case LP_OK:
        return 0;
    case LP_ERR_USAGE:
    case LP_ERR_NO_INPUT:
    case LP_ERR_INPUT:
        return EXIT_USAGE;
    case LP_ERR_NOMEM:
    case LP_ERR_IO:
    case LP_ERR_FULL:
        return EXIT_AGAIN;
    default:
        return EXIT_BUG;
    }
}

/* -1: go on; else the exit code. */
static int read_arguments(int argc, char **argv, arguments *a)
{
    static const struct option options[] = {
        { "lecpack-asr", 1, NULL, 'c' }, { "wav", 1, NULL, 'w' },     { "chunks", 1, NULL, 'k' }, { "terms", 1, NULL, 't' },
        { "lang", 1, NULL, 'l' },        { "threads", 1, NULL, 'n' }, { "model", 1, NULL, 'm' },  { "help", 0, NULL, 'h' },
        { "version", 0, NULL, 'v' },     { NULL, 0, NULL, 0 },
    };
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (c) {
        case 'c':
            a->contract = optarg;
            break;
        case 'w':
            a->wav = optarg;
            break;
        case 'k':
            a->chunks = optarg;
            break;
        case 't':
            a->terms = optarg;
            break;
        case 'l':
            a->lang = optarg;
            break;
        case 'm':
            a->model = optarg;
            break;
        case 'n':
            if (lp_str_int(optarg, MAX_THREADS, &a->n_threads) == 0 && a->n_threads > 0)
                break;
            fprintf(stderr, "lecpack-asr: --threads %s: give 1 to %d\n", optarg, MAX_THREADS);
            return EXIT_USAGE;
        case 'h':
            fputs(help_text, stdout);
            return 0;
        case 'v':
            printf("lecpack-asr %s (contract lecpack-asr/1)\n", LECPACK_VERSION);
            return 0;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind < argc)
        fprintf(stderr, "lecpack-asr: %s: what is this for? See --help\n", argv[optind]);
    else if (!lp_str_eq(a->contract, "1"))
        fprintf(stderr, "lecpack-asr: give --lecpack-asr 1, the one contract that is known here\n");
    else if (!a->wav || !a->chunks)
        fprintf(stderr, "lecpack-asr: give --wav and --chunks; see --help\n");
    else
        return -1;
    return EXIT_USAGE;
}

/* "en", "en-GB" .. */
static int is_english(const char *lang)
{
    return strncmp(lang, "en", 2) == 0 && (lang[2] == '\0' || lang[2] == '-' || lang[2] == '_');
}

static const char *model_folder(const arguments *a, lp_arena *arena)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (a->model)
        return a->model;
    if (data && *data)
        return lp_path_join(arena, data, "lecpack/asr");
    return lp_path_join(arena, home && *home ? home : "/", ".local/share/lecpack/asr");
}

/* Writes one line and flushes it, so that the parent can keep every chunk as it comes. Takes `line`. */
static lp_status put_line(json_t *line, lp_diag *d)
{
    lp_buf text;
    lp_buf_init(&text, 1 << 20);
    lp_status s = lp_json_text(line, 0, &text, d);
    json_decref(line);
    if (s == LP_OK && (fprintf(stdout, "%s\n", text.data) < 0 || fflush(stdout) != 0))
        s = lp_fail(d, LP_ERR_IO, 0, "standard output: write failed");
    lp_buf_clear(&text);
    return s;
}

static lp_status put_hello(const lp_moonshine *m, lp_diag *d)
{
    json_t *line = json_object(), *caps = json_array();
    lp_json_set_str(line, "t", "hello");
    lp_json_set_str(line, "engine", "lecpack-asr " LECPACK_VERSION);
    lp_json_set_str(line, "model", lp_moonshine_name(m));
    lp_json_set_str(line, "sha256", lp_moonshine_sha256(m));
    lp_json_set_str(line, "runtime", lp_moonshine_runtime(m));
    static const char *const can[] = { "words", "conf", "terms" };
    for (size_t i = 0; i < sizeof(can) / sizeof(*can); i++)
        json_array_append_new(caps, json_string(can[i]));
    lp_json_set_new(line, "caps", caps);
    return put_line(line, d);
}

static json_t *seconds(double s)
{
    return lp_json_seconds((int64_t)(s * 1e6 + 0.5));
}

static void add_word(json_t *words, const lp_heard_word *w, double at)
{
    lp_buf clean;
    lp_buf_init(&clean, 4096);
    lp_utf8_clean(&clean, w->text, strlen(w->text));
    json_t *word = json_array();
    json_array_append_new(word, seconds(at + w->start));
    json_array_append_new(word, seconds(at + w->end));
    json_array_append_new(word, seconds(w->p)); /* three decimals are enough for it too */
    json_array_append_new(word, json_string(clean.data ? clean.data : ""));
    json_array_append_new(words, word);
    lp_buf_clear(&clean);
}

static lp_status put_chunk(const lp_order *o, const lp_heard *h, lp_diag *d)
{
    json_t *line = json_object(), *words = json_array();
    lp_json_set_str(line, "t", "chunk");
    lp_json_set_int(line, "id", o->id);
    lp_json_set_new(line, "start", seconds(o->start));
    lp_json_set_new(line, "end", seconds(o->end));
    lp_json_set_str(line, "lang", "en");
    for (size_t i = 0; i < h->n; i++)
        add_word(words, &h->words[i], o->start);
    lp_json_set_new(line, "words", words);
    lp_json_set_bool(line, "eos", h->is_complete);
    return put_line(line, d);
}

static lp_status hear(lp_moonshine *m, const lp_wav *w, const lp_order *o, const lp_term *terms, size_t n_terms, lp_diag *d)
{
    lp_arena a = { 0 };
    lp_heard heard = { 0 };
    lp_bias bias;
    int64_t from = (int64_t)(o->start * LP_WAV_HZ + 0.5), to = (int64_t)(o->end * LP_WAV_HZ + 0.5);
    from = from > w->n ? w->n : from;
    to = to > w->n ? w->n : to;
    size_t n = (size_t)(to - from);
    float *pcm = lp_calloc(n, sizeof(*pcm));
    lp_status s = pcm ? lp_wav_read(w, from, pcm, n, d) : lp_fail_nomem(d);
    lp_bias_begin(&bias, terms, n_terms, o->start, o->end);
    if (s == LP_OK)
        s = lp_moonshine_hear(m, pcm, n, &bias, &a, &heard, d);
    if (s == LP_OK)
        s = put_chunk(o, &heard, d);
    lp_free(pcm);
    lp_arena_clear(&a);
    return s;
}

static lp_status read_tables(const arguments *a, lp_arena *arena, lp_order **orders, size_t *n_orders, lp_term **terms,
                             size_t *n_terms, lp_diag *d)
{
    lp_buf text;
    lp_buf_init(&text, MAX_TABLE);
    lp_status s = lp_file_read(a->chunks, &text, d);
    if (s == LP_OK)
        s = lp_orders_parse(text.data, a->chunks, arena, orders, n_orders, d);
    lp_buf_clear(&text);
    if (s == LP_OK && a->terms) {
        s = lp_file_read(a->terms, &text, d);
        if (s == LP_OK)
            s = lp_terms_parse(text.data, a->terms, arena, terms, n_terms, d);
        lp_buf_clear(&text);
    }
    return s;
}

int main(int argc, char **argv)
{
    arguments a = { .lang = "en", .n_threads = 1 };
    int code = read_arguments(argc, argv, &a);
    if (code >= 0)
        return code;
    lp_diag d = { 0 };
    lp_arena arena = { 0 };
    lp_order *orders = NULL;
    lp_term *terms = NULL;
    size_t n_orders = 0, n_terms = 0;
    lp_moonshine *m = NULL;
    lp_wav wav = { .fd = -1 };
    if (!is_english(a.lang)) {
        lp_fail(&d, LP_ERR_TOOL, 0, "--lang %s: the model knows English alone", a.lang);
        return tell(&d, EXIT_MISSING);
    }
    const char *dir = model_folder(&a, &arena);
    lp_status s = read_tables(&a, &arena, &orders, &n_orders, &terms, &n_terms, &d);
    if (s == LP_OK)
        s = lp_wav_open(&wav, a.wav, &d);
    code = code_of(s);
    if (s == LP_OK) {
        s = dir ? lp_moonshine_open(dir, (int)a.n_threads, &m, &d) : lp_fail_nomem(&d);
        code = s == LP_ERR_TOOL ? EXIT_MISSING : code_of(s);
    }
    if (s == LP_OK)
        code = code_of(s = put_hello(m, &d));
    for (size_t i = 0; s == LP_OK && i < n_orders; i++)
        code = code_of(s = hear(m, &wav, &orders[i], terms, n_terms, &d));
    if (s == LP_OK)
        code = code_of(s = put_line(json_pack("{s:s}", "t", "end"), &d));
    lp_moonshine_close(&m);
    lp_wav_close(&wav);
    lp_arena_clear(&arena);
    return s == LP_OK ? 0 : tell(&d, code);
}
