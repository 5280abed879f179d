/* Lets an engine hear the whole sound at once: whisper-cli, or a command of the user's. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/str.h"
#include "base/time.h"
#include "tool/asr_formats.h"
#include "tool/asr_work.h"
#include "tool/spawn.h"

enum { MAX_OUTPUT = 256 << 20, MAX_PROMPT = 200, MAX_ARGS = 80, NICE = 5, NEAR_US = 1000000 };

/* An engine that writes without end costs the captions, and the recording is not to blame. */
static lp_status check_flood(const lp_buf *b, lp_diag *d)
{
    if (b->failed == 1)
        return lp_fail_nomem(d);
    return b->failed ? lp_fail(d, LP_ERR_TOOL, 0, "the speech engine wrote more than %zu MB", b->max >> 20) : LP_OK;
}

static lp_status keep_line(void *user, const char *line, size_t n, int is_whole, lp_diag *d)
{
    lp_buf *out = user;
    lp_buf_bytes(out, line, n);
    if (is_whole)
        lp_buf_char(out, '\n');
    return check_flood(out, d);
}

/* Whisper takes expected words as a text that seems to come before: the terms, each once. */
static const char *prompt_of(const lp_asr_work *w)
{
    lp_buf b;
    lp_buf_init(&b, MAX_PROMPT);
    for (size_t i = 0; i < w->job->n_terms; i++) {
        const char *t = w->job->terms[i].text;
        if (b.data && strstr(b.data, t))
            continue;
        if (b.len + strlen(t) + 2 > MAX_PROMPT)
            break;
        lp_buf_printf(&b, "%s%s", b.len ? ", " : "", t);
    }
    const char *prompt = b.len ? lp_arena_strdup(w->arena, b.data) : NULL;
    lp_buf_clear(&b);
    return prompt;
}

static void whisper_arguments(const lp_asr_work *w, const char *out, const char *threads, const char **argv)
{
    const lp_asr_engine *e = w->engine;
    /* -mc 0: no text is carried over from window to window, which is how one invention becomes many */
    const char *const fixed[] = { e->program, "-m", e->model, "-f", w->job->wav, "-l", e->lang, "-t", threads, "-mc", "0",
                                  "-ojf", "-of", out, "-np" };
    size_t n = sizeof(fixed) / sizeof(*fixed);
    const char *prompt = prompt_of(w);
    memcpy(argv, fixed, sizeof(fixed));
    if (prompt) {
        argv[n++] = "--prompt";
        argv[n++] = prompt;
    }
    argv[n] = NULL;
}

/* One word of a template with {wav}, {out} and {lang} filled in. */
static const char *fill(const lp_asr_work *w, const char *word, const char *out, int *has_out)
{
    const char *const names[] = { "{wav}", "{out}", "{lang}" }, *const values[] = { w->job->wav, out, w->engine->lang };
    lp_buf b;
    lp_buf_init(&b, 1 << 16);
    lp_buf_str(&b, "");
    while (*word) {
        size_t i = 0;
        while (i < 3 && !lp_str_starts(word, names[i]))
            i++;
        if (i < 3) {
            lp_buf_str(&b, values[i]);
            word += strlen(names[i]);
            *has_out |= i == 1;
        } else {
            lp_buf_char(&b, *word++);
        }
    }
    const char *filled = b.failed ? NULL : lp_arena_strdup(w->arena, b.data ? b.data : "");
    lp_buf_clear(&b);
    return filled;
}

static int command_arguments(const lp_asr_work *w, const char *out, const char **argv, int *has_out)
{
    size_t n = 0;
    for (; w->engine->command[n] && n < MAX_ARGS - 1; n++)
        if (!(argv[n] = fill(w, w->engine->command[n], out, has_out)))
            return -1;
    argv[n] = NULL;
    return 0;
}

static lp_status read_out(const char *name, const char *out, lp_buf *text, lp_diag *d)
{
    lp_diag why = { 0 };
    lp_status s = lp_file_read(out, text, &why);
    if (s == LP_ERR_NO_INPUT)
        return lp_fail(d, LP_ERR_TOOL, 0, "%s did not write the file that is named by {out}", name);
    if (text->failed && (s = lp_file_remove(out, d)) == LP_OK)
        return check_flood(text, d);
    return s == LP_OK ? LP_OK : lp_fail(d, s, why.code, "%s", why.text);
}

/* Some write "english", which names no track: a tag begins with two or three letters. */
static int is_tag(const char *lang)
{
    size_t n = lang ? strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
    return (n == 2 || n == 3) && (lang[n] == '\0' || lang[n] == '-');
}

/* Runs it; what it wrote is appended to `text`. */
static lp_status run(lp_asr_work *w, lp_buf *text, lp_diag *d)
{
    const lp_asr_engine *e = w->engine;
    const char *argv[MAX_ARGS], *base = lp_path_join(w->arena, w->job->folder, "asr-out");
    const char *threads = lp_arena_printf(w->arena, "%d", e->n_threads);
    int has_out = e->kind == LP_ASR_WHISPER;
    const char *out = has_out && base ? lp_arena_printf(w->arena, "%s.json", base) : base;
    if (!out || !threads)
        return lp_fail_nomem(d);
    if (has_out)
        whisper_arguments(w, base, threads, argv);
    else if (command_arguments(w, out, argv, &has_out) != 0)
        return lp_fail_nomem(d);
    lp_status s = lp_file_remove(out, d); /* one of an earlier run must not be taken for this one's */
    if (s != LP_OK)
        return s;
    int64_t sound_us = (int64_t)w->vad.n * LP_VAD_HOP_US, limit_us = (int64_t)(e->timeout_times * (double)sound_us);
    lp_spawn spawn = { .argv = argv, .memory_bytes = e->memory_bytes, .nice = NICE, .on_line = has_out ? NULL : keep_line, .user = text,
                       .progress = w->job->progress, .timeout_us = limit_us > e->least_timeout_us ? limit_us : e->least_timeout_us };
    lp_spawn_end end;
    s = lp_spawn_run(&spawn, &end, d);
    const char *name = lp_path_base(argv[0]);
    if (s == LP_OK && end.code != 0)
        s = lp_spawn_say_failed(&end, name, w->arena, d);
    else if (s == LP_OK && has_out)
        s = read_out(name, out, text, d);
    else if (s == LP_OK && text->len == 0 && e->format != LP_ASR_SRT) /* SubRip without a caption is empty */
        s = lp_fail(d, LP_ERR_TOOL, 0, "%s wrote nothing to its standard output, which is read where the command has no {out}", name);
    lp_spawn_end_clear(&end);
    return s;
}

/* The piece that a word belongs to: whose time its middle lies in, or the nearest within a second. */
static lp_asr_piece *piece_at(lp_asr_work *w, int64_t t_us)
{
    lp_asr_piece *best = NULL;
    int64_t best_us = NEAR_US;
    for (size_t i = 0; i < w->n; i++) {
        lp_asr_piece *p = &w->pieces[i];
        int64_t away = t_us < p->chunk.start_us ? p->chunk.start_us - t_us : t_us > p->chunk.end_us ? t_us - p->chunk.end_us : 0;
        if (away < best_us) {
            best_us = away;
            best = p;
        }
        if (p->chunk.start_us > t_us)
            break;
    }
    return best;
}

/* Both words and pieces rise, so the words of a piece stand together. */
static void deal_out(lp_asr_work *w, lp_words *words)
{
    lp_asr_piece *last = NULL;
    for (size_t i = 0; i < words->n; i++) {
        lp_word *word = &words->items[i];
        lp_asr_piece *p = piece_at(w, word->start_us / 2 + word->end_us / 2);
        p = p && last && p < last ? last : p;
        if (!p || p->state != LP_ASR_PENDING) {
            w->report->n_dropped += p == NULL;
            continue;
        }
        if (!p->words)
            p->words = word;
        /* one that was left out between them leaves no hole */
        p->words[p->n++] = *word;
        last = p;
    }
}

static lp_status keep_all(lp_asr_work *w, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < w->n; i++) {
        lp_asr_piece *p = &w->pieces[i];
        lp_asr_line line = { .id = p->id, .start_us = p->chunk.start_us, .end_us = p->chunk.end_us, .lang = w->report->lang,
                             .words = p->words, .n_words = p->n, .is_complete = 1 };
        lp_buf b;
        lp_buf_init(&b, 16 << 20);
        s = lp_asr_line_write(&line, &b, d);
        if (s == LP_OK)
            s = lp_asr_journal_add(w, b.data, b.len, d);
        lp_buf_clear(&b);
        p->state = LP_ASR_DONE;
        w->done_us += p->chunk.end_us - p->chunk.start_us;
    }
    lp_progress_tell(w->job->progress, w->done_us, w->total_us);
    return s;
}

lp_status lp_asr_run_whole(lp_asr_work *w, lp_diag *d)
{
    lp_asr_report *r = w->report;
    size_t n_pending = 0;
    r->engine = lp_path_base(w->engine->program);
    r->model = w->engine->model ? lp_path_base(w->engine->model) : NULL;
    lp_status s = LP_OK;
    if (w->engine->model && lp_file_stat(w->engine->model).kind == LP_FILE_REGULAR) {
        char hex[LP_DIGEST_HEX];
        s = lp_digest_file(w->engine->model, hex, d);
        r->model_sha256 = s == LP_OK ? lp_arena_strdup(w->arena, hex) : NULL;
    }
    for (size_t i = 0; i < w->n; i++)
        n_pending += w->pieces[i].state == LP_ASR_PENDING;
    if (s != LP_OK || n_pending == 0)
        return s;
    lp_buf text;
    lp_words words = { 0 };
    const char *lang = NULL;
    lp_buf_init(&text, MAX_OUTPUT);
    s = run(w, &text, d);
    if (s == LP_OK) {
        s = lp_asr_format_read(w->engine->format, text.data ? text.data : "", text.len, w->arena, &words, &lang, d);
        s = s == LP_ERR_INPUT ? LP_ERR_TOOL : s; /* the recording is not to blame */
    }
    lp_buf_clear(&text);
    if (s != LP_OK)
        return s;
    int is_asked = !lp_str_eq(w->engine->lang, "auto");
    r->lang = is_tag(lang) ? lang : is_asked ? w->engine->lang : NULL;
    deal_out(w, &words);
    return keep_all(w, d);
}
