#include "cli/signals.h"

#include <signal.h>
#include <string.h>
#include <time.h>

static dm_flag stop;
static timer_t reminder;
static bool has_reminder;

/* A signal that comes between the look at the flag and the system call after it would interrupt
 * nothing, and the call could wait for ever. So the first signal starts a timer, whose signals
 * interrupt that call too. */
static void on_signal(int signal)
{
    const struct timespec interval = {.tv_nsec = 50000000};
    const struct itimerspec often = {.it_interval = interval, .it_value = interval};
    (void)signal;
    atomic_store(&stop, true);
    if (has_reminder)
        timer_settime(reminder, 0, &often, NULL);
}

static void on_reminder(int signal)
{
    (void)signal;
}

static void catch_signal(int signal, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action); /* no SA_RESTART: waiting calls end with EINTR */
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

/* A signal that the parent process had ignored (nohup) stays so. */
static void catch_unless_ignored(int signal)
{
    struct sigaction before;
    if (sigaction(signal, NULL, &before) == 0 && before.sa_handler == SIG_IGN)
        return;
    catch_signal(signal, on_signal);
}

dm_flag *dm_signals_catch(void)
{
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    catch_signal(SIGALRM, on_reminder);
    catch_signal(SIGPIPE, SIG_IGN); /* both: write() fails instead, and says why */
    catch_signal(SIGXFSZ, SIG_IGN);
    catch_signal(SIGCHLD, SIG_DFL); /* ignored, by a parent, it keeps how children end from us */
    has_reminder = timer_create(CLOCK_MONOTONIC, &event, &reminder) == 0;
    catch_unless_ignored(SIGINT);
    catch_unless_ignored(SIGTERM);
    catch_unless_ignored(SIGHUP);
    catch_unless_ignored(SIGQUIT);
    catch_unless_ignored(SIGXCPU);
    return &stop;
}
