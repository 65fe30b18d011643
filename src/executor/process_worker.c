#include "executor/process_worker.h"

#include "base/clock.h"
#include "executor/spin.h"
#include "executor/wakeup_socket.h"

#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Ask the system to kill this process when its caller dies, so that not even a long task outlives
 * the caller. Otherwise, and if the caller is already dead, the socket reports it after the task.
 */
static void end_with_caller(void)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static bool is_called(struct dm_worker_slot *slot)
{
    return atomic_load(&slot->state) == DM_PROCESS_CALLED;
}

static bool spin_until_called(struct dm_worker_slot *slot)
{
    struct dm_spin spin = dm_spin_begin();
    do {
        if (is_called(slot))
            return true;
    } while (dm_spin_once(&spin));
    return false;
}

static void wait_for_call(const struct dm_shared_state *shared, struct dm_worker_slot *slot,
                          int wakeup)
{
    if (shared->spin && spin_until_called(slot))
        return;
    atomic_store(&slot->asleep, true);
    while (!is_called(slot))
        if (!dm_wakeup_wait(wakeup, -1))
            _exit(0); /* the caller has ended */
    /* Relaxed: if the caller sees this late, it only sends an unnecessary byte. */
    atomic_store_explicit(&slot->asleep, false, memory_order_relaxed);
}

/* Begin to work. Return false if the caller has cancelled the call. */
static bool begin_work(struct dm_worker_slot *slot)
{
    unsigned called = DM_PROCESS_CALLED;
    return atomic_compare_exchange_strong(&slot->state, &called, DM_PROCESS_WORKING);
}

static void become_idle(struct dm_worker_slot *slot, int wakeup)
{
    atomic_store(&slot->state, DM_PROCESS_IDLE);
    if (atomic_load(&slot->awaited))
        dm_wakeup_send(wakeup);
}

noreturn void dm_process_worker_main(struct dm_shared_state *shared, unsigned number,
                                     struct dm_worker_slot *slot, int wakeup)
{
    struct dm_usage counted = dm_usage_now();
    end_with_caller();
    become_idle(slot, wakeup);
    for (;;) {
        wait_for_call(shared, slot, wakeup);
        if (!begin_work(slot))
            continue;
        dm_claims_run(&shared->claims, number, &shared->work, &slot->run);
        struct dm_usage now = dm_usage_now();
        dm_usage_add(&slot->usage, counted, now);
        counted = now;
        become_idle(slot, wakeup);
    }
}
