#include "caption/srt_write.h"

#include <string.h>

#include "base/time.h"

static void write_time(lp_buf *out, int64_t t_us)
{
    char at[32];
    lp_time_vtt(t_us, at, sizeof(at));
    for (char *p = at; *p; p++)
        lp_buf_char(out, *p == '.' ? ',' : *p);
}

/* A blank line would end the cue; "<b>" and "{\an8}" would be taken for markup. */
static void write_text(lp_buf *out, const char *s)
{
    for (char before = '\n'; *s; before = *s++) {
        if (*s == '\n') {
            if (before != '\n')
                lp_buf_str(out, "\r\n");
            continue;
        }
        if (*s == '>' && before == '-')
            lp_buf_str(out, "\xe2\x81\xa0");
        lp_buf_char(out, *s);
        if (*s == '<' || (*s == '{' && s[1] == '\\'))
            lp_buf_str(out, "\xe2\x81\xa0");
    }
}

void lp_srt_write(lp_buf *out, const lp_cue *cues, size_t n, const lp_person *people,
                  size_t n_people)
{
    int shown = -1;
    for (size_t i = 0; i < n; i++) {
        const lp_cue *c = &cues[i];
        lp_buf_printf(out, "%s%zu\r\n", i ? "\r\n" : "", i + 1);
        write_time(out, c->start_us);
        lp_buf_str(out, " --> ");
        write_time(out, c->end_us);
        lp_buf_str(out, "\r\n");
        if (c->person >= 0 && (size_t)c->person < n_people &&
            c->person != shown) {
            char before = '\0';
            for (const char *p = people[c->person].name; *p; before = *p++)
                if (*p != '\n' || before != '\n')
                    lp_buf_char(out, *p == '\n' ? ' ' : *p);
            lp_buf_str(out, ": ");
        }
        shown = c->person;
        write_text(out, c->text);
        lp_buf_str(out, "\r\n");
    }
}
