/* WebVTT out: https://www.w3.org/TR/webvtt1/#syntax, every player reads it. Pure. */
#ifndef LP_CAPTION_VTT_WRITE_H
#define LP_CAPTION_VTT_WRITE_H

#include "base/buf.h"
#include "session/cues.h"

/* Appends a WebVTT file with the cues (times as they are), a voice tag where the person is
 * known, and "Language: xx" in the header when lang is neither NULL
 * nor "und". Failures show in lp_buf_check(). */
void lp_vtt_write(lp_buf *out, const lp_cue *cues, size_t n, const lp_person *people,
                  size_t n_people, const char *lang);

#endif
