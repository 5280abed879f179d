/* What other engines write, read into words. Foreign input: every parser takes any bytes. */
#ifndef LP_TOOL_ASR_FORMATS_H
#define LP_TOOL_ASR_FORMATS_H

#include "tool/asr.h"

/* Appends the words of text in the arena, by start; *lang is what the engine found out, NULL when it does not say.
 * LP_ERR_INPUT: not of the format; LP_ERR_NOMEM. */
lp_status lp_asr_format_read(lp_asr_format f, const char *text, size_t n, lp_arena *a, lp_words *out, const char **lang,
                             lp_diag *d) LP_MUST_USE;

#endif
