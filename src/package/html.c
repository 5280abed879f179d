#include "package/html.h"

#include <string.h>

#include "av/hash.h"

#include "base/utf8.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

/* The characters in `special` are ASCII, so cutting at them never cuts a UTF-8 sequence. */
static void escape(lp_buf *out, const char *s, const char *special)
{
    while (*s) {
        size_t n = strcspn(s, special);
        lp_utf8_clean(out, s, n);
        s += n;
        if (*s)
            lp_buf_str(out, entity(*s++));
    }
}

void lp_html_text(lp_buf *out, const char *s)
{
    escape(out, s, "&<>");
}

void lp_html_attr(lp_buf *out, const char *s)
{
    escape(out, s, "&<>\"'");
}

void lp_json_in_html(lp_buf *out, const char *json, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (json[i] == '<' || json[i] == '>' || json[i] == '&')
            lp_buf_printf(out, "\\u%04x", (unsigned)json[i]);
        else
            lp_buf_char(out, json[i]);
}

void lp_html_fill(lp_buf *out, const char *pattern, const char *const *args, size_t n_args)
{
    char piece[2] = { 0 };
    for (const char *p = pattern; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '4' && p[2] == '}' &&
            (size_t)(p[1] - '1') < n_args) {
            lp_html_attr(out, args[p[1] - '1']);
            p += 2;
        } else if ((unsigned char)*p >= 0x80) { /* our own words, known to be UTF-8 */
            lp_buf_char(out, *p);
        } else {
            piece[0] = *p;
            lp_html_attr(out, piece);
        }
    }
}

lp_status lp_html_csp_hash(lp_buf *out, const unsigned char *bytes, size_t n, lp_diag *d)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char hex_digits[] = "0123456789abcdef";
    char hex[LP_SHA256_HEX];
    unsigned bits = 0, n_bits = 0;
    lp_status s = lp_sha256_bytes(bytes, n, hex, d);
    if (s != LP_OK)
        return s;
    lp_buf_str(out, "'sha256-");
    for (const char *h = hex; *h; h++) {
        bits = bits << 4 | (unsigned)(strchr(hex_digits, *h) - hex_digits);
        n_bits += 4;
        if (n_bits >= 6) {
            n_bits -= 6;
            lp_buf_char(out, digits[bits >> n_bits & 63]);
        }
    }
    lp_buf_char(
        out,
        digits[bits << (6 - n_bits) & 63]); /* 256 bits: 4 are left, and one '=' fills up */
    lp_buf_str(out, "='");
    return LP_OK;
}
