/* ending.h - final message and exit status of a command. */
#ifndef BASE_ENDING_H
#define BASE_ENDING_H

#include <dmatrix/status.h>

enum { DM_EXIT_USAGE = 2, DM_EXIT_INTERRUPTED = 130, DM_EXIT_PIPE = 141 };

/* Print the error to standard error and return the exit status of the program. DM_OK and DM_CLOSED
 * print nothing: whoever closed the pipe does not need a message. */
int dm_ending(const char *program, enum dm_status status, const struct dm_error *error);

/* Return that exit status and print nothing. */
int dm_exit_status(enum dm_status status);

#endif
