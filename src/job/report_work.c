#include "job/report_sources.h"

#include <math.h>

#include "av/hash.h"
#include "base/file.h"
#include "base/str.h"
#include "job/spent.h"
#include "job/stages.h"
#include "job/workdir.h"
#include "package/manifest.h"

static double tenths(double v)
{
    return round(v * 10) / 10;
}

/* The work folder is of this package when the record of the package names this very manifest.
 */
lp_status lp_report_find_work(lp_report_sources *r, lp_diag *d)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_record record;
    json_t *o = json_object();
    char *manifest = lp_path_join(r->arena, r->dir, LP_MANIFEST_NAME);
    lp_status s = manifest ? lp_sha256_file(manifest, hex, &bytes, 0, NULL, 0, NULL, d)
                           : lp_fail_nomem(d);
    if (s == LP_OK)
        s = lp_record_read(r->work_dir, lp_stages[LP_STAGE_PACKAGE].name, &record, d);
    if (s != LP_OK) {
        json_decref(o);
        return s;
    }
    r->has_work =
        record.root && lp_str_eq(lp_json_str(record.artifact, "manifest_sha256", NULL), hex);
    lp_json_set_str(o, "folder", r->work_dir);
    lp_json_set_str(o, "state",
                    r->has_work                                      ? "used"
                    : lp_file_stat(r->work_dir).kind == LP_FILE_NONE ? "missing"
                                                                     : "of another package");
    lp_json_set_new(r->figures, "work", o);
    lp_record_clear(&record);
    return LP_OK;
}

static void add_findings(json_t *list, const char *stage, const json_t *findings)
{
    size_t i;
    json_t *f;
    json_array_foreach(findings, i, f)
    {
        json_t *o = json_object();
        lp_json_set_str(o, "stage", stage);
        lp_json_set_str(o, "code", lp_json_str(f, "code", "?"));
        lp_json_set_str(o, "severity", lp_json_str(f, "severity", "note"));
        if (lp_json_int(f, "start_us", -1) >= 0) {
            lp_json_set_seconds(o, "start", lp_json_int(f, "start_us", 0));
            lp_json_set_seconds(o, "end", lp_json_int(f, "end_us", 0));
        }
        lp_json_set_str(o, "text", lp_json_str(f, "text", ""));
        json_array_append_new(list, o);
    }
}

static void add_before(json_t *loudness, const json_t *survey)
{
    const json_t *sound = json_object_get(survey, "sound");
    if (lp_json_int(sound, "stream", -1) < 0)
        return;
    json_t *o = json_object();
    lp_json_set_new(o, "lufs", json_real(tenths(lp_json_real(sound, "loudness_lufs", -70))));
    lp_json_set_new(o, "peak_db", json_real(tenths(lp_json_real(sound, "peak_db", -120))));
    lp_json_set_new(loudness, "before", o);
}

static void add_gain(json_t *loudness, const json_t *plan)
{
    const json_t *sound = json_object_get(plan, "sound");
    if (lp_json_int(sound, "stream", -1) < 0)
        return;
    lp_json_set_new(loudness, "gain_db", json_real(tenths(lp_json_real(sound, "gain_db", 0))));
    lp_json_set_bool(loudness, "limited", lp_json_bool(sound, "has_limiter", 0));
}

static void add_lossless(json_t *figures, const json_t *stills)
{
    json_t *slides = json_object_get(figures, "slides"), *f;
    int64_t n = 0;
    size_t i;
    json_array_foreach(json_object_get(stills, "files"), i, f) n +=
        lp_str_eq(lp_json_str(f, "role", NULL), "still") && lp_json_bool(f, "is_lossless", 0);
    lp_json_set_int(slides, "lossless", n);
}

static void without_work(lp_report_sources *r)
{
    const char *why = lp_file_stat(r->work_dir).kind == LP_FILE_NONE ? "is not there"
                                                                     : "is of another package";
    lp_report_unknown(
        r,
        "The work folder %s %s: how loud the recording was, what changed its loudness, "
        "and the time of each stage. Name it with --work.",
        r->work_dir, why);
}

lp_status lp_report_work(lp_report_sources *r, json_t *loudness, lp_diag *d)
{
    json_t *findings = json_array(), *stages = json_array(), *spent = NULL;
    lp_json_set_new(r->figures, "findings", findings);
    lp_json_set_new(r->figures, "stages", stages);
    if (!r->has_work) {
        without_work(r);
        add_findings(findings, "package", json_object_get(r->raw, "findings"));
        return LP_OK;
    }
    lp_status s = lp_spent_read(r->work_dir, &spent, d);
    for (int id = 0; s == LP_OK && id < LP_STAGES; id++) {
        const char *name = lp_stages[id].name;
        lp_record record;
        s = lp_record_read(r->work_dir, name, &record, d);
        if (s != LP_OK || !record.root)
            continue;
        int64_t us = lp_spent_of(spent, name, record.key);
        json_t *o = json_object();
        lp_json_set_str(o, "stage", name);
        lp_json_set_new(o, "seconds", us < 0 ? json_null() : lp_json_seconds(us));
        json_array_append_new(stages, o);
        if (id != LP_STAGE_IMPORT && id != LP_STAGE_HEAR) /* caption has theirs too */
            add_findings(findings, name, json_object_get(record.artifact, "findings"));
        if (id == LP_STAGE_SURVEY)
            add_before(loudness, record.artifact);
        if (id == LP_STAGE_PLAN)
            add_gain(loudness, record.artifact);
        if (id == LP_STAGE_STILLS)
            add_lossless(r->figures, record.artifact);
        lp_record_clear(&record);
    }
    json_decref(spent);
    return s;
}
