#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "tool/asr_work.h"

enum { MAX_JOURNAL = 512 << 20, MAX_KEPT = 1 << 20 };

/* One whole line of the journal. 0: fits; -1: what follows is of no use. */
static int take_line(lp_asr_work *w, const char *p, size_t n, size_t number, const char *key, size_t *cap)
{
    lp_asr_line line;
    lp_diag ignored = { 0 };
    if (lp_asr_line_parse(p, n, w->arena, &line, &ignored) != LP_OK)
        return -1;
    if (number == 0)
        return line.kind == LP_ASR_LINE_JOB && lp_str_eq(line.key, key) ? 0 : -1;
    if (line.kind == LP_ASR_LINE_HELLO) {
        w->report->engine = line.engine;
        w->report->model = line.model;
        w->report->model_sha256 = line.sha256;
    }
    if (line.kind != LP_ASR_LINE_CHUNK)
        return 0;
    if (lp_arena_grow(w->arena, (void **)&w->kept, w->n_kept, cap, sizeof(*w->kept), MAX_KEPT) != 0)
        return -1;
    w->kept[w->n_kept++] = line;
    return 0;
}

/* How many bytes at the start are whole lines of this job. */
static size_t read_kept(lp_asr_work *w, const lp_buf *text, const char *key)
{
    size_t at = 0, number = 0, cap = 0;
    while (at < text->len) {
        const char *stop = memchr(text->data + at, '\n', text->len - at);
        if (!stop || take_line(w, text->data + at, (size_t)(stop - text->data) - at, number++, key, &cap) != 0)
            break;
        at = (size_t)(stop - text->data) + 1;
    }
    return at;
}

lp_status lp_asr_journal_open(lp_asr_work *w, const char *key, lp_diag *d)
{
    lp_buf text, first;
    lp_diag ignored = { 0 };
    size_t keep = 0;
    lp_buf_init(&text, MAX_JOURNAL);
    lp_buf_init(&first, 4096);
    w->journal_path = lp_path_join(w->arena, w->job->folder, "asr.journal");
    if (!w->journal_path)
        return lp_fail_nomem(d);
    if (lp_file_read(w->journal_path, &text, &ignored) == LP_OK)
        keep = read_kept(w, &text, key);
    lp_buf_clear(&text);
    lp_status s = LP_OK;
    w->journal = open(w->journal_path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (w->journal < 0 || ftruncate(w->journal, (off_t)keep) != 0 || lseek(w->journal, 0, SEEK_END) < 0)
        s = lp_fail_errno(d, errno, w->journal_path, "open");
    if (s == LP_OK && keep == 0) {
        lp_buf_printf(&first, "{\"t\":\"job\",\"key\":\"%s\"}\n", key);
        s = lp_asr_journal_add(w, first.data, first.len, d);
    }
    lp_buf_clear(&first);
    return s;
}

lp_status lp_asr_journal_add(lp_asr_work *w, const char *lines, size_t n, lp_diag *d)
{
    lp_status s = lp_file_write_fd(w->journal, w->journal_path, lines, n, d);
    if (s == LP_OK && fsync(w->journal) != 0 && errno != EINVAL)
        s = lp_fail_errno(d, errno, w->journal_path, "fsync");
    return s;
}

void lp_asr_journal_close(lp_asr_work *w)
{
    if (w->journal >= 0)
        close(w->journal);
    w->journal = -1;
}

static int is_near(int64_t a, int64_t b)
{
    return a - b < 2000 && b - a < 2000; /* times are written in milliseconds */
}

int lp_asr_take(lp_asr_work *w, const lp_asr_line *line)
{
    for (size_t i = 0; i < w->n; i++) {
        lp_asr_piece *p = &w->pieces[i];
        if (p->id != line->id)
            continue;
        if (p->state != LP_ASR_PENDING || !is_near(p->chunk.start_us, line->start_us) || !is_near(p->chunk.end_us, line->end_us))
            return 0;
        p->words = line->words;
        p->n = line->n_words;
        p->state = LP_ASR_DONE;
        w->n_mended += line->n_mended;
        w->done_us += p->chunk.end_us - p->chunk.start_us;
        if (line->lang)
            w->report->lang = line->lang;
        return 1;
    }
    return 0;
}

void lp_asr_resume(lp_asr_work *w)
{
    for (size_t i = 0; i < w->n_kept; i++)
        w->report->n_resumed += (size_t)lp_asr_take(w, &w->kept[i]);
}
