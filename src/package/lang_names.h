/* What a language is called by those who read it. */
#ifndef LP_PACKAGE_LANG_NAMES_H
#define LP_PACKAGE_LANG_NAMES_H

enum { LP_LANG_NAME_BYTES = 96 };

/* "fr" gives "Français", "fr-CA" "Français (CA)"; a language that is not in the list gives its tag. */
void lp_lang_name(const char *lang, char out[LP_LANG_NAME_BYTES]);

#endif
