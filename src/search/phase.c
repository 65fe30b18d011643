#include "search/phase.h"

#include "base/clock.h"
#include "base/try.h"

#include <stdlib.h>

enum dm_status dm_phase_begin(struct dm_phase *phase, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    if (phase->executor && phase->ops->processes)
        dm_phase_close(phase);
    enum dm_status status =
        phase->executor ? DM_OK : phase->ops->open(&phase->options, &phase->executor, error);
    phase->open_ns += dm_clock_ns() - begin;
    return status;
}

enum dm_status dm_phase_run(struct dm_phase *phase, size_t tasks,
                            void (*task)(void *context, size_t index), void *context,
                            struct dm_error *error)
{
    struct dm_timing *timing = phase->timing;
    struct dm_work work = {
        .tasks = tasks, .task = task, .context = context, .stop = phase->options.stop};
    if (!timing->stats.workers)
        timing->stats.workers = calloc(phase->executor->workers, sizeof *timing->stats.workers);
    if (!timing->stats.workers)
        return dm_fail_memory(error, "the timings");
    return dm_timed_run(phase->executor, &work, timing, error);
}

void dm_phase_note_lost(struct dm_phase *phase)
{
    if (phase->executor->lost <= phase->lost)
        return;
    phase->lost = phase->executor->lost;
    phase->lost_to = phase->executor->lost_to;
}

void dm_phase_close(struct dm_phase *phase)
{
    if (phase->executor) {
        dm_phase_note_lost(phase);
        phase->ops->close(phase->executor);
    }
    phase->executor = NULL;
}
