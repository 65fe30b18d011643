/* file.h - a file that replaces another when it is complete: the common part of files that are
 * removed and of files that are kept when a run ends early. */
#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include "output/descriptor.h"

struct dm_file {
    struct dm_descriptor base;
    char *target;        /* path of the file to create or replace */
    char *temporary;     /* path of the file that is written; NULL if there is none, or no longer */
    uint64_t write_back; /* bytes whose write-back to the disk has started */
    bool synced;         /* dm_file_replace() has brought all of it to the disk */
};

/* Set what does not need the temporary file. DM_MEMORY. */
enum dm_status dm_file_begin(struct dm_file *file, const char *path, const struct dm_place *place,
                             const dm_flag *stop, struct dm_error *error);

/* Give the temporary file the mode of the file that it will replace, if that exists. DM_IO. */
enum dm_status dm_file_take_mode(const struct dm_file *file, bool exists, mode_t mode,
                                 struct dm_error *error);

/* Write bytes, and start writing them to the disk. Errors of dm_descriptor_write(). */
enum dm_status dm_file_write(struct dm_file *file, struct iovec *bytes, size_t count,
                             struct dm_error *error);

/* Replace the target with the temporary file. The data must reach the disk before the name;
 * otherwise a crash could leave the name without the data. DM_IO, DM_STOPPED. */
enum dm_status dm_file_replace(struct dm_file *file, struct dm_error *error);

/* Close it and free the names, but not the struct. The temporary file stays. */
void dm_file_close(struct dm_file *file);

#endif
