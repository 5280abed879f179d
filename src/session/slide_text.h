/* What stands on the slides, as an OCR program read it. Made by tool/ocr. */
#ifndef LP_SESSION_SLIDE_TEXT_H
#define LP_SESSION_SLIDE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "session/finding.h"

typedef struct lp_slide_text {
    int slide;        /* position in lp_timeline.slides; rising, each at most once */
    const char *text; /* clean UTF-8, a line of the slide a line, from top to bottom; never empty */
    const char *title; /* its heading, on one line; NULL: none was made out */
} lp_slide_text;

typedef struct lp_slide_texts {
    lp_slide_text *items;
    size_t n;
    const char *engine; /* "tesseract 5.3.0"; NULL: nothing was read */
    lp_findings findings;
} lp_slide_texts;

/* What was read on a slide; NULL where nothing was. */
const lp_slide_text *lp_slide_text_of(const lp_slide_texts *t, int slide);
/* The text of a slide; NULL where none is known. */
const char *lp_slide_words_of(const lp_slide_texts *t, int slide);
/* How many words stand in a text or a title; 0 for NULL. */
size_t lp_slide_text_count(const char *text);
/* A title that stands as a line of its own on a third of the other slides or more is no title of this one, but a name under a
 * face or the title of the whole: it is taken away. */
void lp_slide_titles_drop_common(lp_slide_texts *t);

#endif
