/* Inside tool/asr: the pieces of sound that are to be heard, and the journal that keeps what was. */
#ifndef LP_TOOL_ASR_WORK_H
#define LP_TOOL_ASR_WORK_H

#include "tool/asr.h"
#include "tool/asr_lines.h"
#include "tool/vad.h"

typedef enum lp_asr_state { LP_ASR_PENDING, LP_ASR_DONE, LP_ASR_FAILED } lp_asr_state;

typedef struct lp_asr_piece {
    int64_t id;
    lp_chunk chunk;
    lp_asr_state state;
    int n_tries; /* that failed while it was the next one */
    lp_word *words;
    size_t n;
} lp_asr_piece;

enum { LP_ASR_FIRST_SMALL_ID = 1000000 }; /* pieces of a second pass count from here */

typedef struct lp_asr_work {
    const lp_asr_engine *engine;
    const lp_asr_job *job;
    lp_arena *arena;
    lp_asr_report *report;
    lp_vad vad;
    lp_asr_piece *pieces; /* of the pass that runs; by time */
    size_t n;
    int64_t done_us, total_us; /* for progress */
    int journal;               /* file descriptor; -1: none */
    const char *journal_path;
    lp_asr_line *kept; /* chunks of the journal of an earlier run */
    size_t n_kept;
    size_t n_mended;
} lp_asr_work;

/* Opens the journal: with the same key what it holds goes to work->kept, and it is gone on with; else it begins anew. A half
 * line at its end, of a run that was killed, counts for nothing. */
lp_status lp_asr_journal_open(lp_asr_work *w, const char *key, lp_diag *d) LP_MUST_USE;
/* Appends lines and waits until the disk has them. */
lp_status lp_asr_journal_add(lp_asr_work *w, const char *lines, size_t n, lp_diag *d) LP_MUST_USE;
void lp_asr_journal_close(lp_asr_work *w);

/* Marks the pieces that the journal holds as done. */
void lp_asr_resume(lp_asr_work *w);
/* Takes an engine's or the journal's chunk: a piece that was asked for and is not done yet; others are not taken. Returns whether. */
int lp_asr_take(lp_asr_work *w, const lp_asr_line *line);

/* Lets a helper hear all pending pieces: started again after it failed; a piece it fails on twice is given up, with a finding. */
lp_status lp_asr_run_helper(lp_asr_work *w, lp_diag *d) LP_MUST_USE;
/* Lets whisper-cli or a command hear the whole sound, and deals its words out to the pieces. */
lp_status lp_asr_run_whole(lp_asr_work *w, lp_diag *d) LP_MUST_USE;

#endif
