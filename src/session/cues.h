/* Captions: what is said when, and by whom. Made by caption/ from what ingest/ read. */
#ifndef LP_SESSION_CUES_H
#define LP_SESSION_CUES_H

#include <stddef.h>
#include <stdint.h>

#include "session/timeline.h"
#include "session/words.h"

typedef struct lp_cue {
    int64_t start_us, end_us; /* start < end; on the session clock until plan/ maps it */
    const char *text;         /* clean UTF-8, lines split by \n, no tags, never empty */
    int person;               /* position in people[]; -1: not known */
    size_t first_word, n_words; /* its words in lp_cues.words; n_words 0: their times are not known */
    size_t is_checked;          /* 1: a person corrected it, or said that it is right */
} lp_cue;

typedef struct lp_person {
    const char *name;
} lp_person;

typedef struct lp_cues {
    lp_cue *items; /* by start, then by end */
    size_t n, cap;
    lp_person *people;
    size_t n_people, cap_people;
    const char *lang;     /* BCP 47; "und" */
    const char *source_lang; /* what it was taken to be in before a person said that it is in lang; NULL: nobody did */
    const char *origin;   /* "platform", "asr" or "human"; "none" when there are no cues */
    const char *source;   /* file name or "stream 3"; NULL when there are none */
    const char *format;   /* "vtt", "srt", .. */
    const char *encoding; /* what its text was in: "utf-8", "windows-1252", .. */
    size_t n_read;        /* cues in the source, before merging and cleaning */
    size_t n_dropped;     /* cues that had no text or no usable time; each is a finding */
    lp_findings findings;
    lp_words words; /* what the cues were made of, where its times are known; session clock */
    /* Of a track that an engine heard; NULL and 0 for others. */
    const char *engine, *model, *model_sha256;
    int is_reviewed;    /* a person says that all of it is right */
    size_t is_edited;   /* 1: a person corrected some of it */
    int is_approximate; /* its times are coarse */
    lp_span *unheard;   /* where a voice seems to be and no word came; rising */
    size_t n_unheard;
    /* The same class in other languages, best first; none of them has others, words or unheard of its own. */
    struct lp_cues *others;
    size_t n_others;
    /* While a file is read: where the first of the dropped ones stood ("line 7, 0:12", NULL); how many cues lie before
     * the recording, which are dropped too, and how many began there. */
    const char *dropped_at;
    size_t n_early, n_cut;
} lp_cues;

/* Adds a cue (text is copied into the arena). Returns LP_OK or LP_ERR_NOMEM. */
lp_status lp_cues_add(lp_cues *c, lp_arena *a, int64_t start_us, int64_t end_us, const char *text,
                      int person, lp_diag *d) LP_MUST_USE;
/* The position of the person with that name, added when new; -1 when memory is out. */
int lp_cues_person(lp_cues *c, lp_arena *a, const char *name, size_t n);
/* Makes one whole of a track and its others: who is called the same is the same person, so that all have the people of
 * *c; and what the others had to say of themselves is among the findings of *c. A second time changes nothing.
 * LP_ERR_NOMEM. */
lp_status lp_cues_join(lp_cues *c, lp_arena *a, lp_diag *d) LP_MUST_USE;

/* Whether two tags (BCP 47) mean one language here: one is the beginning of the other, in small or capital letters.
 * en and en-GB do, en-US and en-GB do not. */
int lp_lang_is_same(const char *a, const char *b);

void lp_cues_sort(lp_cues *c); /* by start, then by end; cues of equal times keep their order */

#endif
