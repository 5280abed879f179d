#include "ingest/vtt.h"

#include <string.h>

#include "base/buf.h"
#include "ingest/lang.h"
#include "ingest/markup.h"
#include "ingest/timed_words.h"
#include "ingest/turns.h"
#include "ingest/vtt_file.h"

struct importer {
    lp_cues *cues;
    lp_arena *arena;
    lp_diag *d;
    const char *text;
    size_t n_placed; /* cues that ask for a place of their own */
    lp_turns turns;
};

/* "Language: en" in the header, as YouTube writes it. What is no tag is told: a person wrote it. */
static lp_status take_header(void *user, lp_line l, lp_diag *d)
{
    struct importer *p = user;
    static const char key[] = "Language:";
    size_t skip = sizeof(key) - 1;
    if (p->cues->lang || l.n <= skip || memcmp(l.s, key, skip) != 0)
        return LP_OK;
    while (skip < l.n && l.s[skip] == ' ')
        skip++;
    lp_line said = { l.s + skip, l.n - skip };
    while (said.n && (said.s[said.n - 1] == ' ' || said.s[said.n - 1] == '\t'))
        said.n--;
    lp_status s = lp_lang_read(p->arena, said.s, said.n, &p->cues->lang, d);
    if (s != LP_OK || p->cues->lang || !said.n || (said.n == 3 && strncasecmp(said.s, "und", 3) == 0))
        return s;
    return lp_finding_add(&p->cues->findings, p->arena, "captions-language", LP_NOTE, -1, -1, d,
                          "%s: its header says \"Language: %.*s\", which is no language's tag (as en, fr, pt-BR): not used",
                          p->cues->source ? p->cues->source : "captions", (int)(said.n < 40 ? said.n : 40), said.s);
}

/* Webex puts the speaker into the name of the cue: 2 "Anna Bell (she/her)" (1262511360); "" is
 * nobody it knows. Returns the name's bytes, at *name. */
static size_t webex_speaker(const char *id, size_t n, const char **name)
{
    size_t i = 0, end;
    while (i < n && id[i] >= '0' && id[i] <= '9')
        i++;
    if (i == 0 || n - i < 6 || id[i] != ' ' || id[i + 1] != '"' || id[n - 1] != ')')
        return 0;
    for (end = n - 1; end > 0 && id[end - 1] >= '0' && id[end - 1] <= '9'; end--)
        ;
    i += 2;
    if (end == n - 1 || end < i + 3 || memcmp(id + end - 3, "\" (", 3) != 0)
        return 0;
    *name = id + i;
    return end - 3 - i;
}

/* The person whom the cue's name tells, -1 for nobody. Sets *person. */
static lp_status read_id(struct importer *p, const lp_vtt_cue *cue, int *person)
{
    const char *name = NULL;
    size_t n = webex_speaker(cue->id, cue->n_id, &name);
    *person = -1;
    if (!n)
        return LP_OK;
    lp_buf tidy;
    lp_buf_init(&tidy, 1000);
    lp_markup_tidy(&tidy, name, n);
    if (tidy.len && !tidy.failed)
        *person = lp_cues_person(p->cues, p->arena, tidy.data, tidy.len);
    int is_out = tidy.failed == 1 || (tidy.len && !tidy.failed && *person < 0);
    lp_buf_clear(&tidy);
    return is_out ? lp_fail_nomem(p->d) : LP_OK;
}

static lp_status take_cue(void *user, const lp_vtt_cue *cue, lp_diag *d)
{
    struct importer *p = user;
    size_t first = p->cues->n;
    int person = -1;
    if (!cue->has_times)
        return lp_cues_drop(p->cues, p->arena, p->text, cue->at, d);
    const lp_vtt_settings *at = &cue->settings;
    p->n_placed += at->has_line || at->region || at->vertical != LP_VTT_HORIZONTAL;
    lp_status s = read_id(p, cue, &person);
    if (s == LP_OK)
        s = lp_cues_take(p->cues, p->arena, cue->start_us, cue->end_us, cue->text, cue->n_text, LP_MARKUP_VTT, d);
    for (size_t i = first; s == LP_OK && i < p->cues->n; i++)
        if (p->cues->items[i].person < 0)
            p->cues->items[i].person = person;
    if (s != LP_OK || p->cues->n != first + 1) {
        p->turns.name = NULL;
        return s;
    }
    s = lp_cues_time_words(p->cues, p->arena, first, cue->text, cue->n_text, d);
    return s == LP_OK ? lp_turns_take(&p->turns, p->cues, p->arena, cue->id, cue->n_id, d) : s;
}

lp_status lp_vtt_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    struct importer p = { .cues = out, .arena = a, .d = d, .text = text };
    const lp_vtt_reader r = { take_header, take_cue, &p };
    const char *source = out->source ? out->source : "captions";
    out->format = "vtt";
    lp_status s = lp_vtt_file_read(text, n, a, &r, d);
    if (s == LP_ERR_INPUT)
        return lp_fail(d, s, 0, "%s: not WebVTT: it does not begin with the word WEBVTT", source);
    if (s == LP_OK && p.n_placed)
        s = lp_finding_add(&out->findings, a, "captions-placed", LP_NOTE, -1, -1, d,
                           "%s: captions that ask for a place on the picture or for vertical lines, "
                           "which is not kept: %zu",
                           source, p.n_placed);
    if (s == LP_OK && p.turns.n_joined)
        s = lp_finding_add(&out->findings, a, "captions-turns", LP_NOTE, -1, -1, d,
                           "%s: captions that were parts of a turn and were made one with the part before them: %zu", source,
                           p.turns.n_joined);
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
