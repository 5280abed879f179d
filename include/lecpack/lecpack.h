/* lecpack: turns a recorded class into a small, captioned, offline package.
 *
 *     lecpack_options o; lecpack_options_init(&o);
 *     lecpack_result *r = NULL;
 *     lecpack_status s = lecpack_pack("recording.mp4", "out/week3", &o, &r);
 *     if (lecpack_exit_code(s, r) > 1) fprintf(stderr, "%s\n", lecpack_result_error(r));
 *     lecpack_result_free(&r);
 *
 * Every function may be called from any thread; two runs on one output do not disturb each other: the second gets
 * LECPACK_ERR_BUSY. Text is UTF-8. Times are microseconds. Strings in a result live as long as it. */
#ifndef LECPACK_LECPACK_H
#define LECPACK_LECPACK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "lecpack/version.h"

typedef enum lecpack_status { /* in brackets: the program's exit code (sysexits.h) */
    LECPACK_OK = 0,           /* made [0]; made, but a layer is missing, or captions break hard rules [1]: see lecpack_exit_code() */
    LECPACK_ERR_USAGE,        /* an argument or option is wrong [64] */
    LECPACK_ERR_NO_INPUT,     /* the recording is not there or can not be read [66] */
    LECPACK_ERR_INPUT,        /* the recording, or the package to verify, is damaged [65] */
    LECPACK_ERR_UNSUPPORTED,  /* no decoder for it in this build [65] */
    LECPACK_ERR_TOOL,         /* an encoder or tool is missing or failed [69] */
    LECPACK_ERR_CREATE,       /* the output can not be made there [73] */
    LECPACK_ERR_BUSY,         /* another run holds the output [73] */
    LECPACK_ERR_IO,           /* reading or writing failed [74] */
    LECPACK_ERR_FULL,         /* the disk is full; the old package stands [75] */
    LECPACK_ERR_NOMEM,        /* [75] */
    LECPACK_ERR_CANCELLED,    /* stopped on request; run again to go on [75] */
    LECPACK_ERR_INTERNAL      /* a bug in lecpack [70] */
} lecpack_status;

typedef struct lecpack_progress {
    const char *stage;         /* "ingest", "survey", "import", "read", "hear", "caption", "plan", "stills", "sound", "video", "package", "zip" */
    double fraction;           /* of the whole run, 0..1, never falling */
    int64_t done_us, total_us; /* media time within the stage; total_us 0: not known */
    double speed;              /* media seconds a second since the run began; 0: not known yet */
    double eta_s;              /* until the run ends; < 0: not known yet */
} lecpack_progress;

typedef enum lecpack_video { LECPACK_VIDEO_AV1, LECPACK_VIDEO_H264, LECPACK_VIDEO_NONE } lecpack_video;

typedef struct lecpack_options {
    const char *title;    /* NULL: from the recording */
    const char *lang;     /* BCP 47, NULL: from the recording or its captions, else "und" */
    const char *captions; /* a caption file; NULL: look beside and inside the recording */
    const char *work_dir; /* where unfinished work is kept; NULL: ".NAME.work" beside the output */
    /* Captions from speech, where none came with the recording. */
    const char *speech;         /* "auto" (NULL), "builtin", "whisper-cli", "command", "none" */
    const char *speech_model;   /* builtin: a folder, whisper-cli: a file; NULL: the user's data folder */
    const char *speech_command; /* of "command": the program and its arguments, {wav} {out} {lang} are replaced; no shell */
    const char *speech_format;  /* what it writes: "whisper-json" (NULL), "whisper.cpp-json", "vtt", "srt" */
    const char *transcript;     /* a text file with the right words and no times; NULL: none */
    const char *slide_text;     /* "auto" (NULL): read the slides' words where tesseract is installed; "none" */
    int sound_bps;        /* 6000..64000; default 12000 */
    lecpack_video video;  /* default LECPACK_VIDEO_AV1 */
    int caption_style;    /* most characters in a line of captions: 42, 37 or 32; default 0: 42 */
    int want_zip;         /* also OUT.zip; default 0 */
    int n_threads;        /* 1..64; default 0: as many as there are processors */
    int want_explain;     /* tell through on_message why each stage runs or not; default 0 */
    /* Called from worker threads, one call at a time. May be NULL. */
    void (*on_progress)(void *user, const lecpack_progress *p);
    void (*on_message)(void *user, const char *text); /* one line for people: explanations, findings */
    int (*is_cancelled)(void *user);                  /* asked often; not 0: stop soon and keep what is done */
    void *user;
    const char *const *more_captions; /* caption files beside `captions`, each in a language of its own */
    size_t n_more_captions;           /* default 0 */
} lecpack_options;

typedef struct lecpack_result lecpack_result;

const char *lecpack_version(void);
const char *lecpack_libraries(void); /* names and versions of the libav* in use, one line */
const char *lecpack_licence(void);   /* under which this build as a whole may be passed on: one or two sentences */
void lecpack_options_init(lecpack_options *o);

/* Packs `input` (a file or a folder) into the folder `output`. *result is always made (NULL only when memory is out)
 * and the caller's, for lecpack_result_free(). */
lecpack_status lecpack_pack(const char *input, const char *output, const lecpack_options *o,
                            lecpack_result **result);
/* What is there: streams, lengths claimed and found, captions, findings. Nothing is written. */
lecpack_status lecpack_inspect(const char *input, const lecpack_options *o, lecpack_result **result);
/* Every file of the package against its manifest: LECPACK_OK, or LECPACK_ERR_INPUT when a file is missing, extra, altered
 * or unsafely named. */
lecpack_status lecpack_verify(const char *package, const lecpack_options *o, lecpack_result **result);

/* Whether captions can be read: a file (WebVTT, SubRip, SBV, TTML, SSA), or all those of a package. LECPACK_OK when they
 * were looked at; lecpack_exit_code() is then 1 where a hard rule is broken, which the report tells. */
lecpack_status lecpack_lint(const char *input, const lecpack_options *o, lecpack_result **result);

/* For whoever made a package: what it weighs by layer and by minute, how long that takes to fetch, slides, loudness,
 * captions, findings and the time of each stage. It is read from the package and from its work folder (o->work_dir);
 * what only the latter knows is told as unknown without it. Writes nothing. */
lecpack_status lecpack_report(const char *package, const lecpack_options *o, lecpack_result **result);

const char *lecpack_result_error(const lecpack_result *r); /* one sentence; "" without an error */
const char *lecpack_result_json(const lecpack_result *r);  /* the report as JSON; "" when there is none */
const char *lecpack_result_text(const lecpack_result *r);  /* the report for people; "" when there is none */
const char *lecpack_result_html(const lecpack_result *r);  /* the page of lecpack_report(); "" for others */
int lecpack_result_missing_layers(const lecpack_result *r); /* how many layers could not be made */
void lecpack_result_free(lecpack_result **r);

/* The program's exit code for the outcome: 0, 1, or 64..75 as above. `r` may be NULL. */
int lecpack_exit_code(lecpack_status s, const lecpack_result *r);

#ifdef __cplusplus
}
#endif
#endif
