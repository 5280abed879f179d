/* The parsers against other people's files: the web platform tests for WebVTT, and every
 * caption file of the corpus. LECPACK_CORPUS names the corpus; without it, "../shared/corpus"
 * beside the source. Skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/cue_text.h"
#include "ingest/markup.h"
#include "ingest/srt.h"
#include "ingest/vtt.h"

static char corpus[4096];

static int find_corpus(void **state)
{
    (void)state;
    const char *env = getenv("LECPACK_CORPUS");
    snprintf(corpus, sizeof(corpus), "%s",
             env && *env ? env : LECPACK_SOURCE_DIR "/../shared/corpus");
    return 0;
}

static const char *folder(lp_arena *a, const char *below)
{
    const char *path = lp_path_join(a, corpus, below);
    if (lp_file_stat(path).kind == LP_FILE_DIR)
        return path;
    print_message("skipped: there is no %s (set LECPACK_CORPUS)\n", path);
    lp_arena_clear(a);
    skip();
    return NULL;
}

static void load(const char *path, lp_buf *text)
{
    lp_buf raw;
    lp_buf_init(&raw, 64 << 20);
    lp_buf_init(text, 256 << 20);
    assert_int_equal(lp_file_read(path, &raw, NULL), LP_OK);
    assert_non_null(lp_utf8_from_bytes(text, raw.data, raw.len));
    assert_int_equal(lp_buf_check(text, path, NULL), LP_OK);
    assert_true(lp_utf8_is_valid(text->data, text->len));
    lp_buf_clear(&raw);
}

/* The string at s, behind its quote: \n and \uXXXX are read; ends at `quote`. */
static void unquote(const char *s, char quote, lp_buf *out)
{
    for (; *s && *s != quote; s++) {
        if (*s == '\\' && s[1] == 'u') {
            char hex[5] = { s[2], s[3], s[4], s[5], 0 };
            lp_utf8_append(out, (uint32_t)strtoul(hex, NULL, 16));
            s += 5;
        } else if (*s == '\\' && s[1] == 'n') {
            lp_buf_char(out, '\n');
            s++;
        } else {
            lp_buf_char(out, *s);
        }
    }
    lp_buf_bytes(out, "", 0);
}

/* Every "assert_equals(cues[i].text, '..');" and the like of the page must hold for the cues.
 * Blank cues count there and are dropped here, equal ones are joined: texts must come in the
 * page's order, and times fit. */
static size_t check_page(const char *page, const lp_cues *c, const char *name)
{
    size_t n_checked = 0, at = 0;
    for (const char *p = page; (p = strstr(p, "assert_equals(cues["));) {
        p += strlen("assert_equals(cues[");
        char *end = NULL;
        (void)strtoul(p, &end, 10);
        if (strncmp(end, "].text, ", 8) == 0) {
            lp_buf want;
            lp_buf_init(&want, 10000);
            unquote(end + 9, end[8], &want);
            size_t k = at;
            while (k < c->n && strcmp(c->items[k].text, want.data) != 0)
                k++;
            if (k == c->n)
                fail_msg("%s: no cue \"%s\" at or after %zu", name, want.data, at);
            at = k;
            n_checked++;
            lp_buf_clear(&want);
        } else if (strncmp(end, "].startTime, ", 13) == 0) {
            assert_int_equal(c->items[at].start_us, (int64_t)(strtod(end + 13, NULL) * 1e6));
            n_checked++;
        } else if (strncmp(end, "].endTime, ", 11) == 0) {
            assert_int_equal(c->items[at].end_us, (int64_t)(strtod(end + 11, NULL) * 1e6));
            n_checked++;
        }
    }
    const char *length = strstr(page, "assert_equals(cues.length, ");
    if (length) {
        size_t want = strtoul(length + strlen("assert_equals(cues.length, "), NULL, 10);
        if (want < c->n_read - c->n_dropped || want > c->n_read)
            fail_msg("%s: %zu cues wanted, %zu read, %zu dropped", name, want, c->n_read,
                     c->n_dropped);
        n_checked++;
    }
    return n_checked;
}

static void webvtt_files_are_read_as_the_web_platform_tests_say(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    const char *dir = folder(&a, "captions/wpt-webvtt/file-parsing");
    char **names = NULL;
    size_t n = 0, n_checked = 0, n_files = 0;
    assert_int_equal(lp_file_list(dir, &a, &names, &n, NULL), LP_OK);
    for (size_t i = 0; i < n; i++) {
        /* more is read than the standard allows there, on purpose: "0:0:0.0", "00:00:01" and
         * "00:00:00.0000" are times */
        if (!lp_str_ends(names[i], ".vtt") || lp_str_starts(names[i], "timings-too-"))
            continue;
        lp_buf text, page;
        char html[512];
        snprintf(html, sizeof(html), "%.*s.html", (int)strlen(names[i]) - 4, names[i]);
        load(lp_path_join(&a, dir, names[i]), &text);
        load(lp_path_join(&a, dir, html), &page);
        lp_cues c = { .source = names[i] };
        lp_status s = lp_vtt_parse(text.data, text.len, &a, &c, NULL);
        assert_true(s == LP_OK || s == LP_ERR_INPUT);
        n_checked += check_page(page.data, &c, names[i]);
        n_files++;
        lp_buf_clear(&text);
        lp_buf_clear(&page);
    }
    print_message("%zu files, %zu of their assertions\n", n_files, n_checked);
    assert_true(n_files == 22 && n_checked == 37);
    lp_arena_clear(&a);
}

static void times_that_the_standard_refuses_and_we_read_are_these(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t n_read, n_used;
    } cases[] = {
        /* text0, text1; 00:00:00.0000, 00:00.0000 twice */
        { "timings-too-long.vtt", 15, 2 + 3 },
        /* text0, text1; 00:0:00.000, 00:00:0.000, 00:00:00.00, 00:00:00.0, 00:00:00, 00:00:0,
         * 00:00, 00:0, 0:00.000, 00:0.000, 00:00.00, 00:00.0, and an end of 0:01.000 */
        { "timings-too-short.vtt", 32, 2 + 13 },
    };
    lp_arena a = { 0 };
    const char *dir = folder(&a, "captions/wpt-webvtt/file-parsing");
    for (size_t i = 0; i < 2; i++) {
        lp_buf text;
        lp_cues c = { 0 };
        load(lp_path_join(&a, dir, cases[i].file), &text);
        assert_int_equal(lp_vtt_parse(text.data, text.len, &a, &c, NULL), LP_OK);
        assert_int_equal(c.n_read, cases[i].n_read);
        assert_int_equal(c.n_read - c.n_dropped, cases[i].n_used);
        assert_string_equal(c.items[0].text, "text0");
        assert_string_equal(c.items[c.n - 1].text, "text1");
        lp_buf_clear(&text);
    }
    lp_arena_clear(&a);
}

static lp_status gather(void *user, const char *name, const char *text, lp_diag *d)
{
    (void)name;
    (void)d;
    lp_buf_str(user, text);
    return LP_OK;
}

/* Cue texts that are read otherwise on purpose: the standard drops all behind a < that no > follows, and so the end of
 * "where a < b". It is text that nobody escaped, and stays. */
static int is_other_on_purpose(const char *text, size_t n)
{
    static const char *const texts[] = { "&<", "&<c" };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strlen(texts[i]) == n && memcmp(texts[i], text, n) == 0)
            return 1;
    return 0;
}

/* Takes off the brackets in which the reading of characters stands here: the tests tell its text alone. */
static void without_brackets(lp_buf *text)
{
    for (char *p = text->data; p && (p = strstr(p, " (")) != NULL;) {
        char *end = strchr(p, ')');
        assert_non_null(end);
        memmove(end, end + 1, strlen(end));
        memmove(p, p + 2, strlen(p + 1));
        text->len -= 3;
    }
}

/* Counts the cue texts, and those that give what they ought to; all others must be on the list. */
static size_t check_trees(const char *dat, const char *name, size_t *n_agree)
{
    size_t n = 0;
    for (const char *p = dat; (p = strstr(p, "#data\n"));) {
        p += strlen("#data\n");
        const char *end = strstr(p, "\n#errors\n"), *tree = strstr(p, "#document-fragment\n");
        assert_non_null(end);
        assert_non_null(tree);
        const char *stop = strstr(tree, "\n\n");
        lp_buf want, tidy, got;
        lp_buf_init(&want, 10000);
        lp_buf_init(&tidy, 10000);
        lp_buf_init(&got, 10000);
        lp_buf_bytes(&want, "", 0);
        for (const char *l = tree; l && (!stop || l < stop);) {
            l += strcspn(l, "\n");
            l += *l == '\n';
            const char *q = l + strspn(l, "| ");
            if (*l == '|' && *q == '"')
                unquote(q + 1, '"', &want);
            if (!*l)
                break;
        }
        lp_markup_tidy(&tidy, want.data, want.len);
        assert_int_equal(lp_markup_read(p, (size_t)(end - p), 0, gather, &got, NULL), LP_OK);
        if (memmem(p, (size_t)(end - p), "<rt>", 4))
            without_brackets(&got);
        int is_same = lp_str_eq(got.data ? got.data : "", tidy.data ? tidy.data : "");
        if (is_same == is_other_on_purpose(p, (size_t)(end - p)))
            fail_msg("%s: %.*s gives \"%s\", not \"%s\"", name, (int)(end - p), p, got.data,
                     tidy.data);
        *n_agree += (size_t)is_same;
        n++;
        lp_buf_clear(&want);
        lp_buf_clear(&tidy);
        lp_buf_clear(&got);
    }
    return n;
}

static void cue_text_is_read_as_the_web_platform_tests_say(void **state)
{
    (void)state;
    static const char *const files[] = { "tree-building.dat", "entities.dat" };
    lp_arena a = { 0 };
    const char *dir = folder(&a, "captions/wpt-webvtt/cue-text");
    size_t n = 0, n_agree = 0;
    for (size_t i = 0; i < 2; i++) {
        lp_buf text;
        load(lp_path_join(&a, dir, files[i]), &text);
        n += check_trees(text.data, files[i], &n_agree);
        lp_buf_clear(&text);
    }
    print_message("%zu of %zu cue texts agree, the others differ on purpose\n", n_agree, n);
    assert_int_equal(n, 34);
    assert_int_equal(n_agree, 32);
    lp_arena_clear(&a);
}

/* Reads every caption file below `dir`; counts them, and those that gave no cue. */
static void read_below(const char *dir, size_t *n_files, size_t *n_cues, size_t *n_none)
{
    lp_arena a = { 0 };
    char **names = NULL;
    size_t n = 0;
    assert_int_equal(lp_file_list(dir, &a, &names, &n, NULL), LP_OK);
    for (size_t i = 0; i < n; i++) {
        const char *path = lp_path_join(&a, dir, names[i]);
        if (lp_file_lstat(path).kind == LP_FILE_DIR)
            read_below(path, n_files, n_cues, n_none);
        int is_vtt = lp_str_ends(names[i], ".vtt");
        if (lp_file_lstat(path).kind != LP_FILE_REGULAR ||
            (!is_vtt && !lp_str_ends(names[i], ".srt")))
            continue;
        lp_buf text;
        lp_cues c = { .source = names[i] };
        load(path, &text);
        lp_status s = is_vtt ? lp_vtt_parse(text.data, text.len, &a, &c, NULL)
                             : lp_srt_parse(text.data, text.len, &a, &c, NULL);
        assert_true(s == LP_OK || s == LP_ERR_INPUT);
        for (size_t k = 0; k < c.n; k++) {
            const lp_cue *q = &c.items[k];
            assert_true(q->start_us >= 0 && q->start_us < q->end_us && *q->text);
            assert_true(lp_utf8_is_valid(q->text, strlen(q->text)));
            assert_true(q->person >= -1 && q->person < (int)c.n_people);
            assert_true(k == 0 || q[-1].start_us <= q->start_us);
        }
        ++*n_files;
        *n_cues += c.n;
        *n_none += c.n == 0;
        lp_buf_clear(&text);
    }
    lp_arena_clear(&a);
}

static void every_caption_file_of_the_corpus_gives_sound_cues(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    size_t n_files = 0, n_cues = 0, n_none = 0;
    read_below(folder(&a, ""), &n_files, &n_cues, &n_none);
    print_message("%zu files, %zu cues, %zu files without any\n", n_files, n_cues, n_none);
    assert_true(n_files > 50);
    assert_true(n_none < n_files / 10);
    lp_arena_clear(&a);
}

static size_t count_words(const char *s, size_t n)
{
    size_t words = 0;
    for (size_t i = 0; i < n; i++)
        words += !strchr(" \t\n", s[i]) && (i == 0 || strchr(" \t\n", s[i - 1]));
    return words;
}

/* Words of the lines below lines of times, without <v Name> and </v>. */
static size_t words_in(const lp_buf *text)
{
    size_t words = 0, at = 0, is_text = 0;
    lp_line l;
    while (lp_line_next(text->data, text->len, &at, &l)) {
        if (lp_line_has(l, "-->"))
            is_text = 1;
        else if (l.n == 0)
            is_text = 0;
        else if (is_text) {
            const char *end = l.n > 3 && memcmp(l.s, "<v ", 3) == 0 ? memchr(l.s, '>', l.n) : NULL;
            size_t skip = end ? (size_t)(end + 1 - l.s) : 0;
            words += count_words(l.s + skip, l.n - skip); /* </v> stands at a word's end */
        }
    }
    return words;
}

/* The file has the prefix right before these words. */
static int names_cue(const lp_buf *text, const char *prefix, size_t n, const char *words)
{
    for (const char *p = text->data; (p = strstr(p, prefix)) != NULL; p += n)
        if (strncmp(p + n, words, strcspn(words, "\n")) == 0)
            return 1;
    return 0;
}

/* Every word of the platforms' files is in a cue or is the name of who says it. */
static void no_word_of_a_platforms_file_is_lost_or_doubled(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t n_people, n_nobody;
    } cases[] = {
        { "zoom/zoomgroupstats/meeting001_transcript.vtt", 5, 0 },
        { "zoom/ethereum-pm/acdt_2026-07-06_086/transcript.vtt", 16, 0 },
        { "zoom/ethereum-pm/acde_2026-07-30_242/transcript.vtt", 24, 0 },
        { "zoom/ethereum-pm/acde_2026-03-12_232/transcript.vtt", 24, 0 },
        { "zoom/zoomstudentengagement/synthetic_biology_lab_session.vtt", 5, 0 },
        { "teams/teams_example_jmarshrossney.vtt", 2, 0 },
        { "teams/teams_old-unpadded-times.vtt", 0, 0 },
    };
    lp_arena a = { 0 };
    folder(&a, "zoom");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_buf text;
        lp_cues c = { .source = "x.vtt" };
        load(lp_path_join(&a, corpus, cases[i].file), &text);
        assert_int_equal(lp_vtt_parse(text.data, text.len, &a, &c, NULL), LP_OK);
        size_t in = words_in(&text), out = 0, n_nobody = 0;
        int is_zoom = strstr(text.data, "<v ") == NULL;
        for (size_t k = 0; k < c.n; k++) {
            const lp_cue *q = &c.items[k];
            out += count_words(q->text, strlen(q->text));
            n_nobody += q->person < 0;
            const char *name = q->person < 0 ? "" : c.people[q->person].name;
            char prefix[256];
            int n = snprintf(prefix, sizeof(prefix), "\n%s: ", name);
            /* the name stood before its words, but where Zoom's speaker goes on */
            out += is_zoom && *name && names_cue(&text, prefix, (size_t)n, q->text)
                       ? count_words(name, strlen(name))
                       : 0;
        }
        print_message("%s: %zu words in, %zu out\n", cases[i].file, in, out);
        assert_int_equal(out, in);
        assert_int_equal(n_nobody, cases[i].n_nobody);
        if (cases[i].n_people)
            assert_int_equal(c.n_people, cases[i].n_people);
        lp_buf_clear(&text);
    }
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(webvtt_files_are_read_as_the_web_platform_tests_say),
        cmocka_unit_test(times_that_the_standard_refuses_and_we_read_are_these),
        cmocka_unit_test(cue_text_is_read_as_the_web_platform_tests_say),
        cmocka_unit_test(no_word_of_a_platforms_file_is_lost_or_doubled),
        cmocka_unit_test(every_caption_file_of_the_corpus_gives_sound_cues),
    };
    return cmocka_run_group_tests(tests, find_corpus, NULL);
}
