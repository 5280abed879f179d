/* Every word of the page that does not come from the recording, in one place. "{1}" stands for
 * what is filled in. */
#ifndef LP_PACKAGE_PAGE_WORDS_H
#define LP_PACKAGE_PAGE_WORDS_H

typedef struct lp_page_words {
    const char *lang; /* of these words, BCP 47 */
    const char *months[12];
    const char *date; /* {1} day, {2} month, {3} year */
    const char *skip, *player, *chapters, *transcript, *text_and_slides, *find, *notice, *files;
    const char *cost_text, *cost_slides, *cost_sound, *cost_video; /* {1} a size */
    const char *part;                                              /* {1} a number */
    const char *slide, *slide_again, *slide_alt, *slide_again_alt, *slide_text_alt, *picture,
        *picture_alt; /* {1} number, {2} time,
                         {3} earlier slide or its text */
    const char *no_captions, *captions_platform, *captions_asr, *captions_corrected, *captions_reviewed, *platform_corrected,
        *captions_approximate, *choose_language, *language_unknown, *no_sound, *no_slides;
    const char *in_language; /* {1} what it is about, {2} what is said; the language may stand in either place */
    const char *finding_at, *more_findings; /* {1} time, {2} sentence; {1} number */
    const char *back, *forward, *position, *speed, *slide_prev, *slide_next, *chapter,
        *chapter_prev, *chapter_next, *captions, *video, *follow, *size, *full, *more, *help,
        *keys_on;
    const char *file_sound, *file_video, *file_captions, *file_captions_srt, *file_transcript,
        *file_manifest;  /* {1} a size */
    const char *made_by; /* {1} the tool, {2} the source's name */
    /* What the script says, by the names under which it asks for it. */
    const char *play, *pause, *slide_of, *resumed, *sound_lost, *video_lost, *slides_lost,
        *whole, *hits, *no_hits, *of;
} lp_page_words;

extern const lp_page_words lp_page_words_en;

/* The keys of the player, for its help list; ends with NULL. */
typedef struct lp_page_key {
    const char *key, *does;
} lp_page_key;
extern const lp_page_key lp_page_keys_en[];

#endif
