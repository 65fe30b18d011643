#include "base/clock.h"

#include <sys/resource.h>
#include <time.h>

#define NS_PER_S 1000000000u

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

uint64_t dm_clock_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static uint64_t timeval_ns(struct timeval time)
{
    return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_usec * 1000;
}

uint64_t dm_clock_step_ns(void)
{
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < 20; i++) {
        uint64_t begin = dm_clock_ns(), now = begin;
        while (now == begin)
            now = dm_clock_ns();
        if (now - begin < least)
            least = now - begin;
    }
    return least;
}

struct dm_usage dm_usage_now(void)
{
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    return (struct dm_usage){
        .user_ns = timeval_ns(usage.ru_utime),
        .system_ns = timeval_ns(usage.ru_stime),
        .sleeps = (uint64_t)usage.ru_nvcsw,
        .preemptions = (uint64_t)usage.ru_nivcsw,
    };
}

uint64_t dm_thread_cpu_ns(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

void dm_usage_add(struct dm_usage *sum, struct dm_usage from, struct dm_usage to)
{
    sum->user_ns += to.user_ns - from.user_ns;
    sum->system_ns += to.system_ns - from.system_ns;
    sum->sleeps += to.sleeps - from.sleeps;
    sum->preemptions += to.preemptions - from.preemptions;
}

void dm_sleep_ns(uint64_t ns)
{
    struct timespec time = {.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = (long)(ns % NS_PER_S)};
    nanosleep(&time, NULL);
}
