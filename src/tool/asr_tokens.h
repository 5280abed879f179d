/* Text in pieces that need not be whole characters: whisper.cpp writes its tokens as they are,
 * and a token may end inside a character of Arabic or Chinese. Foreign input: any bytes. */
#ifndef LP_TOOL_ASR_TOKENS_H
#define LP_TOOL_ASR_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends JSON as programs write it to `out` as JSON is: a byte that is no UTF-8 becomes a
 * character of its own (U+10FF00 and the byte), from which lp_asr_bytes_of() makes the byte
 * again; control characters, which some leave in their strings, become blanks; numbers that are
 * none (nan, Infinity) become null; a byte order mark and orders to a terminal are left out. */
void lp_asr_json_mend(const char *text, size_t n, lp_buf *out);

/* Appends a string of mended JSON with its own bytes. */
void lp_asr_bytes_of(const char *text, lp_buf *out);

/* Whether a new word can begin between the bytes said and the next ones: a character ends
 * there, and one of the two is of a script without blanks; none begins with a sign that ends a
 * phrase. */
int lp_asr_is_seam(const char *said, size_t n, const char *next, size_t n_next);

#endif
