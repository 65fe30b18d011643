/* output.h - a place for bytes: a file that appears whole or not at all, or a stream. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/* Opened at a path:
 * - a regular file, or nothing yet: the bytes go to a temporary file beside it, which takes its
 *   place (and, through a symbolic link, that of the file it points to) only in
 *   dm_output_finish(), after it has reached the disk. Until then what was there stays. The new
 *   file has the old one's mode, but is the user's own and no longer a hard link to others.
 * - anything else (a device, a FIFO), and "-" for standard output: written straight, and never
 *   renamed over, truncated or removed. */
struct dm_output;

/* `stop`, which may be NULL, ends a wait for a reader. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error);

/* Whether a person would look at what is written. */
bool dm_output_is_terminal(const struct dm_output *output);

/* Writes it all. `pieces` is used up on the way. DM_IO; DM_CLOSED: it is a pipe whose reader has
 * gone; DM_STOPPED. */
enum dm_status dm_output_write(struct dm_output *output, struct iovec *pieces, size_t count,
                               struct dm_error *error);

/* Bytes written so far, and the time spent in write calls. */
uint64_t dm_output_bytes(const struct dm_output *output);
uint64_t dm_output_write_ns(const struct dm_output *output);

/* From now on nothing stops it: it is too late for that. */
void dm_output_keep_on(struct dm_output *output);

/* Makes the result appear. DM_IO, DM_STOPPED. To be followed by dm_output_close(), whatever it
 * returns. */
enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error);

/* Gives everything back. Without a successful finish, the temporary file is removed. NULL is
 * fine. */
void dm_output_close(struct dm_output *output);

#endif
