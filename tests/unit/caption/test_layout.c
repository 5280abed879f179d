#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "caption/layout.h"
#include "caption/lint.h"
#include "unit/caption/heard.h"
#include "unit/caption/speech.h"

/* Says the words of `text`, split at blanks, each for `each_ms`; "_" is a pause of 100 ms, and
 * "@" lets the other person speak. */
static void say(lp_cues *c, lp_arena *a, const char *text, int each_ms)
{
    int64_t t_us = 0;
    int person = 0;
    c->words = (lp_words){ 0 };
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        char *word = lp_arena_strndup(a, p, n);
        assert_non_null(word);
        p += n + (p[n] == ' ');
        if (strcmp(word, "_") == 0) {
            t_us += 100000;
        } else if (strcmp(word, "@") == 0) {
            person = 1 - person;
        } else {
            lp_word w = { t_us, t_us + each_ms * 1000, word, -1, person };
            assert_int_equal(lp_words_add(&c->words, a, w, NULL), LP_OK);
            t_us += each_ms * 1000;
        }
    }
}

static void lay(lp_cues *c, lp_arena *a, int line_chars, const char *const *terms,
                size_t n_terms)
{
    lp_layout_options o = { .line_chars = line_chars, .terms = terms, .n_terms = n_terms };
    lp_diag d = { 0 };
    if (lp_cues_layout(c, &o, a, &d) != LP_OK)
        fail_msg("%s", d.text);
}

static const char *text_of(const lp_cues *c, lp_arena *a)
{
    char *all = lp_arena_printf(a, "%s", "");
    for (size_t i = 0; i < c->n; i++)
        all = lp_arena_printf(a, "%s%s|", all, c->items[i].text);
    return all;
}

static void breaks_fall_where_the_sense_does(void **state)
{
    (void)state;
    static const struct {
        const char *name, *lang, *said, *want;
        int each_ms;
        const char *term;
    } cases[] = {
        { "a short sentence is one line", "en", "This is short.", "This is short.|", 400,
          NULL },
        { "sentences that fill a cue each part", "en",
          "We take the sample mean of the first group. _ _ _ Then we take the one of the "
          "second group again.",
          "We take the sample mean\nof the first group.|Then we take the one\nof the second "
          "group again.|",
          300, NULL },
        { "a line goes on before a conjunction", "en",
          "The slope is positive here because the line goes up.",
          "The slope is positive here\nbecause the line goes up.|", 300, NULL },
        { "an article stays with its noun", "en",
          "Everybody has already seen the very complicated coefficient.",
          "Everybody has already seen\nthe very complicated coefficient.|", 400, NULL },
        { "a French article too", "fr",
          "Tout le monde a d\xc3\xa9j\xc3\xa0 bien vu les coefficients compliqu\xc3\xa9s.",
          "Tout le monde a d\xc3\xa9j\xc3\xa0 bien vu\nles coefficients compliqu\xc3\xa9s.|",
          400, NULL },
        { "a number is one thing", "en",
          "There were almost certainly 3 000 000 participants in it.",
          "There were almost certainly\n3 000 000 participants in it.|", 500, NULL },
        { "a long number too", "en", "See 111 222 333 444 555 666 777 888 grains.",
          "See 111 222 333 444 555 666 777 888\ngrains.|", 500, NULL },
        { "and its unit", "en",
          "Altogether we can see an increase of 3.5 % above what was expected.",
          "Altogether we can see an increase\nof 3.5 % above what was expected.|", 380, NULL },
        { "words that are no term", "en",
          "Everybody estimates the standard error functions here.",
          "Everybody estimates the standard\nerror functions here.|", 600, NULL },
        { "a term is one thing", "en", "Everybody estimates the standard error functions here.",
          "Everybody estimates\nthe standard error functions here.|", 600, "Standard error" },
        { "an abbreviation ends no sentence", "en", "Ask Dr. Smith about it.",
          "Ask Dr. Smith about it.|", 300, NULL },
        { "a reference keeps its number", "en",
          "Everybody has already seen Fig. 3 explained once before.",
          "Everybody has already seen\nFig. 3 explained once before.|", 400, NULL },
        { "a name keeps its title", "en",
          "Everybody has already met Dr. Smithsonian at least twice.",
          "Everybody has already met\nDr. Smithsonian at least twice.|", 400, NULL },
        { "a number in words is one", "en",
          "Everybody has seen twenty three hundred fish there.",
          "Everybody has seen\ntwenty three hundred fish there.|", 400, NULL },
        { "a subject stays with its verb", "en",
          "As everybody knows we understood all of this.",
          "As everybody knows\nwe understood all of this.|", 400, NULL },
        { "a phrase ends with its preposition", "en",
          "There were other such days later on everything gets done.",
          "There were other such days\nlater on everything gets done.|", 400, NULL },
        { "an article does not begin a sentence at a line's end", "en",
          "That would be our very plan. The rest would be ready to go.",
          "That would be our very plan.\nThe rest would be ready to go.|", 300, NULL },
        { "a word longer than a line is cut in the middle", "fi",
          "ep\xc3\xa4j\xc3\xa4rjestelm\xc3\xa4llistytt\xc3\xa4m\xc3\xa4ttomyydellansakaan",
          "ep\xc3\xa4j\xc3\xa4rjestelm\xc3\xa4llistytt" LP_WORD_GOES_ON "\n\xc3\xa4m\xc3\xa4ttomyydellansakaan|",
          4000, NULL },
        { "an address that fits a line is whole", "en", "https://example.org/library/asyncio-tasks",
          "https://example.org/library/asyncio-tasks|", 4000, NULL },
        { "a longer one is cut at its signs, within a cue", "en",
          "So everybody has already seen it. See https://example.org/library/asyncio-tasks/first.html now.",
          "So everybody has already seen it. See|https://example.org/library/asyncio-" LP_WORD_GOES_ON
          "\ntasks/first.html now.|",
          700, NULL },
        { "one longer than two lines goes on in the next cue", "en",
          "https://example.org/a/very/long/address/that/goes/on/for/more/than/two/whole/lines/of/text.html",
          "https://example.org/a/very/long/" LP_WORD_GOES_ON "\naddress/that/goes/on/for/more/than/" LP_WORD_GOES_ON
          "|two/whole/lines/of/text.html|",
          9000, NULL },
        { "speakers part", "en", "Is it clear? @ Yes it is. @ Good.",
          "Is it clear?|Yes it is.|Good.|", 450, NULL },
    };
    int n_wrong = 0;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = cases[i].lang };
        say(&c, &a, cases[i].said, cases[i].each_ms);
        lay(&c, &a, 42, &cases[i].term, cases[i].term != NULL);
        if (strcmp(text_of(&c, &a), cases[i].want) != 0)
            print_error("%s:\n%s\n", cases[i].name, text_of(&c, &a));
        n_wrong += strcmp(text_of(&c, &a), cases[i].want) != 0;
        lp_arena_clear(&a);
    }
    assert_int_equal(n_wrong, 0);
}

/* Here a cue that is short for a word is the price. */
static void a_long_word_stays_in_one_cue_where_that_can_be(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    const lp_word said[] = { { 0, 700000, "Nevertheless", -1, 0 },
                             { 700000, 6000000, "https://example.org/library/asyncio-tasks/first-page-of-it.html", -1, 0 } };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(lp_words_add(&c.words, &a, said[i], NULL), LP_OK);
    lay(&c, &a, 42, NULL, 0);
    assert_string_equal(text_of(&c, &a), "Nevertheless|https://example.org/library/asyncio-" LP_WORD_GOES_ON "\ntasks/first-page-of-it.html|");
    lp_arena_clear(&a);
}

static void scripts_without_blanks_get_none(void **state)
{
    (void)state;
    static const struct {
        const char *name, *lang, *said, *want;
    } cases[] = {
        { "Chinese in words", "zh", "今天 我们 讨论 回归 分析 的 基本 假设 和 残差 的 分布。",
          "今天我们讨论回归分析的\n基本假设和残差的分布。|" },
        { "Chinese in one run", "zh",
          "今天我们讨论回归分析的基本假设和残差的分布，然后做一个例子。",
          "今天我们讨论回归分析的基本假设\n和残差的分布，然后做一个例子。|" },
        { "Japanese keeps its stops and long sounds", "ja",
          "今日はデータの分布について説明します。",
          "今日はデータの\n分布について説明します。|" },
        { "Japanese with Latin", "ja", "次は Python で 書きます。", "次はPythonで書きます。|" },
        { "Korean has blanks", "ko", "오늘은 회귀 분석을 공부합니다.",
          "오늘은 회귀 분석을 공부합니다.|" },
        { "Arabic has blanks and one column a letter", "ar",
          "مرحبا بكم في هذا الدرس عن الإحصاء، شكرا.",
          "مرحبا بكم في هذا الدرس\nعن الإحصاء، شكرا.|" },
        { "Hebrew points take no room", "he", "שָׁלוֹם לְכֻלָּם וּבְרוּכִים הַבָּאִים.",
          "שָׁלוֹם לְכֻלָּם וּבְרוּכִים הַבָּאִים.|" },
        { "Thai words touch", "th", "สวัสดี ครับ", "สวัสดีครับ|" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = cases[i].lang };
        say(&c, &a, cases[i].said, strchr(cases[i].said, ' ') ? 500 : 6000);
        lay(&c, &a, 42, NULL, 0);
        lp_breaches b;
        assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
        if (strcmp(text_of(&c, &a), cases[i].want) != 0 || b.n_hard)
            fail_msg("%s: %zu breaches, %s\n%s", cases[i].name, b.n_hard,
                     b.n ? b.items[0].text : "", text_of(&c, &a));
        lp_arena_clear(&a);
    }
}

static void a_cue_stays_for_its_readers(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    say(&c, &a,
        "Yes. _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ No. _ _ _ _ _ _ _ _ _ _ _ @ "
        "Perhaps.",
        300);
    lay(&c, &a, 42, NULL, 0);
    assert_string_equal(text_of(&c, &a), "Yes.|No.|Perhaps.|");
    assert_int_equal(c.items[0].start_us, 0);
    assert_int_equal(c.items[0].end_us, 1000000); /* 1 s, not 0.3 */
    assert_int_equal(c.items[1].start_us, 2800000);
    assert_int_equal(c.items[1].end_us, 4200000); /* the gap of 0.4 s is closed */
    lp_arena_clear(&a);
}

static void a_fast_sentence_borrows_time_from_the_next(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    lp_breaches b;
    say(&c, &a,
        "Notwithstanding considerable counterrevolutionary. It _ _ _ _ is _ _ _ _ quite _ _ _ "
        "_ natural "
        "_ _ _ _ today _ _ _ _ for _ _ _ _ all _ _ _ _ of _ _ _ _ such _ _ _ _ words _ _ _ _ "
        "to _ _ _ _ take "
        "_ _ _ _ time.",
        350);
    lay(&c, &a, 42, NULL, 0);
    assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
    if (b.n_hard)
        fail_msg("%s\n%s", b.items[0].text, text_of(&c, &a));
    lp_arena_clear(&a);
}

static void cues_know_their_words(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    assert_int_equal(speech_make(&c.words, &a, 500, 7, 0), 0);
    lay(&c, &a, 42, NULL, 0);
    size_t next = 0;
    for (size_t i = 0; i < c.n; i++) {
        const lp_cue *q = &c.items[i];
        assert_int_equal(q->first_word, next);
        assert_true(q->n_words > 0);
        const char *first = c.words.items[q->first_word].text;
        assert_memory_equal(q->text, first, strlen(first));
        next += q->n_words;
    }
    assert_int_equal(next, 500);
    lp_arena_clear(&a);
}

static void words_without_end_or_sense_lose_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *name, *said;
        int each_ms, is_fast;
    } cases[] = {
        { "an address longer than two lines",
          "See "
          "https://example.org/a/very/long/address/that/goes/on-and-on/for/more/than/two/whole/"
          "lines/of/text/in/one/word.html now",
          7000, 0 },
        { "no times", "one two three four five six seven eight nine ten eleven twelve", 0, 1 },
        { "a word of a minute", "Aaaaaaah no", 60000, 0 },
        { "only stops", ". , ! ? -- ... \"", 300, 0 },
        { "very fast", "incomprehensibilities notwithstanding counterrevolutionaries", 150, 1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        say(&c, &a, cases[i].said, cases[i].each_ms);
        lay(&c, &a, 42, NULL, 0);
        lp_breaches b;
        assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
        if (!speech_same_text(&c.words, c.items, c.n) || (b.n_hard && !cases[i].is_fast))
            fail_msg("%s: %s\n%s", cases[i].name, b.n ? b.items[0].text : "", text_of(&c, &a));
        for (size_t k = 0; k < c.n; k++)
            assert_true(c.items[k].start_us < c.items[k].end_us &&
                        (k == 0 || c.items[k - 1].end_us <= c.items[k].start_us));
        lp_arena_clear(&a);
    }
    lp_arena a = { 0 };
    lp_cues none = { 0 };
    lay(&none, &a, 42, NULL, 0);
    assert_int_equal(none.n, 0);
    lp_arena_clear(&a);
}

static void nothing_shows_after_the_end(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    say(&c, &a, "It ends here.", 200);
    lp_layout_options o = { .line_chars = 42, .duration_us = 700000 };
    assert_int_equal(lp_cues_layout(&c, &o, &a, NULL), LP_OK);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.items[0].end_us, 700000);
    lp_arena_clear(&a);
}

/* An hour of lecture keeps every hard rule and nearly all soft ones, in each style. */
static void an_hour_can_be_read(void **state)
{
    (void)state;
    static const int styles[] = { 42, 37, 32 };
    for (size_t i = 0; i < 6; i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        assert_int_equal(lp_cues_person(&c, &a, "Ada", 3), 0);
        assert_int_equal(lp_cues_person(&c, &a, "Bo", 2), 1);
        assert_int_equal(speech_make(&c.words, &a, 9000, 1234 + (uint32_t)i, i >= 3), 0);
        clock_t from = clock();
        lay(&c, &a, styles[i % 3], NULL, 0);
        clock_t took = clock() - from; /* of this process: others may be busy */
        lp_breaches b;
        assert_int_equal(lp_cues_lint(&c, styles[i % 3], &a, &b, NULL), LP_OK);
        size_t kinds[LP_LINT_NUMBER + 1] = { 0 };
        for (size_t k = 0; k < b.n; k++)
            kinds[b.items[k].code]++;
        if (getenv("TELL")) {
            printf(
                "style %d, %zu cues of %d min, hard %zu, soft %zu (%.1f %% of cues), %lld ms:",
                styles[i % 3], c.n, (int)(c.items[c.n - 1].end_us / 60000000), b.n_hard,
                b.n_soft, 100.0 * (double)b.n_cues_soft / (double)c.n,
                (long long)took * 1000 / CLOCKS_PER_SEC);
            for (int k = 0; k <= LP_LINT_NUMBER; k++)
                if (kinds[k])
                    printf(" %s %zu", lp_lint_rule_of((lp_lint_code)k)->name, kinds[k]);
            puts("");
            for (size_t k = 0; k < 12; k++)
                printf("%lld-%lld %s|\n", (long long)c.items[k].start_us / 1000,
                       (long long)c.items[k].end_us / 1000, c.items[k].text);
        }
        assert_true(speech_same_text(&c.words, c.items, c.n));
        assert_int_equal(b.n_hard, 0);
        assert_true(b.n_cues_soft * 50 <= c.n);
        for (size_t k = 0; k < c.n; k++) {
            int64_t off_us =
                c.items[k].start_us - c.words.items[c.items[k].first_word].start_us;
            assert_true(off_us <= 200000 && off_us >= -200000);
            for (size_t w = 0; w < c.items[k].n_words; w++)
                assert_int_equal(c.words.items[c.items[k].first_word + w].person,
                                 c.items[k].person);
        }
        assert_true(took < CLOCKS_PER_SEC);
        lp_arena_clear(&a);
    }
}

static void a_cue_begins_with_its_word_where_nothing_is_gained(void **state)
{
    (void)state;
    lp_arena a = { 0 };
    lp_cues c = { .lang = "en" };
    say(&c, &a, "This is short. _ _ _ _ @ That is not long. _ _ _ _ @ Nor is this.", 400);
    lay(&c, &a, 42, NULL, 0);
    assert_int_equal(c.n, 3);
    for (size_t i = 0; i < c.n; i++)
        assert_int_equal(c.items[i].start_us, c.words.items[c.items[i].first_word].start_us);
    lp_arena_clear(&a);
}

/* A lecturer in a hurry, 150 and 165 words a minute with all pauses: the search has to find
 * the slack that there is, and to give it to the cues that lack it. */
static void a_hurried_hour_can_be_read(void **state)
{
    (void)state;
    static const struct {
        int percent; /* of the time that speech_make() gives */
        double most_soft;
    } cases[] = { { 92, 0.02 }, { 85, 0.04 } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        lp_breaches b;
        assert_int_equal(speech_make(&c.words, &a, 10000, 77, 0), 0);
        for (size_t k = 0; k < c.words.n; k++) {
            c.words.items[k].start_us = c.words.items[k].start_us / 100 * cases[i].percent;
            c.words.items[k].end_us = c.words.items[k].end_us / 100 * cases[i].percent;
        }
        lay(&c, &a, 42, NULL, 0);
        assert_int_equal(lp_cues_lint(&c, 42, &a, &b, NULL), LP_OK);
        if (getenv("TELL"))
            printf("%d %%: %zu cues, %lld s, hard %zu, soft %zu\n", cases[i].percent, c.n,
                   (long long)(c.items[c.n - 1].end_us / 1000000), b.n_cues_hard,
                   b.n_cues_soft);
        assert_int_equal(b.n_hard, 0);
        assert_true((double)b.n_cues_soft <= cases[i].most_soft * (double)c.n);
        for (size_t k = 0; k < c.n; k++) {
            int64_t off_us =
                c.items[k].start_us - c.words.items[c.items[k].first_word].start_us;
            assert_true(off_us <= 200000 && off_us >= -200000);
        }
        lp_arena_clear(&a);
    }
}

/* What an engine really hears, as it was said and said faster: at seventeen characters a second
 * on the average nearly every cue has the time it wants, at twenty each has what it needs. */
static void speech_that_was_heard_can_be_read(void **state)
{
    (void)state;
    static const struct {
        int percent;
        double most_soft;
    } cases[] = { { 100, 0.025 }, { 95, 0.25 }, { 86, 1 } };
    static const int styles[] = { 42, 37, 32 };
    for (size_t i = 0; i < 9; i++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        lp_breaches b;
        for (size_t k = 0; k < sizeof(heard_words) / sizeof(heard_words[0]); k++) {
            const heard_word *h = &heard_words[k];
            int64_t us = 10 * cases[i / 3].percent; /* for each ms */
            lp_word w = { h->start_ms * us, h->end_ms * us, h->text, -1, -1 };
            assert_int_equal(lp_words_add(&c.words, &a, w, NULL), LP_OK);
        }
        lay(&c, &a, styles[i % 3], NULL, 0);
        assert_int_equal(lp_cues_lint(&c, styles[i % 3], &a, &b, NULL), LP_OK);
        if (getenv("TELL"))
            printf("heard, %d %%, style %d: %zu cues, hard %zu, soft %zu\n", cases[i / 3].percent,
                   styles[i % 3], c.n, b.n_cues_hard, b.n_cues_soft);
        assert_true(speech_same_text(&c.words, c.items, c.n));
        assert_int_equal(b.n_hard, 0);
        assert_true((double)b.n_cues_soft <= cases[i / 3].most_soft * (double)c.n);
        if (i < 6) /* what is left, the speech is to blame for */
            assert_true((b.n_soft - b.n_speech) * 50 <= c.n);
        lp_arena_clear(&a);
    }
}

static void each_failing_allocation_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        lp_arena a = { 0 };
        lp_cues c = { .lang = "en" };
        lp_diag d = { 0 };
        static const char *const term = "standard error";
        lp_layout_options o = { .line_chars = 42, .terms = &term, .n_terms = 1 };
        assert_int_equal(speech_make(&c.words, &a, 60, 3, 0), 0);
        lp_mem_fail_at(n);
        lp_status s = lp_cues_layout(&c, &o, &a, &d);
        lp_mem_fail_at(0);
        lp_arena_clear(&a);
        if (s == LP_OK) {
            assert_true(n > 5);
            return;
        }
        assert_int_equal(s, LP_ERR_NOMEM);
        assert_int_equal(c.n, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_fall_where_the_sense_does),
        cmocka_unit_test(a_long_word_stays_in_one_cue_where_that_can_be),
        cmocka_unit_test(scripts_without_blanks_get_none),
        cmocka_unit_test(a_cue_stays_for_its_readers),
        cmocka_unit_test(a_fast_sentence_borrows_time_from_the_next),
        cmocka_unit_test(cues_know_their_words),
        cmocka_unit_test(words_without_end_or_sense_lose_nothing),
        cmocka_unit_test(nothing_shows_after_the_end),
        cmocka_unit_test(an_hour_can_be_read),
        cmocka_unit_test(a_cue_begins_with_its_word_where_nothing_is_gained),
        cmocka_unit_test(a_hurried_hour_can_be_read),
        cmocka_unit_test(speech_that_was_heard_can_be_read),
        cmocka_unit_test(each_failing_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
