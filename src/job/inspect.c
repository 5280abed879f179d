#include "job/inspect.h"

#include "ingest/ingest.h"
#include "job/pace.h"
#include "job/precheck.h"
#include "job/report.h"

lp_status lp_inspect(const char *input, const lecpack_options *o, lp_buf *json, lp_buf *text,
                     lp_diag *d)
{
    lp_arena a = { 0 };
    lp_session session = { 0 };
    lp_pace pace;
    lp_ingest_options in = { o->title, o->lang, o->captions, o->more_captions, o->n_more_captions };
    lp_status s = lp_precheck_options(o, d);
    if (s == LP_OK)
        s = lp_pace_init(&pace, o, d);
    if (s != LP_OK)
        return s;
    lp_progress p = lp_pace_progress(&pace, lp_pace_add(&pace, "ingest", 1));
    s = lp_ingest(input, &in, &a, &p, &session, d);
    if (s == LP_OK) {
        json_t *root = lp_report_session_json(&session);
        s = lp_json_text(root, 1, json, d);
        json_decref(root);
    }
    if (s == LP_OK) {
        lp_report_session_text(&session, text);
        s = lp_buf_check(text, "report", d);
    }
    lp_pace_clear(&pace);
    lp_arena_clear(&a);
    return s;
}
