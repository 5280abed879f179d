/* The review page: the captions that may be wrong, each with a button that plays it and a box to
 * correct it in, so that an hour takes a teacher ten minutes. For the teacher: the learner's page
 * does not name it. */
#ifndef LP_PACKAGE_REVIEW_PAGE_H
#define LP_PACKAGE_REVIEW_PAGE_H

#include "package/page.h"

#define LP_REVIEW_PAGE_NAME "captions.review.html"

/* Appends the page, for the main track of `in`, which has one; *n is how many captions it lists, with 0 nothing was appended. `lang` is of the
 * captions. LP_ERR_NOMEM, LP_ERR_INPUT (over out->max). */
lp_status lp_review_page_write(const lp_page_input *in, const char *lang, lp_buf *out, size_t *n, lp_diag *d) LP_MUST_USE;

#endif
