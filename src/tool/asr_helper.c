/* Lets an engine of the contract lecpack-asr/1 hear pieces. */
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/time.h"
#include "tool/asr_work.h"
#include "tool/spawn.h"

enum { MAX_TABLE = 64 << 20, EXIT_MISSING = 69, MAX_TRIES = 2, MAX_IN_A_ROW = 3, MAX_ARGS = 20, NICE = 5 };

typedef struct listener {
    lp_asr_work *work;
    size_t n_taken;
    int is_ended;
} listener;

static lp_status on_line(void *user, const char *text, size_t n, int is_whole, lp_diag *d)
{
    listener *l = user;
    lp_asr_work *w = l->work;
    lp_asr_line line;
    if (!is_whole)
        return LP_OK; /* it was ended in the middle of it */
    lp_status s = lp_asr_line_parse(text, n, w->arena, &line, d);
    if (s != LP_OK)
        return s;
    int is_kept = 0;
    if (line.kind == LP_ASR_LINE_HELLO) {
        is_kept = !w->report->model_sha256 && !w->report->engine;
        w->report->engine = line.engine;
        w->report->model = line.model;
        w->report->model_sha256 = line.sha256;
    }
    if (line.kind == LP_ASR_LINE_CHUNK && lp_asr_take(w, &line)) {
        is_kept = 1;
        l->n_taken++;
        lp_progress_tell(w->job->progress, w->done_us, w->total_us);
    }
    l->is_ended |= line.kind == LP_ASR_LINE_END;
    if (!is_kept)
        return LP_OK;
    s = lp_asr_journal_add(w, text, n, d);
    return s == LP_OK ? lp_asr_journal_add(w, "\n", 1, d) : s;
}

static lp_status write_table(const lp_asr_work *w, const char *name, lp_buf *text, const char **path, lp_diag *d)
{
    *path = lp_path_join(w->arena, w->job->folder, name);
    lp_buf_str(text, "");
    lp_status s = *path ? lp_buf_check(text, name, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_file_write(*path, text->data, text->len, d);
    return s;
}

static void put_time(lp_buf *b, int64_t t_us)
{
    int64_t ms = (t_us + 500) / 1000;
    lp_buf_printf(b, "%lld.%03d\t", (long long)(ms / 1000), (int)(ms % 1000));
}

static lp_status write_chunks(const lp_asr_work *w, const char **path, int64_t *sound_us, lp_diag *d)
{
    lp_buf b;
    lp_buf_init(&b, MAX_TABLE);
    *sound_us = 0;
    for (size_t i = 0; i < w->n; i++) {
        const lp_asr_piece *p = &w->pieces[i];
        if (p->state != LP_ASR_PENDING)
            continue;
        lp_buf_printf(&b, "%lld\t", (long long)p->id);
        put_time(&b, p->chunk.start_us);
        put_time(&b, p->chunk.end_us);
        b.data[b.len - 1] = '\n';
        *sound_us += p->chunk.end_us - p->chunk.start_us;
    }
    lp_status s = write_table(w, "asr-chunks.tsv", &b, path, d);
    lp_buf_clear(&b);
    return s;
}

static lp_status write_terms(const lp_asr_work *w, const char **path, lp_diag *d)
{
    lp_buf b;
    lp_buf_init(&b, MAX_TABLE);
    for (size_t i = 0; i < w->job->n_terms; i++) {
        const lp_asr_term *t = &w->job->terms[i];
        if (t->start_us < 0 || t->end_us < 0 || strpbrk(t->text, "\t\r\n") || !*t->text)
            continue; /* can not be said in the table */
        put_time(&b, t->start_us);
        put_time(&b, t->end_us);
        lp_buf_printf(&b, "%s\t%.2f\n", t->text, t->boost > 0 ? (double)t->boost : 3.0);
    }
    lp_status s = write_table(w, "asr-terms.tsv", &b, path, d);
    lp_buf_clear(&b);
    return s;
}

static int64_t longest(int64_t least_us, double times, int64_t sound_us)
{
    int64_t us = (int64_t)(times * (double)sound_us);
    return us > least_us ? us : least_us;
}

/* One start of the engine. LP_OK: it did what it should; LP_ERR_TOOL, LP_ERR_INPUT: it failed, see d, perhaps after some
 * pieces; *is_missing: another try is of no use. */
static lp_status run_once(lp_asr_work *w, listener *l, int *is_missing, lp_diag *d)
{
    const lp_asr_engine *e = w->engine;
    const char *chunks = NULL, *terms = NULL;
    int64_t sound_us = 0;
    *l = (listener){ .work = w };
    lp_status s = write_chunks(w, &chunks, &sound_us, d);
    if (s == LP_OK && w->job->n_terms)
        s = write_terms(w, &terms, d);
    if (s != LP_OK)
        return s;
    lp_buf number;
    lp_buf_init(&number, 16);
    lp_buf_printf(&number, "%d", e->n_threads);
    const char *argv[MAX_ARGS] = { e->program, "--lecpack-asr", "1", "--wav", w->job->wav, "--chunks", chunks, "--lang", e->lang,
                                   "--threads", number.data ? number.data : "1" };
    size_t n = 11;
    if (terms) {
        argv[n++] = "--terms";
        argv[n++] = terms;
    }
    if (e->model) {
        argv[n++] = "--model";
        argv[n++] = e->model;
    }
    lp_spawn run = { .argv = argv, .memory_bytes = e->memory_bytes, .nice = NICE, .on_line = on_line, .user = l,
                     .progress = w->job->progress, .timeout_us = longest(e->least_timeout_us, e->timeout_times, sound_us),
                     .quiet_us = longest(e->least_timeout_us, e->timeout_times, lp_chunks_long.most_us) };
    lp_spawn_end end;
    s = lp_spawn_run(&run, &end, d);
    *is_missing = end.code == EXIT_MISSING || (s == LP_ERR_TOOL && (d->code == ENOENT || d->code == EACCES || d->code == ENOEXEC));
    if (s == LP_OK && (end.code != 0 || !l->is_ended)) {
        const char *name = lp_path_base(e->program);
        s = end.code != 0 ? lp_spawn_say_failed(&end, name, w->arena, d)
                          : lp_fail(d, LP_ERR_TOOL, 0, "%s ended before its end", name);
    }
    lp_spawn_end_clear(&end);
    lp_buf_clear(&number);
    return s;
}

static lp_asr_piece *first_pending(const lp_asr_work *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->pieces[i].state == LP_ASR_PENDING)
            return &w->pieces[i];
    return NULL;
}

static lp_status give_up(lp_asr_work *w, lp_asr_piece *p, const lp_diag *why, lp_diag *d)
{
    int64_t start = p->chunk.start_us + w->job->origin_us, end = p->chunk.end_us + w->job->origin_us;
    p->state = LP_ASR_FAILED;
    w->done_us += p->chunk.end_us - p->chunk.start_us;
    w->report->n_failed++;
    return lp_finding_add(&w->report->findings, w->arena, "asr-chunk-failed", LP_LOSS, start, end, d,
                          "the speech here was not recognised: %s", why->text);
}

lp_status lp_asr_run_helper(lp_asr_work *w, lp_diag *d)
{
    int n_in_a_row = 0;
    for (lp_asr_piece *p; (p = first_pending(w));) {
        listener l;
        lp_diag why = { 0 };
        int is_missing = 0;
        lp_status s = run_once(w, &l, &is_missing, &why);
        lp_asr_piece *next = first_pending(w);
        if (!next)
            return LP_OK; /* all is there, however it ended */
        if (s == LP_OK)
            s = lp_fail(&why, LP_ERR_TOOL, 0, "the engine left it out");
        if ((s != LP_ERR_TOOL && s != LP_ERR_INPUT) || is_missing)
            return lp_fail(d, s, why.code, "%s", why.text);
        if (l.n_taken)
            n_in_a_row = 0;
        if (++next->n_tries < MAX_TRIES)
            continue;
        if (++n_in_a_row >= MAX_IN_A_ROW)
            return lp_fail(d, LP_ERR_TOOL, why.code, "%s (and so again and again)", why.text);
        if ((s = give_up(w, next, &why, d)) != LP_OK)
            return s;
    }
    return LP_OK;
}
