/* process_worker.h - a worker process, and the memory that it shares with its caller. */
#ifndef EXECUTOR_PROCESS_WORKER_H
#define EXECUTOR_PROCESS_WORKER_H

#include "executor/claims.h"

#include <stdnoreturn.h>

/* State of a worker. Only the caller sets CALLED, and changes it back to IDLE before the worker has
 * begun. Only the worker, or the caller after the worker's death, changes WORKING to IDLE. */
enum dm_process_state {
    DM_PROCESS_IDLE,   /* the worker does nothing, and the caller need not wait for it */
    DM_PROCESS_CALLED, /* still idle, but the worker may begin to work */
    DM_PROCESS_WORKING /* it claims and runs tasks, or is being started; the caller must wait */
};

/* One worker's part of the shared memory. */
struct dm_worker_slot {
    /* An enum dm_process_state. A process that changes it reads the other's flag (below)
     * afterwards; a process that sets its flag reads the state afterwards. All of this is
     * sequentially consistent, so one of the two sees the other, and no wake-up is lost. The state
     * also guards `run`, `usage` and the shared state: they belong to the worker while it works,
     * otherwise to the caller. */
    alignas(DM_CACHE_LINE) atomic_uint state;
    atomic_bool asleep;  /* the worker waits at its socket, or is about to */
    atomic_bool awaited; /* the caller waits for this worker, or is about to */
    struct dm_worker_stats run;
    struct dm_usage usage; /* resources used since the caller last collected them */
};

/* Data for all workers, in shared memory. The caller writes it before it calls the workers. */
struct dm_shared_state {
    struct dm_work work; /* the caller's, except that its stop flag is `stop` */
    dm_flag stop;        /* set by the caller when it sees its own stop flag; publishes no data */
    bool spin;
    struct dm_claims claims;
};

/* Run worker process `number`, from its start (DM_PROCESS_WORKING) until its caller has ended.
 * `wakeup` is the worker's end of the socket; the other end must be open only in the caller. */
noreturn void dm_process_worker_main(struct dm_shared_state *shared, unsigned number,
                                     struct dm_worker_slot *slot, int wakeup);

#endif
