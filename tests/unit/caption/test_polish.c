#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "caption/polish.h"

/* "@" before a word: another person says it. */
static void say(lp_words *w, lp_arena *a, const char *text)
{
    int person = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        person += *p == '@';
        lp_word word = { 0, 0, lp_arena_strndup(a, p + (*p == '@'), n - (*p == '@')), 1,
                         person };
        assert_int_equal(lp_words_add(w, a, word, NULL), LP_OK);
        p += n + (p[n] == ' ');
    }
}

static const char *joined(const lp_words *w, lp_arena *a)
{
    const char *all = "";
    for (size_t i = 0; i < w->n; i++)
        all = lp_arena_printf(a, "%s%s%s", all, i ? " " : "", w->items[i].text);
    return all;
}

static const struct {
    const char *name, *lang, *said, *want;
    const char *terms[3];
} cases[] = {
    { "sentences",
      "en",
      "hello. so? \"yes\" it is! (and so) on",
      "Hello. So? \"Yes\" it is! (And so) on",
      { NULL } },
    { "no sentences",
      "en",
      "see Dr. smith, e.g. today ... well 3.5 or so",
      "See Dr. smith, e.g. today ... well 3.5 or so",
      { NULL } },
    { "a new speaker", "en", "so we @yes we do", "So we Yes we do", { NULL } },
    { "what has capitals or is an address",
      "en",
      "it. iPhone. example.org is. pH",
      "It. iPhone. example.org is. pH",
      { NULL } },
    { "English I",
      "en-US",
      "So i think i'm in, i\xe2\x80\x99ll say \"i\" i.e. the i-th it",
      "So I think I'm in, I\xe2\x80\x99ll say \"I\" i.e. the i-th it",
      { NULL } },
    { "no English I elsewhere", "it", "Se i dati", "Se i dati", { NULL } },
    { "other alphabets",
      "el",
      "\xce\xb1\xcf\x85\xcf\x84\xcf\x8c. \xc3\xa9t\xc3\xa9. \xd0\xb4\xd0\xb0. \xc3\x9f",
      "\xce\x91\xcf\x85\xcf\x84\xcf\x8c. \xc3\x89t\xc3\xa9. \xd0\x94\xd0\xb0. \xc3\x9f",
      { NULL } },
    { "Turkish", "tr", "iyi.", "\xc4\xb0yi.", { NULL } },
    { "Arabic and Chinese have no capitals",
      "ar",
      "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7. \xe4\xbb\x8a",
      "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7. \xe4\xbb\x8a",
      { NULL } },
    { "terms",
      "en",
      "An anova, in (comfyui) with ph",
      "An ANOVA, in (ComfyUI) with pH",
      { "ANOVA table", "ComfyUI", "pH" } },
    { "headings are no terms",
      "en",
      "The variance of it in regression and it",
      "The variance of it in regression and it",
      { "Variance", "REGRESSION", "IT" } },
    { "nor titles in capitals",
      "en",
      "The error of mean",
      "The error of mean",
      { "ERROR OF MEAN" } },
};

static void small_things_are_mended_and_no_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_words w = { 0 };
        size_t n_terms = 0;
        while (n_terms < 3 && cases[i].terms[n_terms])
            n_terms++;
        say(&w, &a, cases[i].said);
        assert_int_equal(lp_words_polish(&w, cases[i].lang, cases[i].terms, n_terms, &a, NULL),
                         LP_OK);
        if (strcmp(joined(&w, &a), cases[i].want) != 0)
            fail_msg("%s: %s", cases[i].name, joined(&w, &a));
        lp_arena_clear(&a);
    }
}

static void each_failing_allocation_is_reported(void **state)
{
    (void)state;
    static const char *const terms[] = { "ANOVA" };
    for (long n = 1;; n++) {
        lp_arena a = { 0 };
        lp_words w = { 0 };
        say(&w, &a, "so i said anova");
        lp_mem_fail_at(n);
        lp_status s = lp_words_polish(&w, "en", terms, 1, &a, NULL);
        lp_mem_fail_at(0);
        assert_int_equal(w.n, 4);
        lp_arena_clear(&a);
        if (s == LP_OK) {
            assert_true(n > 2);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_things_are_mended_and_no_more),
        cmocka_unit_test(each_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
