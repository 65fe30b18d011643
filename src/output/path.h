/* path.h - an output at a path: a stream, or a file that appears only when it is complete. */
#ifndef OUTPUT_PATH_H
#define OUTPUT_PATH_H

#include "output/output.h"

#include <dmatrix/flag.h>

/* Open the output at a path:
 * - If the path is a regular file or does not exist, the bytes go to a temporary file in the same
 *   folder. When the output is finished and on the disk, the temporary file replaces the path, or
 *   the file that a symbolic link points to. Until then the old file is unchanged. The new file has
 *   the old one's mode, belongs to the user, and is no longer a hard link to other files.
 * - Anything else (a device, a FIFO), and "-" for standard output, is written directly. It is never
 *   replaced, truncated or removed.
 * `stop` (may be NULL) ends a wait for a reader or the disk. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error);

/* Return true if the output, opened with dm_output_open(), is a terminal. */
bool dm_output_is_terminal(const struct dm_output *output);

/* Ignore the stop flag from now on. The output was opened with dm_output_open(),
 * dm_resumable_open() or dm_shared_open(). */
void dm_output_keep_on(struct dm_output *output);

#endif
