/* progress.h - the progress of a long run, as a line on standard error. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/options.h"
#include "cli/pace.h"
#include "cli/progress_line.h"

#include <stdbool.h>
#include <stdint.h>

struct dm_progress {
    struct dm_progress_line line;
    bool yields;                /* the line is removed as soon as everything is computed */
    uint64_t begin_ns, next_ns; /* of the run; of the next update */
    struct dm_pace pace;
};

/* Return the line that the options ask for. Nothing is shown yet. */
struct dm_progress_line dm_progress_line_for(const struct dm_options *options);

/* Return the progress of a run that begins now. */
struct dm_progress dm_progress_begin(const struct dm_options *options);

/* Report progress, as dm_observer.advances. Shows nothing in the first second, then at most ten
 * updates per second, and nothing while the process is in the background. */
void dm_progress_advance(struct dm_progress *progress, uint64_t pairs, uint64_t all);

/* Remove the line, if there is one, before anything else is written to the terminal. */
void dm_progress_end(struct dm_progress *progress);

#endif
