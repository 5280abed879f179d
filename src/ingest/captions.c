#include "ingest/ingest.h"

#include <string.h>

#include "av/subtitle.h"
#include "base/str.h"
#include "ingest/cue_text.h"
#include "ingest/readers.h"
#include "ingest/sidecar.h"

enum { MAX_TRACKS = 100 };

/* Cues from a stream: one without an end lasts until the next. */
struct stream_reader {
    lp_cues *cues;
    lp_arena *arena;
    size_t open_from; /* cues from here on wait for their end */
};

static void end_open_cues(struct stream_reader *r, int64_t t_us)
{
    for (; r->open_from < r->cues->n; r->open_from++) {
        lp_cue *q = &r->cues->items[r->open_from];
        if (q->end_us == q->start_us && t_us > q->start_us)
            q->end_us = t_us;
    }
}

static lp_status take_subtitle(void *user, int64_t start_us, int64_t end_us, const char *name,
                               const char *text, int is_vtt, lp_diag *d)
{
    struct stream_reader *r = user;
    if (start_us < 0)
        start_us = 0;
    end_open_cues(r, start_us);
    if (!*text) /* shows nothing; it is there to end what was before */
        return LP_OK;
    size_t first = r->cues->n;
    int64_t until_us = end_us == INT64_MIN ? start_us : end_us < 0 ? 0 : end_us;
    lp_status s = lp_cues_take(r->cues, r->arena, start_us, until_us, text, strlen(text),
                               is_vtt ? LP_MARKUP_VTT : LP_MARKUP_NONE, d);
    if (s == LP_OK && end_us != INT64_MIN)
        r->open_from = r->cues->n;
    if (s != LP_OK || !*name)
        return s;
    int person = lp_cues_person(r->cues, r->arena, name, strlen(name));
    if (person < 0)
        return lp_fail_nomem(d);
    for (; first < r->cues->n; first++)
        r->cues->items[first].person = person;
    return LP_OK;
}

static lp_status read_stream(const lp_session *s, const lp_caption_source *c, lp_arena *a,
                             const lp_progress *p, lp_cues *out, lp_diag *d)
{
    struct stream_reader r = { out, a, 0 };
    int64_t n_bad = 0;
    out->source = lp_arena_printf(a, "stream %d", c->stream);
    out->format = c->format;
    out->encoding = "utf-8"; /* libavcodec converts, or refuses */
    if (!out->source)
        return lp_fail_nomem(d);
    lp_status st = lp_av_subtitles_read(s->media.path, c->stream, s->origin_us, &s->joints, take_subtitle, &r,
                                        &n_bad, p, d);
    if (st != LP_OK)
        return st;
    out->n_read += (size_t)n_bad;
    out->n_dropped += (size_t)n_bad;
    return lp_cues_mend(out, a, d);
}

/* Passes on what earlier, unusable sources had to say. */
static lp_status keep_findings(lp_findings *to, const lp_findings *from, lp_arena *a,
                               lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < from->n; i++)
        s = lp_finding_add(to, a, from->items[i].code, from->items[i].severity,
                           from->items[i].start_us, from->items[i].end_us, d, "%s",
                           from->items[i].text);
    return s;
}

/* Why a source is of no use. Messages begin with the path; what is published names the file
 * alone. */
static lp_status say_unusable(lp_findings *to, const lp_source *file, const char *source,
                              const lp_diag *why, lp_arena *a, lp_diag *d)
{
    if (why->status == LP_OK)
        return lp_finding_add(to, a, "captions-unusable", LP_WARNING, -1, -1, d,
                              "%s: there are no captions in it", source);
    const char *text = why->text;
    if (lp_str_starts(text, "file:"))
        text += strlen("file:");
    int has_path = lp_str_starts(text, file->path);
    return lp_finding_add(to, a, "captions-unusable", LP_WARNING, -1, -1, d, "%s%s",
                          has_path ? file->name : "",
                          has_path ? text + strlen(file->path) : text);
}

/* How far a source is from the language wanted: 0 it is that one, or a person named the file; 1 one is the beginning of
 * the other (en, en-GB); 2 another kind of it (pt-BR for pt-PT); 3 it does not say; 4 another language. */
static int lang_distance(const lp_caption_source *c, const char *lang)
{
    if (c->is_named || !lang || lp_str_eq(lang, "und"))
        return 0;
    if (!c->lang || lp_str_eq(c->lang, "und"))
        return 3;
    size_t n = strcspn(lang, "-");
    if (lp_str_ieq(c->lang, lang))
        return 0;
    if (lp_lang_is_same(c->lang, lang))
        return 1;
    return strcspn(c->lang, "-") == n && strncmp(c->lang, lang, n) == 0 ? 2 : 4;
}

/* The tracks taken so far, and why the other sources were not. */
struct choice {
    const lp_session *s;
    lp_arena *a;
    const lp_progress *p;
    lp_cues *tracks;
    size_t n, cap;
    const char *unsaid; /* what captions without a language were taken for; NULL: there were none yet */
    lp_findings said; /* by sources that were of no use, and of the choice */
    lp_buf left_out;
};

static const char *label(const struct choice *ch, const lp_caption_source *c)
{
    if (c->kind == LP_CAPTION_FILE)
        return c->file.name;
    const char *s = lp_arena_printf(ch->a, "stream %d", c->stream);
    return s ? s : "stream";
}

/* The track that has the language already. Files stand beside each other where both say theirs (en, en-GB). */
static const lp_cues *track_of(const struct choice *ch, const lp_caption_source *c, const char *lang)
{
    for (size_t i = 0; lang && i < ch->n; i++) {
        const lp_cues *t = &ch->tracks[i];
        int are_told = c->kind == LP_CAPTION_FILE && c->lang && t->lang != ch->unsaid;
        if (are_told ? lp_str_ieq(t->lang, lang) : lp_lang_is_same(t->lang, lang))
            return t;
    }
    return NULL;
}

static lp_status leave_out(struct choice *ch, const lp_caption_source *c, const char *lang, const lp_cues *better,
                           lp_diag *d)
{
    if (c->is_named && better) /* as in read_source() */
        return lp_fail(d, LP_ERR_USAGE, 0, LP_SAME_LANG, c->file.path,
                       lp_str_eq(better->lang, "und") ? "a language that is not told" : better->lang, better->source);
    lp_buf_printf(&ch->left_out, "%s%s (%s)", ch->left_out.len ? ", " : "", label(ch, c),
                  better ? lp_arena_printf(ch->a, "%s has %s already", better->source,
                                           (c->lang || lang) && !lp_str_ieq(better->lang, "und") ? better->lang : "the captions")
                         : lp_arena_printf(ch->a, "there are %d languages already", MAX_TRACKS));
    return LP_OK;
}

/* The language of captions that do not say it: the one that is spoken; but where only other captions tell that one, they
 * may as well be the translation. */
static const char *unsaid_lang(const struct choice *ch)
{
    const char *spoken = ch->s->audio >= 0 && ch->s->streams ? ch->s->streams[ch->s->audio].lang : NULL;
    if (ch->unsaid)
        return ch->unsaid;
    if (!ch->n)
        return ch->s->lang ? ch->s->lang : "und";
    return spoken && !lp_str_eq(spoken, "und") ? ch->tracks[0].lang : "und";
}

static lp_status read_source(struct choice *ch, const lp_caption_source *c, lp_cues *cues,
                             lp_diag *d)
{
    lp_diag why = { 0 };
    *cues = (lp_cues){ .lang = c->lang, .origin = "platform" };
    lp_status st = lp_progress_check(ch->p, d);
    if (st != LP_OK)
        return st;
    st = c->kind == LP_CAPTION_FILE ? lp_captions_read_file(c->file.path, ch->a, cues, &why)
                                    : read_stream(ch->s, c, ch->a, ch->p, cues, &why);
    if (st == LP_ERR_NOMEM || st == LP_ERR_CANCELLED)
        return lp_fail(d, st, why.code, "%s", why.text);
    if (st == LP_OK && cues->n)
        return LP_OK;
    if (c->is_named) /* what a person asked for is done or refused, never left out */
        return why.status != LP_OK
                   ? lp_fail(d, LP_ERR_INPUT, why.code, "%s", why.text)
                   : lp_fail(d, LP_ERR_INPUT, 0,
                             "%s: there are no captions in it; name another file with --captions, or none",
                             c->file.path);
    cues->n = 0;
    st = keep_findings(&ch->said, &cues->findings, ch->a, d);
    return st == LP_OK
               ? say_unusable(&ch->said, c->kind == LP_CAPTION_FILE ? &c->file : &ch->s->media,
                              cues->source ? cues->source : label(ch, c), &why, ch->a, d)
               : st;
}

/* Reads a source, where its language is still wanted. A file may tell its language only within:
 * it is read to know; a stream without one is in the main language. */
static lp_status consider(struct choice *ch, const lp_caption_source *c, lp_diag *d)
{
    lp_cues cues;
    int is_known = c->lang && !lp_str_eq(c->lang, "und");
    const lp_cues *better = track_of(ch, c, is_known ? c->lang : NULL);
    if (!is_known && ch->n && c->kind == LP_CAPTION_STREAM)
        better = &ch->tracks[0];
    if (better || ch->n == MAX_TRACKS) {
        return leave_out(ch, c, c->lang, better || is_known ? better : &ch->tracks[0], d);
    }
    lp_status s = read_source(ch, c, &cues, d);
    if (s != LP_OK || !cues.n)
        return s;
    const char *own = cues.lang;
    if (!own)
        cues.lang = ch->unsaid = unsaid_lang(ch);
    better = track_of(ch, c, cues.lang);
    if (better) {
        return leave_out(ch, c, own, better, d);
    }
    if (lp_arena_grow(ch->a, (void **)&ch->tracks, ch->n, &ch->cap, sizeof(*ch->tracks),
                      MAX_TRACKS) != 0)
        return lp_fail_nomem(d);
    ch->tracks[ch->n++] = cues;
    return LP_OK;
}

/* Says of several sources which is used and which is not; and puts all that was said of the
 * others before what the first track says itself. */
static lp_status say_choice(struct choice *ch, lp_diag *d)
{
    lp_buf used;
    lp_buf_init(&used, 1 << 16);
    for (size_t i = 0; i < ch->n; i++)
        lp_buf_printf(&used, "%s%s (%s)", i ? ", " : "", ch->tracks[i].source,
                      lp_str_ieq(ch->tracks[i].lang, "und") ? "language not known" : ch->tracks[i].lang);
    lp_status s = used.failed == 1 || ch->left_out.failed == 1 ? lp_fail_nomem(d) : LP_OK;
    if (s == LP_OK && ch->n && (ch->n > 1 || ch->left_out.len))
        s = lp_finding_add(&ch->said, ch->a, "captions-chosen", LP_NOTE, -1, -1, d,
                           "captions used: %s%s%s", used.data,
                           ch->left_out.len ? "; left out: " : "",
                           ch->left_out.len ? ch->left_out.data : "");
    lp_buf_clear(&used);
    if (s != LP_OK || !ch->n)
        return s;
    lp_findings own = ch->tracks[0].findings;
    ch->tracks[0].findings = ch->said;
    return keep_findings(&ch->tracks[0].findings, &own, ch->a, d);
}

lp_status lp_ingest_captions(const lp_session *s, lp_arena *a, const lp_progress *p,
                             lp_cues **out, size_t *n, lp_diag *d)
{
    struct choice ch = { .s = s, .a = a, .p = p };
    lp_status st = LP_OK;
    lp_buf_init(&ch.left_out, 1 << 16);
    for (int distance = 0; distance <= 4; distance++)
        for (size_t i = 0; st == LP_OK && i < s->n_captions; i++)
            if (lang_distance(&s->captions[i], s->lang) == distance)
                st = consider(&ch, &s->captions[i], d);
    if (st == LP_OK)
        st = say_choice(&ch, d);
    lp_buf_clear(&ch.left_out);
    if (st != LP_OK)
        return st;
    if (!ch.n) {
        ch.tracks = lp_arena_alloc(a, 1, sizeof(*ch.tracks));
        if (!ch.tracks)
            return lp_fail_nomem(d);
        ch.tracks[0] = (lp_cues){ .lang = s->lang ? s->lang : "und",
                                  .origin = "none",
                                  .findings = ch.said };
    }
    *out = ch.tracks;
    *n = ch.n;
    return LP_OK;
}
