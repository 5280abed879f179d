#include "session/artifact_words.h"

#include <math.h>
#include <string.h>

#include "base/str.h"

#define MAX_US INT64_C(1000000000000000)
enum { MAX_WORDS = 1000000, MAX_WORD_BYTES = 1 << 16, MAX_PERSON = 9999 };

static json_t *write_word(const lp_word *w, lp_buf *line)
{
    int p = w->p >= 0 ? (int)lrintf(w->p * 1000) : -1;
    line->len = 0;
    lp_buf_printf(line, "%lld %lld %d %d %s", (long long)w->start_us,
                  (long long)(w->end_us - w->start_us), p, w->person, w->text);
    return lp_buf_check(line, "word", NULL) == LP_OK ? json_string(line->data) : NULL;
}

json_t *lp_words_to_json(const lp_words *w)
{
    lp_buf line;
    lp_buf_init(&line, MAX_WORD_BYTES);
    json_t *list = json_array();
    for (size_t i = 0; list && i < w->n; i++) {
        if (json_array_append_new(list, write_word(&w->items[i], &line)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    lp_buf_clear(&line);
    return list;
}

/* The number at *s, -1 or 0..max, and the blank behind it; 0, or -1 for anything else. */
static int take_number(const char **s, int64_t max, int may_be_none, int64_t *out)
{
    char digits[24];
    size_t n = strcspn(*s, " ");
    if (n >= sizeof(digits) || (*s)[n] != ' ')
        return -1;
    memcpy(digits, *s, n);
    digits[n] = '\0';
    *s += n + 1;
    if (may_be_none && lp_str_eq(digits, "-1")) {
        *out = -1;
        return 0;
    }
    return lp_str_int(digits, max, out);
}

static int take_word(const char *s, int n_people, lp_word *w)
{
    int64_t len_us, p, person;
    if (take_number(&s, MAX_US, 0, &w->start_us) || take_number(&s, MAX_US, 0, &len_us) ||
        take_number(&s, 1000, 1, &p) || take_number(&s, MAX_PERSON, 1, &person))
        return -1;
    w->end_us = w->start_us + len_us;
    w->p = p < 0 ? -1 : (float)p / 1000;
    w->person = (int)person;
    w->text = s;
    return *s && !strpbrk(s, " \n\t") && person < n_people ? 0 : -1;
}

lp_status lp_words_from_json(const json_t *o, int n_people, lp_arena *a, lp_words *out,
                             lp_diag *d)
{
    *out = (lp_words){ 0 };
    if (!o)
        return LP_OK;
    size_t n = json_array_size(o);
    if (!json_is_array(o) || n > MAX_WORDS)
        return lp_fail(d, LP_ERR_INPUT, 0, "cues.words: not a list of words");
    for (size_t i = 0; i < n; i++) {
        const char *s = json_string_value(json_array_get(o, i));
        lp_word w;
        if (!s || take_word(s, n_people, &w) != 0)
            return lp_fail(d, LP_ERR_INPUT, 0,
                           "cues.words[%zu]: not \"START LENGTH P PERSON TEXT\"", i);
        if (i && w.start_us < out->items[i - 1].start_us)
            return lp_fail(d, LP_ERR_INPUT, 0, "cues.words[%zu]: before the one before it", i);
        lp_status st = lp_words_add(out, a, w, d);
        if (st != LP_OK)
            return st;
    }
    return LP_OK;
}
