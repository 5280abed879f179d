/* The table of stages: what each reads, what it needs from others, and how it is run.
 *
 * A stage turns the job's earlier results into an artifact (JSON) and files, and knows nothing
 * of fingerprints, records or progress bars: run.c does that for all of them. What a stage made
 * is always read back from its artifact before others use it, so that a run that was resumed
 * sees the same numbers as one that was not. */
#ifndef LP_JOB_STAGES_H
#define LP_JOB_STAGES_H

#include "av/hash.h"
#include "base/json.h"
#include "base/progress.h"
#include "job/edited.h"
#include "lecpack/lecpack.h"
#include "package/package.h"
#include "session/slide_text.h"
#include "tool/asr.h"

typedef enum lp_stage_id {
    LP_STAGE_INGEST,
    LP_STAGE_SURVEY,
    LP_STAGE_IMPORT,
    LP_STAGE_READ,
    LP_STAGE_HEAR,
    LP_STAGE_CAPTION,
    LP_STAGE_PLAN,
    LP_STAGE_STILLS,
    LP_STAGE_SOUND,
    LP_STAGE_VIDEO,
    LP_STAGE_PACKAGE,
    LP_STAGE_ZIP,
    LP_STAGES
} lp_stage_id;

enum { /* which options a stage reads: a set */
       LP_READS_TITLE = 1,
       LP_READS_LANG = 2,
       LP_READS_CAPTIONS = 4,
       LP_READS_SOUND_RATE = 8,
       LP_READS_VIDEO = 16,
       LP_READS_SPEECH = 32,      /* and the engine that is there */
       LP_READS_SLIDE_TEXT = 64,  /* and whether an OCR program is there */
       LP_READS_TRANSCRIPT = 128, /* and what is in it */
       LP_READS_CAPTION_STYLE = 256,
       LP_READS_EDITED = 512, /* what a person changed in the package's captions */
       LP_READS_INPUT = 1024, /* name, size and time of the input files */
       LP_READS_PAGE = 2048   /* script, style and text of the page, as this build has them */
};

/* A job: what is to be packed, and what the stages found so far. */
typedef struct lp_job {
    const char *input, *output, *work_dir;
    char *zip_path; /* OUTPUT.zip; NULL when not wanted */
    const char *stale_zip; /* a zip beside the output that was not asked for and is older than the package; or NULL */
    const lecpack_options *options;
    size_t n_threads; /* 1.. */
    lp_source *files; /* lp_ingest_files(): where the input is today */
    size_t n_files;
    lp_session session;
    lp_timeline timeline;
    lp_edited *edited; /* copies of the package's captions that a person changed, by language */
    size_t n_edited;
    lp_findings edited_findings; /* of this run, not of the package */
    lp_cues imported;   /* what came with the recording */
    lp_slide_texts slide_texts;
    lp_cues heard; /* words and who heard them; no cues yet */
    lp_cues cues;
    lp_plan plan;
    lp_media media[LP_STAGES]; /* of stills, sound and video */
    lp_package_summary summary;
    int64_t zip_bytes;
} lp_job;

typedef struct lp_stage_call {
    const char *key; /* of this stage: names the work it may go on with */
    const lp_progress *progress;
    lp_arena *arena;          /* scratch: gone after the call */
    json_t *artifact, *files; /* the result: new references; files may stay NULL */
} lp_stage_call;

typedef struct lp_stage_need {
    lp_stage_id stage;
    const char *const *without; /* keys of its artifact that are not read; NULL: all are */
} lp_stage_need;

enum { LP_STAGE_NEEDS = 8 };

typedef struct lp_stage {
    const char *name;
    int version; /* raised when the same input would give another result */
    int weight;  /* usual share of the time of a run */
    unsigned reads;
    size_t n_needs;
    lp_stage_need needs[LP_STAGE_NEEDS];
    lp_status (*run)(lp_job *j, lp_stage_call *c, lp_diag *d);
    /* Reads the artifact into the job; what it holds lives in the arena. LP_ERR_INPUT: it is
     * not sound. */
    lp_status (*load)(lp_job *j, const json_t *artifact, lp_arena *a, lp_diag *d);
    const char *(*files_base)(
        const lp_job *j, lp_arena *a); /* where a record's files are; NULL: memory is out */
    int (*is_unfinished)(const lp_job *j); /* whether what was loaded is to be made again although nothing changed; NULL: never */
} lp_stage;

extern const lp_stage lp_stages[LP_STAGES];

/* The text of one option of a set, for fingerprints; "=" before what the caller gave. */
const char *lp_stage_option_name(unsigned option);
char *lp_stage_option_text(const lp_job *j, unsigned option, lp_arena *a);

/* Layers that were planned and could not be made, or of whose source most is damaged: their ids ("slides", "sound", "video",
 * "captions") in ids[4]; how many. */
size_t lp_stage_missing_layers(const lp_job *j, const char *ids[4]);

#endif
