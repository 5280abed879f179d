/* Which way a language is written. */
#ifndef LP_PACKAGE_DIRECTION_H
#define LP_PACKAGE_DIRECTION_H

/* Whether the BCP 47 tag is of a language usually written from right to left ("ar", "he",
 * "fa-IR") or names such a script ("pa-Arab"); NULL is not. */
int lp_lang_is_rtl(const char *lang);

#endif
