#include "ingest/ingest.h"

#include <string.h>

#include "av/subtitle.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/cue_text.h"
#include "ingest/lang.h"
#include "ingest/srt.h"
#include "ingest/vtt.h"

enum { MAX_FILE_BYTES = 64 << 20 };

typedef lp_status (*parser)(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d);

/* Parses by what the text looks like; the file's name only decides what is in doubt. */
static lp_status parse(const lp_caption_source *c, const char *text, size_t n, lp_arena *a,
                       lp_cues *out, lp_diag *d)
{
    int is_vtt = n >= 6 && memcmp(text, "WEBVTT", 6) == 0;
    parser read = is_vtt ? lp_vtt_parse : lp_srt_parse;
    lp_status s = read(text, n, a, out, d);
    if (s == LP_OK && c->format && !lp_str_eq(c->format, out->format))
        s = lp_finding_add(&out->findings, a, "captions-format", LP_NOTE, -1, -1, d,
                           "%s: not %s, as its name says; read as %s", out->source,
                           lp_str_eq(c->format, "vtt") ? "WebVTT" : "SubRip",
                           is_vtt ? "WebVTT" : "SubRip");
    return s;
}

static lp_status read_file(const lp_caption_source *c, lp_arena *a, lp_cues *out, lp_diag *d)
{
    lp_buf raw, text;
    lp_buf_init(&raw, MAX_FILE_BYTES);
    lp_buf_init(&text, 3 * (size_t)MAX_FILE_BYTES);
    out->source = c->file.name;
    lp_status s = lp_file_read(c->file.path, &raw, d);
    if (s != LP_OK)
        goto done;
    out->encoding = lp_utf8_from_bytes(&text, raw.data, raw.len);
    s = lp_buf_check(&text, c->file.path, d);
    if (s != LP_OK)
        goto done;
    if (!lp_str_eq(out->encoding, "utf-8"))
        s = lp_finding_add(&out->findings, a, "captions-encoding", LP_NOTE, -1, -1, d,
                           "%s: its text is in %s and was converted", out->source,
                           out->encoding);
    if (s == LP_OK)
        s = parse(c, text.data, text.len, a, out, d);
done:
    lp_buf_clear(&raw);
    lp_buf_clear(&text);
    return s;
}

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
                               const char *text, lp_diag *d)
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
                               LP_MARKUP_NONE, d);
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
    lp_status st = lp_av_subtitles_read(s->media.path, c->stream, s->origin_us, take_subtitle,
                                        &r, &n_bad, p, d);
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

lp_status lp_ingest_captions(const lp_session *s, lp_arena *a, const lp_progress *p,
                             lp_cues *out, lp_diag *d)
{
    lp_findings before = { 0 };
    for (size_t i = 0; i < s->n_captions; i++) {
        const lp_caption_source *c = &s->captions[i];
        lp_cues cues = { .lang = c->lang, .origin = "platform" };
        lp_diag why = { 0 };
        lp_status st = lp_progress_check(p, d);
        if (st != LP_OK)
            return st;
        st = c->kind == LP_CAPTION_FILE ? read_file(c, a, &cues, &why)
                                        : read_stream(s, c, a, p, &cues, &why);
        if (st == LP_ERR_NOMEM || st == LP_ERR_CANCELLED)
            return lp_fail(d, st, why.code, "%s", why.text);
        if (st == LP_OK && cues.n) {
            if (!cues.lang)
                cues.lang = s->lang ? s->lang : "und";
            lp_findings own = cues.findings;
            cues.findings = before;
            *out = cues;
            return keep_findings(&out->findings, &own, a, d);
        }
        st = keep_findings(&before, &cues.findings, a, d);
        if (st == LP_OK)
            st = say_unusable(&before, c->kind == LP_CAPTION_FILE ? &c->file : &s->media,
                              cues.source, &why, a, d);
        if (st != LP_OK)
            return st;
    }
    *out = (lp_cues){ .lang = s->lang ? s->lang : "und", .origin = "none", .findings = before };
    return LP_OK;
}
