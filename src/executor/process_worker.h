/* process_worker.h - what a worker process shares with its caller, and how it lives. */
#ifndef EXECUTOR_PROCESS_WORKER_H
#define EXECUTOR_PROCESS_WORKER_H

#include "executor/claims.h"

#include <stdnoreturn.h>

/* What a worker does. Only the caller calls, and calls back a worker that has not begun; only the
 * worker itself, or the caller when it is dead, ends its work. */
enum dm_process_state {
    DM_PROCESS_AWAY,   /* nothing that concerns the caller */
    DM_PROCESS_CALLED, /* the same still, but it may begin to work */
    DM_PROCESS_WORKING /* it claims and runs tasks, or is being started; it must be waited for */
};

/* Of one worker. All of it is in shared memory. */
struct dm_worker_slot {
    /* An enum dm_process_state. Who changes it looks at the other's flag below afterwards; who
     * raises a flag looks at it afterwards; all sequentially consistent, so one of the two sees the
     * other, and nobody sleeps through a change. It also guards `run` and `usage`, and the
     * shared state: the worker's while it works, the caller's else. */
    alignas(DM_CACHE_LINE) atomic_uint state;
    atomic_bool asleep;  /* the worker waits at its socket, or is about to */
    atomic_bool awaited; /* the caller waits for this worker, or is about to */
    struct dm_worker_stats run;
    struct dm_usage usage; /* charged to it since the caller has last taken it from here */
};

/* What the caller tells all workers: written before it calls, read by who works. In shared memory.
 */
struct dm_shared_state {
    struct dm_work work; /* but for its stop flag the caller's */
    dm_flag stop;        /* that flag: set by the caller when it sees its own. Carries no data */
    bool spin;
    struct dm_claims claims;
};

/* Run worker process `number`, from its start (DM_PROCESS_WORKING) until its caller is gone.
 * `wakeup` is its end of the socket; the other must be open in no process but the caller. */
noreturn void dm_process_worker_main(struct dm_shared_state *shared, unsigned number,
                                     struct dm_worker_slot *slot, int wakeup);

#endif
