/* progress.h - a line on standard error that tells how far a long run is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/options.h"
#include "cli/pace.h"
#include "cli/progress_line.h"

#include <stdbool.h>
#include <stdint.h>

struct dm_progress {
    struct dm_progress_line line;
    bool yields;                /* the terminal is needed as soon as all is computed */
    uint64_t begin_ns, next_ns; /* of the run, of the next look */
    struct dm_pace pace;
};

/* The line as the options want it: nothing is shown yet. */
struct dm_progress_line dm_progress_line_for(const struct dm_options *options);

/* As the options want it, for a run that begins now. */
struct dm_progress dm_progress_begin(const struct dm_options *options);

/* As dm_observer.advances. Shows nothing in the first second, and then at most ten times a second;
 * nothing while the process is in the background of its terminal. */
void dm_progress_advance(struct dm_progress *progress, uint64_t pairs, uint64_t all);

/* Takes the line away, if there is one. Before anything else is written to the terminal. */
void dm_progress_end(struct dm_progress *progress);

#endif
