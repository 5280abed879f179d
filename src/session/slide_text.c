#include "session/slide_text.h"

const char *lp_slide_text_of(const lp_slide_texts *t, int slide)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].slide == slide)
            return t->items[i].text;
    return NULL;
}
