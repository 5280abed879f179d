#include "package/review_page.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "caption/review.h"
#include "package/html.h"
#include "package/player_files.h"

enum { CLOCK_CHARS = 32 };

static const char how[] =
    "Listen to each, correct it in its box, then save the file into this folder in the place of {1} and run the same "
    "lecpack command again: only the text is made anew, and what was corrected, or ticked for being right, is not listed any "
    "more. Everything else is in {1} itself, which any text editor opens.";

/* The keys of review.js. */
static const char keys[] =
    "<p id=\"keys\" hidden><button type=\"button\" id=\"start\">Start</button> In a box: <kbd>Enter</kbd> it is right now, "
    "play the next; <kbd>Esc</kbd> play again; <kbd>Page Up</kbd> and <kbd>Page Down</kbd> the one before, the next; "
    "<kbd>Shift+Enter</kbd> a new line; <kbd>Ctrl+S</kbd> save. The word that is least sure is selected: type over "
    "it.</p>\n";

/* "00:01:02.000 --> 00:01:04.000": a cue's line of times, WebVTT. */
static void times_line(int64_t start_us, int64_t end_us, char out[2 * CLOCK_CHARS + 8])
{
    char from[CLOCK_CHARS], to[CLOCK_CHARS];
    lp_time_vtt(start_us, from, sizeof(from));
    lp_time_vtt(end_us, to, sizeof(to));
    snprintf(out, 2 * CLOCK_CHARS + 8, "%s --> %s", from, to);
}

static void play_button(lp_buf *out, const lp_review_item *item, const char *name)
{
    lp_buf_printf(out, "<button type=\"button\" data-s=\"%.2f\" data-e=\"%.2f\" aria-label=\"Play at %s\">\xe2\x96\xb6 %s</button> ",
                  (double)item->start_us / 1e6, (double)item->end_us / 1e6, name, name);
}

static void list_item(lp_buf *out, const lp_page_input *in, const lp_review_item *item, const char *lang)
{
    char clock[CLOCK_CHARS], times[2 * CLOCK_CHARS + 8];
    const lp_plan *plan = in->package->plan;
    lp_time_clock(item->start_us, clock, sizeof(clock));
    lp_buf_str(out, "<li>");
    if (in->sound)
        play_button(out, item, clock);
    else
        lp_buf_printf(out, "%s ", clock);
    for (size_t i = plan->n_slides; i-- > 0;)
        if (plan->slides[i].t_us <= item->start_us) {
            lp_buf_printf(out, "(slide %zu) ", i + 1);
            break;
        }
    if (item->doubts & LP_DOUBT_WORDS)
        lp_buf_str(out, "The machine is ");
    lp_html_text(out, item->text);
    lp_buf_str(out, "<textarea spellcheck=\"true\" lang=\"");
    lp_html_attr(out, strcmp(lang, "und") == 0 ? "" : lang); /* "" says in HTML that it is not known */
    if (item->cue >= 0) {
        if (item->word) {
            lp_buf_str(out, "\" data-w=\"");
            lp_html_attr(out, item->word);
        }
        lp_buf_printf(out, "\" dir=\"auto\" id=\"c%td\" aria-label=\"Caption at %s\">\n", item->cue, clock);
        lp_html_text(out, plan->cues[item->cue].text);
    } else {
        times_line(item->start_us, item->end_us, times);
        lp_buf_printf(out, "\" dir=\"auto\" data-new=\"");
        lp_html_attr(out, times);
        lp_buf_printf(out, "\" aria-label=\"What is said at %s\">\n", clock);
    }
    lp_buf_str(out, "</textarea></li>\n");
}

/* All cues, for the file that the page gives back: times, voice tag, text. */
static lp_status put_cues(lp_buf *out, const lp_page_input *in, const char *lang, lp_diag *d)
{
    const lp_package_input *p = in->package;
    lp_buf text;
    char head[64];
    json_t *o = json_object(), *list = json_array();
    int is_known = strcmp(lang, "und") != 0;
    snprintf(head, sizeof(head), "WEBVTT%s%.40s", is_known ? "\nLanguage: " : "", is_known ? lang : "");
    lp_json_set_str(o, "head", head);
    lp_json_set_str(o, "name", in->tracks->items[0].vtt_path);
    lp_json_set_str(o, "saved", "Saved where your browser puts downloads. Move it into this folder.");
    lp_json_set_str(o, "done", "{1} of {2} looked at.");
    lp_json_set_str(o, "right", "It is right now");
    lp_json_set_str(o, "lost", "The sound file is missing or can not be played.");
    for (size_t i = 0; i < p->plan->n_cues; i++) {
        const lp_cue *c = &p->plan->cues[i];
        char times[2 * CLOCK_CHARS + 8], voice[300] = "";
        times_line(c->start_us, c->end_us, times);
        if (c->person >= 0 && (size_t)c->person < p->cues->n_people)
            snprintf(voice, sizeof(voice), "<v %.200s>", p->cues->people[c->person].name);
        json_t *cue = json_pack("[sss]", times, voice, c->text);
        if (json_array_append_new(list, cue) != 0) {
            json_decref(list);
            json_decref(o);
            return lp_fail_nomem(d);
        }
    }
    lp_json_set_new(o, "cues", list);
    lp_buf_init(&text, out->max);
    lp_status s = lp_json_text(o, 0, &text, d);
    if (s == LP_OK) {
        lp_buf_str(out, "<script type=\"application/json\" id=\"cues\">");
        lp_json_in_html(out, text.data, text.len);
        lp_buf_str(out, "</script>\n");
    }
    json_decref(o);
    lp_buf_clear(&text);
    return s;
}

static lp_status head(lp_buf *out, const lp_page_input *in, lp_diag *d)
{
    lp_buf_str(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; media-src 'self'; base-uri 'none'; "
                    "form-action 'none'; style-src ");
    lp_status s = lp_html_csp_hash(out, lp_player_review_css, lp_player_review_css_bytes, d);
    lp_buf_str(out, "; script-src ");
    if (s == LP_OK)
        s = lp_html_csp_hash(out, lp_player_review_js, lp_player_review_js_bytes, d);
    lp_buf_str(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Captions to check: ");
    lp_html_text(out, in->package->session->title);
    lp_buf_str(out, "</title>\n<style>");
    lp_buf_bytes(out, lp_player_review_css, lp_player_review_css_bytes);
    lp_buf_str(out, "</style>\n</head>\n<body>\n<main>\n<h1>Captions to check: <bdi>");
    lp_html_text(out, in->package->session->title);
    lp_buf_str(out, "</bdi></h1>\n");
    return s;
}

/* The most doubtful in the time that a teacher has, then the rest. */
static void lists(lp_buf *out, const lp_page_input *in, const char *lang, const lp_review *r)
{
    int n_minutes = (int)((r->time_us + 30 * LP_SECOND_US) / (60 * (int64_t)LP_SECOND_US));
    int is_all = r->n_first == r->n;
    lp_buf_printf(out, "<h2>%s%zu: about %d minute%s</h2>\n", is_all ? "All " : "The most doubtful ", r->n_first,
                  n_minutes > 1 ? n_minutes : 1, n_minutes > 1 ? "s" : "");
    if (!is_all)
        lp_buf_str(out, "<p>These are enough for once: nowhere else are as many wrong words to be expected in that time.</p>\n");
    lp_buf_str(out, "<ol>\n");
    for (size_t i = 0; i < r->n; i++) {
        if (i == r->n_first)
            lp_buf_printf(out, "</ol>\n<h2>Then, if there is time: %zu less doubtful</h2>\n<ol>\n", r->n - r->n_first);
        list_item(out, in, &r->items[i], lang);
    }
    lp_buf_str(out, "</ol>\n");
}

static lp_status write_all(const lp_page_input *in, const char *lang, const lp_review *r, lp_buf *out, lp_diag *d)
{
    char number[CLOCK_CHARS];
    const char *args[] = { in->tracks->items[0].vtt_path };
    lp_status s = head(out, in, d);
    snprintf(number, sizeof(number), "%zu place%s", r->n, r->n == 1 ? "" : "s");
    lp_buf_printf(out, "<p>A machine made these captions from the speech. %s may be wrong or hard to read.", number); /* some have no caption yet */
    lp_buf_str(out, in->package->cues->is_edited ? " What a person corrected is not among them.</p>\n" : "</p>\n");
    lp_buf_str(out, "<p>");
    lp_html_fill(out, how, args, 1);
    lp_buf_str(out, "</p>\n");
    if (in->sound) {
        lp_buf_str(out, "<audio id=\"sound\" preload=\"metadata\" controls src=\"");
        lp_html_attr(out, in->sound->path);
        lp_buf_str(out, "\"></audio>\n");
    }
    lp_buf_str(out, keys);
    lists(out, in, lang, r);
    lp_buf_str(out, "<p class=\"bar\"><button type=\"button\" id=\"save\" hidden>Save ");
    lp_html_text(out, in->tracks->items[0].vtt_path);
    lp_buf_str(out, "</button> <label id=\"all\" hidden><input type=\"checkbox\"> All of it is right: call these captions "
                    "reviewed</label> <span id=\"done\"></span> <span id=\"say\" role=\"status\"></span></p>\n</main>\n");
    if (s == LP_OK)
        s = put_cues(out, in, lang, d);
    lp_buf_str(out, "<script>");
    lp_buf_bytes(out, lp_player_review_js, lp_player_review_js_bytes);
    lp_buf_str(out, "</script>\n</body>\n</html>\n");
    return s == LP_OK ? lp_buf_check(out, LP_REVIEW_PAGE_NAME, d) : s;
}

lp_status lp_review_page_write(const lp_page_input *in, const char *lang, lp_buf *out, size_t *n, lp_diag *d)
{
    const lp_package_input *p = in->package;
    lp_arena arena = { 0 };
    lp_review r = { 0 };
    lp_cues shown = *p->cues; /* as the package has them */
    shown.items = p->plan->cues;
    shown.n = p->plan->n_cues;
    lp_status s = lp_cues_review(&shown, 42, p->cues->unheard, p->cues->n_unheard, &arena, &r, d);
    *n = r.n;
    if (s == LP_OK && r.n)
        s = write_all(in, lang, &r, out, d);
    lp_arena_clear(&arena);
    return s;
}
