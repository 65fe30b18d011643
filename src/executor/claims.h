/* claims.h - tasks that workers, in threads or processes, claim until none is left.
 *
 * Each worker has a part of the tasks, a run of neighbours, and goes on with the parts of others
 * when its own is done. So nobody is idle while there are tasks; and where all are equally fast, a
 * worker does the same tasks in run after run and finds what they touch in its own cache. With a
 * single counter for all, the distances of half of the tasks were in the other core's, and writing
 * them took 1.4 times as long.
 */
#ifndef EXECUTOR_CLAIMS_H
#define EXECUTOR_CLAIMS_H

#include "base/arena.h"

#include <dmatrix/executor.h>

#include <stdalign.h>
#include <stdatomic.h>

/* Of the tasks. */
struct dm_claims_part {
    alignas(DM_CACHE_LINE) atomic_size_t next; /* the first that nobody has claimed */
    size_t end;
};

struct dm_claims {
    size_t first, count; /* the tasks; parts and marks count from `first` */
    unsigned workers;    /* that share them */
    bool cpu;            /* as dm_run_stats.cpu */
    unsigned char mark;
    atomic_uchar *marks;          /* [i] becomes `mark` when task i has run; NULL: nobody asks */
    struct dm_claims_part *parts; /* one a worker */
};

/* Lays out tasks first to first + count - 1. Nobody claims any meanwhile; who does so later has
 * been told in a way that carries what is written here along. */
void dm_claims_begin(struct dm_claims *claims, size_t first, size_t count, bool cpu);

/* Claims tasks of the work for that worker and runs them until none is left or the work is to stop.
 * *run becomes what that took. */
void dm_work_along(struct dm_claims *claims, unsigned worker, const struct dm_work *work,
                   struct dm_worker_stats *run);

#endif
