/* Text of a picture, by tesseract when it is installed.
 *
 *     lp_ocr ocr; s = lp_ocr_find("fr", arena, &ocr, d);
 *     s = lp_ocr_read(&ocr, "work/slide.pgm", NULL, arena, &text, d); */
#ifndef LP_TOOL_OCR_H
#define LP_TOOL_OCR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/progress.h"

typedef struct lp_ocr {
    const char *program;
    const char *engine; /* "tesseract 5.3.0" */
    const char *langs;  /* "fra+eng": what it will read, of what is installed */
} lp_ocr;

/* `lang`: BCP 47 of the slides, NULL or "und": not known. All in the arena. LP_ERR_TOOL: it is not installed, or has not even
 * English; LP_ERR_NOMEM. */
lp_status lp_ocr_find(const char *lang, lp_arena *a, lp_ocr *out, lp_diag *d) LP_MUST_USE;

typedef struct lp_ocr_text {
    const char *text;  /* what it is sure of, a line a line, from top to bottom; "": nothing */
    const char *title; /* the heading among it, on one line; NULL: none stands out */
} lp_ocr_text;

/* Reads a picture within a minute. *out is clean UTF-8 in the arena. LP_ERR_TOOL: the program failed or took too long; LP_ERR_CANCELLED, LP_ERR_NOMEM. May be called from
 * several threads, each with an arena of its own. */
lp_status lp_ocr_read(const lp_ocr *ocr, const char *picture, const lp_progress *p, lp_arena *a, lp_ocr_text *out,
                      lp_diag *d) LP_MUST_USE;

/* One line of tesseract's TSV, for tests: see ocr.c. */
typedef struct lp_ocr_word {
    int block, paragraph, line, left_px, top_px, height_px;
    float sure; /* 0..100 */
    const char *text;
    size_t n;
} lp_ocr_word;
/* 1: a word; 0: another level, a header, or damaged. `line` lives as long as *out. */
int lp_ocr_parse(const char *line, size_t n, lp_ocr_word *out);
int lp_ocr_same_line(const lp_ocr_word *a, const lp_ocr_word *b);
/* The heading among the words of a page: the topmost of the largest lines, when these stand out from the rest; with the line
 * below it when that goes on in the same size. *out stays empty when there is none. LP_ERR_NOMEM. */
lp_status lp_ocr_title(const lp_ocr_word *words, size_t n, lp_arena *a, lp_buf *out, lp_diag *d) LP_MUST_USE;

#endif
