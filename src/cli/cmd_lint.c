#include "cli/commands.h"
#include "cli/stop.h"

int lp_cmd_lint(const lp_args *a)
{
    lecpack_options o = a->pack;
    lecpack_result *r = NULL;
    o.is_cancelled = lp_stop_is_asked;
    lecpack_status s = lecpack_lint(a->input, &o, &r);
    return lp_cmd_tell(a, s, r);
}
