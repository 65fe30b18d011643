/* path.h - an output at a path: a file that appears whole or not at all, or a stream. */
#ifndef OUTPUT_PATH_H
#define OUTPUT_PATH_H

#include "output/output.h"

#include <dmatrix/flag.h>

/* Opens the output at a path:
 * - a regular file, or nothing yet: the bytes go to a temporary file beside it, which takes its
 *   place (and, through a symbolic link, that of the file it points to) only when the output is
 *   finished, after it has reached the disk. Until then what was there stays. The new file has the
 *   old one's mode, but is the user's own and no longer a hard link to others.
 * - anything else (a device, a FIFO), and "-" for standard output: written straight, and never
 *   renamed over, truncated or removed.
 * `stop`, which may be NULL, ends a wait for a reader or a disk's next write. DM_IO, DM_MEMORY,
 * DM_STOPPED. */
enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error);

/* True if a person would look at what is written to it. The output is one of dm_output_open(). */
bool dm_output_is_terminal(const struct dm_output *output);

/* From now on nothing stops it: it is too late for that. Likewise. */
void dm_output_keep_on(struct dm_output *output);

#endif
