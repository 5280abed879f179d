#include "job/stages.h"

#include "base/file.h"
#include "base/str.h"
#include "job/stage_calls.h"
#include "tool/spawn.h"

/* What is left out of an artifact before a stage's fingerprint looks at it. Leaving out is the
 * safe way round: a key that is new in the artifact counts until somebody has made sure that
 * the stage does not read it. */
static const char *const words[] = { "title", "lang",     "recorded", "captions",
                                     "marks", "findings", NULL };
static const char *const findings[] = { "findings", NULL };
static const char *const not_others[] = { "others", "findings", NULL };
static const char *const not_captions[] = { "title", "recorded", "marks", "findings", NULL };
static const char *const not_titles[] = { "title", "recorded", "captions", "marks", "findings", NULL };
static const char *const not_pictures[] = { "sound", "motion", "cuts", "findings", NULL };
static const char *const not_stills[] = { "cues",  "others",    "chapters", "sound",
                                          "video", "key_times", "findings", NULL };
static const char *const not_sound[] = { "cues",     "others",    "chapters", "slides",   "width_px",
                                         "height_px", "video",     "key_times", "findings", NULL };
static const char *const not_video[] = { "cues", "others", "chapters", "sound", "findings", NULL };

static int is_hearing_unfinished(const lp_job *j);

#define SHAPES (LP_READS_SOUND_RATE | LP_READS_VIDEO)

/* One row a stage, each with the same fields in the same order. */
/* clang-format off */
const lp_stage lp_stages[LP_STAGES] = {
    [LP_STAGE_INGEST] = { .name = "ingest", .version = 3, .weight = 3,
        .reads = LP_READS_INPUT | LP_READS_TITLE | LP_READS_LANG | LP_READS_CAPTIONS,
        .run = lp_ingest_run, .load = lp_ingest_load, .files_base = lp_files_in_work },
    [LP_STAGE_SURVEY] = { .name = "survey", .version = 7, .weight = 40,
        .n_needs = 1, .needs = { { LP_STAGE_INGEST, words } },
        .run = lp_survey_run, .load = lp_survey_load, .files_base = lp_files_in_work },
    [LP_STAGE_IMPORT] = { .name = "import", .version = 5, .weight = 1,
        .n_needs = 1, .needs = { { LP_STAGE_INGEST, not_captions } },
        .run = lp_import_run, .load = lp_import_load, .files_base = lp_files_in_work },
    [LP_STAGE_READ] = { .name = "read", .version = 3, .weight = 30,
        .reads = LP_READS_SLIDE_TEXT,
        .n_needs = 2, .needs = { { LP_STAGE_INGEST, not_titles }, { LP_STAGE_SURVEY, not_pictures } },
        .run = lp_read_run, .load = lp_read_load, .files_base = lp_files_in_work },
    [LP_STAGE_HEAR] = { .name = "hear", .version = 3, .weight = 120,
        .reads = LP_READS_SPEECH | LP_READS_TRANSCRIPT,
        .n_needs = 4, .needs = { { LP_STAGE_INGEST, not_titles }, { LP_STAGE_SURVEY, findings },
                                  { LP_STAGE_IMPORT, not_others }, { LP_STAGE_READ, findings } },
        .run = lp_hear_run, .load = lp_hear_load, .files_base = lp_files_in_work, .is_unfinished = is_hearing_unfinished },
    [LP_STAGE_CAPTION] = { .name = "caption", .version = 5, .weight = 1,
        .reads = LP_READS_TRANSCRIPT | LP_READS_CAPTION_STYLE | LP_READS_EDITED,
        .n_needs = 4, .needs = { { LP_STAGE_INGEST, not_titles }, { LP_STAGE_IMPORT, NULL },
                                  { LP_STAGE_READ, findings }, { LP_STAGE_HEAR, NULL } },
        .run = lp_caption_run, .load = lp_caption_load, .files_base = lp_files_in_work },
    [LP_STAGE_PLAN] = { .name = "plan", .version = 8, .weight = 1,
        .reads = SHAPES,
        .n_needs = 4, .needs = { { LP_STAGE_INGEST, findings }, { LP_STAGE_SURVEY, findings },
                                  { LP_STAGE_READ, findings }, { LP_STAGE_CAPTION, findings } },
        .run = lp_plan_run, .load = lp_plan_load, .files_base = lp_files_in_work },
    [LP_STAGE_STILLS] = { .name = "stills", .version = 5, .weight = 15,
        .n_needs = 2, .needs = { { LP_STAGE_INGEST, words }, { LP_STAGE_PLAN, not_stills } },
        .run = lp_stills_run, .load = lp_stills_load, .files_base = lp_files_in_work },
    [LP_STAGE_SOUND] = { .name = "sound", .version = 3, .weight = 15,
        .n_needs = 2, .needs = { { LP_STAGE_INGEST, words }, { LP_STAGE_PLAN, not_sound } },
        .run = lp_sound_run, .load = lp_sound_load, .files_base = lp_files_in_work },
    [LP_STAGE_VIDEO] = { .name = "video", .version = 4, .weight = 300,
        .n_needs = 2, .needs = { { LP_STAGE_INGEST, words }, { LP_STAGE_PLAN, not_video } },
        .run = lp_video_run, .load = lp_video_load, .files_base = lp_files_in_work },
    [LP_STAGE_PACKAGE] = { .name = "package", .version = 5, .weight = 2,
        .reads = SHAPES | LP_READS_PAGE,
        .n_needs = 8, .needs = { { LP_STAGE_INGEST, NULL }, { LP_STAGE_SURVEY, NULL },
                                  { LP_STAGE_READ, NULL }, { LP_STAGE_CAPTION, NULL }, { LP_STAGE_PLAN, NULL },
                                  { LP_STAGE_STILLS, NULL }, { LP_STAGE_SOUND, NULL },
                                  { LP_STAGE_VIDEO, NULL } },
        .run = lp_package_run, .load = lp_package_load, .files_base = lp_files_in_output },
    [LP_STAGE_ZIP] = { .name = "zip", .version = 1, .weight = 1,
        .n_needs = 1, .needs = { { LP_STAGE_PACKAGE, NULL } },
        .run = lp_zip_run, .load = lp_zip_load, .files_base = lp_files_beside_output },
};
/* clang-format on */

const char *lp_files_in_work(const lp_job *j, lp_arena *a)
{
    (void)a;
    return j->work_dir;
}

const char *lp_files_in_output(const lp_job *j, lp_arena *a)
{
    (void)a;
    return j->output;
}

const char *lp_files_beside_output(const lp_job *j, lp_arena *a)
{
    return lp_path_dir(a, j->output);
}

const char *lp_stage_option_name(unsigned option)
{
    switch (option) {
    case LP_READS_TITLE:
        return "title";
    case LP_READS_LANG:
        return "lang";
    case LP_READS_CAPTIONS:
        return "captions";
    case LP_READS_SOUND_RATE:
        return "sound-rate";
    case LP_READS_SPEECH:
        return "speech";
    case LP_READS_SLIDE_TEXT:
        return "slide-text";
    case LP_READS_TRANSCRIPT:
        return "transcript";
    case LP_READS_CAPTION_STYLE:
        return "caption-style";
    case LP_READS_EDITED:
        return "edited captions";
    default:
        return "video";
    }
}

static char *given(lp_arena *a, const char *text)
{
    return text ? lp_arena_printf(a, "=%s", text) : lp_arena_strdup(a, "auto");
}

static int has_finding(const lp_findings *f, const char *code)
{
    for (size_t i = 0; i < f->n; i++)
        if (lp_str_eq(f->items[i].code, code))
            return 1;
    return 0;
}

/* Which engine would hear: with another one, or the first one at last, the words are others. */
static char *engine_text(const lp_job *j, lp_arena *a)
{
    lp_asr_options o = lp_hear_options(j);
    lp_asr_engine e;
    lp_diag none = { 0 };
    if (lp_str_eq(o.engine, "none"))
        return lp_arena_strdup(a, "none");
    if (lp_asr_find(&o, a, &e, &none) != LP_OK)
        return none.status == LP_ERR_NOMEM ? NULL : lp_arena_strdup(a, "no engine");
    const char *text = lp_asr_engine_text(&e, a);
    return text ? lp_arena_printf(a, "%s %s", text, given(a, o.format)) : NULL;
}

/* Speech that an engine failed on, all of it or parts: the next run tries again. Where there was no engine there is nothing to
 * try; one that comes is another text. */
static int is_hearing_unfinished(const lp_job *j)
{
    lp_asr_options o = lp_hear_options(j);
    lp_arena a = { 0 };
    lp_asr_engine e;
    lp_diag none = { 0 };
    int has_failed = has_finding(&j->heard.findings, "captions-missing") || has_finding(&j->heard.findings, "asr-chunk-failed");
    int is_there = has_failed && lp_asr_find(&o, &a, &e, &none) == LP_OK;
    lp_arena_clear(&a);
    return is_there;
}

/* What a file holds; it is small. */
static char *content_text(const char *path, lp_arena *a)
{
    char hex[LP_SHA256_HEX];
    int64_t bytes = 0;
    lp_diag none = { 0 };
    if (!path)
        return lp_arena_strdup(a, "none");
    if (lp_sha256_file(path, hex, &bytes, 0, NULL, 0, NULL, &none) != LP_OK)
        return none.status == LP_ERR_NOMEM ? NULL : lp_arena_strdup(a, "not readable");
    return lp_arena_strdup(a, hex);
}

static char *edited_text(const lp_job *j, lp_arena *a)
{
    char *all = lp_arena_strdup(a, j->n_edited ? "" : "none");
    for (size_t i = 0; all && i < j->n_edited; i++) {
        char *hex = content_text(j->edited[i].path, a);
        all = hex ? lp_arena_printf(a, "%s%s%s.%s=%s", all, i ? " " : "", j->edited[i].recording, j->edited[i].lang, hex) : NULL;
    }
    return all;
}

char *lp_stage_option_text(const lp_job *j, unsigned option, lp_arena *a)
{
    const lecpack_options *o = j->options;
    switch (option) {
    case LP_READS_TITLE:
        return given(a, o->title);
    case LP_READS_LANG:
        return given(a, o->lang);
    case LP_READS_CAPTIONS:
        return lp_arena_strdup(a, o->captions || o->n_more_captions ? "given" : "auto"); /* which: an input file */
    case LP_READS_SOUND_RATE:
        return lp_arena_printf(a, "%d", o->sound_bps);
    case LP_READS_SPEECH:
        return engine_text(j, a);
    case LP_READS_SLIDE_TEXT:
        return lp_str_eq(o->slide_text, "none") ? lp_arena_strdup(a, "none") : given(a, lp_spawn_find("tesseract", a));
    case LP_READS_TRANSCRIPT:
        return content_text(o->transcript, a);
    case LP_READS_CAPTION_STYLE:
        return lp_arena_printf(a, "%d", o->caption_style ? o->caption_style : 42);
    case LP_READS_EDITED:
        return edited_text(j, a);
    default:
        return lp_arena_strdup(a, o->video == LECPACK_VIDEO_AV1    ? "av1"
                                  : o->video == LECPACK_VIDEO_H264 ? "h264"
                                                                   : "none");
    }
}

size_t lp_stage_missing_layers(const lp_job *j, const char *ids[4])
{
    size_t n = 0;
    if ((j->plan.n_slides && !j->media[LP_STAGE_STILLS].n_slides) ||
        has_finding(&j->timeline.findings, "picture-not-decoded") ||
        has_finding(&j->timeline.findings, "picture-mostly-damaged"))
        ids[n++] = "slides";
    if ((j->plan.sound.stream >= 0 && j->media[LP_STAGE_SOUND].sound < 0) ||
        (j->timeline.sound.stream < 0 && has_finding(&j->timeline.findings, "sound-not-decoded")) ||
        has_finding(&j->timeline.findings, "sound-mostly-damaged"))
        ids[n++] = "sound";
    if (j->plan.video.codec != LP_VIDEO_NONE && j->media[LP_STAGE_VIDEO].video < 0)
        ids[n++] = "video";
    if (!j->cues.n && has_finding(&j->cues.findings, "captions-missing"))
        ids[n++] = "captions";
    return n;
}
