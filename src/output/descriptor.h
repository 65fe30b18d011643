/* descriptor.h - what files and streams have in common: bytes written to a file descriptor, all of
 * them, unless a flag is raised. */
#ifndef OUTPUT_DESCRIPTOR_H
#define OUTPUT_DESCRIPTOR_H

#include "output/output.h"
#include "output/place.h"

#include <dmatrix/flag.h>

struct dm_descriptor {
    struct dm_output base;
    int file;
    size_t most; /* bytes that may be written at once after waiting for room; 0: no need to wait */
    const dm_flag *stop; /* may be NULL */
    char *shown;         /* the path as given, for messages */
    const char *comfort; /* the end of messages */
};

/* Writes `count` runs of bytes; the entries are changed. DM_IO; DM_CLOSED: it is a pipe whose
 * reader has gone; DM_STOPPED. */
enum dm_status dm_descriptor_write(struct dm_descriptor *descriptor, struct iovec *bytes,
                                   size_t count, struct dm_error *error);

/* After a system call failed with EINTR: true if it is to be made again, since nobody has asked to
 * stop. */
bool dm_descriptor_again(const struct dm_descriptor *descriptor);

/* Waits a moment, in which a stop goes unnoticed. False: asked to stop. */
bool dm_descriptor_wait(const struct dm_descriptor *descriptor);

/* Messages: stopped; failed, with errno's reason; or, after a call that is made again, whichever it
 * was. */
enum dm_status dm_descriptor_stopped(const struct dm_descriptor *descriptor,
                                     struct dm_error *error);
enum dm_status dm_descriptor_failed(const struct dm_descriptor *descriptor, const char *doing,
                                    struct dm_error *error);
enum dm_status dm_descriptor_ended(const struct dm_descriptor *descriptor, const char *doing,
                                   struct dm_error *error);

/* The two kinds, opened. `path` is as given; *descriptor is closed by dm_output_close(), also after
 * a failure, where it may be NULL. */
enum dm_status dm_file_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                            struct dm_descriptor **descriptor, struct dm_error *error);
enum dm_status dm_stream_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                              struct dm_descriptor **descriptor, struct dm_error *error);

#endif
