#include "executor/process_worker.h"

#include "base/clock.h"
#include "executor/bell.h"
#include "executor/spin.h"

#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Lets the system end this process with its caller, so that not even a long task outlives that.
 * Where the system cannot, or the caller is gone already, the bell will tell after the task. */
static void end_with_caller(void)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static bool is_called(struct dm_process_seat *seat)
{
    return atomic_load(&seat->state) == DM_PROCESS_CALLED;
}

static bool spin_until_called(struct dm_process_seat *seat)
{
    struct dm_spin spin = dm_spin_begin();
    do {
        if (is_called(seat))
            return true;
    } while (dm_spin_on(&spin));
    return false;
}

static void wait_for_call(const struct dm_process_board *board, struct dm_process_seat *seat,
                          int bell)
{
    if (board->spin && spin_until_called(seat))
        return;
    atomic_store(&seat->asleep, true);
    while (!is_called(seat))
        if (!dm_bell_wait(bell, -1))
            _exit(0); /* the caller is gone */
    /* Relaxed: seen late, it costs the caller a needless ring. */
    atomic_store_explicit(&seat->asleep, false, memory_order_relaxed);
}

/* False: the caller did not wait. */
static bool come(struct dm_process_seat *seat)
{
    unsigned called = DM_PROCESS_CALLED;
    return atomic_compare_exchange_strong(&seat->state, &called, DM_PROCESS_WORKING);
}

static void leave(struct dm_process_seat *seat, int bell)
{
    atomic_store(&seat->state, DM_PROCESS_AWAY);
    if (atomic_load(&seat->awaited))
        dm_bell_ring(bell);
}

noreturn void dm_process_live(struct dm_process_board *board, unsigned number,
                              struct dm_process_seat *seat, int bell)
{
    struct dm_usage told = dm_usage_now();
    end_with_caller();
    leave(seat, bell);
    for (;;) {
        wait_for_call(board, seat, bell);
        if (!come(seat))
            continue;
        dm_work_along(&board->claims, number, &board->work, &seat->run);
        struct dm_usage now = dm_usage_now();
        dm_usage_add(&seat->usage, told, now);
        told = now;
        leave(seat, bell);
    }
}
