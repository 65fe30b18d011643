/* claims.h - tasks that workers, in threads or processes, claim from one counter until none is
 * left. */
#ifndef EXECUTOR_CLAIMS_H
#define EXECUTOR_CLAIMS_H

#include "base/arena.h"

#include <dmatrix/executor.h>

#include <stdalign.h>
#include <stdatomic.h>

struct dm_claims {
    size_t first, count; /* the tasks */
    unsigned workers;    /* that share them */
    unsigned char mark;
    atomic_uchar *marks; /* [i] becomes `mark` when task first + i has run; NULL: nobody asks */
    alignas(DM_CACHE_LINE)
        atomic_size_t next; /* the first, less `first`, that nobody has claimed */
};

/* Claims tasks of the work and runs them until none is left or the work is to stop. *run becomes
 * what that took. */
void dm_work_along(struct dm_claims *claims, const struct dm_work *work,
                   struct dm_worker_stats *run);

#endif
