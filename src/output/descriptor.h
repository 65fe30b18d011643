/* descriptor.h - the common part of files and streams: writing all bytes to a file descriptor
 * unless a stop flag is raised. */
#ifndef OUTPUT_DESCRIPTOR_H
#define OUTPUT_DESCRIPTOR_H

#include "output/output.h"
#include "output/place.h"

#include <dmatrix/flag.h>

struct dm_descriptor {
    struct dm_output base;
    int file;
    size_t write_limit;  /* bytes per write, each after waiting for room; 0: no limit, no waiting */
    const dm_flag *stop; /* may be NULL */
    char *shown;         /* the path as given, for messages */
    const char *message_end; /* appended to error messages */
};

/* Write `count` runs of bytes; the entries are changed. DM_IO; DM_CLOSED: the reader has closed the
 * pipe; DM_STOPPED. */
enum dm_status dm_descriptor_write(struct dm_descriptor *descriptor, struct iovec *bytes,
                                   size_t count, struct dm_error *error);

/* Bring what was written to the disk. DM_IO: *lost is set, since what was written may not be there,
 * and the system says so only once; DM_STOPPED. */
enum dm_status dm_descriptor_sync(const struct dm_descriptor *descriptor, bool *lost,
                                  struct dm_error *error);

/* Return true if a failed system call must be retried: errno is EINTR and no stop was requested. */
bool dm_descriptor_may_retry(const struct dm_descriptor *descriptor);

/* Wait for DM_LOOK_MS. Return false if a stop was requested meanwhile. */
bool dm_descriptor_wait(const struct dm_descriptor *descriptor);

/* Set the message and return the status: stopped; failed, with the reason in errno; or one of the
 * two, depending on errno, after a call that is retried on EINTR. */
enum dm_status dm_descriptor_stopped(const struct dm_descriptor *descriptor,
                                     struct dm_error *error);
enum dm_status dm_descriptor_failed(const struct dm_descriptor *descriptor, const char *doing,
                                    struct dm_error *error);
enum dm_status dm_descriptor_report(const struct dm_descriptor *descriptor, const char *doing,
                                    struct dm_error *error);

/* Open a file or a stream. `path` is as given. The caller closes *descriptor with
 * dm_output_close(), also after a failure; it may be NULL then. */
enum dm_status dm_file_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                            struct dm_descriptor **descriptor, struct dm_error *error);
enum dm_status dm_stream_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                              struct dm_descriptor **descriptor, struct dm_error *error);

#endif
