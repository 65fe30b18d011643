/* retry.h - system calls on a small file, made again when a signal interrupts them. */
#ifndef BASE_RETRY_H
#define BASE_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* As open(), closed in a new program; a new file has the mode 0600. */
int dm_retry_open(const char *path, int flags);

/* Read up to `most` bytes, fewer at the end of the file. Return their number, or -1 and errno. */
ssize_t dm_retry_read(int file, char *bytes, size_t most);

/* Write all bytes. Return false, and errno, if that is not possible. */
bool dm_retry_write(int file, const char *bytes, size_t count);

/* Read or write all bytes at an offset. Return false, and errno, if that is not possible; a file
 * that ends before is EIO. */
bool dm_retry_read_at(int file, void *bytes, size_t count, off_t offset);
bool dm_retry_write_at(int file, const void *bytes, size_t count, off_t offset);

#endif
