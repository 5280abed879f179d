/* Text into HTML: the one door through which anything from a recording enters the page.
 * Control characters and bidi overrides are dropped, bytes that are not UTF-8 become U+FFFD
 * (base/utf8.h). */
#ifndef LP_PACKAGE_HTML_H
#define LP_PACKAGE_HTML_H

#include "base/buf.h"

void lp_html_text(lp_buf *out, const char *s); /* between tags: escapes & < > */
void lp_html_attr(lp_buf *out,
                  const char *s); /* between double or single quotes: also " and ' */

/* Appends JSON text so that it can stand in a <script> element: < > & become \u003c \u003e
 * \u0026. In JSON these characters occur only inside strings, where the escape means the same.
 */
void lp_json_in_html(lp_buf *out, const char *json, size_t n);

/* Appends `pattern` with "{1}" .. "{4}" replaced by args[0] .. args[3], all of it as
 * lp_html_attr() does. A number without an argument stands as it is. */
void lp_html_fill(lp_buf *out, const char *pattern, const char *const *args, size_t n_args);

/* Appends 'sha256-BASE64' (Content Security Policy level 3) of what stands in a script or style
 * element. LP_ERR_NOMEM. */
lp_status lp_html_csp_hash(lp_buf *out, const unsigned char *bytes, size_t n, lp_diag *d) LP_MUST_USE;

#endif
