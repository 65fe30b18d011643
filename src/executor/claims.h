/* claims.h - tasks that workers (threads or processes) claim until none is left.
 *
 * Each worker has a contiguous part of the tasks. When it is done, the worker claims tasks of the
 * other parts, so no worker is idle while there are tasks. If all workers are equally fast, each
 * does the same tasks in every run and finds their data in its own cache. With a single counter,
 * half of the distances were in the other core's cache, and writing them took 1.4 times as long.
 */
#ifndef EXECUTOR_CLAIMS_H
#define EXECUTOR_CLAIMS_H

#include "base/arena.h"

#include <dmatrix/executor.h>

#include <stdalign.h>
#include <stdatomic.h>

/* One worker's part of the tasks. */
struct dm_claims_part {
    alignas(DM_CACHE_LINE) atomic_size_t next; /* first task that is not claimed */
    size_t end;
};

struct dm_claims {
    size_t first, count; /* the tasks; parts and marks count from `first` */
    unsigned workers;
    bool cpu; /* as dm_run_stats.cpu */
    unsigned char mark;
    atomic_uchar *marks;          /* [i] is set to `mark` when task i has run; NULL: not recorded */
    struct dm_claims_part *parts; /* one for each worker */
};

/* Divide tasks first to first + count - 1 among the workers. No worker may claim tasks during this
 * call. A worker that claims afterwards must be synchronized with this call so that it sees what is
 * written here. */
void dm_claims_begin(struct dm_claims *claims, size_t first, size_t count, bool cpu);

/* Claim and run tasks of the work as this worker until none is left or the work is to stop. Set
 * *run to the tasks that ran and the time they took. */
void dm_claims_run(struct dm_claims *claims, unsigned worker, const struct dm_work *work,
                   struct dm_worker_stats *run);

#endif
