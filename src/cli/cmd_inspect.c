#include "cli/commands.h"
#include "cli/meter.h"
#include "cli/stop.h"

static void on_progress(void *user, const lecpack_progress *p)
{
    lp_meter_progress(user, p);
}

int lp_cmd_inspect(const lp_args *a)
{
    lecpack_options o = a->pack;
    lecpack_result *r = NULL;
    lp_meter meter;
    lp_meter_init(&meter, a->is_quiet ? LP_METER_NONE : a->meter, stderr, stderr);
    o.on_progress = on_progress;
    o.is_cancelled = lp_stop_is_asked;
    o.user = &meter;
    lecpack_status s = lecpack_inspect(a->input, &o, &r);
    lp_meter_clear(&meter);
    return lp_cmd_tell(a, s, r);
}
