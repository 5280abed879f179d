#include "ingest/ttml_mend.h"

#include <string.h>

#include "base/str.h"
#include "ingest/markup.h"

static const char replacement[] = "\xef\xbf\xbd";

/* Bytes of the comment, CDATA section, instruction or declaration at s, which are as they are; 0 for none. */
static size_t verbatim(const char *s, size_t n)
{
    static const char *const marks[][2] = { { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" }, { "<!", ">" } };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t len = strlen(marks[i][0]);
        if (n < len || memcmp(s, marks[i][0], len) != 0)
            continue;
        const char *end = memmem(s + len, n - len, marks[i][1], strlen(marks[i][1]));
        return end ? (size_t)(end - s) + strlen(marks[i][1]) : n;
    }
    return 0;
}

static int begins_tag(const char *s, size_t n)
{
    unsigned char c = n > 1 ? (unsigned char)s[1] : 0;
    return c == '/' || c == '_' || c == ':' || c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static int is_xml_name(const char *s, size_t n)
{
    static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (n == strlen(names[i]) && memcmp(s, names[i], n) == 0)
            return 1;
    return 0;
}

static void append_escaped(lp_buf *out, const char *s)
{
    for (; *s; s++) {
        const char *name = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : NULL;
        name = *s == '"' ? "&quot;" : *s == '\'' ? "&apos;" : name;
        if (name)
            lp_buf_str(out, name);
        else
            lp_buf_char(out, *s);
    }
}

/* The & at s: appends what it should be, returns the bytes it took. */
static size_t mend_reference(lp_buf *out, const char *s, size_t n, size_t *n_mended)
{
    lp_buf said;
    lp_buf_init(&said, 64);
    size_t used = lp_markup_reference(&said, s, n);
    int is_whole = used > 2 && s[used - 1] == ';';
    int is_control = is_whole && said.len == 1 && (unsigned char)*said.data < 0x20;
    if (is_whole && is_xml_name(s, used)) {
        lp_buf_bytes(out, s, used);
    } else if (is_whole && !(is_control && !strchr("\t\n\r", *said.data))) {
        append_escaped(out, said.data ? said.data : "");
    } else if (is_whole) {
        lp_buf_str(out, replacement);
        ++*n_mended;
    } else {
        lp_buf_str(out, "&amp;");
        ++*n_mended;
        used = 1;
    }
    lp_buf_clear(&said);
    return used;
}

/* Bytes that s[0..n) begins with and stand for themselves in XML: neither & nor < nor control characters. */
static size_t plain_run(const char *s, size_t n)
{
    static const char is_end[256] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1,
                                      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ['&'] = 1, ['<'] = 1 };
    size_t i = 0;
    while (i < n && !is_end[(unsigned char)s[i]])
        i++;
    return i;
}

size_t lp_ttml_mend(lp_buf *out, const char *text, size_t n)
{
    size_t n_mended = 0;
    for (size_t i = 0; i < n;) {
        size_t same = text[i] == '<' ? verbatim(text + i, n - i) : plain_run(text + i, n - i);
        if (same) {
            lp_buf_bytes(out, text + i, same);
            i += same;
        } else if (text[i] == '&') {
            i += mend_reference(out, text + i, n - i, &n_mended);
        } else {
            int is_tag = text[i] == '<' && begins_tag(text + i, n - i);
            lp_buf_str(out, is_tag ? "<" : text[i] == '<' ? "&lt;" : replacement);
            n_mended += !is_tag;
            i++;
        }
    }
    return n_mended;
}
