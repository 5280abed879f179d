#include "ingest/timed_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ingest/cue_text.h"
#include "ingest/markup.h"

enum { MAX_CUE_BYTES = 1 << 20, MAX_STAMPS = 2000, LEAST_US = 300000, CHAR_US = 90000 };

/* Stands for a stamp while the markup is taken off: a character for private use, which no text has. */
static const char mark[] = "\xee\x80\x80";
enum { MARK_BYTES = sizeof(mark) - 1 };

struct stamped {
    int64_t at_us[MAX_STAMPS + 2]; /* the cue's start, the stamps, the cue's end */
    size_t n;
    lp_buf text; /* with marks */
    size_t n_voices;
};

/* The bytes of the stamp at s, 0 for none. */
static size_t read_stamp(const char *s, size_t n, int64_t *at_us)
{
    size_t len = 1;
    while (len < n && len < 24 && ((s[len] >= '0' && s[len] <= '9') || s[len] == ':' || s[len] == '.'))
        len++;
    if (len < 2 || len >= n || s[len] != '>')
        return 0;
    return lp_line_clock((lp_line){ s + 1, len - 1 }, at_us) == 0 ? len + 1 : 0;
}

static int has_stamp(const char *s, size_t n)
{
    int64_t at_us;
    const char *end = s + n;
    for (; n && (s = memchr(s, '<', (size_t)(end - s))) != NULL; s++)
        if (read_stamp(s, (size_t)(end - s), &at_us))
            return 1;
    return 0;
}

static lp_status take_voice(void *user, const char *name, const char *text, lp_diag *d)
{
    struct stamped *t = user;
    (void)name;
    (void)d;
    if (t->n_voices++ == 0)
        lp_buf_str(&t->text, text);
    return LP_OK;
}

static size_t count_marks(const char *s)
{
    size_t n = 0;
    for (; s && (s = strstr(s, mark)) != NULL; s += MARK_BYTES)
        n++;
    return n;
}

/* Puts marks in place of the stamps and takes the rest of the markup off; *is_good gets whether that makes sense. */
static lp_status read_stamps(const lp_cue *q, const char *s, size_t n, struct stamped *t, int *is_good, lp_diag *d)
{
    lp_buf marked;
    lp_buf_init(&marked, 3 * MAX_CUE_BYTES);
    t->at_us[t->n++] = q->start_us;
    *is_good = memmem(s, n, mark, MARK_BYTES) == NULL;
    for (size_t i = 0; *is_good && i < n;) {
        int64_t at_us;
        size_t used = s[i] == '<' ? read_stamp(s + i, n - i, &at_us) : 0;
        if (used) {
            *is_good = t->n <= MAX_STAMPS && at_us >= t->at_us[t->n - 1] && at_us <= q->end_us;
            t->at_us[t->n] = at_us;
            t->n += (size_t)*is_good;
            lp_buf_bytes(&marked, mark, MARK_BYTES);
        } else {
            lp_buf_char(&marked, s[i]);
        }
        i += used ? used : 1;
    }
    *is_good = *is_good && t->n > 1;
    t->at_us[t->n] = q->end_us;
    lp_status st = marked.failed == 1 ? lp_fail_nomem(d) : LP_OK;
    if (st == LP_OK && *is_good)
        st = lp_markup_read(marked.data, marked.len, 0, take_voice, t, d);
    /* a reference may stand for the mark too, and a tag may have swallowed one */
    *is_good = *is_good && t->n_voices == 1 && count_marks(t->text.data) == t->n - 1;
    lp_buf_clear(&marked);
    return st == LP_OK && t->text.failed == 1 ? lp_fail_nomem(d) : st;
}

/* Characters from s to the next mark, or to the end; *lead is how many blanks they begin with, which take no time. */
static int64_t count_to_mark(const char *s, int64_t *lead)
{
    const char *next = strstr(s, mark);
    *lead = (int64_t)strspn(s, " \n");
    return (int64_t)lp_utf8_count(s, next ? (size_t)(next - s) : strlen(s)) - *lead;
}

static lp_status add_word(lp_cues *c, lp_arena *a, const lp_buf *word, int64_t start_us, int person, lp_diag *d)
{
    lp_words *w = &c->words;
    int64_t len_us = LEAST_US + CHAR_US * (int64_t)lp_utf8_count(word->data, word->len);
    lp_word one = { start_us, start_us + len_us, word->data, -1, person };
    if (w->n && w->items[w->n - 1].end_us > start_us && w->items[w->n - 1].start_us <= start_us)
        w->items[w->n - 1].end_us = start_us;
    return lp_words_add(w, a, one, d);
}

/* Cuts the text from `from` on into words: those behind the k-th mark begin at the k-th stamp or later. */
static lp_status cut_words(lp_cues *c, lp_arena *a, const lp_cue *q, const struct stamped *t, const char *from,
                           lp_diag *d)
{
    lp_buf word;
    size_t k = 0;
    int64_t start_us = 0, lead, n_run = count_to_mark(from, &lead), done = -lead;
    lp_status s = LP_OK;
    lp_buf_init(&word, MAX_CUE_BYTES);
    for (const char *p = from; s == LP_OK; p++) {
        int is_mark = strncmp(p, mark, MARK_BYTES) == 0, is_blank = !*p || strchr(" \n\t", *p) != NULL;
        if (is_mark) {
            p += MARK_BYTES - 1;
            k++;
            n_run = count_to_mark(p + 1, &lead);
            done = -lead;
        } else if (is_blank && word.len) {
            s = word.failed ? lp_fail_nomem(d) : add_word(c, a, &word, start_us, q->person, d);
            lp_buf_clear(&word);
        } else if (!is_blank) {
            int64_t len_us = t->at_us[k + 1] - t->at_us[k];
            if (!word.len)
                start_us = t->at_us[k] + (n_run > 0 && done > 0 ? len_us * done / n_run : 0);
            lp_buf_char(&word, *p);
        }
        done += !is_mark && ((unsigned char)*p & 0xc0) != 0x80;
        if (!*p)
            break;
    }
    lp_buf_clear(&word);
    return s;
}

static lp_status time_words(lp_cues *c, lp_arena *a, lp_cue *q, const char *s, size_t n, lp_diag *d)
{
    struct stamped t;
    int is_good = 0;
    t.n = t.n_voices = 0;
    lp_buf_init(&t.text, MAX_CUE_BYTES);
    lp_status st = read_stamps(q, s, n, &t, &is_good, d);
    const char *first = is_good && t.text.data ? strstr(t.text.data, mark) : NULL;
    while (first && first > t.text.data && first[-1] != '\n')
        first--;
    size_t from = c->words.n;
    if (st == LP_OK && first)
        st = cut_words(c, a, q, &t, first, d);
    lp_buf_clear(&t.text);
    if (st == LP_OK && c->words.n > from) {
        lp_word *last = &c->words.items[c->words.n - 1];
        if (last->end_us > q->end_us)
            last->end_us = q->end_us > last->start_us ? q->end_us : last->start_us;
        q->first_word = from;
        q->n_words = c->words.n - from;
    }
    return st;
}

lp_status lp_cues_time_words(lp_cues *c, lp_arena *a, size_t cue, const char *s, size_t n, lp_diag *d)
{
    lp_cue *q = &c->items[cue];
    int64_t last_us = c->words.n ? c->words.items[c->words.n - 1].start_us : 0;
    if (!has_stamp(s, n) || q->end_us <= q->start_us || q->start_us < last_us)
        return LP_OK;
    return time_words(c, a, q, s, n, d);
}
