#include "caption/vtt_write.h"

#include <string.h>

#include "base/time.h"
#include "caption/marks.h"

/* Text as WebVTT wants it. "-->" can not stand in it: its > is escaped. A blank line would end
 * the cue. */
static void write_text(lp_buf *out, const char *s)
{
    for (char before = '\n'; *s; before = *s++) {
        if (*s == '&')
            lp_buf_str(out, "&amp;");
        else if (*s == '<')
            lp_buf_str(out, "&lt;");
        else if (*s == '>')
            lp_buf_str(out, "&gt;");
        else if (*s != '\n' || before != '\n')
            lp_buf_char(out, *s);
    }
}

static void write_name(lp_buf *out, const char *s)
{
    for (; *s; s++) {
        char one[2] = { *s == '\n' ? ' ' : *s, '\0' };
        write_text(out, one);
    }
}

static void write_checked(lp_buf *out, const lp_cue *cues, size_t n)
{
    lp_marks_write(&(lp_marks){ 0 }, out);
    for (size_t i = 0; i < n; i++)
        if (cues[i].is_checked)
            lp_marks_write_one(cues[i].start_us, out);
}

void lp_vtt_write(lp_buf *out, const lp_cue *cues, size_t n, const lp_person *people,
                  size_t n_people, const char *lang, int is_reviewed)
{
    size_t n_checked = 0;
    lp_buf_str(out, "WEBVTT\n");
    if (lang && strcmp(lang, "und") != 0)
        lp_buf_printf(out, "Language: %s\n", lang);
    if (is_reviewed)
        lp_buf_str(out, "\nNOTE reviewed\n");
    for (size_t i = 0; i < n; i++) {
        char start[32], end[32];
        lp_time_vtt(cues[i].start_us, start, sizeof(start));
        lp_time_vtt(cues[i].end_us, end, sizeof(end));
        lp_buf_printf(out, "\n%s --> %s\n", start, end);
        if (cues[i].person >= 0 && (size_t)cues[i].person < n_people) {
            lp_buf_str(out, "<v ");
            write_name(out, people[cues[i].person].name);
            lp_buf_char(out, '>');
        }
        write_text(out, cues[i].text);
        lp_buf_char(out, '\n');
        n_checked += cues[i].is_checked;
    }
    if (!is_reviewed && n_checked)
        write_checked(out, cues, n);
}
