/* place.h - what is at the path of an output, and how to write to it. */
#ifndef OUTPUT_PLACE_H
#define OUTPUT_PLACE_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum dm_place_kind {
    DM_PLACE_STDOUT, /* standard output: "-", or a path of the regular file that it is */
    DM_PLACE_DIRECT, /* not a regular file: write to it directly */
    DM_PLACE_REPLACE /* write a temporary file next to it, then replace it */
};

struct dm_place {
    enum dm_place_kind kind;
    bool exists;  /* DM_PLACE_REPLACE: true if there is a file to replace */
    mode_t mode;  /* mode of that file */
    char *target; /* path of the file to create or replace, links resolved; else NULL */
};

/* Find out what is at the path without opening it. The caller frees *place with dm_place_free().
 * DM_IO: it is not possible to write there; DM_MEMORY. */
enum dm_status dm_place_find(const char *path, struct dm_place *place, struct dm_error *error);
void dm_place_free(struct dm_place *place);

/* Check as far as possible without opening anything that a file at the path can be written. DM_IO,
 * DM_MEMORY. */
enum dm_status dm_place_check(const char *path, struct dm_error *error);

/* Set *is_file to whether a file would appear at the path when it is complete. DM_IO, DM_MEMORY. */
enum dm_status dm_place_is_file(const char *path, bool *is_file, struct dm_error *error);

/* Return the free bytes of the file system where a file at the path would be written. UINT64_MAX:
 * the output is not a regular file, or the number is unknown. */
uint64_t dm_place_room(const char *path);

/* Return the name of the path for messages. */
const char *dm_place_shown(const char *path);

#endif
