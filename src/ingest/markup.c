#include "ingest/markup.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ingest/entities.h"

enum { MAX_CUE_BYTES = 1 << 20, MAX_NAME_BYTES = 200, MAX_REFERENCE = 31, MAX_BARE = 6 };

static int digit_of(char c, uint32_t base)
{
    int v = c >= '0' && c <= '9'   ? c - '0'
            : c >= 'a' && c <= 'f' ? c - 'a' + 10
            : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                   : 99;
    return v < (int)base ? v : -1;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of the reference at s, 0 when it is none; *code gets what it stands for. */
static size_t numeric_reference(const char *s, size_t n, uint32_t *code)
{
    size_t i = 2;
    uint32_t base = 10, v = 0;
    if (i < n && (s[i] == 'x' || s[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t first = i;
    for (; i < n && digit_of(s[i], base) >= 0; i++)
        v = v > 0x10ffff ? v : v * base + (uint32_t)digit_of(s[i], base);
    if (i == first)
        return 0;
    /* as HTML reads them: 0x80-0x9f were written by people who thought in windows-1252 */
    char byte = (char)v;
    lp_buf b;
    lp_buf_init(&b, 8);
    if (v >= 0x80 && v < 0xa0 && lp_utf8_from_bytes(&b, &byte, 1) && b.data) {
        size_t used;
        v = (uint32_t)lp_utf8_decode(b.data, b.len, &used);
    }
    lp_buf_clear(&b);
    *code = v ? v : 0xfffd;
    return i < n && s[i] == ';' ? i + 1 : i;
}

/* The name s[0..n) in HTML's list, NULL when it is none. */
static const lp_entity *find_entity(const char *s, size_t n)
{
    size_t from = 0, to = lp_n_entities;
    while (from < to) {
        size_t at = from + (to - from) / 2;
        int order = strncmp(lp_entities[at].name, s, n);
        if (order == 0 && !lp_entities[at].name[n])
            return &lp_entities[at];
        if (order < 0)
            from = at + 1;
        else
            to = at;
    }
    return NULL;
}

/* As HTML reads text; but "&copy=1" is the query of a link that nobody escaped. */
size_t lp_markup_reference(lp_buf *out, const char *s, size_t n)
{
    uint32_t code = 0;
    if (n > 2 && s[1] == '#') {
        size_t used = numeric_reference(s, n, &code);
        if (used)
            lp_utf8_append(out, code);
        return used;
    }
    size_t len = 0;
    while (len + 1 < n && len < MAX_REFERENCE && (digit_of(s[len + 1], 10) >= 0 || is_letter(s[len + 1])))
        len++;
    const lp_entity *e = len && len + 1 < n && s[len + 1] == ';' ? find_entity(s + 1, len) : NULL;
    size_t used = len + 2;
    for (len = len < MAX_BARE ? len : MAX_BARE; !e && len > 1; len--) { /* the longest that needs none */
        e = find_entity(s + 1, len);
        e = e && e->is_bare ? e : NULL;
        used = len + 1;
    }
    if (!e || (used < n && s[used - 1] != ';' && s[used] == '='))
        return 0;
    lp_buf_str(out, e->text);
    return used;
}

/* Appends s[0..n) with its character references decoded. */
static void decode(lp_buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t used = s[i] == '&' ? lp_markup_reference(out, s + i, n - i) : 0;
        if (used) {
            i += used;
        } else {
            const char *next = memchr(s + i + 1, '&', n - i - 1);
            size_t run = next ? (size_t)(next - s) - i : n - i, room = out->max - out->len;
            if (run > room)
                lp_buf_bytes(out, s + i, room); /* what fits is kept */
            lp_buf_bytes(out, s + i, run);
            i += run;
        }
    }
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* No-break spaces at the end of a line, and the blanks before them. */
static void trim(lp_buf *out, size_t first)
{
    for (size_t n = 0; out->len > first; out->data[out->len -= n] = '\0') {
        const char *end = out->data + out->len;
        n = out->len > first + 1 && memcmp(end - 2, "\xc2\xa0", 2) == 0 ? 2 : end[-1] == ' ';
        if (n == 0)
            break;
    }
}

/* Bytes that s[0..n) begins with and are neither blanks nor the end of a line nor part of a no-break space. */
static size_t word_run(const char *s, size_t n)
{
    static const char is_end[256] = { ['\n'] = 1, [' '] = 1, ['\t'] = 1, [0xc2] = 1 };
    size_t i = 0;
    while (i < n && !is_end[(unsigned char)s[i]])
        i++;
    return i;
}

/* The same for a text that is clean. */
static void tidy_clean(lp_buf *out, const char *s, size_t n)
{
    size_t first = out->len;
    int wants_space = 0, wants_line = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (c == '\n') {
            trim(out, first);
            wants_line = out->len > first;
            wants_space = 0;
        } else if (is_blank(c) || (c == '\xc2' && s[i + 1] == '\xa0' &&
                                   (wants_line || out->len == first))) {
            i += c == '\xc2'; /* a no-break space counts within a line only */
            wants_space = out->len > first && !wants_line;
        } else {
            if (wants_line || wants_space)
                lp_buf_char(out, wants_line ? '\n' : ' ');
            wants_line = wants_space = 0;
            size_t run = word_run(s + i, n - i);
            lp_buf_bytes(out, s + i, run ? run : 1);
            i += run ? run - 1 : 0;
        }
    }
    trim(out, first);
}

void lp_markup_tidy(lp_buf *out, const char *s, size_t n)
{
    lp_buf clean;
    if (lp_utf8_clean_run(s, n) == n) {
        tidy_clean(out, s, n);
        return;
    }
    lp_buf_init(&clean, 4 * n);
    lp_utf8_clean(&clean, s, n);
    tidy_clean(out, clean.data ? clean.data : "", clean.len);
    if (clean.failed && !out->failed)
        out->failed = clean.failed;
    lp_buf_clear(&clean);
}

typedef enum tag_kind {
    TAG_NONE,
    TAG_PLAIN,
    TAG_BREAK,
    TAG_VOICE,
    TAG_VOICE_END,
    TAG_RUBY,
    TAG_RUBY_END,
    TAG_RT,
    TAG_RT_END
} tag_kind;

/* What s[0..n), the inside of < and >, is. */
static tag_kind kind_of_tag(const char *s, size_t n)
{
    static const char *const plain[] = { "c",    "i",   "b",    "u",  "s",      "rp",  "lang",
                                         "em",   "strong", "font", "span", "div", "a", "tt", NULL };
    int is_end = n > 0 && s[0] == '/';
    for (s += is_end, n -= (size_t)is_end; is_end && n && is_blank(*s); s++, n--)
        ;
    if (n && digit_of(*s, 10) >= 0) /* <00:00:01.000>: the moment from which the rest is sung */
        return strspn(s, "0123456789:.,") >= n ? TAG_PLAIN : TAG_NONE;
    size_t len = 0;
    char name[8];
    while (len < n && len + 1 < sizeof(name) &&
           ((s[len] | 0x20) >= 'a' && (s[len] | 0x20) <= 'z')) {
        name[len] = s[len];
        len++;
    }
    name[len] = '\0';
    if (len < n && !strchr(" \t\n./", s[len]))
        return TAG_NONE;
    if (lp_str_ieq(name, "v"))
        return is_end ? TAG_VOICE_END : TAG_VOICE;
    if (lp_str_ieq(name, "br") || lp_str_ieq(name, "p"))
        return TAG_BREAK;
    if (lp_str_ieq(name, "ruby"))
        return is_end ? TAG_RUBY_END : TAG_RUBY;
    if (lp_str_ieq(name, "rt"))
        return is_end ? TAG_RT_END : TAG_RT;
    for (size_t i = 0; plain[i]; i++)
        if (lp_str_ieq(name, plain[i]))
            return TAG_PLAIN;
    return TAG_NONE;
}

struct reader {
    lp_buf text, name;
    const char *close[2]; /* the next > and }, or the end: looked for once, however many < there are */
    lp_markup_said said;
    void *user;
    lp_diag *d;
    int is_ruby;
    size_t reading_at, reading_from; /* how long the text was before its reading was begun, and then; from 0: none is open */
};

/* A reading of characters, <ruby>base<rt>reading</rt></ruby>, stands in brackets behind them: "base (reading)". Those that
 * the text has itself (<rp>) will do. */
static void begin_reading(struct reader *r)
{
    static const char wide[] = "\xef\xbc\x88"; /* a bracket for Chinese and Japanese */
    lp_buf *b = &r->text;
    size_t n = b->len;
    char last = n ? b->data[n - 1] : '(';
    if (last == '(' || (n >= 3 && memcmp(b->data + n - 3, wide, 3) == 0))
        return;
    r->reading_at = n;
    lp_buf_str(b, is_letter(last) || digit_of(last, 10) >= 0 ? " (" : "(");
    r->reading_from = b->len;
}

static void end_reading(struct reader *r)
{
    lp_buf *b = &r->text;
    if (!r->reading_from)
        return;
    if (b->len > r->reading_from)
        lp_buf_char(b, ')');
    else if (b->len > r->reading_at)
        b->data[b->len = r->reading_at] = '\0';
    r->reading_from = 0;
}

/* Tells what the voice said so far and begins anew. */
static lp_status flush(struct reader *r)
{
    lp_buf tidy;
    end_reading(r);
    lp_buf_init(&tidy, 4 * MAX_CUE_BYTES);
    lp_markup_tidy(&tidy, r->text.data ? r->text.data : "", r->text.len);
    if (r->text.failed && !tidy.failed)
        tidy.failed = r->text.failed;
    lp_status s = tidy.failed == 1 ? lp_fail_nomem(r->d)
                                   : LP_OK; /* over the maximum: what fits is kept */
    if (s == LP_OK && tidy.len)
        s = r->said(r->user, r->name.data ? r->name.data : "", tidy.data, r->d);
    lp_buf_clear(&tidy);
    lp_buf_clear(&r->text);
    return s;
}

/* <v.class Name>: what follows the first blank is the name. */
static lp_status begin_voice(struct reader *r, const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && !is_blank(s[i]) && s[i] != '\n')
        i++;
    lp_buf raw, name;
    lp_buf_init(&raw, MAX_NAME_BYTES);
    lp_buf_init(&name, 4 * MAX_NAME_BYTES);
    decode(&raw, s + i, n - i);
    lp_markup_tidy(&name, raw.data ? raw.data : "", raw.len);
    for (size_t k = 0; k < name.len; k++)
        if (name.data[k] == '\n')
            name.data[k] = ' ';
    lp_status st = raw.failed == 1 || name.failed == 1 ? lp_fail_nomem(r->d) : LP_OK;
    if (st == LP_OK &&
        !lp_str_eq(name.data ? name.data : "", r->name.data ? r->name.data : "")) {
        st = flush(r);
        lp_buf_clear(&r->name);
        lp_buf_bytes(&r->name, name.data ? name.data : "", name.len);
        if (st == LP_OK && r->name.failed == 1)
            st = lp_fail_nomem(r->d);
    }
    lp_buf_clear(&raw);
    lp_buf_clear(&name);
    return st;
}

/* The next c (> or }) in s[0..n), NULL for none. */
static const char *next_close(struct reader *r, const char *s, size_t n, char c)
{
    const char **at = &r->close[c == '}'];
    if (!*at || *at < s)
        *at = memchr(s, c, n);
    if (!*at)
        *at = s + n;
    return *at < s + n ? *at : NULL;
}

/* Reads the tag at s, or the character if it is none; returns how many bytes that was. */
static size_t read_tag(struct reader *r, const char *s, size_t n, lp_status *st)
{
    const char *close = next_close(r, s, n, '>');
    size_t len = close ? (size_t)(close - s) - 1 : 0;
    tag_kind kind = close ? kind_of_tag(s + 1, len) : TAG_NONE;
    if (kind == TAG_NONE) {
        lp_buf_char(&r->text, '<');
        return 1;
    }
    if (kind == TAG_RUBY || kind == TAG_RUBY_END)
        r->is_ruby = kind == TAG_RUBY;
    if (kind == TAG_RUBY_END || kind == TAG_RT_END || kind == TAG_RT)
        end_reading(r);
    if (kind == TAG_RT && r->is_ruby)
        begin_reading(r);
    if (kind == TAG_BREAK)
        lp_buf_char(&r->text, '\n');
    else if (kind == TAG_VOICE)
        *st = begin_voice(r, s + 1, len);
    else if (kind == TAG_VOICE_END && r->name.len) {
        *st = flush(r);
        lp_buf_clear(&r->name);
    }
    return len + 2;
}

lp_status lp_markup_read(const char *s, size_t n, int has_braces, lp_markup_said said,
                         void *user, lp_diag *d)
{
    struct reader r = { .said = said, .user = user, .d = d };
    lp_status st = LP_OK;
    lp_buf_init(&r.text, MAX_CUE_BYTES);
    lp_buf_init(&r.name, 4 * MAX_NAME_BYTES);
    for (size_t i = 0; st == LP_OK && i < n;) {
        const char *brace = has_braces && s[i] == '{' && i + 1 < n && s[i + 1] == '\\'
                                ? next_close(&r, s + i, n - i, '}')
                                : NULL;
        if (brace) {
            i = (size_t)(brace - s) + 1;
        } else if (s[i] == '<') {
            i += read_tag(&r, s + i, n - i, &st);
        } else {
            size_t run = 1 + lp_str_before(s + i + 1, n - i - 1, '<', '{');
            decode(&r.text, s + i, run);
            i += run;
        }
    }
    if (st == LP_OK)
        st = flush(&r);
    lp_buf_clear(&r.text);
    lp_buf_clear(&r.name);
    return st;
}
