#include "cli/commands.h"
#include "cli/meter.h"
#include "cli/stop.h"

static void on_progress(void *user, const lecpack_progress *p)
{
    lp_meter_progress(user, p);
}

static void on_message(void *user, const char *text)
{
    lp_meter_message(user, text);
}

int lp_cmd_pack(const lp_args *a)
{
    lecpack_options o = a->pack;
    lecpack_result *r = NULL;
    lp_meter meter;
    /* with --json, stdout holds the report and nothing else */
    lp_meter_init(&meter, a->is_quiet ? LP_METER_NONE : a->meter, stderr,
                  a->want_json ? stderr : stdout);
    o.on_progress = on_progress;
    o.on_message = on_message;
    o.is_cancelled = lp_stop_is_asked;
    o.user = &meter;
    lecpack_status s = lecpack_pack(a->input, a->output, &o, &r);
    lp_meter_clear(&meter);
    return lp_cmd_tell(a, s, r);
}
