/* streams.h - the standard streams, whatever state they come in. */
#ifndef BASE_STREAMS_H
#define BASE_STREAMS_H

#include <dmatrix/status.h>

/* A standard stream that the parent has closed would be the number of the next file that is opened,
 * and what is meant for the one get into the other. So its place is taken, by what cannot be used
 * for it. */
void dm_streams_guard(void);

/* Flushes standard output: for what is written with stdio, a full disk shows only here. DM_IO,
 * DM_CLOSED, DM_STOPPED. */
enum dm_status dm_stdout_finish(struct dm_error *error);

#endif
