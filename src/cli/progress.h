/* progress.h - a line on standard error that tells how far a long run is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/options.h"
#include "cli/pace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the line goes to. */
enum dm_progress_way {
    DM_PROGRESS_NONE,
    DM_PROGRESS_ERASED, /* a terminal that can erase to the end of a line */
    DM_PROGRESS_PADDED, /* one that cannot: blanks cover what was there */
    DM_PROGRESS_LINES   /* no terminal: a new line now and then */
};

struct dm_progress {
    enum dm_progress_way way;
    bool yields;                /* the terminal is needed as soon as all is computed */
    uint64_t begin_ns, next_ns; /* of the run, of the next look */
    struct dm_pace pace;
    size_t shown; /* characters of the line on the terminal */
};

/* As the options want it, for a run that begins now. */
struct dm_progress dm_progress_begin(const struct dm_options *options);

/* As dm_observer.advances. Shows nothing in the first second, and then at most ten times a second;
 * nothing while the process is in the background of its terminal. */
void dm_progress_advance(struct dm_progress *progress, uint64_t pairs, uint64_t all);

/* Takes the line away, if there is one. Before anything else is written to the terminal. */
void dm_progress_end(struct dm_progress *progress);

#endif
