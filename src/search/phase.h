/* phase.h - the executor of a run through its phases. Each phase, such as building an index or
 * counting rows, is one or more runs of the executor. */
#ifndef SEARCH_PHASE_H
#define SEARCH_PHASE_H

#include <dmatrix/executor.h>

struct dm_phase {
    const struct dm_executor_ops *ops;
    struct dm_executor_options options;
    struct dm_executor *executor; /* NULL: not open */
    uint64_t open_ns;             /* time spent opening */
    unsigned lost; /* workers that died, at most at one time that the executor was open */
    int lost_to;   /* signal that killed the last of them, or 0 */
    struct dm_timing *timing; /* of the phase: the caller sets it, and stats.workers to NULL; its
                               * stats.workers is freed with it */
};

/* Begin a phase whose tasks use memory that has been allocated by now: open the executor or, if it
 * has processes, which see memory as it was when they were forked, open it again. Errors as of
 * opening. */
enum dm_status dm_phase_begin(struct dm_phase *phase, struct dm_error *error);

/* Run tasks. DM_STOPPED, DM_MEMORY, or an error of the executor. */
enum dm_status dm_phase_run(struct dm_phase *phase, size_t tasks,
                            void (*task)(void *context, size_t index), void *context,
                            struct dm_error *error);

/* Update the lost workers. Closing does so as well. */
void dm_phase_note_lost(struct dm_phase *phase);

void dm_phase_close(struct dm_phase *phase); /* a zeroed struct is allowed */

#endif
