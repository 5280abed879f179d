/* The parts of the page, each written by its own file; page.c puts them together. Internal to
 * the page. */
#ifndef LP_PACKAGE_PAGE_PARTS_H
#define LP_PACKAGE_PAGE_PARTS_H

#include "base/arena.h"
#include "package/page.h"
#include "package/page_words.h"

typedef struct lp_page {
    const lp_page_input *in;
    const lp_page_words *w;
    const lp_page_key *keys;
    const char *lang; /* of the recording, a well-formed BCP 47 tag; NULL: not known */
    size_t n_slides;
    lp_arena *arena;
    lp_buf *out;
} lp_page;

enum { LP_PAGE_SIZE_CHARS = 32 };
/* "900 bytes", "36 KB", "1.1 MB", "2.3 GB"; 1 KB is 1000 bytes, rounded up so that no cost is
 * understated. */
void lp_page_size(int64_t bytes, char out[LP_PAGE_SIZE_CHARS]);

/* Appends one of the words with its {1}..{3} filled in; NULL for what it does not have. */
void lp_page_say(lp_page *p, const char *pattern, const char *one, const char *two,
                 const char *three);
void lp_page_lang(lp_page *p); /* ` lang="ar" dir="rtl"` of the recording */
void lp_page_track_lang(lp_page *p, const lp_track *t); /* of a track */
/* What the track's language calls itself, or that it is not known, in <bdi>. */
void lp_page_track_name(lp_page *p, const lp_track *t);

void lp_page_player(lp_page *p); /* picture, caption line, controls, media elements */
void lp_page_notice(lp_page *p); /* losses and what is to be known about the captions; nothing
                                    when all is well */
lp_status lp_page_reading(lp_page *p,
                          lp_diag *d); /* chapter list, search box, transcript. LP_ERR_NOMEM */

/* Where there are several languages: the choice between them, which works without a script too; and the style it needs,
 * which is of this page alone. Track i is "l<i>", its text stands in elements with data-l="<i>". */
void lp_page_languages(lp_page *p);
void lp_page_languages_style(const lp_page *p, lp_buf *out);

#endif
