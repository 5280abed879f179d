#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t is_asked;

static void on_signal(int number)
{
    (void)number;
    if (is_asked)
        _exit(130);
    is_asked = 1;
}

void lp_stop_install(void)
{
    struct sigaction a = { .sa_handler = on_signal }, before;
    sigemptyset(&a.sa_mask);
    a.sa_flags = SA_RESTART;
    (void)sigaction(SIGINT, &a, NULL);
    (void)sigaction(SIGTERM, &a, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup goes on */
        (void)sigaction(SIGHUP, &a, NULL);
    /* a file over the size limit and a reader that went away are errors to tell, not reasons to
     * die */
    a.sa_handler = SIG_IGN;
    (void)sigaction(SIGXFSZ, &a, NULL);
    (void)sigaction(SIGPIPE, &a, NULL);
}

int lp_stop_is_asked(void *unused)
{
    (void)unused;
    return is_asked;
}
