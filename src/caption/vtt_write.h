/* WebVTT out: https://www.w3.org/TR/webvtt1/#syntax, every player reads it. Pure. */
#ifndef LP_CAPTION_VTT_WRITE_H
#define LP_CAPTION_VTT_WRITE_H

#include "base/buf.h"
#include "session/cues.h"

/* Appends a WebVTT file with the cues (times as they are), a voice tag where the person is
 * known, and "Language: xx" in the header when lang is neither NULL
 * nor "und". Failures show in lp_buf_check(). */
/* Appended behind the header: that a person called the track reviewed; else, behind the cues, which of them a
 * person checked (caption/marks.h). Both are comments, for the next run and for who corrects it further. */
void lp_vtt_write(lp_buf *out, const lp_cue *cues, size_t n, const lp_person *people,
                  size_t n_people, const char *lang, int is_reviewed);

#endif
