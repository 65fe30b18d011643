/* streams.h - the standard streams, in whatever state the parent left them. */
#ifndef BASE_STREAMS_H
#define BASE_STREAMS_H

#include <dmatrix/status.h>

/* Occupy each standard stream that the parent has closed with a file that cannot be used for it.
 * Otherwise the next file that is opened would get its number, and text for the stream would be
 * written to that file. */
void dm_streams_guard(void);

/* Flush standard output; only this detects a full disk. DM_IO, DM_CLOSED, DM_STOPPED. */
enum dm_status dm_stdout_finish(struct dm_error *error);

#endif
