#include "session/slide_text.h"

#include <string.h>

const lp_slide_text *lp_slide_text_of(const lp_slide_texts *t, int slide)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].slide == slide)
            return &t->items[i];
    return NULL;
}

const char *lp_slide_words_of(const lp_slide_texts *t, int slide)
{
    const lp_slide_text *s = lp_slide_text_of(t, slide);
    return s ? s->text : NULL;
}

size_t lp_slide_text_count(const char *text)
{
    size_t n = 0;
    for (text = text ? text + strspn(text, " \n") : ""; *text; text += strspn(text, " \n")) {
        text += strcspn(text, " \n");
        n++;
    }
    return n;
}

static int has_line(const char *text, const char *line)
{
    size_t n = strlen(line);
    for (const char *p = text; *p; p += *p == '\n') {
        size_t len = strcspn(p, "\n");
        if (len == n && memcmp(p, line, n) == 0)
            return 1;
        p += len;
    }
    return 0;
}

void lp_slide_titles_drop_common(lp_slide_texts *t)
{
    for (size_t i = 0; i < t->n; i++) {
        size_t n = 0;
        for (size_t k = 0; t->items[i].title && k < t->n; k++) {
            const char *theirs = t->items[k].title;
            n += k != i && has_line(t->items[k].text, t->items[i].title) && !(theirs && strcmp(theirs, t->items[i].title) == 0);
        }
        if (n > 0 && 3 * n >= t->n - 1)
            t->items[i].title = NULL;
    }
}
