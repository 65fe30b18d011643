/* ending.h - how a command ends: what it says, and its exit status. */
#ifndef BASE_ENDING_H
#define BASE_ENDING_H

#include <dmatrix/status.h>

enum { DM_EXIT_USAGE = 2, DM_EXIT_INTERRUPTED = 130, DM_EXIT_PIPE = 141 };

/* Says on standard error what went wrong, unless nothing did, and returns the exit status of the
 * program. Who closed a pipe has seen enough and is told nothing. */
int dm_ending(const char *program, enum dm_status status, const struct dm_error *error);

#endif
