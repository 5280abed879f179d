/* The web platform tests for reading WebVTT files, and what their pages assert, translated by hand: one
 * value for each cue, "auto*3" stands for three. LECPACK_CORPUS names the corpus; without it,
 * "../shared/corpus" beside the source. Skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ingest/vtt_file.h"

struct got { /* the cues of a file, as the fields below print them */
    const char *field;
    lp_buf cues;
    size_t n;
};

static void print_region(lp_buf *b, const lp_vtt_region *r)
{
    if (!r)
        lp_buf_str(b, "none");
    else
        lp_buf_printf(b, "%.17g %.17g %.17g,%.17g %.17g,%.17g%s", r->width, r->lines, r->anchor_x, r->anchor_y,
                      r->viewport_x, r->viewport_y, r->scrolls_up ? " up" : "");
}

static void print_settings(lp_buf *b, const char *field, const lp_vtt_settings *s)
{
    static const char *const aligns[] = { "center", "start", "end", "left", "right", "auto" };
    static const char *const verticals[] = { "-", "rl", "lr" };
    if (lp_str_eq(field, "align"))
        lp_buf_str(b, aligns[s->align]);
    else if (lp_str_eq(field, "vertical"))
        lp_buf_str(b, verticals[s->vertical]);
    else if (lp_str_eq(field, "size"))
        lp_buf_printf(b, "%.17g", s->size);
    else if (lp_str_eq(field, "line") && s->has_line)
        lp_buf_printf(b, "%.17g%s %s", s->line + 0.0, s->is_line_percent ? "%" : "", aligns[s->line_align]);
    else if (lp_str_eq(field, "position") && s->has_position)
        lp_buf_printf(b, "%.17g %s", s->position, aligns[s->position_align]);
    else if (lp_str_eq(field, "lines"))
        lp_buf_printf(b, "%.17g", s->region ? s->region->lines : -1.0);
    else if (lp_str_eq(field, "region anchor") && s->region)
        lp_buf_printf(b, "%.17g,%.17g", s->region->anchor_x, s->region->anchor_y);
    else if (lp_str_eq(field, "viewport anchor") && s->region)
        lp_buf_printf(b, "%.17g,%.17g", s->region->viewport_x, s->region->viewport_y);
    else if (lp_str_eq(field, "region id") && s->region)
        lp_buf_bytes(b, s->region->id, s->region->n_id);
    else if (lp_str_eq(field, "region"))
        print_region(b, s->region);
    else
        lp_buf_str(b, "auto");
}

static lp_status take_header(void *user, lp_line line, lp_diag *d)
{
    (void)user;
    (void)line;
    (void)d;
    return LP_OK;
}

static lp_status take_cue(void *user, const lp_vtt_cue *cue, lp_diag *d)
{
    struct got *g = user;
    (void)d;
    if (!cue->has_times) /* no cue in a browser */
        return LP_OK;
    lp_buf_str(&g->cues, g->n++ ? "|" : "");
    if (lp_str_eq(g->field, "text"))
        lp_buf_bytes(&g->cues, cue->text, cue->n_text);
    else if (lp_str_eq(g->field, "id"))
        lp_buf_bytes(&g->cues, cue->id, cue->n_id);
    else if (lp_str_eq(g->field, "times"))
        lp_buf_printf(&g->cues, "%.3f-%.3f", (double)cue->start_us / 1e6, (double)cue->end_us / 1e6);
    else
        print_settings(&g->cues, g->field, &cue->settings);
    return LP_OK;
}

/* "a|b*2" becomes "a|b|b"; MAX and MIN are the numbers of JavaScript. Returns how many there are. */
static size_t spread(const char *want, lp_buf *out)
{
    size_t n = 0;
    for (const char *next; want; want = next ? next + 1 : NULL) {
        next = strchr(want, '|');
        size_t len = next ? (size_t)(next - want) : strlen(want), i = len;
        while (i > 0 && want[i - 1] >= '0' && want[i - 1] <= '9')
            i--;
        size_t times = i > 0 && i < len && want[i - 1] == '*' ? strtoul(want + i, NULL, 10) : 0;
        len = times ? i - 1 : len;
        for (size_t k = 0; k < (times ? times : 1); k++, n++) {
            const char *minus = len > 3 && *want == '-' ? "-" : "", *word = want + strlen(minus);
            lp_buf_str(out, n ? "|" : "");
            if (strncmp(word, "MAX", 3) == 0 || strncmp(word, "MIN", 3) == 0) {
                lp_buf_printf(out, "%s%.17g", minus, word[1] == 'A' ? DBL_MAX : DBL_TRUE_MIN);
                lp_buf_bytes(out, word + 3, len - 3 - strlen(minus));
            } else {
                lp_buf_bytes(out, want, len);
            }
        }
    }
    return n;
}

#define ANCHORS "0,100|0,0|1,1|100,0|0,100|100,100|0,100*14"
#define STANDARD "100 3 0,100 0,100"
static const struct page {
    const char *file;
    size_t n_cues;
    struct {
        const char *field, *want;
    } checks[3];
} pages[] = {
    { "comment-in-cue-text",
      2,
      { { "text", "NOTE text|NOTE text\nNOTE text2" }, { "times", "0.000-1.000|1.000-2.000" } } },
    { "header-garbage", 1, { { "text", "text" }, { "times", "0.000-1.000" } } },
    { "header-regions",
      10,
      { { "region", "none*4|" STANDARD "|32 5 41,20 31,84 up|100 3 41.125,20.25 32.75,32.5|67 3 0,100 0,100|none|"
                    "10 5 40,20 30,80 up" } } },
    { "ids", 5, { { "id", " leading space|trailing space |-- >|->| " } } },
    { "nulls",
      7,
      { { "text", "text0|text1|\ufffdtext\ufffd2|text3|text4|text5|text6" },
        { "align", "center*6|end" } } },
    { "regions-edge-case", 4, { { "lines", "1|2|3|4" }, { "region id", "foo|bill|jill|jack" } } },
    { "regions-id", 4, { { "lines", "2|1|3|4" } } },
    { "regions-lines",
      13,
      { { "lines", "0|1|100|101|65536|4294967296|1.8446744073709552e+19|9.9999999999999995e+33|2|3*4" } } },
    { "regions-old", 2, { { "region", "none*2" } } },
    { "regions-regionanchor", 20, { { "region anchor", ANCHORS } } },
    { "regions-viewportanchor", 20, { { "viewport anchor", ANCHORS } } },
    { "settings-align", 13, { { "align", "center|start|center|end|left|right|end*6|center" } } },
    { "settings-line",
      46,
      { { "line", "-1 start|0 start*2|1 start|100 start|101 start|65536 start|4294967296 start|"
                  "1.8446744073709552e+19 start|9.9999999999999995e+33 start|1.5 start|MAX start|-MAX start|MIN start|"
                  "0 start|auto*23|0% start*2|100% start*2|100% center|100% end|MIN% start|0% start" } } },
    { "settings-multiple",
      2,
      { { "line", "1% start|1 start" }, { "position", "25 auto|100 auto" }, { "size", "50|0" } } },
    { "settings-position",
      22,
      { { "position", "1 auto|100 auto|1 auto|1.5 auto|1 left|1 center|1 right|1 auto|auto*14" } } },
    { "settings-region", 9, { { "region id", "foo|bar|bar|auto|foo|auto*4" } } },
    { "settings-size", 16, { { "size", "100|2|0|0|100|50|1.5|100*9" } } },
    { "settings-vertical", 8, { { "vertical", "-|lr|rl|lr|-*4" } } },
    { "signature-space", 0, { { NULL, NULL } } },
    { "signature-tab", 0, { { NULL, NULL } } },
    { "signature-tab-no-newline", 0, { { NULL, NULL } } },
    { "signature-timings", 0, { { NULL, NULL } } },
    { "timings-too-long", 2, { { "text", "text0|text1" } } },
    { "timings-too-short", 2, { { "text", "text0|text1" } } },
};
enum { N_PAGES = sizeof(pages) / sizeof(pages[0]) };

/* Pages that are read otherwise on purpose, and why. */
static const struct {
    const char *file, *why;
} others[] = {
    { "timings-too-long", "00:00:00.0000 is a time too: its meaning is plain, and a refusal would lose the caption" },
    { "timings-too-short", "0:0:0.0 and 00:00:01 are times too: Teams wrote the first, and nothing of such a file would be left" },
};

static const char *why_other(const char *file)
{
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (lp_str_eq(others[i].file, file))
            return others[i].why;
    return NULL;
}

static int agrees(const struct page *p, const lp_buf *text)
{
    int is_so = 1;
    for (size_t i = 0; is_so && (i == 0 || (i < 3 && p->checks[i].field)); i++) {
        struct got g = { .field = p->checks[i].field ? p->checks[i].field : "text" };
        const lp_vtt_reader r = { take_header, take_cue, &g };
        lp_arena a = { 0 };
        lp_buf want;
        lp_buf_init(&g.cues, 1 << 20);
        lp_buf_init(&want, 1 << 20);
        lp_status s = lp_vtt_file_read(text->data, text->len, &a, &r, NULL);
        assert_int_equal(s, LP_OK);
        is_so = g.n == p->n_cues;
        if (is_so && p->checks[i].want) {
            assert_int_equal(spread(p->checks[i].want, &want), p->n_cues);
            is_so = lp_str_eq(want.data, g.cues.data);
        }
        if (!is_so)
            print_message("%s: %s: %zu cues: %s\n", p->file, g.field, g.n, g.cues.data);
        lp_buf_clear(&g.cues);
        lp_buf_clear(&want);
        lp_arena_clear(&a);
    }
    return is_so;
}

static void webvtt_files_are_read_as_the_web_platform_tests_say(void **state)
{
    (void)state;
    const char *env = getenv("LECPACK_CORPUS");
    const char *corpus = env && *env ? env : LECPACK_SOURCE_DIR "/../shared/corpus";
    size_t n_agree = 0;
    lp_arena a = { 0 };
    const char *dir = lp_path_join(&a, corpus, "captions/wpt-webvtt/file-parsing");
    if (lp_file_stat(dir).kind != LP_FILE_DIR) {
        print_message("skipped: there is no %s (set LECPACK_CORPUS)\n", dir);
        lp_arena_clear(&a);
        skip();
    }
    for (size_t i = 0; i < N_PAGES; i++) {
        lp_buf raw, text;
        lp_buf_init(&raw, 1 << 20);
        lp_buf_init(&text, 1 << 22);
        const char *path = lp_path_join(&a, dir, lp_arena_printf(&a, "%s.vtt", pages[i].file));
        assert_int_equal(lp_file_read(path, &raw, NULL), LP_OK);
        lp_utf8_from_bytes(&text, raw.data, raw.len);
        int is_so = agrees(&pages[i], &text);
        const char *why = why_other(pages[i].file);
        if (is_so == (why != NULL))
            fail_msg("%s: it %s", pages[i].file, is_so ? "agrees, and is told to differ on purpose" : "does not agree");
        if (!is_so)
            print_message("%s: differs on purpose: %s\n", pages[i].file, why);
        n_agree += (size_t)is_so;
        lp_buf_clear(&raw);
        lp_buf_clear(&text);
    }
    print_message("%zu of %d pages agree\n", n_agree, (int)N_PAGES);
    assert_int_equal(n_agree, N_PAGES - 2);
    char **names = NULL;
    size_t n = 0, n_html = 0;
    assert_int_equal(lp_file_list(dir, &a, &names, &n, NULL), LP_OK);
    for (size_t i = 0; i < n; i++)
        n_html += (size_t)lp_str_ends(names[i], ".html");
    assert_int_equal(n_html, N_PAGES); /* none was left out */
    lp_arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(webvtt_files_are_read_as_the_web_platform_tests_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
