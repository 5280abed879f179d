#include "tool/guard.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/time.h"

enum { LEAST_VOICE_US = 200000, LONGEST_LOOP = 8, TIMES = 3, TIMES_ONE_WORD = 4, LEAST_TEXT = 80, LEAST_PAUSE = 20, MAX_TEXT = 1 << 20 };
static const double most_words_a_second = 6, least_p = 0.4, most_shrinking = 2.4;
static const double tail_p = 0.2, tail_mean = 0.1, tail_in_pause = 0.5;

/* How many times smaller the text gets; 0 for a short one. */
static double shrinking(const lp_word *words, size_t n)
{
    lp_buf text;
    double times = 0;
    lp_buf_init(&text, MAX_TEXT);
    for (size_t i = 0; i < n; i++)
        lp_buf_printf(&text, "%s ", words[i].text);
    uLongf packed = compressBound((uLong)text.len);
    unsigned char *out = text.failed || text.len < LEAST_TEXT ? NULL : lp_calloc(packed, 1);
    if (out && compress2(out, &packed, (const Bytef *)text.data, (uLong)text.len, Z_BEST_COMPRESSION) == Z_OK)
        times = (double)text.len / (double)packed;
    lp_free(out);
    lp_buf_clear(&text);
    return times;
}

lp_guard_why lp_guard_chunk(const lp_word *words, size_t n, int64_t voice_us)
{
    double sum = 0;
    size_t n_sure = 0;
    if (n == 0)
        return LP_GUARD_FINE;
    if (voice_us < LEAST_VOICE_US)
        return LP_GUARD_NO_VOICE;
    for (size_t i = 0; i < n; i++) {
        if (words[i].p < 0)
            continue;
        sum += (double)words[i].p;
        n_sure++;
    }
    if (n_sure && sum / (double)n_sure < least_p)
        return LP_GUARD_UNSURE;
    if (n > 3 && (double)n * LP_SECOND_US / (double)voice_us > most_words_a_second)
        return LP_GUARD_TOO_FAST;
    return shrinking(words, n) > most_shrinking ? LP_GUARD_LOOP : LP_GUARD_FINE;
}

const char *lp_guard_name(lp_guard_why why)
{
    static const char *const names[] = { "", "nobody speaks there", "the engine is not sure of it", "nobody speaks that fast",
                                         "it says the same again and again" };
    return names[why];
}

static int letter(const char **p)
{
    for (; **p; ++*p) {
        unsigned char c = (unsigned char)**p;
        if (c >= 'A' && c <= 'Z') {
            ++*p;
            return c - 'A' + 'a';
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128) {
            ++*p;
            return c;
        }
    }
    return 0;
}

static int is_same_word(const char *a, const char *b)
{
    for (;;) {
        int x = letter(&a), y = letter(&b);
        if (x != y)
            return 0;
        if (x == 0)
            return 1;
    }
}

static int is_same_run(const lp_word *a, const lp_word *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_same_word(a[i].text, b[i].text))
            return 0;
    return 1;
}

size_t lp_guard_loops(lp_word *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t len = 1; len <= LONGEST_LOOP && i + 2 * len <= n; len++) {
            size_t times = 1;
            while (i + (times + 1) * len <= n && is_same_run(words + i, words + i + times * len, len))
                times++;
            if (times < (len == 1 ? TIMES_ONE_WORD : TIMES))
                continue;
            size_t gone = (times - 1) * len;
            memmove(words + i + len, words + i + len + gone, (n - i - len - gone) * sizeof(*words));
            n -= gone;
            break;
        }
    }
    return n;
}

static int is_in_voice(const lp_word *w, const lp_vad *v)
{
    return lp_vad_voice_us(v, w->start_us, w->end_us > w->start_us ? w->end_us : w->start_us + LP_VAD_HOP_US) > 0;
}

size_t lp_guard_tail(lp_word *words, size_t n, const lp_vad *v)
{
    while (n > 0 && v && words[n - 1].p >= 0 && (double)words[n - 1].p < tail_in_pause && !is_in_voice(&words[n - 1], v))
        n--;
    size_t from = n;
    double sum = 0;
    while (from > 0 && words[from - 1].p >= 0 && (double)words[from - 1].p < tail_p)
        sum += (double)words[--from].p;
    return from < n && sum / (double)(n - from) < tail_mean ? from : n;
}

/* The longest stretch without a voice between two hops; its length is 0 where there is none. */
static void longest_pause(const lp_vad *v, size_t from, size_t to, size_t *at, size_t *len)
{
    size_t begun = from;
    *at = from;
    *len = 0;
    for (size_t i = from; i < to; i++) {
        if (lp_vad_is_voice(v, i))
            begun = i + 1;
        else if (i + 1 - begun > *len) {
            *at = begun;
            *len = i + 1 - begun;
        }
    }
}

static size_t voice_between(const lp_vad *v, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += (size_t)lp_vad_is_voice(v, i);
    return n;
}

static void tie_to_voice(lp_word *w, const lp_vad *v)
{
    size_t from = w->start_us > 0 ? (size_t)(w->start_us / LP_VAD_HOP_US) : 0;
    size_t to = w->end_us > 0 ? (size_t)((w->end_us + LP_VAD_HOP_US - 1) / LP_VAD_HOP_US) : 0;
    size_t first = from, last = to, at, len;
    /* nobody pauses within a word: it is on that side of the pause that has more of it */
    longest_pause(v, from, to, &at, &len);
    if (len >= LEAST_PAUSE && voice_between(v, from, at) < voice_between(v, at, to))
        first = at + len;
    else if (len >= LEAST_PAUSE)
        last = at;
    while (first < last && !lp_vad_is_voice(v, first))
        first++;
    if (first >= last)
        return; /* no voice in it: nothing to tie it to */
    while (!lp_vad_is_voice(v, last - 1))
        last--;
    if (first > from)
        w->start_us = (int64_t)first * LP_VAD_HOP_US;
    if (last < to)
        w->end_us = (int64_t)last * LP_VAD_HOP_US;
}

void lp_words_tie(lp_word *words, size_t n, const lp_vad *v)
{
    for (size_t i = 0; v && i < n; i++)
        tie_to_voice(&words[i], v);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && words[i].start_us < words[i - 1].start_us)
            words[i].start_us = words[i - 1].start_us;
        if (words[i].end_us < words[i].start_us)
            words[i].end_us = words[i].start_us;
        if (i > 0 && words[i - 1].end_us > words[i].start_us)
            words[i - 1].end_us = words[i].start_us;
    }
}
