#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "support/tmpdir.h"

#include "package/review_page.h"
#include "unit/package/made.h"

/* The made class as a machine would have heard it: three cues of two words, the chances given here. */
static char *review(made *m, const float p[6], const lp_span *unheard, size_t *n)
{
    static lp_word words[6];
    static const char *const texts[6] = { "One", "two.", "Second", "slide.", "A", "question?" };
    lp_page_file sound = { "sound-1.webm", 5000, "audio/webm", 0, 0 };
    lp_diag d = { 0 };
    lp_buf out;
    lp_tracks tracks;
    for (size_t i = 0; i < 6; i++) {
        words[i] = (lp_word){ m->said[i / 2].start_us, m->said[i / 2].end_us, texts[i], p[i], -1 };
        m->said[i / 2].first_word = i / 2 * 2;
        m->said[i / 2].n_words = 2;
    }
    m->cues.words = (lp_words){ words, 6, 6 };
    m->cues.unheard = (lp_span *)(uintptr_t)unheard;
    m->cues.n_unheard = unheard ? 1 : 0;
    lp_page_input in = { .package = &m->in, .sound = &sound, .tracks = &tracks };
    assert_int_equal(lp_tracks_make(&m->in, &m->arena, &tracks, &d), LP_OK);
    lp_buf_init(&out, 1 << 20);
    assert_int_equal(lp_review_page_write(&in, "en", &out, n, &d), LP_OK);
    return out.data;
}

static int setup(void **state)
{
    made *m = test_malloc(sizeof(*m));
    made_init(m);
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    made_clear(*state);
    test_free(*state);
    return 0;
}

static void captions_that_are_sure_need_no_page(void **state)
{
    static const float sure[6] = { 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.9F };
    size_t n = 9;
    assert_null(review(*state, sure, NULL, &n));
    assert_int_equal(n, 0);
}

static void a_doubtful_caption_is_listed_with_its_time_and_a_box(void **state)
{
    static const float p[6] = { 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.1F };
    size_t n = 0;
    char *page = review(*state, p, NULL, &n);
    assert_int_equal(n, 1);
    assert_non_null(strstr(page, "data-s=\"61.50\" data-e=\"64.00\""));
    assert_non_null(strstr(page, "id=\"c2\""));
    assert_non_null(strstr(page, "10 % sure of \"question?\"<"));
    assert_null(strstr(page, "how sure"));
    assert_non_null(strstr(page, "The machine is "));
    assert_null(strstr(page, "id=\"c0\"")); /* the others are in the file that it gives back, not in the list */
    assert_non_null(strstr(page, "Second slide."));
    lp_free(page);
}

static void speech_without_a_word_gets_an_empty_box(void **state)
{
    static const float sure[6] = { 0.9F, 0.9F, 0.9F, 0.9F, 0.9F, 0.9F };
    static const lp_span lost = { 70000000, 73500000 };
    size_t n = 0;
    char *page = review(*state, sure, &lost, &n);
    assert_int_equal(n, 1);
    assert_non_null(strstr(page, "data-new=\"00:01:10.000 --&gt; 00:01:13.500\""));
    lp_free(page);
}

static void what_was_said_can_not_leave_its_place(void **state)
{
    static const float p[6] = { 0.9F, 0.1F, 0.9F, 0.9F, 0.9F, 0.9F };
    made *m = *state;
    size_t n = 0;
    m->said[0].text = "</textarea><script>alert(1)</script>";
    char *page = review(m, p, NULL, &n);
    assert_null(strstr(page, "<script>alert"));
    assert_null(strstr(page, "</textarea><script"));
    lp_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(captions_that_are_sure_need_no_page, setup, teardown),
        cmocka_unit_test_setup_teardown(a_doubtful_caption_is_listed_with_its_time_and_a_box, setup, teardown),
        cmocka_unit_test_setup_teardown(speech_without_a_word_gets_an_empty_box, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_said_can_not_leave_its_place, setup, teardown),
    };
    return cmocka_run_group_tests_name("package/review_page", tests, NULL, NULL);
}
