#include "av/ass_text.h"

#include <string.h>

/* Whether a drawing goes on behind the override block s[0..n): its last \p decides, and \pos
 * and \pbo are other tags. */
static int draws(const char *s, size_t n, int is_drawing)
{
    for (size_t i = 0; i + 2 < n; i++)
        if (s[i] == '\\' && s[i + 1] == 'p' && s[i + 2] >= '0' && s[i + 2] <= '9')
            is_drawing = s[i + 2] != '0';
    return is_drawing;
}

void lp_ass_text(lp_buf *out, const char *s, size_t n)
{
    int is_drawing = 0;
    for (size_t i = 0; i < n; i++) {
        char next = i + 1 < n ? s[i + 1] : '\0';
        const char *close = s[i] == '{' && next == '\\' ? memchr(s + i, '}', n - i) : NULL;
        if (close) {
            size_t len = (size_t)(close - (s + i));
            is_drawing = draws(s + i, len, is_drawing);
            i += len;
        } else if (is_drawing) {
            continue;
        } else if (s[i] == '\\' && (next == 'N' || next == 'n')) {
            lp_buf_char(out, '\n');
            i++;
        } else if (s[i] == '\\' && (next == 'h' || next == '{' || next == '}')) {
            lp_buf_char(out, next == 'h' ? ' ' : next);
            i++;
        } else if (s[i] != '\r') {
            lp_buf_char(out, s[i]);
        }
    }
}
