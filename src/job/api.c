#include "av/about.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "encode/encode.h"
#include "job/inspect.h"
#include "job/lint_run.h"
#include "job/report.h"
#include "job/report_package.h"
#include "job/run.h"
#include "job/stages.h"
#include "job/verify_report.h"
#include "lecpack/lecpack.h"
#include "package/verify.h"

#define SAME(name)                                                                             \
    _Static_assert((int)LECPACK_##name == (int)LP_##name,                                      \
                   "public and inner status differ: " #name)
SAME(OK);
SAME(ERR_USAGE);
SAME(ERR_NO_INPUT);
SAME(ERR_INPUT);
SAME(ERR_UNSUPPORTED);
SAME(ERR_TOOL);
SAME(ERR_CREATE);
SAME(ERR_BUSY);
SAME(ERR_IO);
SAME(ERR_FULL);
SAME(ERR_NOMEM);
SAME(ERR_CANCELLED);
SAME(ERR_INTERNAL);

enum { MAX_REPORT_BYTES = 64 << 20, DEFAULT_SOUND_BPS = 12000 };

struct lecpack_result {
    lp_diag diag;
    lp_buf json, text, html;
    int n_missing;
    size_t n_breaches; /* of hard rules, by lint */
};

const char *lecpack_version(void)
{
    return LECPACK_VERSION;
}

const char *lecpack_libraries(void)
{
    return lp_encode_versions();
}

const char *lecpack_licence(void)
{
    const char *av = lp_av_licence();
    if (lp_str_starts(av, "GPL version 2"))
        return "lecpack is under the MIT licence. The FFmpeg it runs with is under the GPL, "
               "version 2 or later: "
               "passed on together, both are under the GPL.";
    if (lp_str_starts(av, "GPL"))
        return "lecpack is under the MIT licence. The FFmpeg it runs with is under the GPL, "
               "version 3 or later: "
               "passed on together, both are under the GPL.";
    if (lp_str_starts(av, "LGPL"))
        return "lecpack is under the MIT licence. The FFmpeg it runs with is under the LGPL.";
    return "lecpack is under the MIT licence. The FFmpeg it runs with may not be passed on (it "
           "is a nonfree build).";
}

void lecpack_options_init(lecpack_options *o)
{
    *o = (lecpack_options){ .sound_bps = DEFAULT_SOUND_BPS, .video = LECPACK_VIDEO_AV1 };
}

static lecpack_result *result_new(void)
{
    lecpack_result *r = lp_calloc(1, sizeof(*r));
    if (r) {
        lp_buf_init(&r->json, MAX_REPORT_BYTES);
        lp_buf_init(&r->text, MAX_REPORT_BYTES);
        lp_buf_init(&r->html, MAX_REPORT_BYTES);
    }
    return r;
}

/* Every call begins so: without options it has the defaults, which live in *room. NULL: memory is out. */
static lecpack_result *begin(const lecpack_options **o, lecpack_options *room, lecpack_result **out)
{
    if (!*o) {
        lecpack_options_init(room);
        *o = room;
    }
    if (out)
        *out = NULL;
    return result_new();
}

/* Gives the result to the caller, or frees it when the caller wants none. A failure always has
 * a sentence. */
static lecpack_status finish(lp_status s, lecpack_result *r, lecpack_result **out)
{
    if (s != LP_OK && r->diag.status == LP_OK)
        (void)lp_fail(&r->diag, s, 0, "failed without a message: please report this");
    if (out)
        *out = r;
    else
        lecpack_result_free(&r);
    return (lecpack_status)s;
}

static lp_status report(const lp_report *from, lecpack_result *r, lp_diag *d)
{
    json_t *root = lp_report_to_json(from);
    lp_status s = lp_json_text(root, 1, &r->json, d);
    json_decref(root);
    lp_report_text(from, &r->text);
    r->n_missing = (int)from->n_missing;
    return s == LP_OK ? lp_buf_check(&r->text, "report", d) : s;
}

lecpack_status lecpack_pack(const char *input, const char *output, const lecpack_options *o,
                            lecpack_result **result)
{
    lecpack_options defaults;
    lecpack_result *r = begin(&o, &defaults, result);
    lp_run *run = r ? lp_calloc(1, sizeof(*run)) : NULL;
    if (!run) {
        lecpack_result_free(&r);
        return LECPACK_ERR_NOMEM;
    }
    lp_status s = input && output
                      ? lp_run_pack(run, lp_stages, input, output, o, &r->diag)
                      : lp_fail(&r->diag, LP_ERR_USAGE, 0, "an input and an output are needed");
    if (s == LP_OK) {
        lp_report told = lp_run_report(run);
        s = report(&told, r, &r->diag);
    }
    if (input && output)
        lp_run_clear(run);
    lp_free(run);
    return finish(s, r, result);
}

lecpack_status lecpack_inspect(const char *input, const lecpack_options *o,
                               lecpack_result **result)
{
    lecpack_options defaults;
    lecpack_result *r = begin(&o, &defaults, result);
    if (!r)
        return LECPACK_ERR_NOMEM;
    lp_status s = input ? lp_inspect(input, o, &r->json, &r->text, &r->diag)
                        : lp_fail(&r->diag, LP_ERR_USAGE, 0, "an input is needed");
    return finish(s, r, result);
}

lecpack_status lecpack_verify(const char *package, const lecpack_options *o, lecpack_result **result)
{
    lecpack_result *r = result_new();
    lp_verify_result found;
    lp_arena a = { 0 };
    if (result)
        *result = NULL;
    if (!r)
        return LECPACK_ERR_NOMEM;
    lp_progress p = { .is_cancelled = o ? o->is_cancelled : NULL, .user = o ? o->user : NULL };
    lp_status s = lp_package_verify(package, &a, &p, &found, &r->diag);
    if (s == LP_OK) {
        json_t *root = lp_verify_to_json(package, &found);
        s = lp_json_text(root, 1, &r->json, &r->diag);
        json_decref(root);
        lp_verify_text(package, &found, &r->text);
    }
    if (s == LP_OK)
        s = lp_buf_check(&r->text, "report", &r->diag);
    if (s == LP_OK && found.n)
        s = lp_fail(&r->diag, LP_ERR_INPUT, 0, "%s: %zu problem%s; fetch or pack it again", package, found.n, found.n == 1 ? "" : "s");
    lp_arena_clear(&a);
    return finish(s, r, result);
}

lecpack_status lecpack_lint(const char *input, const lecpack_options *o, lecpack_result **result)
{
    lecpack_options defaults;
    lecpack_result *r = begin(&o, &defaults, result);
    if (!r)
        return LECPACK_ERR_NOMEM;
    lp_status s = input ? lp_lint_run(input, o, &r->json, &r->text, &r->n_breaches, &r->diag)
                        : lp_fail(&r->diag, LP_ERR_USAGE, 0, "an input is needed");
    return finish(s, r, result);
}

lecpack_status lecpack_report(const char *package, const lecpack_options *o,
                              lecpack_result **result)
{
    lecpack_options defaults;
    lecpack_result *r = begin(&o, &defaults, result);
    if (!r)
        return LECPACK_ERR_NOMEM;
    lp_status s = package ? lp_report_package(package, o, &r->json, &r->text,
                                              &r->html, &r->diag)
                          : lp_fail(&r->diag, LP_ERR_USAGE, 0, "a package is needed");
    return finish(s, r, result);
}

const char *lecpack_result_error(const lecpack_result *r)
{
    return r ? r->diag.text : "out of memory";
}

const char *lecpack_result_json(const lecpack_result *r)
{
    return r && r->json.data ? r->json.data : "";
}

const char *lecpack_result_text(const lecpack_result *r)
{
    return r && r->text.data ? r->text.data : "";
}

const char *lecpack_result_html(const lecpack_result *r)
{
    return r && r->html.data ? r->html.data : "";
}

int lecpack_result_missing_layers(const lecpack_result *r)
{
    return r ? r->n_missing : 0;
}

void lecpack_result_free(lecpack_result **r)
{
    if (!r || !*r)
        return;
    lp_buf_clear(&(*r)->json);
    lp_buf_clear(&(*r)->text);
    lp_buf_clear(&(*r)->html);
    lp_free(*r);
    *r = NULL;
}

int lecpack_exit_code(lecpack_status s, const lecpack_result *r)
{
    switch (s) {
    case LECPACK_OK:
        return lecpack_result_missing_layers(r) || (r && r->n_breaches) ? 1 : 0;
    case LECPACK_ERR_USAGE:
        return 64;
    case LECPACK_ERR_INPUT:
    case LECPACK_ERR_UNSUPPORTED:
        return 65;
    case LECPACK_ERR_NO_INPUT:
        return 66;
    case LECPACK_ERR_TOOL:
        return 69;
    case LECPACK_ERR_CREATE:
    case LECPACK_ERR_BUSY:
        return 73;
    case LECPACK_ERR_IO:
        return 74;
    case LECPACK_ERR_FULL:
    case LECPACK_ERR_NOMEM:
    case LECPACK_ERR_CANCELLED:
        return 75;
    case LECPACK_ERR_INTERNAL:
        break;
    }
    return 70;
}
