#include "ingest/turns.h"

#include <string.h>

#include "base/utf8.h"

enum { MAX_TURN_BYTES = 4000, GUID_CHARS = 36, MAX_DIGITS = 9 };

/* Bytes of "<GUID>/<turn>" at the start of the name; 0 for any other name. *part gets what follows its hyphen. */
static size_t turn_of(const char *id, size_t n, int64_t *part)
{
    static const char hex[] = "0123456789abcdefABCDEF";
    size_t i = 0, n_digits[2] = { 0, 0 };
    for (; i < n && i < GUID_CHARS; i++) {
        int is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_hyphen ? id[i] != '-' : !id[i] || !strchr(hex, id[i]))
            return 0;
    }
    if (i >= n || id[i] != '/')
        return 0;
    for (i++; i < n && id[i] >= '0' && id[i] <= '9'; i++)
        n_digits[0]++;
    size_t len = i;
    if (!n_digits[0] || i >= n || id[i] != '-')
        return 0;
    *part = 0;
    for (i++; i < n && id[i] >= '0' && id[i] <= '9' && n_digits[1] < MAX_DIGITS; i++, n_digits[1]++)
        *part = *part * 10 + (id[i] - '0');
    return n_digits[1] && i == n ? len : 0;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Adds the words of a part, its time shared out among them by their letters. */
static lp_status add_words(lp_cues *c, const lp_cue *q, lp_arena *a, size_t *n_added, lp_diag *d)
{
    int64_t all = (int64_t)lp_utf8_count(q->text, strlen(q->text)), done = 0, len_us = q->end_us - q->start_us;
    lp_status s = LP_OK;
    for (const char *p = q->text; s == LP_OK && *p;) {
        size_t n = strcspn(p, " \n\t");
        int64_t chars = (int64_t)lp_utf8_count(p, n);
        lp_word w = { q->start_us + len_us * done / all, q->start_us + len_us * (done + chars) / all,
                      lp_arena_strndup(a, p, n), -1, q->person };
        s = !w.text ? lp_fail_nomem(d) : n ? lp_words_add(&c->words, a, w, d) : LP_OK;
        *n_added += n > 0;
        for (p += n, done += chars; is_blank(*p); p++)
            done++;
    }
    return s;
}

/* The times of the words of both, unless they overlap what was said before. */
static lp_status time_both(lp_cues *c, lp_cue *q, const lp_cue *part, lp_arena *a, lp_diag *d)
{
    int has_words = q->n_words > 0;
    int64_t last_us = c->words.n ? c->words.items[c->words.n - 1].start_us : 0;
    if ((has_words ? part->start_us : q->start_us) < last_us || part->start_us < q->start_us) {
        q->n_words = 0;
        return LP_OK;
    }
    lp_status s = LP_OK;
    if (!has_words) {
        q->first_word = c->words.n;
        s = add_words(c, q, a, &q->n_words, d);
        last_us = c->words.n ? c->words.items[c->words.n - 1].start_us : 0;
        if (s == LP_OK && part->start_us < last_us) {
            q->n_words = 0;
            return s;
        }
    }
    return s == LP_OK ? add_words(c, part, a, &q->n_words, d) : s;
}

static int may_join(const lp_cue *q, const lp_cue *part)
{
    return q->person == part->person && q->end_us > q->start_us && part->end_us > part->start_us && part->n_words == 0 &&
           strlen(q->text) + strlen(part->text) < MAX_TURN_BYTES;
}

lp_status lp_turns_take(lp_turns *t, lp_cues *c, lp_arena *a, const char *id, size_t n, lp_diag *d)
{
    int64_t part_no = 0;
    size_t len = turn_of(id, n, &part_no);
    int is_next = len && t->name && strlen(t->name) == len && memcmp(t->name, id, len) == 0 && part_no == t->part + 1;
    t->part = part_no;
    if (!is_next) {
        t->name = lp_arena_strndup(a, id, len);
        return t->name ? LP_OK : lp_fail_nomem(d);
    }
    lp_cue *q = &c->items[c->n - 2];
    const lp_cue part = c->items[c->n - 1];
    if (!may_join(q, &part))
        return LP_OK;
    lp_status s = time_both(c, q, &part, a, d);
    const char *text = s == LP_OK ? lp_arena_printf(a, "%s\n%s", q->text, part.text) : NULL;
    if (!text)
        return s == LP_OK ? lp_fail_nomem(d) : s;
    q->text = text;
    if (part.end_us > q->end_us)
        q->end_us = part.end_us;
    c->n--;
    t->n_joined++;
    return LP_OK;
}
