#include "session/label_words.h"

#include <string.h>

/* What stands before a colon in lectures and is nobody: such a word first, and it is no name. */
static const char *const labels[] = {
    "answer",    "beispiel", "chapter", "claim",    "conclusion", "definition", "ejemplo",  "error",  "example",  "exemple",
    "exercise",  "figure",   "frage",   "goal",     "hint",       "important",  "lemma",    "lesson", "method",   "note",
    "option",    "part",     "point",   "pregunta", "problem",    "proof",      "question", "remark", "remarque", "remember",
    "result",    "rule",     "section", "slide",    "so",         "solution",   "step",     "summary", "task",    "theorem",
    "tip",       "unit",     "warning", "week",     "exemplo",    "esempio",    "pergunta", "hinweis", "aufgabe", "remarques",
    "\u043f\u0440\u0438\u043c\u0435\u0440", "\u041f\u0440\u0438\u043c\u0435\u0440"
};

int lp_begins_with_label(const char *s, size_t n)
{
    size_t k = strcspn(s, " :,\n");
    for (size_t i = 0; k <= n && i < sizeof(labels) / sizeof(labels[0]); i++)
        if (strlen(labels[i]) == k && strncasecmp(s, labels[i], k) == 0)
            return 1;
    return 0;
}
