#include "tool/asr.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/time.h"
#include "base/wav.h"
#include "tool/asr_work.h"
#include "tool/guard.h"

enum { BLOCK = 1 << 16, LEAST_UNHEARD_US = 2000000, MAX_WORDS = 1 << 24, MAX_SPANS = 1 << 20, LEAST_CHUNKS = 4, BUDGET = 20 };
/* A lecturer says 2 to 3 words a second; a chunk with less lost some. One whose pieces give so many times more words, too:
 * the engine passes over a part in the middle without a word. To hear all chunks twice would take twice as long, so that
 * those are that have so many times less words than is usual in this recording, the worst of them, up to a twentieth of the
 * time. */
static const double least_words_a_second = 1.3, times_more = 1.25;

static lp_status hear_energy(lp_asr_work *w, lp_digest *digest, lp_diag *d)
{
    lp_wav wav;
    lp_status s = lp_wav_open(&wav, w->job->wav, d);
    if (s != LP_OK)
        return s;
    float *pcm = lp_calloc(BLOCK, sizeof(*pcm));
    if (!pcm)
        s = lp_fail_nomem(d);
    for (int64_t at = 0; s == LP_OK && at < wav.n; at += BLOCK) {
        size_t n = wav.n - at < BLOCK ? (size_t)(wav.n - at) : BLOCK;
        s = lp_wav_read(&wav, at, pcm, n, d);
        if (s == LP_OK && lp_vad_push(&w->vad, pcm, n) != 0)
            s = lp_fail_nomem(d);
        if (s == LP_OK)
            s = lp_progress_check(w->job->progress, d);
    }
    lp_free(pcm);
    lp_wav_close(&wav);
    /* the levels of all 10 ms name the sound well enough */
    lp_digest_add(digest, w->vad.level, w->vad.n * sizeof(*w->vad.level));
    if (s == LP_OK && lp_vad_finish(&w->vad) != 0)
        s = lp_fail_nomem(d);
    return s;
}

static void add_text(lp_digest *h, const char *s)
{
    lp_digest_add(h, s ? s : "", s ? strlen(s) + 1 : 1);
}

/* What a journal must have been written for. */
static lp_status describe(const lp_asr_work *w, lp_digest *h, lp_diag *d)
{
    const lp_asr_engine *e = w->engine;
    const char *text = lp_asr_engine_text(e, w->arena);
    int64_t kinds[] = { (int64_t)e->kind, (int64_t)e->format };
    if (!text)
        return lp_fail_nomem(d);
    add_text(h, text);
    add_text(h, e->lang);
    lp_digest_add(h, kinds, sizeof(kinds));
    for (size_t i = 0; i < w->job->n_terms; i++) {
        const lp_asr_term *t = &w->job->terms[i];
        lp_digest_add(h, &t->start_us, sizeof(t->start_us));
        lp_digest_add(h, &t->end_us, sizeof(t->end_us));
        lp_digest_add(h, &t->boost, sizeof(t->boost));
        add_text(h, t->text);
    }
    return LP_OK;
}

static lp_status make_pieces(lp_asr_work *w, const lp_chunk *chunks, size_t n, int64_t first_id, lp_asr_piece **out, lp_diag *d)
{
    *out = lp_arena_alloc(w->arena, n ? n : 1, sizeof(**out));
    if (!*out)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = (lp_asr_piece){ .id = first_id + (int64_t)i, .chunk = chunks[i] };
    return LP_OK;
}

/* Times from the engine and from the journal have a millisecond; chunks too, so that a resumed run equals one that was not. */
static void round_chunks(lp_chunk *chunks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        chunks[i].start_us = chunks[i].start_us / 1000 * 1000;
        chunks[i].end_us = chunks[i].end_us / 1000 * 1000;
    }
}

typedef enum doubt { NO_DOUBT, LESS_THAN_USUAL, TOO_FEW } doubt;

typedef struct pace { /* of one chunk */
    size_t i;
    double words_a_second; /* of voice */
} pace;

static int by_pace(const void *x, const void *y)
{
    const pace *a = x, *b = y;
    if (a->words_a_second < b->words_a_second || a->words_a_second > b->words_a_second)
        return a->words_a_second < b->words_a_second ? -1 : 1;
    return (a->i > b->i) - (a->i < b->i);
}

/* Which chunks are to be heard again in pieces: one doubt a chunk. */
static lp_status find_doubts(const lp_asr_work *w, doubt *doubts, lp_diag *d)
{
    pace *paces = lp_arena_alloc(w->arena, w->n + 1, sizeof(*paces));
    size_t n = 0;
    int64_t budget_us = w->total_us / BUDGET;
    if (!paces)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < w->n; i++) {
        const lp_asr_piece *p = &w->pieces[i];
        int64_t voice_us = lp_vad_voice_us(&w->vad, p->chunk.start_us, p->chunk.end_us);
        doubts[i] = NO_DOUBT;
        if (p->state == LP_ASR_DONE && voice_us >= LP_SECOND_US)
            paces[n++] = (pace){ i, (double)p->n * LP_SECOND_US / (double)voice_us };
    }
    qsort(paces, n, sizeof(*paces), by_pace);
    double usual = n >= LEAST_CHUNKS ? paces[n / 2].words_a_second : 0;
    for (size_t k = 0; k < n; k++) {
        const lp_chunk *c = &w->pieces[paces[k].i].chunk;
        if (paces[k].words_a_second < least_words_a_second) {
            doubts[paces[k].i] = TOO_FEW;
        } else if (paces[k].words_a_second * times_more < usual && budget_us > 0) {
            doubts[paces[k].i] = LESS_THAN_USUAL;
            budget_us -= c->end_us - c->start_us;
        }
    }
    return LP_OK;
}

/* What of `from` may be heard again in smaller pieces: the second pass. */
static lp_status cut_again(lp_asr_work *w, const lp_asr_piece *p, lp_asr_piece **all, size_t *n, size_t *cap, lp_diag *d)
{
    lp_chunk *chunks = NULL;
    size_t n_chunks = 0;
    lp_status s = lp_chunks_cut(&w->vad, (size_t)(p->chunk.start_us / LP_VAD_HOP_US), (size_t)(p->chunk.end_us / LP_VAD_HOP_US),
                                &lp_chunks_short, w->arena, &chunks, &n_chunks, d);
    if (s != LP_OK || n_chunks < 2)
        return s; /* it would be the same again */
    round_chunks(chunks, n_chunks);
    for (size_t i = 0; i < n_chunks; i++) {
        if (lp_arena_grow(w->arena, (void **)all, *n, cap, sizeof(**all), MAX_SPANS) != 0)
            return lp_fail_nomem(d);
        (*all)[*n] = (lp_asr_piece){ .id = LP_ASR_FIRST_SMALL_ID + (int64_t)*n, .chunk = chunks[i] };
        ++*n;
    }
    return LP_OK;
}

/* The words of the small pieces that lie within `p`, if they are enough more than it has. What an engine made up in a piece
 * is none. */
static lp_status choose_more(lp_asr_work *w, lp_asr_piece *p, doubt why, lp_asr_piece *small, size_t n, lp_diag *d)
{
    size_t n_words = 0, n_dropped = 0;
    for (size_t i = 0; i < n; i++) {
        size_t n_true = lp_guard_loops(small[i].words, small[i].n);
        n_true = lp_guard_tail(small[i].words, n_true, &w->vad);
        n_dropped += small[i].n - n_true;
        small[i].n = n_true;
        n_words += n_true;
    }
    if (n_words <= p->n || (why == LESS_THAN_USUAL && (double)n_words <= times_more * (double)p->n))
        return LP_OK;
    lp_word *words = lp_arena_alloc(w->arena, n_words, sizeof(*words));
    if (!words)
        return lp_fail_nomem(d);
    p->words = words;
    p->n = n_words;
    w->report->n_dropped += n_dropped;
    w->report->n_chosen++;
    for (size_t i = 0; i < n; i++) {
        if (small[i].n)
            memcpy(words, small[i].words, small[i].n * sizeof(*words));
        words += small[i].n;
    }
    return LP_OK;
}

/* A chunk with a long pause inside can come back with its first part alone, without its middle, or empty: it is heard again
 * piece by piece. */
static lp_status second_pass(lp_asr_work *w, lp_diag *d)
{
    lp_asr_piece *first = w->pieces, *small = NULL;
    size_t n_first = w->n, n = 0, cap = 0;
    size_t *from = lp_arena_alloc(w->arena, n_first + 1, sizeof(*from));
    doubt *doubts = lp_arena_alloc(w->arena, n_first + 1, sizeof(*doubts));
    lp_status s = from && doubts ? find_doubts(w, doubts, d) : lp_fail_nomem(d);
    for (size_t i = 0; s == LP_OK && i < n_first; i++) {
        from[i] = n;
        if (doubts[i] != NO_DOUBT)
            s = cut_again(w, &first[i], &small, &n, &cap, d);
        from[i + 1] = n;
    }
    if (s != LP_OK || n == 0)
        return s;
    w->pieces = small;
    w->n = n;
    for (size_t i = 0; i < n; i++)
        w->total_us += small[i].chunk.end_us - small[i].chunk.start_us;
    lp_asr_resume(w);
    s = lp_asr_run_helper(w, d);
    w->pieces = first;
    w->n = n_first;
    for (size_t i = 0; s == LP_OK && i < n_first; i++) {
        w->report->n_resplit += from[i + 1] > from[i];
        s = choose_more(w, &first[i], doubts[i], small + from[i], from[i + 1] - from[i], d);
    }
    return s;
}

static lp_status add_unheard(lp_asr_work *w, const lp_asr_piece *p, size_t *cap, lp_diag *d)
{
    lp_asr_report *r = w->report;
    lp_span span = { p->chunk.start_us + w->job->origin_us, p->chunk.end_us + w->job->origin_us };
    if (lp_arena_grow(w->arena, (void **)&r->unheard, r->n_unheard, cap, sizeof(span), MAX_SPANS) != 0)
        return lp_fail_nomem(d);
    r->unheard[r->n_unheard++] = span;
    return lp_finding_add(&r->findings, w->arena, "asr-not-recognised", LP_WARNING, span.start_us, span.end_us, d,
                          "there may be speech here that was not recognised");
}

static lp_status say_left_out(lp_asr_work *w, const lp_asr_piece *p, const char *code, size_t n, const char *why, lp_diag *d)
{
    int64_t start = p->chunk.start_us + w->job->origin_us, end = p->chunk.end_us + w->job->origin_us;
    w->report->n_dropped += n;
    return n ? lp_finding_add(&w->report->findings, w->arena, code, LP_NOTE, start, end, d, "%zu word%s left out, for %s", n,
                              n == 1 ? " was" : "s were", why)
             : LP_OK;
}

/* Takes away what was made up, and says so; *why is that of the whole chunk. */
static lp_status guard(lp_asr_work *w, lp_asr_piece *p, size_t *n, lp_guard_why *why, lp_diag *d)
{
    size_t n_once = lp_guard_loops(p->words, p->n), n_true = lp_guard_tail(p->words, n_once, &w->vad);
    *why = lp_guard_chunk(p->words, n_true, lp_vad_voice_us(&w->vad, p->chunk.start_us, p->chunk.end_us));
    *n = *why == LP_GUARD_FINE ? n_true : 0;
    lp_status s = say_left_out(w, p, "asr-loop", p->n - n_once, "the engine said the same again and again; it is kept once", d);
    if (s == LP_OK)
        s = say_left_out(w, p, "asr-made-up", n_once - n_true, "the engine is not sure of this end", d);
    return s == LP_OK ? say_left_out(w, p, "asr-made-up", n_true - *n, lp_guard_name(*why), d) : s;
}

/* Ties times, and appends what is left of the piece's words. */
static lp_status add_words(lp_asr_work *w, lp_asr_piece *p, lp_words *words, size_t *cap_unheard, lp_diag *d)
{
    int64_t voice_us = lp_vad_voice_us(&w->vad, p->chunk.start_us, p->chunk.end_us);
    lp_guard_why why = LP_GUARD_FINE;
    size_t n = 0;
    lp_status s = guard(w, p, &n, &why, d);
    if (s == LP_OK && n == 0 && p->state == LP_ASR_DONE && why != LP_GUARD_NO_VOICE && voice_us >= LEAST_UNHEARD_US && !w->vad.is_flat)
        s = add_unheard(w, p, cap_unheard, d);
    lp_words_tie(p->words, n, &w->vad);
    for (size_t i = 0; s == LP_OK && i < n; i++) {
        lp_word *word = &p->words[i];
        word->start_us += w->job->origin_us;
        word->end_us += w->job->origin_us;
        if (lp_arena_grow(w->arena, (void **)&words->items, words->n, &words->cap, sizeof(*word), MAX_WORDS) != 0)
            return lp_fail_nomem(d);
        words->items[words->n++] = *word;
    }
    return s;
}

static lp_status gather(lp_asr_work *w, lp_words *words, lp_diag *d)
{
    lp_asr_report *r = w->report;
    size_t cap_unheard = 0, n_sure = 0;
    double sum = 0;
    lp_status s = LP_OK;
    if (r->n_dropped) /* by whoever dealt the words out */
        s = lp_finding_add(&r->findings, w->arena, "asr-made-up", LP_NOTE, -1, -1, d,
                           "%zu word%s left out, for the engine put them where nobody speaks", r->n_dropped,
                           r->n_dropped == 1 ? " was" : "s were");
    for (size_t i = 0; s == LP_OK && i < w->n; i++)
        s = add_words(w, &w->pieces[i], words, &cap_unheard, d);
    lp_words_tie(words->items, words->n, NULL);
    for (size_t i = 0; i < words->n; i++) {
        if (words->items[i].p < 0)
            continue;
        sum += (double)words->items[i].p;
        n_sure++;
    }
    r->mean_p = n_sure ? sum / (double)n_sure : -1;
    if (s == LP_OK && w->n_mended)
        s = lp_finding_add(&r->findings, w->arena, "asr-times", LP_WARNING, -1, -1, d,
                           "the speech engine gave %zu words a time outside of what it heard, or before the word before; they were "
                           "moved", w->n_mended);
    return s;
}

static lp_status hear_all(lp_asr_work *w, const lp_digest *about, lp_diag *d)
{
    lp_chunk *chunks = NULL;
    lp_digest h = *about;
    char key[LP_DIGEST_HEX];
    lp_status s = lp_chunks_cut(&w->vad, 0, w->vad.n, &lp_chunks_long, w->arena, &chunks, &w->n, d);
    w->report->n_chunks = w->n;
    w->report->voice_us = lp_vad_voice_us(&w->vad, 0, (int64_t)w->vad.n * LP_VAD_HOP_US);
    if (s != LP_OK || w->n == 0)
        return s;
    round_chunks(chunks, w->n);
    s = make_pieces(w, chunks, w->n, 1, &w->pieces, d);
    for (size_t i = 0; i < w->n; i++)
        w->total_us += chunks[i].end_us - chunks[i].start_us;
    lp_digest_add(&h, chunks, w->n * sizeof(*chunks));
    lp_digest_hex(&h, key);
    if (s == LP_OK)
        s = lp_asr_journal_open(w, key, d);
    if (s != LP_OK)
        return s;
    lp_asr_resume(w);
    if (w->engine->kind != LP_ASR_HELPER)
        return lp_asr_run_whole(w, d);
    s = lp_asr_run_helper(w, d);
    return s == LP_OK ? second_pass(w, d) : s;
}

lp_status lp_asr_transcribe(const lp_asr_engine *e, const lp_asr_job *job, lp_arena *a, lp_words *words, lp_asr_report *r, lp_diag *d)
{
    *r = (lp_asr_report){ .mean_p = -1, .lang = e->is_lang_assumed || e->kind == LP_ASR_HELPER ? e->lang : NULL };
    lp_asr_work w = { .engine = e, .job = job, .arena = a, .report = r, .journal = -1 };
    lp_digest about;
    lp_digest_init(&about);
    lp_status s = describe(&w, &about, d);
    if (s == LP_OK)
        s = hear_energy(&w, &about, d);
    if (s == LP_OK)
        s = hear_all(&w, &about, d);
    if (s == LP_OK)
        s = gather(&w, words, d);
    lp_asr_journal_close(&w);
    lp_vad_clear(&w.vad);
    return s;
}
