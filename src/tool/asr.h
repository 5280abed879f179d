/* Speech recognition by another program. Three kinds of engine:
 *
 *   helper   speaks lecpack-asr/1 (below); the built-in one is lecpack-asr: English, with the times and the
 *            certainty of words, and with terms of the slides
 *   whisper  whisper.cpp's whisper-cli with a model file: a hundred languages
 *   command  any program, by a template of its command line and the format of what it writes
 *
 *     lp_asr_options o = { .engine = "auto", .lang = "en" };
 *     lp_asr_engine e; lp_asr_find(&o, arena, &e, d);
 *     lp_asr_job job = { .wav = "work/speech.wav", .folder = "work" };
 *     lp_words words = { 0 }; lp_asr_report r;
 *     lp_asr_transcribe(&e, &job, arena, &words, &r, d);
 *
 * The contract lecpack-asr/1: ENGINE --lecpack-asr 1 --wav A.wav --chunks C.tsv --lang en [--terms T.tsv] --threads 1
 * [--model DIR]. C.tsv has lines "id start end", T.tsv "start end term boost", with tabs, in seconds on the sound's clock. It
 * writes one JSON object a line, flushed after each:
 *     {"t":"hello","engine":..,"model":..,"sha256":..,"caps":[..]}
 *     {"t":"chunk","id":..,"start":..,"end":..,"lang":..,"words":[[start,end,p,"word"],..],"eos":true}
 *     {"t":"end"}
 * and exits with 0; 69 when it or its model is missing; 75 when another try may help; else it failed. */
#ifndef LP_TOOL_ASR_H
#define LP_TOOL_ASR_H

#include "base/progress.h"
#include "session/timeline.h"
#include "session/words.h"

typedef enum lp_asr_kind { LP_ASR_HELPER, LP_ASR_WHISPER, LP_ASR_COMMAND } lp_asr_kind;
/* What a command writes: Whisper's JSON (segments[].words[]), whisper.cpp's full JSON (transcription[].tokens[]), captions. */
typedef enum lp_asr_format { LP_ASR_WHISPER_JSON, LP_ASR_WHISPER_CPP_JSON, LP_ASR_VTT, LP_ASR_SRT } lp_asr_format;

typedef struct lp_asr_options {
    const char *engine;  /* "auto" (also NULL), "builtin", "whisper-cli", "command" */
    const char *lang;    /* BCP 47; NULL or "und": not known */
    const char *model;   /* builtin: a folder; whisper-cli: a file; NULL: $XDG_DATA_HOME/lecpack/asr, and the first ggml-*.bin there */
    const char *program; /* path of the helper or of whisper-cli; NULL: beside our own program, else on PATH */
    const char *command; /* of "command": words split at blanks, '..' and ".." keep them; {wav} {out} {lang} are replaced. No shell. */
    const char *format;  /* of "command": "whisper-json" (NULL), "whisper.cpp-json", "vtt", "srt"; read from {out}, else from its output */
    int n_threads;       /* 0: 1 */
} lp_asr_options;

typedef struct lp_asr_engine {
    lp_asr_kind kind;
    lp_asr_format format;
    const char *program, *model; /* model may be NULL */
    const char *const *command;  /* kind COMMAND: its words, ends with NULL */
    const char *lang;            /* what it will be told: "en", "auto" .. */
    int is_lang_assumed;         /* nobody said the language, and it can hear only this one */
    int n_threads;
    int64_t memory_bytes;     /* address space it may have; 0: no limit */
    int64_t least_timeout_us; /* it may take that long in any case, 60 s .. */
    double timeout_times;     /* .. or so many times the length of what it hears, 3 */
} lp_asr_engine;

/* Chooses. "auto": the built-in one for English or for a language not known, if its model is there; else whisper-cli with a
 * model; (for a language not known whisper-cli comes first, since it finds out). Everything lives in the arena.
 * LP_ERR_TOOL: there is none that can do it (d says what to install); LP_ERR_USAGE: an option's value is wrong. */
lp_status lp_asr_find(const lp_asr_options *o, lp_arena *a, lp_asr_engine *e, lp_diag *d) LP_MUST_USE;

/* What the engine is today, as text in the arena: where its program, its model and the files that its command names lie, their
 * sizes and their times. Another text: it may hear other words. NULL: memory is out. */
const char *lp_asr_engine_text(const lp_asr_engine *e, lp_arena *a);

typedef struct lp_asr_term { /* a word or a few that are on the screen, with case */
    int64_t start_us, end_us; /* on the sound's clock */
    const char *text;
    float boost; /* 0: the usual, 3 */
} lp_asr_term;

typedef struct lp_asr_job {
    const char *wav;    /* 16 bit PCM, one channel, 16000 Hz */
    int64_t origin_us;  /* where on the session clock the sound begins: added to the times of words, spans and findings */
    const lp_asr_term *terms;
    size_t n_terms;
    const char *folder; /* exists; gets asr.journal and tables. With the same sound, engine and terms a later call goes on
                           from the journal: every chunk is kept (fsync) as it comes. What does not fit begins anew. */
    const lp_progress *progress; /* may be NULL */
} lp_asr_job;

typedef struct lp_asr_report {
    const char *engine, *model;  /* as the engine names them; model may be NULL */
    const char *model_sha256;    /* may be NULL */
    const char *lang;
    double mean_p;               /* of all words; -1 where the engine does not say */
    size_t n_chunks, n_resumed;  /* n_resumed came from the journal */
    size_t n_resplit;            /* chunks that were heard again in pieces, for they gave too few words */
    size_t n_chosen;             /* of these, those whose pieces gave enough more */
    size_t n_failed;             /* chunks the engine failed on twice: each is a finding */
    size_t n_dropped;            /* words that a guard took away */
    int64_t voice_us;
    lp_span *unheard;            /* a voice seems to be there, and no word came */
    size_t n_unheard;
    lp_findings findings;        /* codes asr-chunk-failed, asr-times, asr-loop, asr-made-up, asr-not-recognised */
} lp_asr_report;

/* Hears the whole of it. Words, report and what they point to live in the arena. LP_OK also when single chunks failed, and when
 * nobody speaks (no words; the engine is not even started then). LP_ERR_TOOL: missing, or it fails on and on;
 * LP_ERR_NO_INPUT, LP_ERR_INPUT: the sound; LP_ERR_CANCELLED, LP_ERR_IO, LP_ERR_FULL, LP_ERR_NOMEM. */
lp_status lp_asr_transcribe(const lp_asr_engine *e, const lp_asr_job *job, lp_arena *a, lp_words *words, lp_asr_report *r,
                            lp_diag *d) LP_MUST_USE;

#endif
