#include "job/run.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/str.h"
#include "base/time.h"
#include "encode/encode.h"
#include "ingest/ingest.h"
#include "job/edited.h"
#include "job/precheck.h"
#include "job/spent.h"
#include "package/manifest.h"
#include "package/player_files.h"
#include "package/publish.h"

enum { MAX_THREADS = 64 };

static void explain(lp_run *r, lp_stage_id id, const char *fmt, ...) LP_PRINTF(3, 4);

static void explain(lp_run *r, lp_stage_id id, const char *fmt, ...)
{
    char text[512];
    if (!r->job.options->want_explain)
        return;
    int n = snprintf(text, sizeof(text), "%s: ", r->table[id].name);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text + n, sizeof(text) - (size_t)n, fmt, ap);
    va_end(ap);
    lp_pace_message(&r->pace, text);
}

static lp_status add_input(lp_run *r, lp_run_stage *st, lp_diag *d)
{
    const lp_job *j = &r->job;
    size_t n = strlen(j->input);
    while (n > 1 && j->input[n - 1] == '/')
        n--;
    char *trimmed = lp_arena_strndup(&st->arena, j->input, n);
    if (!trimmed)
        return lp_fail_nomem(d);
    lp_status s =
        lp_fingerprint_add(&st->reads, &st->arena, "input name", lp_path_base(trimmed), d);
    for (size_t i = 0; s == LP_OK && i < j->n_files; i++) {
        const lp_source *f = &j->files[i];
        char *name = lp_arena_printf(&st->arena, "input file %zu", i + 1);
        char *text = lp_arena_printf(&st->arena, "%s %" PRId64 " %" PRId64, f->name, f->bytes,
                                     f->mtime_ns);
        s = name && text ? lp_fingerprint_add(&st->reads, &st->arena, name, text, d)
                         : lp_fail_nomem(d);
    }
    return s;
}

static lp_status add_options(lp_run *r, lp_stage_id id, lp_run_stage *st, lp_diag *d)
{
    lp_status s = LP_OK;
    for (unsigned bit = 1; s == LP_OK && bit < LP_READS_INPUT; bit <<= 1) {
        if (!(r->table[id].reads & bit))
            continue;
        char *name = lp_arena_printf(&st->arena, "option %s", lp_stage_option_name(bit));
        char *text = lp_stage_option_text(&r->job, bit, &st->arena);
        s = name && text ? lp_fingerprint_add(&st->reads, &st->arena, name, text, d)
                         : lp_fail_nomem(d);
    }
    return s;
}

static lp_status add_needs(lp_run *r, lp_stage_id id, lp_run_stage *st, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < r->table[id].n_needs; i++) {
        const lp_stage_need *need = &r->table[id].needs[i];
        char hex[LP_SHA256_HEX];
        char *name = lp_arena_printf(&st->arena, "result of %s", r->table[need->stage].name);
        s = lp_fingerprint_artifact(r->stages[need->stage].record.artifact, need->without, hex,
                                    d);
        if (s == LP_OK)
            s = name ? lp_fingerprint_add(&st->reads, &st->arena, name, hex, d)
                     : lp_fail_nomem(d);
    }
    return s;
}

static lp_status fingerprint(lp_run *r, lp_stage_id id, lp_diag *d)
{
    lp_run_stage *st = &r->stages[id];
    char version[24];
    snprintf(version, sizeof(version), "%d", r->table[id].version);
    st->reads = (lp_fingerprint){ 0 };
    lp_status s = lp_fingerprint_add(&st->reads, &st->arena, "stage", r->table[id].name, d);
    if (s == LP_OK)
        s = lp_fingerprint_add(&st->reads, &st->arena, "version of the stage", version, d);
    if (s == LP_OK && (r->table[id].reads & LP_READS_PAGE))
        s = lp_fingerprint_add(&st->reads, &st->arena, "the program's own page", lp_package_code, d);
    if (s == LP_OK && (r->table[id].reads & LP_READS_INPUT))
        s = add_input(r, st, d);
    if (s == LP_OK)
        s = add_options(r, id, st, d);
    if (s == LP_OK)
        s = add_needs(r, id, st, d);
    if (s == LP_OK)
        s = lp_fingerprint_add(&st->reads, &st->arena, "version of the libraries",
                               lp_encode_versions(), d);
    return s == LP_OK ? lp_fingerprint_key(&st->reads, st->key, d) : s;
}

static lp_status load(lp_run *r, lp_stage_id id, lp_diag *d)
{
    return r->table[id].load(&r->job, r->stages[id].record.artifact, &r->stages[id].arena, d);
}

static lp_status check_files(lp_run *r, lp_stage_id id, int is_deep, const char **bad,
                             lp_diag *d)
{
    lp_run_stage *st = &r->stages[id];
    const char *base = r->table[id].files_base(&r->job, &st->arena);
    lp_progress p = lp_pace_progress(&r->pace, st->pace);
    return base ? lp_record_check_files(&st->record, base, is_deep, &p, &st->arena, bad, d)
                : lp_fail_nomem(d);
}

/* Whether the stage must run; its record is read, and its result loaded when it need not. */
static lp_status decide(lp_run *r, lp_stage_id id, int *must_run, lp_diag *d)
{
    lp_run_stage *st = &r->stages[id];
    const char *bad = NULL;
    *must_run = 1;
    lp_status s = fingerprint(r, id, d);
    if (s == LP_OK)
        s = lp_record_read(r->job.work_dir, r->table[id].name, &st->record, d);
    if (s != LP_OK)
        return s;
    if (!st->record.root) {
        explain(r, id, "runs: not done yet");
        return LP_OK;
    }
    if (!lp_str_eq(st->record.key, st->key)) {
        const char *what = lp_fingerprint_changed(&st->reads, st->record.reads);
        explain(r, id, "runs: %s changed", what ? what : "the record");
        return LP_OK;
    }
    s = check_files(r, id, id == LP_STAGE_PACKAGE, &bad, d);
    if (s != LP_OK)
        return s;
    if (bad) {
        explain(r, id, "runs: %s is missing or was altered", bad);
        return LP_OK;
    }
    lp_diag unreadable = { 0 };
    s = load(r, id, &unreadable);
    if (s == LP_ERR_NOMEM)
        return lp_fail_nomem(d);
    if (s != LP_OK) {
        explain(r, id, "runs: its result can not be used: %s", unreadable.text);
        return LP_OK;
    }
    if (r->table[id].is_unfinished && r->table[id].is_unfinished(&r->job)) {
        explain(r, id, "runs: it failed the last time");
        return LP_OK;
    }
    *must_run = 0;
    explain(r, id, "up to date");
    lp_pace_finish(&r->pace, st->pace, 1);
    return LP_OK;
}

/* Runs the stage and records what it made. Two stages may be in here at the same time. */
static lp_status execute(lp_run *r, lp_stage_id id, lp_diag *d)
{
    lp_run_stage *st = &r->stages[id];
    lp_arena scratch = { 0 };
    lp_progress p = lp_pace_progress(&r->pace, st->pace);
    lp_stage_call c = { st->key, &p, &scratch, NULL, NULL };
    int64_t began_us = lp_time_monotonic_us();
    lp_record_clear(&st->record);
    lp_pace_begin(&r->pace, st->pace);
    lp_status s = lp_record_remove(r->job.work_dir, r->table[id].name, d);
    if (s == LP_OK)
        s = lp_progress_check(&p, d);
    if (s == LP_OK)
        s = r->table[id].run(&r->job, &c, d);
    if (s == LP_OK)
        s = lp_record_write(r->job.work_dir, r->table[id].name, &st->reads, c.artifact, c.files,
                            d);
    if (s == LP_OK)
        s = lp_record_read(r->job.work_dir, r->table[id].name, &st->record, d);
    if (s == LP_OK && !st->record.root)
        s = lp_fail(d, LP_ERR_IO, 0, "%s/%s.json: is not what was just written",
                    r->job.work_dir, r->table[id].name);
    if (s == LP_OK) {
        lp_diag unsound = { 0 };
        s = load(r, id, &unsound);
        if (s != LP_OK)
            s = lp_fail(d, s == LP_ERR_NOMEM ? s : LP_ERR_INTERNAL, 0,
                        "the %s stage made what it can not read: %s", r->table[id].name,
                        unsound.text);
    }
    json_decref(c.artifact);
    json_decref(c.files);
    lp_arena_clear(&scratch);
    if (s == LP_OK) {
        st->was_run = 1;
        st->wall_us = lp_time_monotonic_us() - began_us;
        lp_pace_finish(&r->pace, st->pace, 0);
    }
    return s;
}

static lp_status check_room(lp_run *r, lp_diag *d)
{
    if (r->has_room)
        return LP_OK;
    char *parent = lp_path_dir(&r->arena, r->job.output);
    lp_status s = parent ? lp_precheck_room(parent, d) : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_precheck_room(r->job.work_dir, d);
    r->has_room = s == LP_OK;
    return s;
}

typedef struct batch {
    lp_run *run;
    lp_stage_id ids[3];
    size_t n;
} batch;

static lp_status batch_work(void *user, size_t i, size_t worker, lp_diag *d)
{
    batch *b = user;
    (void)worker;
    return execute(b->run, b->ids[i], d);
}

static lp_status run_batch(batch *b, lp_diag *d)
{
    lp_status s = b->n ? check_room(b->run, d) : LP_OK;
    if (s == LP_OK)
        s = lp_parallel(b->n, b->run->job.n_threads, batch_work, b, d);
    lp_spent spent[3];
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const lp_run_stage *st = &b->run->stages[b->ids[i]];
        if (st->was_run)
            spent[n++] = (lp_spent){ b->run->table[b->ids[i]].name, st->key, st->wall_us };
    }
    lp_status kept = lp_spent_add(b->run->job.work_dir, spent, n, s == LP_OK ? d : NULL);
    return s == LP_OK ? kept : s;
}

static lp_status run_one(lp_run *r, lp_stage_id id, lp_diag *d)
{
    int must_run = 0;
    lp_status s = decide(r, id, &must_run, d);
    if (s != LP_OK || !must_run)
        return s;
    batch b = { r, { id }, 1 };
    return run_batch(&b, d);
}

/* Neither needs the other, and reading sound leaves most of a second processor idle. */
static lp_status run_stills_and_sound(lp_run *r, lp_diag *d)
{
    batch b = { .run = r };
    lp_status s = LP_OK;
    for (int id = LP_STAGE_STILLS; s == LP_OK && id <= LP_STAGE_SOUND; id++) {
        int must_run = 0;
        s = decide(r, (lp_stage_id)id, &must_run, d);
        if (s == LP_OK && must_run)
            b.ids[b.n++] = (lp_stage_id)id;
    }
    return s == LP_OK ? run_batch(&b, d) : s;
}

/* Media of an earlier run were only measured so far. Before they go into a package they are
 * read: a disk that lies, or a person who edits, costs a stage and not a wrong package. */
static lp_status run_package(lp_run *r, lp_diag *d)
{
    int must_run = 0;
    lp_status s = decide(r, LP_STAGE_PACKAGE, &must_run, d);
    if (s != LP_OK || !must_run)
        return s;
    batch b = { .run = r };
    for (int id = LP_STAGE_STILLS; s == LP_OK && id <= LP_STAGE_VIDEO; id++) {
        const char *bad = NULL;
        if (r->stages[id].was_run)
            continue;
        s = check_files(r, (lp_stage_id)id, 1, &bad, d);
        if (s == LP_OK && bad) {
            explain(r, (lp_stage_id)id, "runs: %s was altered", bad);
            b.ids[b.n++] = (lp_stage_id)id;
        }
    }
    if (s == LP_OK)
        s = run_batch(&b, d);
    if (s == LP_OK && b.n)
        s = fingerprint(r, LP_STAGE_PACKAGE, d);
    b = (batch){ r, { LP_STAGE_PACKAGE }, 1 };
    return s == LP_OK ? run_batch(&b, d) : s;
}

static lp_status run_table(lp_run *r, lp_diag *d)
{
    /* captions come before the survey: what the user named is refused before the long work */
    static const lp_stage_id first[] = { LP_STAGE_INGEST, LP_STAGE_IMPORT, LP_STAGE_SURVEY,
                                         LP_STAGE_READ,   LP_STAGE_HEAR,   LP_STAGE_CAPTION,
                                         LP_STAGE_PLAN };
    for (int id = 0; id < LP_STAGES; id++) {
        int weight = r->table[id].weight;
        if ((id == LP_STAGE_VIDEO && r->job.options->video == LECPACK_VIDEO_NONE) ||
            (id == LP_STAGE_ZIP && !r->job.zip_path))
            weight = 0;
        r->stages[id].pace = lp_pace_add(&r->pace, r->table[id].name, weight);
    }
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < sizeof(first) / sizeof(first[0]); i++) {
        s = run_one(r, first[i], d);
        r->pace.duration_us = r->job.session.duration_us;
    }
    if (s == LP_OK)
        s = run_stills_and_sound(r, d);
    if (s == LP_OK)
        s = run_one(r, LP_STAGE_VIDEO, d);
    if (s == LP_OK)
        s = run_package(r, d);
    if (s == LP_OK && r->job.zip_path)
        s = run_one(r, LP_STAGE_ZIP, d);
    return s;
}

static lp_status check_zip(const char *path, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    char head[2] = "";
    if (info.kind == LP_FILE_NONE)
        return LP_OK;
    FILE *f = info.kind == LP_FILE_REGULAR ? fopen(path, "rbe") : NULL;
    size_t n = f ? fread(head, 1, sizeof(head), f) : 0;
    if (f)
        fclose(f);
    if (n != 2 || memcmp(head, "PK", 2) != 0)
        return lp_fail(
            d, LP_ERR_CREATE, 0,
            "%s: exists and is not a zip file; move it away or choose another output", path);
    return LP_OK;
}

/* A zip of an earlier run is left alone, but whoever hands it on should know. */
static lp_status find_stale_zip(lp_run *r, lp_diag *d)
{
    lp_job *j = &r->job;
    char *zip = lp_arena_printf(&r->arena, "%s.zip", j->output);
    char *manifest = lp_path_join(&r->arena, j->output, LP_MANIFEST_NAME);
    if (!zip || !manifest)
        return lp_fail_nomem(d);
    lp_file_info z = lp_file_stat(zip), m = lp_file_stat(manifest);
    if (!j->zip_path && z.kind == LP_FILE_REGULAR && z.mtime_ns < m.mtime_ns)
        j->stale_zip = zip;
    return LP_OK;
}

/* Everything that is decided before anything is made. */
static lp_status prepare(lp_run *r, const char *output, lp_diag *d)
{
    lp_job *j = &r->job;
    const lecpack_options *o = j->options;
    size_t n = strlen(output);
    while (n > 1 && output[n - 1] == '/')
        n--;
    char *out = lp_arena_strndup(&r->arena, output, n);
    const char *name = out ? lp_path_base(out) : "";
    if (strcmp(name, ".") == 0 ||
        strcmp(name, "..") == 0) /* a folder is replaced under its own name */
        out = lp_precheck_real(&r->arena, out);
    j->output = out;
    j->work_dir = out && !o->work_dir ? lp_workdir_default(&r->arena, out) : o->work_dir;
    if (!j->output || !j->work_dir ||
        (o->want_zip && !(j->zip_path = lp_arena_printf(&r->arena, "%s.zip", out))))
        return lp_fail_nomem(d);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    j->n_threads = o->n_threads           ? (size_t)o->n_threads
                   : online < 1           ? 1
                   : online > MAX_THREADS ? MAX_THREADS
                                          : (size_t)online;
    lp_ingest_options in = { o->title, o->lang, o->captions, o->more_captions, o->n_more_captions };
    lp_status s = lp_precheck_options(o, d);
    if (s == LP_OK)
        s = lp_precheck_paths(j->input, j->output, j->work_dir, o, d);
    if (s == LP_OK)
        s = lp_ingest_files(j->input, &in, &r->arena, &j->files, &j->n_files, d);
    return s == LP_OK && j->zip_path ? check_zip(j->zip_path, d) : s;
}

/* The output's lock first: whether it may be replaced is looked at while nobody else can change
 * that. */
static lp_status take_locks(lp_run *r, lp_diag *d)
{
    lp_job *j = &r->job;
    char *parent = lp_path_dir(&r->arena, j->output);
    char *name = lp_arena_printf(&r->arena, ".%s.lock", lp_path_base(j->output));
    char *path = parent && name ? lp_path_join(&r->arena, parent, name) : NULL;
    char *work_lock = lp_path_join(&r->arena, j->work_dir, "lock");
    if (!path || !work_lock)
        return lp_fail_nomem(d);
    lp_status s = lp_file_mkdirs(parent, d);
    if (s == LP_OK)
        s = lp_lock_take(&r->output_lock, path, j->output, 1, d);
    if (s == LP_OK)
        s = lp_publish_check(j->output, d);
    if (s == LP_OK)
        s = lp_workdir_open(j->work_dir, d);
    if (s == LP_OK)
        s = lp_edited_keep(j->output, j->work_dir, &r->arena, &j->edited, &j->n_edited, &j->edited_findings, d);
    return s == LP_OK ? lp_lock_take(&r->work_lock, work_lock, j->work_dir, 0, d) : s;
}

lp_status lp_run_pack(lp_run *r, const lp_stage *table, const char *input, const char *output,
                      const lecpack_options *o, lp_diag *d)
{
    memset(r, 0, sizeof(*r));
    r->output_lock = r->work_lock = (lp_lock)LP_LOCK_NONE;
    r->table = table;
    r->job.input = input;
    r->job.options = o;
    lp_status s = prepare(r, output, d);
    if (s == LP_OK) {
        s = lp_pace_init(&r->pace, o, d);
        r->has_pace = s == LP_OK;
    }
    if (s == LP_OK)
        s = take_locks(r, d);
    if (s == LP_OK)
        s = run_table(r, d);
    if (s == LP_OK)
        s = find_stale_zip(r, d);
    if (s != LP_OK && r->work_lock.fd >= 0)
        lp_workdir_drop_unused(r->job.work_dir);
    lp_lock_release(&r->work_lock);
    lp_lock_release(&r->output_lock);
    return s;
}

lp_report lp_run_report(const lp_run *r)
{
    lp_report report = { .job = &r->job, .is_up_to_date = 1, .is_zip_alone = r->stages[LP_STAGE_ZIP].was_run };
    for (int id = 0; id < LP_STAGES; id++) {
        report.is_up_to_date &= !r->stages[id].was_run;
        report.is_zip_alone &= id == LP_STAGE_ZIP || !r->stages[id].was_run;
    }
    report.n_missing = lp_stage_missing_layers(&r->job, report.missing);
    return report;
}

void lp_run_clear(lp_run *r)
{
    lp_lock_release(&r->work_lock);
    lp_lock_release(&r->output_lock);
    for (int id = 0; id < LP_STAGES; id++) {
        lp_record_clear(&r->stages[id].record);
        lp_arena_clear(&r->stages[id].arena);
    }
    if (r->has_pace)
        lp_pace_clear(&r->pace);
    lp_arena_clear(&r->arena);
}
