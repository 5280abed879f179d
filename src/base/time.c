#include "base/time.h"

#include <stdio.h>
#include <time.h>

void lp_time_clock(int64_t t_us, char *out, size_t size)
{
    int64_t s = t_us > 0 ? t_us / LP_SECOND_US : 0;
    if (s >= 3600)
        snprintf(out, size, "%lld:%02d:%02d", (long long)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
    else
        snprintf(out, size, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

void lp_time_vtt(int64_t t_us, char *out, size_t size)
{
    int64_t ms = t_us > 0 ? (t_us + 500) / 1000 : 0;
    snprintf(out, size, "%02lld:%02d:%02d.%03d", (long long)(ms / 3600000), (int)(ms / 60000 % 60),
             (int)(ms / 1000 % 60), (int)(ms % 1000));
}

void lp_time_words(int64_t t_us, char *out, size_t size)
{
    long long s = t_us > 0 ? (t_us + LP_SECOND_US / 2) / LP_SECOND_US : 0;
    if (s >= 3600)
        snprintf(out, size, "%lld h %lld min", s / 3600, s / 60 % 60);
    else if (s >= 60)
        snprintf(out, size, "%lld min %lld s", s / 60, s % 60);
    else
        snprintf(out, size, "%lld s", s);
}

int64_t lp_time_monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * LP_SECOND_US + t.tv_nsec / 1000;
}
