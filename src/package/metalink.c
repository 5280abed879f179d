#include "package/metalink.h"

#include "package/manifest.h"

static void put_text(lp_buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&')
            lp_buf_str(out, "&amp;");
        else if (*s == '<')
            lp_buf_str(out, "&lt;");
        else if (*s == '>')
            lp_buf_str(out, "&gt;");
        else if (*s == '"')
            lp_buf_str(out, "&quot;");
        else
            lp_buf_char(out, *s);
    }
}

static void put_pieces(lp_buf *out, const lecpack_file *f)
{
    lp_buf_printf(out, "    <pieces length=\"%lld\" type=\"sha-256\">\n",
                  (long long)f->piece_bytes);
    for (size_t i = 0; i < f->n_pieces; i++)
        lp_buf_printf(out, "      <hash>%s</hash>\n", f->pieces[i]);
    lp_buf_str(out, "    </pieces>\n");
}

static void put_file(lp_buf *out, const lecpack_file *f)
{
    lp_buf_str(out, "  <file name=\"");
    put_text(out, f->path);
    lp_buf_str(out, "\">\n");
    if (f->sha256)
        lp_buf_printf(out, "    <size>%lld</size>\n    <hash type=\"sha-256\">%s</hash>\n",
                      (long long)f->bytes, f->sha256);
    if (f->n_pieces)
        put_pieces(out, f);
    lp_buf_str(out, "    <url>");
    put_text(out, f->path);
    lp_buf_str(out, "</url>\n  </file>\n");
}

void lp_metalink_write(lp_buf *out, const char *tool, const lecpack_file *files, size_t n,
                       const lecpack_file *manifest)
{
    static const lecpack_file sums = { .path = LP_SUMS_NAME };
    lp_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">\n  <generator>");
    put_text(out, tool);
    lp_buf_str(out, "</generator>\n");
    for (size_t i = 0; i < n; i++)
        put_file(out, &files[i]);
    put_file(out, manifest);
    put_file(out, &sums);
    lp_buf_str(out, "</metalink>\n");
}
