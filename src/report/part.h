/* part.h - reading the file of a part. */
#ifndef REPORT_PART_H
#define REPORT_PART_H

#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stdint.h>

struct dm_output;

/* What a file contains. */
struct dm_part_sum {
    uint64_t bytes;
    uint32_t crc; /* CRC-32 of the bytes */
};

/* Open a file for reading. Return its descriptor, or -1 with errno. */
int dm_part_open(const char *path);

/* Set *bytes to the size of the file. DM_IO: it cannot be read; DM_DATA: it is not a regular file.
 */
enum dm_status dm_part_size(const char *path, uint64_t *bytes, struct dm_error *error);

/* Read the file from its begin, write it to an output (NULL: none), and sum it up. It is read up to
 * the first byte that is too many: *sum has more than `most` bytes then, of which only some were
 * written. `stop` may be NULL. DM_IO, DM_DATA, DM_MEMORY, DM_STOPPED, and those of
 * dm_output_write(). */
enum dm_status dm_part_read(const char *path, uint64_t most, const dm_flag *stop,
                            struct dm_output *output, struct dm_part_sum *sum,
                            struct dm_error *error);

#endif
