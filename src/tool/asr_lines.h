/* The lines of lecpack-asr/1, read and written: of an engine that may lie, and of our own journal. */
#ifndef LP_TOOL_ASR_LINES_H
#define LP_TOOL_ASR_LINES_H

#include "base/arena.h"
#include "base/buf.h"
#include "session/words.h"

typedef enum lp_asr_line_kind { LP_ASR_LINE_OTHER, LP_ASR_LINE_HELLO, LP_ASR_LINE_CHUNK, LP_ASR_LINE_END, LP_ASR_LINE_JOB } lp_asr_line_kind;

typedef struct lp_asr_line {
    lp_asr_line_kind kind;
    const char *engine, *model, *sha256; /* hello; NULL where it does not say */
    const char *key;                     /* job: the journal's first line */
    int64_t id, start_us, end_us;        /* chunk */
    const char *lang;
    lp_word *words; /* clean, in order, within the chunk */
    size_t n_words;
    size_t n_mended; /* words whose times lay outside, or went backwards */
    int is_complete;
} lp_asr_line;

/* In the arena. Bytes that are not UTF-8 are replaced first; a word with blanks becomes several. LP_ERR_INPUT: not JSON, or not
 * of the form; an unknown "t" is kind OTHER. */
lp_status lp_asr_line_parse(const char *text, size_t n, lp_arena *a, lp_asr_line *out, lp_diag *d) LP_MUST_USE;
/* Appends a chunk's line, with a newline. */
lp_status lp_asr_line_write(const lp_asr_line *chunk, lp_buf *out, lp_diag *d) LP_MUST_USE;

/* Adds the words of a text that were said between two times, which they share by their length. For engines that give no
 * more. LP_ERR_NOMEM. */
lp_status lp_asr_spread(const char *text, size_t n, int64_t start_us, int64_t end_us, float p, lp_arena *a, lp_words *out,
                        lp_diag *d) LP_MUST_USE;

#endif
