/* The caption files that can be read, in one table.
 *
 *     lp_cues c = { .lang = "fr" };
 *     lp_status s = lp_captions_read_file("lecture.sbv", &arena, &c, d); */
#ifndef LP_INGEST_READERS_H
#define LP_INGEST_READERS_H

#include "session/cues.h"

typedef struct lp_caption_reader {
    const char *format;        /* lp_cues.format: "vtt", "srt", "ttml", "ssa", "sbv", "text" */
    const char *name;          /* for people: "WebVTT" */
    const char *extensions[4]; /* with the point; NULL ends them */
    int is_by_content;         /* files of other kinds have the same extensions */
    int is_coarse;             /* its times are approximate */
    int (*is_it)(const char *text, size_t n); /* NULL: what no other reader takes */
    lp_status (*parse)(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d);
} lp_caption_reader;

/* The readers, best first: those that keep most of what was said and by whom. NULL behind the
 * last one. */
const lp_caption_reader *lp_caption_reader_at(size_t i);
/* By the extension of a file's name (case does not matter); NULL: not a caption file's. */
const lp_caption_reader *lp_caption_reader_named(const char *name);
/* By what the text is like; SubRip when it is like nothing else. */
const lp_caption_reader *lp_caption_reader_of(const char *text, size_t n);
/* The rank of a format as the table has it; behind all others when there is none such. */
size_t lp_caption_format_rank(const char *format);

/* Reads a caption file of any of these formats, told by its content; the text may be UTF-8,
 * UTF-16 or windows-1252. *out is zeroed, but its lang may be set: else the file may set it. Fills
 * source, format, encoding, cues and findings ("captions-encoding"; "captions-misread" when its
 * letters look as if the encoding were another; "captions-format" when the name promises another
 * format). LP_ERR_NO_INPUT, LP_ERR_INPUT: no captions in it that can be read; LP_ERR_NOMEM. */
lp_status lp_captions_read_file(const char *path, lp_arena *a, lp_cues *out,
                                lp_diag *d) LP_MUST_USE;

/* Whether the file's content, its first MiB, is what the reader takes; files that can not be read and
 * those too large to be captions are not. */
int lp_caption_file_is(const char *path, const lp_caption_reader *r);

/* Sets *lang to the language that the file, its first MiB, tells of itself (BCP 47, in the arena); it stays as it is
 * where none is told or the file can not be read. LP_OK or LP_ERR_NOMEM. */
lp_status lp_caption_file_lang(const char *path, lp_arena *a, const char **lang, lp_diag *d) LP_MUST_USE;

#endif
