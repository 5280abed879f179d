/* Imported captions that can not be read, made into ones that can. Pure. */
#ifndef LP_CAPTION_RESPLIT_H
#define LP_CAPTION_RESPLIT_H

#include "caption/layout.h"

/* Of the cues, which are in order, takes each that is no caption (more than two lines, a line
 * longer than the style allows, longer than 7 s) and lays its text out anew, as
 * lp_cues_layout() does; the others stay as their author made them, but
 * that one which is too short or too fast shows on into the gap behind it. Word times are those
 * of its words where it has any and they say the same; else the cue's time is shared out by
 * length of text, with rests at punctuation, and a cue that is too fast takes what it needs of
 * the gap behind it. A long cue with hardly any text ("[music]" for 25 s) is not cut: it ends
 * after 7 s. Speakers stay, and no word is lost; their order stays too, but where cues overlap
 * their parts are sorted by time. *n_split (may be NULL) is how many cues were made anew; when
 * there are any, a finding "captions-resplit" says so. LP_OK or LP_ERR_NOMEM; *c is unchanged
 * then. */
lp_status lp_cues_resplit(lp_cues *c, const lp_layout_options *o, lp_arena *a, size_t *n_split,
                          lp_diag *d) LP_MUST_USE;

#endif
