/* Words that stand before a colon in lectures and name nobody: "Example: ..", "Step 2: ..". */
#ifndef LP_SESSION_LABEL_WORDS_H
#define LP_SESSION_LABEL_WORDS_H

#include <stddef.h>

/* Whether s[0..n), what stands before a colon, begins with such a word, in small or capital letters. The byte at s[n] is
 * read too. */
int lp_begins_with_label(const char *s, size_t n);

#endif
