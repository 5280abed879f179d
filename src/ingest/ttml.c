#include "ingest/ttml.h"

#include <expat.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/cue_text.h"
#include "ingest/lang.h"
#include "ingest/ttml_mend.h"
#include "ingest/ttml_time.h"

enum {
    MAX_DEPTH = 64,
    MAX_TEXT_BYTES = 1 << 20,
    MAX_AGENTS = 1000,
    PROBE_BYTES = 8192,
    CHUNK_BYTES = 1 << 16
};

/* An element that is open. Times are absolute; end INT64_MAX: none said. */
struct element {
    int64_t begin_us, end_us, next_us; /* next_us: where the next child of a sequence begins */
    int has_time, is_sequence, keeps_space, is_text, is_hidden;
    int agent;   /* position in agents; -1: none */
    int is_own;  /* its text is a cue of its own */
    int has_own; /* something in it was one */
    lp_buf text;
};

struct agent {
    const char *id, *name; /* name NULL: not told */
};

struct reader {
    XML_Parser xml;
    lp_cues *cues;
    lp_arena *arena;
    lp_diag *d;
    lp_status status;
    lp_ttml_clock clock;
    struct element open[MAX_DEPTH];
    int depth;
    struct agent *agents;
    size_t n_agents, cap_agents;
    int in_agent, in_name; /* the agent that is being read, -1; its name is */
    lp_buf name;
    int has_root;
    size_t n_pictures;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const XML_Char **atts, const char *name)
{
    for (; *atts; atts += 2)
        if (lp_str_eq(local(*atts), name) && !lp_str_starts(*atts, "xmlns"))
            return atts[1];
    return NULL;
}

static void stop(struct reader *r, lp_status s)
{
    r->status = s;
    XML_StopParser(r->xml, XML_FALSE);
}

static int64_t int_of(const char *s, size_t n)
{
    int64_t v = 0;
    for (size_t i = 0; s && i < n && s[i] >= '0' && s[i] <= '9' && v < 1000000000; i++)
        v = v * 10 + (s[i] - '0');
    return v;
}

static int64_t int_attribute(const XML_Char **atts, const char *name)
{
    const char *s = attribute(atts, name);
    return s ? int_of(s, strlen(s)) : 0;
}

static void read_root(struct reader *r, const XML_Char **atts)
{
    const char *m = attribute(atts, "frameRateMultiplier"), *lang = attribute(atts, "lang");
    r->clock = (lp_ttml_clock){
        .frame_rate = int_attribute(atts, "frameRate"),
        .sub_frame_rate = int_attribute(atts, "subFrameRate"),
        .tick_rate = int_attribute(atts, "tickRate"),
        .is_smpte = lp_str_eq(attribute(atts, "timeBase"), "smpte"),
        .is_dropping = lp_str_starts(
            attribute(atts, "dropMode") ? attribute(atts, "dropMode") : "", "drop"),
    };
    if (m) { /* "1000 1001", in the first edition "1000:1001" */
        size_t n = strcspn(m, " :");
        r->clock.numerator = int_of(m, n);
        r->clock.denominator = m[n] ? int_of(m + n + 1, strlen(m + n + 1)) : 1;
    }
    if (lang && !r->cues->lang &&
        lp_lang_read(r->arena, lang, strlen(lang), &r->cues->lang, r->d) != LP_OK)
        stop(r, LP_ERR_NOMEM);
}

static int agent_of(const struct reader *r, const char *ids)
{
    size_t n = strcspn(ids, " ");
    for (size_t i = 0; i < r->n_agents; i++)
        if (strlen(r->agents[i].id) == n && memcmp(r->agents[i].id, ids, n) == 0)
            return (int)i;
    return -1;
}

static void add_agent(struct reader *r, const char *id)
{
    if (!id || r->n_agents == MAX_AGENTS)
        return;
    char *copy = lp_arena_strdup(r->arena, id);
    if (!copy || lp_arena_grow(r->arena, (void **)&r->agents, r->n_agents, &r->cap_agents,
                               sizeof(*r->agents), MAX_AGENTS) != 0) {
        stop(r, lp_fail_nomem(r->d));
        return;
    }
    r->in_agent = (int)r->n_agents;
    r->agents[r->n_agents++] = (struct agent){ copy, NULL };
}

/* The interval of an element within its parent (TTML 2, 12.4): begin counts from the parent's
 * begin, or from the end of the one before in a sequence; the parent's end ends it too. */
static void set_times(struct reader *r, struct element *e, struct element *parent,
                      const XML_Char **atts)
{
    const char *begin = attribute(atts, "begin"), *end = attribute(atts, "end"),
               *dur = attribute(atts, "dur");
    int64_t base = parent->is_sequence ? parent->next_us : parent->begin_us, v;
    int has_begin = begin && lp_ttml_time(&r->clock, begin, &v) == 0;
    e->begin_us = has_begin ? base + v : base;
    e->end_us = parent->end_us;
    e->has_time = parent->has_time || has_begin;
    e->is_own |= begin || end || dur;
    if (end && lp_ttml_time(&r->clock, end, &v) == 0) {
        e->has_time = 1;
        if (base + v < e->end_us)
            e->end_us = base + v;
    }
    if (dur && lp_ttml_time(&r->clock, dur, &v) == 0) {
        e->has_time = 1;
        if (e->begin_us + v < e->end_us)
            e->end_us = e->begin_us + v;
    }
    if (begin && !has_begin) /* a time that can not be read is none */
        e->has_time = 0;
    e->next_us = e->begin_us;
}

static int is_one_of(const char *name, const char *const *names)
{
    while (*names && !lp_str_eq(*names, name))
        names++;
    return *names != NULL;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **atts)
{
    /* what stands in captions and is no text */
    static const char *const hidden[] = { "head",  "metadata", "title",       "desc",
                                          "set",   "copyright", "image",      "data",
                                          "audio", "chunk",     "information", NULL };
    struct reader *r = user;
    const char *tag = local(name), *ids = attribute(atts, "agent"),
               *space = attribute(atts, "space");
    if (r->depth == MAX_DEPTH) {
        stop(r, lp_fail(r->d, LP_ERR_INPUT, 0, "%s: its elements are nested too deep",
                        r->cues->source ? r->cues->source : "captions"));
        return;
    }
    struct element top = { .end_us = INT64_MAX, .agent = -1 };
    struct element *parent = r->depth ? &r->open[r->depth - 1] : &top, *e = &r->open[r->depth++];
    *e = (struct element){ .agent = parent->agent,
                           .is_hidden = parent->is_hidden || is_one_of(tag, hidden),
                           .is_text = parent->is_text || lp_str_eq(tag, "p"),
                           .keeps_space = space ? lp_str_eq(space, "preserve")
                                                : parent->keeps_space,
                           .is_sequence = lp_str_eq(attribute(atts, "timeContainer"), "seq") };
    lp_buf_init(&e->text, MAX_TEXT_BYTES);
    r->n_pictures += attribute(atts, "backgroundImage") != NULL;
    if (r->depth == 1) {
        r->has_root = lp_str_eq(tag, "tt");
        read_root(r, atts);
    } else if (lp_str_eq(tag, "agent")) {
        add_agent(r, attribute(atts, "id"));
    } else if (lp_str_eq(tag, "name")) {
        r->in_name = r->in_agent >= 0;
    }
    if (ids && !e->is_hidden) {
        e->agent = agent_of(r, ids);
        e->is_own = 1;
    }
    set_times(r, e, parent, atts);
    e->is_own = lp_str_eq(tag, "p") || (e->is_text && e->is_own);
    if (lp_str_eq(tag, "br") && parent->is_text && !parent->is_hidden)
        lp_buf_char(&parent->text, '\n');
}

static unsigned long line_now(XML_Parser xml)
{
#ifdef LECPACK_EXPAT_COUNTS_IN_64_BITS
    return (unsigned long)XML_GetCurrentLineNumber64(xml);
#else
    return (unsigned long)XML_GetCurrentLineNumber(xml);
#endif
}

static lp_status take(struct reader *r, struct element *e)
{
    size_t first = r->cues->n;
    const struct agent *who = e->agent >= 0 ? &r->agents[e->agent] : NULL;
    if (e->text.failed == 1)
        return lp_fail_nomem(r->d);
    if (!e->text.len || strspn(e->text.data, " \t\n") == e->text.len) {
        if (!e->has_own) /* says nothing, neither itself nor within */
            return lp_cues_drop_line(r->cues, r->arena, line_now(r->xml), r->d);
        return LP_OK;
    }
    if (!e->has_time)
        return lp_cues_drop_line(r->cues, r->arena, line_now(r->xml), r->d);
    int64_t end_us = e->end_us == INT64_MAX ? e->begin_us : e->end_us; /* mended later */
    lp_status s = lp_cues_take(r->cues, r->arena, e->begin_us, end_us, e->text.data, e->text.len,
                               LP_MARKUP_NONE, r->d);
    if (s != LP_OK || !who || !who->name || first == r->cues->n)
        return s;
    r->cues->items[first].person =
        lp_cues_person(r->cues, r->arena, who->name, strlen(who->name));
    return r->cues->items[first].person < 0 ? lp_fail_nomem(r->d) : LP_OK;
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct reader *r = user;
    struct element *e = &r->open[r->depth - 1],
                   *parent = r->depth > 1 ? &r->open[r->depth - 2] : NULL;
    if (lp_str_eq(local(name), "agent")) {
        r->in_agent = -1;
    } else if (lp_str_eq(local(name), "name") && r->in_name) {
        r->in_name = 0;
        if (r->name.len && !r->agents[r->in_agent].name &&
            !(r->agents[r->in_agent].name = lp_arena_strdup(r->arena, r->name.data)))
            stop(r, lp_fail_nomem(r->d));
        lp_buf_clear(&r->name);
    }
    if (e->is_own && !e->is_hidden && r->status == LP_OK) {
        lp_status s = take(r, e);
        if (s != LP_OK)
            stop(r, s);
        if (parent)
            parent->has_own = 1;
    } else if (parent) {
        if (e->is_text && !e->is_hidden)
            lp_buf_bytes(&parent->text, e->text.data ? e->text.data : "", e->text.len);
        parent->has_own |= e->has_own;
    }
    if (parent && parent->is_sequence)
        parent->next_us = e->end_us < INT64_MAX && e->end_us > parent->next_us ? e->end_us
                                                                                 : parent->next_us;
    lp_buf_clear(&e->text);
    r->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n)
{
    struct reader *r = user;
    struct element *e = r->depth ? &r->open[r->depth - 1] : NULL;
    if (r->in_name) {
        lp_buf_bytes(&r->name, s, (size_t)n);
        return;
    }
    if (!e || !e->is_text || e->is_hidden)
        return;
    for (size_t i = 0, all = (size_t)n; i < all; i++) {
        size_t run = e->keeps_space ? all - i : lp_str_before(s + i, all - i, '\n', '\r');
        lp_buf_bytes(&e->text, s + i, run);
        i += run;
        if (i < all)
            lp_buf_char(&e->text, ' ');
    }
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_subset)
{
    struct reader *r = user;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(r, lp_fail(r->d, LP_ERR_INPUT, 0,
                    "%s: it has a DOCTYPE, which captions do not need; take that line out",
                    r->cues->source ? r->cues->source : "captions"));
}

int lp_ttml_is(const char *text, size_t n)
{
    size_t at = strspn(text, " \t\r\n"), max = n < PROBE_BYTES ? n : PROBE_BYTES;
    for (; at < max && text[at] == '<'; at += strspn(text + at, " \t\r\n")) {
        const char *s = text + at + 1;
        if (*s != '?' && *s != '!') {
            size_t len = strcspn(s, " \t\r\n/>");
            const char *colon = memchr(s, ':', len);
            size_t skip = colon ? (size_t)(colon + 1 - s) : 0;
            return len - skip == 2 && memcmp(s + skip, "tt", 2) == 0;
        }
        const char *end = lp_str_starts(s, "!--") ? strstr(s, "-->") : strchr(s, '>');
        const char *subset = lp_str_starts(s, "!DOCTYPE") ? strchr(s, '[') : NULL;
        if (subset && end && subset < end)
            end = strstr(subset, "]>");
        end = end ? strchr(end, '>') : NULL;
        if (!end)
            return 0;
        at = (size_t)(end + 1 - text);
    }
    return 0;
}

static lp_status parse(struct reader *r, const char *text, size_t n)
{
    int is_good = 1;
    for (size_t at = 0; is_good && at < n;) {
        size_t len = n - at < CHUNK_BYTES ? n - at : CHUNK_BYTES;
        is_good = XML_Parse(r->xml, text + at, (int)len, at + len == n) == XML_STATUS_OK;
        at += len;
    }
    if (r->status != LP_OK || is_good)
        return r->status;
    if (XML_GetErrorCode(r->xml) == XML_ERROR_NO_MEMORY)
        return lp_fail_nomem(r->d);
    if (r->cues->n == 0)
        return lp_fail(r->d, LP_ERR_INPUT, 0, "%s: it is damaged in line %lu (%s), before its first caption",
                       r->cues->source ? r->cues->source : "captions",
                       line_now(r->xml), XML_ErrorString(XML_GetErrorCode(r->xml)));
    return lp_finding_add(&r->cues->findings, r->arena, "captions-damaged", LP_LOSS, -1, -1, r->d,
                          "%s: it is damaged in line %lu (%s); captions behind it are lost",
                          r->cues->source ? r->cues->source : "captions",
                          line_now(r->xml),
                          XML_ErrorString(XML_GetErrorCode(r->xml)));
}

static void *take_memory(size_t n)
{
    return lp_calloc(n, 1);
}

static void *change_memory(void *p, size_t n)
{
    return lp_realloc_array(p, n, 1);
}

lp_status lp_ttml_parse(const char *text, size_t n, lp_arena *a, lp_cues *out, lp_diag *d)
{
    struct reader r = { .cues = out, .arena = a, .d = d, .in_agent = -1 };
    const char *source = out->source ? out->source : "captions";
    const XML_Memory_Handling_Suite memory = { take_memory, change_memory, lp_free };
    r.xml = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    if (!r.xml)
        return lp_fail_nomem(d);
    lp_buf_init(&r.name, MAX_TEXT_BYTES);
    XML_SetUserData(r.xml, &r);
    XML_SetElementHandler(r.xml, on_start, on_end);
    XML_SetCharacterDataHandler(r.xml, on_text);
    XML_SetStartDoctypeDeclHandler(r.xml, on_doctype);
    out->format = "ttml";
    lp_buf mended;
    lp_buf_init(&mended, 6 * n + 1);
    size_t n_mended = lp_ttml_mend(&mended, text, n);
    lp_status s = mended.failed ? lp_fail_nomem(d) : parse(&r, mended.data ? mended.data : "", mended.len);
    lp_buf_clear(&mended);
    if (s == LP_OK && n_mended)
        s = lp_finding_add(&out->findings, a, "captions-mended", LP_NOTE, -1, -1, d,
                           "%s: signs that XML writes otherwise, such as a bare &, were taken as text: %zu", source,
                           n_mended);
    while (r.depth > 0)
        lp_buf_clear(&r.open[--r.depth].text);
    lp_buf_clear(&r.name);
    XML_ParserFree(r.xml);
    if (s == LP_OK && !r.has_root)
        return lp_fail(d, LP_ERR_INPUT, 0, "%s: not timed text: it does not begin with <tt>",
                       source);
    if (s == LP_OK && out->n == 0)
        return lp_fail(d, LP_ERR_INPUT, 0,
                       r.n_pictures ? "%s: its captions are pictures, not text"
                                    : "%s: no captions in it: there is no <p> with times and text",
                       source);
    return s == LP_OK ? lp_cues_mend(out, a, d) : s;
}
